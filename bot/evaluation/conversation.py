"""Talking to a running gateway over its chat endpoint, as the page does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx

from bot.supervisor import ServeError

TIMEOUT = 60.0  # seconds; a machine under load may take long for what is loaded on first use


class ChatError(ServeError):
    """The gateway did not answer, or refused: in Vietnamese for the person who asked."""


class Conversation:
    """One session of the chat endpoint; the first message opens it."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http
        self._session: str | None = None

    def send(self, message: str) -> list[dict[str, Any]]:
        """The replies to one message. Raises ChatError."""
        try:
            response = self._http.post("/api/chat", json={"message": message, "session": self._session})
            body = response.json()
            if response.is_error:
                raise ChatError(body["error"]["message"])
            self._session = body["session"]
            return list(body["replies"])
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise ChatError(f"{self._http.base_url} không trả lời: {error or type(error).__name__}") from error


@dataclass(frozen=True)
class Heard:
    """The first reply's card: its type, the procedures it names (best first) and the aspects it answers; its text."""

    card: str
    codes: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    text: str = ""


def client(address: str) -> httpx.Client:
    """A client of the gateway at `address`; no proxy of the environment stands between."""
    return httpx.Client(base_url=address, timeout=TIMEOUT, trust_env=False)


def ask(http: httpx.Client, text: str) -> Heard:
    """Ask one question in a session of its own. A failed turn is heard as the card "error"."""
    try:
        reply = Conversation(http).send(text)[0]
    except ChatError:
        return Heard("error")
    card = reply["card"]
    codes = [candidate["code"] for candidate in card.get("candidates", [])] or [card.get("code")]
    return Heard(card["type"], tuple(code for code in codes if code), tuple(card.get("aspects", ())), reply["text"])
