"""The client of Rasa's REST channel on loopback."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import httpx

from bot.web.loopback import loopback
from bot.web.within import within

_COMMAND = re.compile(r"\s*(?:/\s*)+[a-z_]+\s*", re.ASCII)
TIMEOUT = 4.5  # seconds for a whole turn, so that somebody who waits is told something within 5


class RasaUnavailable(Exception):
    """Rasa did not answer in time, or not with a reply of ours."""


class RasaClient:
    """Sends one message, returns the replies that the actions composed."""

    def __init__(self, port: int) -> None:
        # One time limit for the turn as a whole (below): httpx's own begin anew with every part of an answer.
        self._http = loopback(port)

    async def send(self, sender: str, message: str) -> list[dict[str, Any]]:
        """Replies to one message of one conversation. Raises RasaUnavailable."""
        try:
            sent = await within(TIMEOUT, self._post(sender, message))
            replies = [part["custom"] for part in sent if "custom" in part]
        except asyncio.TimeoutError as slow:
            raise RasaUnavailable(f"no answer within {TIMEOUT} s") from slow
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise RasaUnavailable(str(error).partition("\n")[0] or type(error).__name__) from error
        if not replies:
            raise RasaUnavailable("no reply: is the action server running?")
        return replies

    async def answers(self) -> bool:
        """Whether Rasa itself answers within the time of a turn, whatever becomes of a message."""
        try:
            return (await within(TIMEOUT, self._http.get("/"))).is_success
        except (httpx.HTTPError, asyncio.TimeoutError):
            return False

    async def forget(self, sender: str) -> None:
        """Have Rasa forget a conversation, once a turn under way has ended. Raises RasaUnavailable."""
        try:
            response = await within(TIMEOUT, self._http.delete(f"/webhooks/rest/conversations/{sender}"))
            response.raise_for_status()
        except asyncio.TimeoutError as slow:
            raise RasaUnavailable(f"nothing forgotten within {TIMEOUT} s") from slow
        except httpx.HTTPError as error:
            # `from None`: the address in it names the conversation, and this may be logged.
            raise RasaUnavailable(type(error).__name__) from None

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def _post(self, sender: str, message: str) -> Any:
        body = {"sender": sender, "message": as_plain_words(message)}
        response = await self._http.post("/webhooks/rest/webhook", json=body)
        response.raise_for_status()
        return response.json()


def as_plain_words(message: str) -> str:
    """Rasa takes a leading slash for a command that sets intents and slots; what people type is only ever words."""
    return message.lstrip("/ \t\n") or "?"


def is_command(message: str) -> bool:
    """Whether a message is nothing but a command of Rasa ("/restart"): without its slash it means nothing, either."""
    return _COMMAND.fullmatch(message) is not None
