"""The client of the search, which runs in the action server on loopback."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import httpx

from bot.web.loopback import loopback
from bot.web.within import within

ACTION = "action_search"
TIMEOUT = 4.0  # seconds for a whole answer


class SearchUnavailable(Exception):
    """The action server did not answer in time, or not with something found."""


@dataclass(frozen=True)
class Hits:
    """The decision (answer, choose, unknown) and the codes of what was found, best first."""

    decision: str
    codes: tuple[str, ...]


class SearchClient:
    """Asks the action server for one action of ours, as Rasa would: no second copy of the index in the gateway."""

    def __init__(self, port: int) -> None:
        self._http = loopback(port)

    async def find(self, question: str) -> Hits:
        """Which procedures a question is about. Raises SearchUnavailable."""
        try:
            found = await within(TIMEOUT, self._post(question))
            return Hits(found["decision"], tuple(candidate["code"] for candidate in found["candidates"]))
        except (asyncio.TimeoutError, httpx.HTTPError, ValueError, KeyError, IndexError, TypeError) as error:
            raise SearchUnavailable(str(error) or type(error).__name__) from error

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def _post(self, question: str) -> Any:
        tracker = {"sender_id": "search", "slots": {}, "latest_message": {"text": question}, "events": []}
        response = await self._http.post(
            "/webhook", json={"next_action": ACTION, "sender_id": "search", "tracker": tracker, "domain": {}}
        )
        response.raise_for_status()
        return response.json()["responses"][0]["custom"]
