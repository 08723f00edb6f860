"""Starts gateways for tests that kill them: everything is loaded once, each gateway is a fork of this process.

One JSON object a line comes in: `settings` (names and values), `port`, and `call` and `step` for one that is to be
killed: before the `step`-th call of `call` since somebody began to publish. The process's number goes out.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uvicorn

from bot.knowledge.live import load_version
from bot.knowledge.versions import Versions
from bot.settings import Settings
from bot.web.app import create_app


def hook(call: str, step: int) -> None:
    """Have this process killed before the `step`-th call since somebody began to publish."""
    left: int | None = None

    def armed(begin: Callable[..., Any]) -> Callable[..., Any]:
        def instead(*arguments: Any, **options: Any) -> Any:
            nonlocal left
            left = step
            return begin(*arguments, **options)

        return instead

    def ending(one: Callable[..., Any]) -> Callable[..., Any]:
        def instead(*arguments: Any, **options: Any) -> Any:
            nonlocal left
            if left is not None:
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
            return one(*arguments, **options)

        return instead

    module, _, path = call.partition(":")
    *owners, name = path.split(".")
    owner: Any = importlib.import_module(module)
    for part in owners:
        owner = getattr(owner, part)
    setattr(owner, name, ending(getattr(owner, name)))
    Versions.publish = armed(Versions.publish)  # type: ignore[method-assign]


def serve(settings: Settings, port: int) -> None:
    """Be a gateway."""
    uvicorn.run(create_app(settings), host="127.0.0.1", port=port, log_level="error")


def main() -> None:
    """Fork one gateway a line."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # who is dead is gone
    load_version(Settings(published="/nowhere"))
    print("ready", flush=True)
    for line in sys.stdin:
        wanted = json.loads(line)
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            if wanted["call"]:
                hook(wanted["call"], wanted["step"])
            serve(Settings(**{**wanted["settings"], "var": Path(wanted["settings"]["var"])}), wanted["port"])
            os._exit(0)
        print(pid, flush=True)


if __name__ == "__main__":
    main()
