"""The assistant served as an operator serves it, and how to hurt it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from bot.serve import _free_ports
from bot.settings import ROOT, Settings

QUESTION = "Đăng ký khai sinh cần giấy tờ gì?"


@dataclass
class Served:
    """The assistant under `python -m bot serve`."""

    supervisor: psutil.Process
    address: str
    ports: dict[str, int]

    def ask(self) -> tuple[httpx.Response, float]:
        """The response to a question, and how many seconds it took."""
        began = time.monotonic()
        response = httpx.post(f"{self.address}/api/chat", json={"message": QUESTION}, timeout=30, trust_env=False)
        return response, time.monotonic() - began

    def readiness(self) -> int:
        """The status that a monitor gets."""
        return httpx.get(f"{self.address}/api/ready", timeout=30, trust_env=False).status_code

    def listener(self, name: str) -> psutil.Process:
        """The process that listens on the port of this name."""
        for process in self.supervisor.children(recursive=True):
            for connection in process.connections("tcp"):
                if connection.status == psutil.CONN_LISTEN and connection.laddr.port == self.ports[name]:
                    return process
        raise AssertionError(f"nobody listens on {name}")

    def recovers(self, seconds: float) -> None:
        """Fail unless a question is answered within so many seconds, whoever listens until then."""
        wait_until(self._answers, seconds)

    def _answers(self) -> bool:
        try:
            return self.ask()[0].status_code == 200
        except httpx.HTTPError:
            return False


def wait_until(happened: Callable[[], bool], seconds: float) -> None:
    """Fail unless it happens within so many seconds."""
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.5)


@contextmanager
def serving(settings: Settings, log: Path) -> Iterator[Served]:
    """`python -m bot serve` on free ports, with the database and the published versions of these settings."""
    ports = dict(zip(("PORT", "RASA_PORT", "ACTIONS_PORT"), _free_ports(3)))
    environment = {
        **os.environ,
        **{name: str(port) for name, port in ports.items()},
        "DATABASE_URL": settings.database,
        "PUBLISHED": str(settings.published_folder),
    }
    with log.open("wb") as output:
        started = subprocess.Popen(
            [sys.executable, "-m", "bot", "serve"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=output
        )
    assert started.stdout
    said = started.stdout.readline().decode()
    assert "http://" in said, log.read_text(encoding="utf-8", errors="replace")
    yield Served(psutil.Process(started.pid), said.split()[-1], ports)
    started.send_signal(signal.SIGTERM)
    assert started.wait(60) == 0
