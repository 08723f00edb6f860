"""Programs in processes of their own that begin at the same moment."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from bot.settings import ROOT


def run_at_once(program: str, *, arguments: Sequence[str], environment: Mapping[str, str]) -> list[str]:
    """What each process wrote, one for each argument; `wait()` in the program ends when all have come that far."""
    program = f"import sys\ndef wait():\n    print('up', flush=True)\n    sys.stdin.readline()\n{program}"
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program, argument],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for argument in arguments
    ]
    for process in started:
        assert process.stdout and process.stdout.readline() == "up\n"
    with ThreadPoolExecutor() as pool:
        ends = list(pool.map(lambda process: process.communicate("go\n", timeout=120), started))
    assert [(process.returncode, errors) for process, (_, errors) in zip(started, ends)] == [(0, "")] * len(ends)
    return [out for out, _ in ends]
