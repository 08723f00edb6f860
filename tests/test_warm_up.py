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
    deleted: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        message = self.body()["message"]
        self.asked.append(message)
        self.answer(self.statuses.pop(0) if self.statuses else 200, {"session": f"of {message}"})

    def do_DELETE(self) -> None:
        self.deleted.append(self.body()["session"])
        self.answer(200, {"status": "ok"})

    def body(self) -> dict[str, str]:
        return dict(json.loads(self.rfile.read(int(self.headers["content-length"]))))

    def answer(self, status: int, body: dict[str, str]) -> None:
        sent = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)

    def log_message(self, *parts: object) -> None:
        """Say nothing."""


@pytest.fixture
def slow() -> Iterator[str]:
    Slow.statuses, Slow.asked, Slow.deleted = [], [], []
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


def test_what_was_asked_to_warm_up_is_not_kept_among_what_citizens_ask(slow: str) -> None:
    assert warm_up(slow, 30) == ""
    assert Slow.deleted == [f"of {question}" for question in QUESTIONS]


def test_warming_up_gives_up_and_says_why(slow: str) -> None:
    Slow.statuses = [503] * 100
    assert "503" in warm_up(slow, 1.5)
    assert len(Slow.asked) < 5
    assert "onnect" in warm_up("http://127.0.0.1:1", 0)
