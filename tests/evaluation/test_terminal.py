import io
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from rich.console import Console

from bot import serve, terminal
from bot.evaluation.conversation import ChatError, Conversation
from bot.settings import Settings

CHOICES = [{"label": "Khai sinh", "message": "Đăng ký khai sinh"}, {"label": "Khai tử", "message": "Đăng ký khai tử"}]


class Echo(Conversation):
    """Says what it hears, and offers two choices; "hỏng" fails."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def send(self, message: str) -> list[dict[str, Any]]:
        if message == "hỏng":
            raise ChatError("mất kết nối")
        self.heard.append(message)
        return [{"text": f"Bạn nói [{message}]", "choices": CHOICES}]


def talk(*typed: str | type[BaseException]) -> tuple[list[str], str]:
    """What was sent, and what was shown, when this was typed and then the input ended."""
    lines: Iterator[str | type[BaseException]] = iter(typed)

    def read() -> str:
        line = next(lines, EOFError)
        if isinstance(line, str):
            return line
        raise line

    conversation, shown = Echo(), io.StringIO()
    terminal.converse(conversation, Console(file=shown, width=100), read=read)
    return conversation.heard, shown.getvalue()


def test_what_is_typed_is_sent_and_the_reply_is_shown_with_numbered_choices() -> None:
    heard, shown = talk("mất giấy tờ")
    assert heard == ["mất giấy tờ"]
    assert "Bạn nói [mất giấy tờ]" in shown
    assert "[1] Khai sinh" in shown and "[2] Khai tử" in shown


def test_a_number_sends_the_message_of_that_choice() -> None:
    assert talk("chào", "2")[0] == ["chào", "Đăng ký khai tử"]


@pytest.mark.parametrize("typed", ["0", "3", "12", "²"])
def test_a_number_that_is_no_choice_is_sent_as_typed(typed: str) -> None:
    assert talk("chào", typed)[0] == ["chào", typed]


@pytest.mark.parametrize("end", ["thoát", "THOAT", " Thoát ", EOFError, KeyboardInterrupt])
def test_the_talk_ends(end: str | type[BaseException]) -> None:
    assert talk("chào", end, "còn nữa")[0] == ["chào"]


def test_a_long_address_stays_in_one_piece() -> None:
    address = f"https://example.org/{'a' * 150}"
    assert address in talk(address)[1]


def test_nothing_typed_sends_nothing() -> None:
    assert talk("", "  ")[0] == []


def test_a_failed_turn_is_said_and_the_talk_goes_on() -> None:
    heard, shown = talk("hỏng", "chào")
    assert heard == ["chào"]
    assert "mất kết nối" in shown and "make serve" in shown


def test_a_running_assistant_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(httpx, "get", lambda url, **options: httpx.Response(200, json={"status": "ok"}))
    with terminal._gateway(Settings(port=1234), Console(file=io.StringIO())) as address:
        assert address == "http://127.0.0.1:1234"


@pytest.mark.parametrize("response", [httpx.Response(200, text="<html>"), httpx.Response(404, json={}), None])
def test_otherwise_one_is_started(monkeypatch: pytest.MonkeyPatch, response: httpx.Response | None) -> None:
    def get(url: str, **options: object) -> httpx.Response:
        if response is None:
            raise httpx.ConnectError("refused")
        return response

    class Running:
        def __init__(self, settings: Settings) -> None: ...
        def __enter__(self) -> str:
            return "http://127.0.0.1:4321"

        def __exit__(self, *error: object) -> None: ...

    monkeypatch.setattr(httpx, "get", get)
    monkeypatch.setattr(serve, "running", Running)
    shown = io.StringIO()
    with terminal._gateway(Settings(port=1234), Console(file=shown)) as address:
        assert address == "http://127.0.0.1:4321"
    assert "http://127.0.0.1:1234" in shown.getvalue()
