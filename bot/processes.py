"""Processes of ours: started with a quiet environment and a log each, stopped with all that they started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.settings import ROOT, Settings

OLD_LOGS = 3
GRACE = 10.0  # seconds between asking a process to end and ending it

_QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "",
    "TOKENIZERS_PARALLELISM": "false",
    "PYTHONWARNINGS": "ignore",
    "PYTHONUNBUFFERED": "1",
}
_OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}


def environment(settings: Settings) -> dict[str, str]:
    """The environment of a process of ours: the outer one, these settings, no telemetry and no chatter."""
    return {
        **os.environ,
        **_QUIET,
        **({} if settings.encoder else _OFFLINE),  # an encoder named by ENCODER may have to come from its hub
        "RASA_CACHE_DIRECTORY": str(settings.var.resolve() / "rasa-cache"),
        "VAR": str(settings.var.resolve()),
        "WARD": settings.ward,
        "PUBLISHED": str(settings.published_folder.resolve()),
        "ENCODER": settings.encoder,
        "HOST": settings.host,
        "PORT": str(settings.port),
        "RASA_PORT": str(settings.rasa_port),
        "ACTIONS_PORT": str(settings.actions_port),
        "SESSION_SECRET": settings.session_secret,
        "DATABASE_URL": settings.database,
        "ALLOWED_ORIGINS": settings.origins,
        "PUBLIC_URL": settings.public_url,
        "ADDRESS_LIMIT": settings.address_limit,
        "SESSION_LIMIT": settings.session_limit,
        "REDIS_URL": settings.limits_storage,
        "RETENTION_DAYS": str(settings.retention_days),
        "METRICS_TOKEN": settings.metrics_token,
    }


def module(name: str, *arguments: object) -> list[str]:
    """The command that runs a Python module in this environment."""
    return [sys.executable, "-m", name, *map(str, arguments)]


@dataclass
class Process:
    """A command run from the project's root in a process group of its own; without `log` it writes to our terminal."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path | None = None
    health: str = ""  # an address that answers 200 once the process is ready
    _running: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        """Start it; output is added to its log."""
        output = self.log.open("ab") if self.log else None
        try:
            self._running = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT if output else None,
                start_new_session=True,
            )
        finally:
            if output:
                output.close()

    def exit_code(self) -> int | None:
        """How it ended, or None while it runs."""
        assert self._running, f"{self.name} was not started"
        return self._running.poll()

    def send(self, number: signal.Signals) -> None:
        """Send a signal to it and to all that it started."""
        if self._running:
            with suppress(ProcessLookupError):
                os.killpg(self._running.pid, number)

    def wait(self, seconds: float) -> None:
        """Wait for its end, at most so long."""
        if self._running:
            with suppress(subprocess.TimeoutExpired):
                self._running.wait(max(seconds, 0))


def stop(processes: Iterable[Process]) -> None:
    """End processes and all that they started: first asked, after `GRACE` seconds forced."""
    processes = list(processes)
    deadline = time.monotonic() + GRACE
    for process in processes:
        process.send(signal.SIGTERM)
    for process in processes:
        process.wait(deadline - time.monotonic())
        process.send(signal.SIGKILL)
        process.wait(GRACE)


def rotate(log: Path) -> None:
    """Put a log aside as `.1`, older ones as `.2` and `.3`."""
    for number in range(OLD_LOGS, 0, -1):
        older = log.with_name(f"{log.name}.{number}")
        newer = log if number == 1 else log.with_name(f"{log.name}.{number - 1}")
        if newer.exists():
            newer.replace(older)


def last_lines(log: Path, count: int = 30) -> str:
    """The end of a log, or a word that there is none."""
    if not log.exists():
        return "(no log)"
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:])
