"""The same conversation in a terminal: with the assistant that is running, or with one started for the talk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import httpx
from rich.console import Console

from bot import serve
from bot.evaluation.conversation import ChatError, Conversation, client
from bot.settings import Settings
from bot.text.folding import fold
from bot.text.unicode import clean

END = {"thoat", "exit", "quit"}
PROMPT = "Bạn: "


def talk(settings: Settings, console: Console) -> None:
    """Talk until "thoát" or Ctrl-D. Raises ServeError if no assistant runs and none can be started."""
    with _gateway(settings, console) as address, client(address) as http:
        _say(console, _greeting(http))
        converse(Conversation(http), console, read=lambda: console.input(PROMPT))
    console.print("Tạm biệt.")


def converse(conversation: Conversation, console: Console, *, read: Callable[[], str]) -> None:
    """Pass on what is read and print what is said, until the end is typed or the input ends."""
    choices: list[dict[str, str]] = []
    while True:
        try:
            typed = clean(read())
        except (EOFError, KeyboardInterrupt):
            console.print()
            return
        if fold(typed) in END:
            return
        if not typed:
            continue
        try:
            replies = conversation.send(message_of(typed, choices))
        except ChatError as error:
            console.print(f"Không gửi được: {error}", style="red", markup=False)
            console.print("Bạn xem trợ lý (make serve) còn chạy không, rồi gửi lại.", style="red")
            continue
        choices = [choice for reply in replies for choice in reply["choices"]]
        for reply in replies:
            _say(console, reply["text"])
        _offer(console, choices)


def message_of(typed: str, choices: Sequence[dict[str, str]]) -> str:
    """What to send: the message of the choice whose number was typed, else what was typed.

    >>> message_of("1", [{"label": "Lệ phí", "message": "Lệ phí bao nhiêu?"}])
    'Lệ phí bao nhiêu?'
    """
    if typed.isdecimal() and 1 <= int(typed) <= len(choices):
        return choices[int(typed) - 1]["message"]
    return typed


@contextmanager
def _gateway(settings: Settings, console: Console) -> Iterator[str]:
    address = serve.address(settings)
    if _answers(address):
        yield address
        return
    console.print(f"Chưa có trợ lý nào chạy ở {address}: khởi động một trợ lý cho cuộc nói chuyện này.", markup=False)
    with serve.running(settings) as started:
        yield started


def _answers(address: str) -> bool:
    try:
        health = httpx.get(f"{address}/api/health", timeout=2, trust_env=False)
        return health.is_success and health.json() == {"status": "ok"}
    except (httpx.HTTPError, ValueError):
        return False


def _greeting(http: httpx.Client) -> str:
    """The ward's greeting, as the page shows it, and how to end."""
    try:
        ward: dict[str, Any] = http.get("/api/ward").raise_for_status().json()
        greeting = f"{ward['greeting']}\n"
    except (httpx.HTTPError, ValueError, KeyError):
        greeting = ""  # the first question will say what is wrong
    return f"{greeting}(Gõ số để chọn; gõ “thoát” hoặc bấm Ctrl-D để kết thúc.)"


def _say(console: Console, text: str) -> None:
    # An address that is longer than the line stays whole, so that it can be clicked.
    console.print(f"\n{text}\n", markup=False, highlight=False, overflow="ignore", crop=False)


def _offer(console: Console, choices: Sequence[dict[str, str]]) -> None:
    for number, choice in enumerate(choices, 1):
        console.print(f"  [{number}] {choice['label']}", style="cyan", markup=False, highlight=False)
