"""The stock bot to compare with: what `rasa init` makes, unchanged, trained once and kept in `var/bench/stock`."""

from __future__ import annotations

import shutil
import subprocess
import uuid
from collections.abc import Mapping
from pathlib import Path

import httpx
from rich.console import Console

from bot.evaluation.contestant import Contestant, Send
from bot.processes import Process, environment, last_lines, module
from bot.serve import LOOPBACK
from bot.settings import Settings
from bot.supervisor import ServeError

# What its own training data is about.
SESSION = ("hello", "I am sad", "yes", "are you a bot?", "bye")


def stock(settings: Settings, console: Console, *, port: int, actions_port: int) -> Contestant:
    """The stock bot, made and trained if that was not done before. Raises ServeError."""
    folder, logs = settings.var.resolve() / "bench" / "stock", settings.var / "log"
    common = {**environment(settings), "RASA_CACHE_DIRECTORY": str(folder / ".rasa" / "cache"), "SANIC_HOST": LOOPBACK}
    _make(folder, common, logs / "stock-init.log", console)
    rasa = Process(
        "Rasa server",
        _within(folder, module("rasa", "run", "--interface", LOOPBACK, "--port", port)),
        common,
        log=logs / "stock-rasa.log",
        health=f"http://{LOOPBACK}:{port}/",
    )
    actions = Process(
        "action server",
        _within(folder, module("rasa", "run", "actions", "--port", actions_port)),
        common,
        log=logs / "stock-actions.log",
        health=f"http://{LOOPBACK}:{actions_port}/health",
    )
    return Contestant("stock", f"http://{LOOPBACK}:{port}", [actions, rasa], open_session, [SESSION])


def open_session(http: httpx.Client) -> Send:
    """A conversation over its REST channel."""
    sender = uuid.uuid4().hex

    def send(message: str) -> None:
        answer = http.post("/webhooks/rest/webhook", json={"sender": sender, "message": message})
        if not answer.raise_for_status().json():
            raise ServeError(f"The stock bot says nothing to “{message}”.")

    return send


def _make(folder: Path, environment: Mapping[str, str], log: Path, console: Console) -> None:
    if any(folder.glob("models/*.tar.gz")):
        return
    console.print("  Making and training the stock bot (a few minutes, once) …")
    partial = folder.with_name("stock.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        subprocess.run(
            module("rasa", "init", "--no-prompt", "--init-dir", partial),
            env={**environment, "RASA_CACHE_DIRECTORY": str(partial / ".rasa" / "cache")},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if not any(partial.glob("models/*.tar.gz")):  # its exit code is 0 even where training failed
        raise ServeError(f"The stock bot could not be made; the end of {log}:\n{last_lines(log)}")
    shutil.rmtree(folder, ignore_errors=True)
    partial.rename(folder)


def _within(folder: Path, command: list[str]) -> list[str]:
    """The command run in a folder: Rasa takes its model, endpoints and actions from where it stands."""
    return ["sh", "-c", 'cd "$1" && shift && exec "$@"', "sh", str(folder), *command]
