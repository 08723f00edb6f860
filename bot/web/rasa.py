"""The client of Rasa's REST channel on loopback."""

from __future__ import annotations

import re
from typing import Any

import httpx

_COMMAND = re.compile(r"\s*(?:/\s*)+[a-z_]+\s*", re.ASCII)
TIMEOUT = 20.0  # seconds; a turn takes well under one


class RasaUnavailable(Exception):
    """Rasa did not answer, or not with a reply of ours."""


class RasaClient:
    """Sends one message, returns the replies that the actions composed."""

    def __init__(self, port: int) -> None:
        self._http = httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=TIMEOUT, trust_env=False)

    async def send(self, sender: str, message: str) -> list[dict[str, Any]]:
        """Replies to one message of one conversation. Raises RasaUnavailable."""
        try:
            response = await self._http.post(
                "/webhooks/rest/webhook", json={"sender": sender, "message": as_plain_words(message)}
            )
            response.raise_for_status()
            replies = [part["custom"] for part in response.json() if "custom" in part]
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise RasaUnavailable(str(error) or type(error).__name__) from error
        if not replies:
            raise RasaUnavailable("no reply: is the action server running?")
        return replies

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()


def as_plain_words(message: str) -> str:
    """Rasa takes a leading slash for a command that sets intents and slots; what people type is only ever words."""
    return message.lstrip("/ \t\n") or "?"


def is_command(message: str) -> bool:
    """Whether a message is nothing but a command of Rasa ("/restart"): without its slash it means nothing, either."""
    return _COMMAND.fullmatch(message) is not None
