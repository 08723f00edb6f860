"""Before citizens ask, somebody has asked already."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import ClassVar

import pytest

from bot.warm_up import QUESTIONS, warm_up


class Slow(BaseHTTPRequestHandler):
    """A gateway behind which the first turns take too long."""

    statuses: ClassVar[list[int]] = []
    asked: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.asked.append(body["message"])
        self.send_response(self.statuses.pop(0) if self.statuses else 200)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *parts: object) -> None:
        """Say nothing."""


@pytest.fixture
def slow() -> Iterator[str]:
    Slow.statuses, Slow.asked = [], []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Slow)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_warming_up_asks_again_until_all_is_answered(slow: str) -> None:
    Slow.statuses = [503, 503, 200, 503]
    assert warm_up(slow, 30) == ""
    first, second, third = QUESTIONS
    assert Slow.asked == [first, first, first, second, second, third]


def test_warming_up_gives_up_and_says_why(slow: str) -> None:
    Slow.statuses = [503] * 100
    assert "503" in warm_up(slow, 1.5)
    assert len(Slow.asked) < 5
    assert "onnect" in warm_up("http://127.0.0.1:1", 0)
