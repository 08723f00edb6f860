import os
import sys
from pathlib import Path

import httpx
import pytest

from bot.evaluation.contestant import Contestant, Send
from bot.evaluation.stock import _within
from bot.processes import Process


def contestant(said: list[list[str]], *processes: Process) -> Contestant:
    def open_session(http: httpx.Client) -> Send:
        said.append([])
        return said[-1].append

    return Contestant("bot", "http://127.0.0.1:1", processes, open_session, [["a", "b"], ["c"]])


def test_turns_go_through_whole_sessions_and_go_on_where_they_stopped() -> None:
    said: list[list[str]] = []
    bot = contestant(said)
    assert [turn.message for turn in bot.turns(2)] == ["a", "b"]
    assert [turn.message for turn in bot.turns(2)] == ["c", "a", "b"]
    assert said == [["a", "b"], ["c"], ["a", "b"]]
    assert all(turn.seconds >= 0 for turn in bot.turns(5))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads the command lines of Linux")
def test_memory_is_weighed_by_process_even_in_another_folder(tmp_path: Path) -> None:
    program = "import pathlib, sys, time; pathlib.Path('here').touch(); time.sleep(60)"
    process = Process("sleeper", _within(tmp_path, [sys.executable, "-c", program]), dict(os.environ))
    bot = contestant([], process)
    process.start()
    try:
        while not (tmp_path / "here").exists():
            assert process.exit_code() is None
        assert bot.memory()["sleeper"] > 1_000_000
    finally:
        bot.stop()
    assert process.exit_code() is not None
    assert bot.memory() == {"sleeper": 0}
