"""What a citizen meets while something behind the gateway is down or hangs; served as an operator serves it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from bot.serve import _free_ports
from bot.settings import ROOT

pytestmark = pytest.mark.e2e

SOON = 5.0  # seconds within which somebody who waits is told something
QUESTION = "Đăng ký khai sinh cần giấy tờ gì?"


@dataclass
class Served:
    """The assistant under `python -m bot serve`, and how to hurt it."""

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
        """Fail unless a question is answered within so many seconds."""
        wait_until(lambda: self.ask()[0].status_code == 200, seconds)


def wait_until(happened: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.5)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    ports = dict(zip(("PORT", "RASA_PORT", "ACTIONS_PORT"), _free_ports(3)))
    environment = {
        **os.environ,
        **{name: str(port) for name, port in ports.items()},
        "DATABASE_URL": f"sqlite:///{tmp_path_factory.mktemp('store')}/assistant.db",
    }
    log = Path(tmp_path_factory.mktemp("log")) / "serve.log"
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


def error_of(response: httpx.Response) -> dict[str, Any]:
    assert response.status_code == 503, response.text
    assert "Traceback" not in response.text
    return dict(response.json()["error"])


@pytest.mark.parametrize("port", ["RASA_PORT", "ACTIONS_PORT"])
def test_what_hangs_is_said_within_five_seconds_and_heals(served: Served, port: str) -> None:
    hanging = served.listener(port)
    hanging.suspend()
    try:
        response, seconds = served.ask()
    finally:
        hanging.resume()
    error = error_of(response)
    assert seconds < SOON
    assert error["hotline"] in error["message"] and error["listing"] == "/thu-tuc"
    served.recovers(30)


@pytest.mark.parametrize("port", ["RASA_PORT", "ACTIONS_PORT"])
def test_what_dies_is_said_within_five_seconds_and_comes_back_by_itself(served: Served, port: str) -> None:
    served.listener(port).kill()
    response, seconds = served.ask()
    assert error_of(response)["code"] == "unavailable" and seconds < SOON
    wait_until(lambda: served.readiness() == 503, 8)  # what it found is kept for five seconds
    assert httpx.get(f"{served.address}/api/health", trust_env=False).status_code == 200, "the gateway itself lives"
    assert httpx.get(f"{served.address}/thu-tuc/1.001193", trust_env=False).status_code == 200, "so does the listing"
    served.recovers(120)
    wait_until(lambda: served.readiness() == 200, 30)
