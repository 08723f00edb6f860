"""What runs behind the gateway, asked for the desk: how a message is understood, why it is answered as it is, and what
a version that nobody has published would answer."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from bot.text.privacy import mask
from bot.text.unicode import clean
from bot.web.loopback import loopback
from bot.web.rasa import as_plain_words
from bot.web.within import within

TIMEOUT = 20.0  # seconds for one request; what takes longer is asked for in parts
BUILDING = 180.0  # seconds for a candidate to be made ready: of a whole listing, on a small machine


class BehindUnavailable(Exception):
    """Rasa or the action server did not answer in time, or not with what was asked for."""


@dataclass(frozen=True)
class Tried:
    """Replies to messages, each as the first of a talk; or the faults of a candidate, "file:line: words" each.

    `took` holds milliseconds by step, `version` the number of the version that answered, -1 for a candidate.
    """

    replies: tuple[Mapping[str, Any], ...]
    faults: tuple[str, ...]
    took: Mapping[str, int]
    version: int


class Behind:
    """The clients of Rasa's channel and of the action server on loopback."""

    def __init__(self, rasa_port: int, actions_port: int) -> None:
        self._rasa = loopback(rasa_port)
        self._actions = loopback(actions_port)

    async def understand(self, texts: Sequence[str]) -> list[dict[str, Any]]:
        """What Rasa takes each text for (text, intent, intent_ranking, entities …), outside any conversation. Texts
        are masked before. Raises BehindUnavailable."""
        plain = [as_plain_words(mask(clean(text))) for text in texts]
        response = await _asked(self._rasa.post("/webhooks/rest/understand", json={"texts": plain}), TIMEOUT)
        return list(_of(response))

    async def last_turn(self, conversation: str) -> dict[str, Any] | None:
        """How the last message of a conversation was understood, the actions that answered it, and the slots after it;
        None where there is no such turn. Raises BehindUnavailable."""
        response = await _asked(self._rasa.get(f"/webhooks/rest/conversations/{conversation}"), TIMEOUT)
        return None if response.status_code == httpx.codes.NOT_FOUND else dict(_of(response))

    async def explain(self, understood: Mapping[str, Any], slots: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Why a message, as `understand` gives it, is decided as it is: what `actions.desk.ActionExplain` says.

        `slots` are those before the message. Raises BehindUnavailable.
        """
        return await self._act("action_explain", understood, slots or {}, TIMEOUT)

    async def answers(self, texts: Sequence[str], folder: Path | None = None) -> Tried:
        """What the version in force, or the candidate in a folder, answers to each text. Raises BehindUnavailable."""
        messages = await self.understand(texts) if texts else []
        slots = {"overlay": str(folder) if folder else None, "messages": messages}
        said = await self._act("action_try", {"text": ""}, slots, BUILDING)
        try:
            return Tried(
                tuple(said.get("replies", ())), tuple(said.get("faults", ())), said.get("took", {}), said["version"]
            )
        except KeyError as missing:
            raise BehindUnavailable(f"the action server left out {missing}") from missing

    async def close(self) -> None:
        """Close the connections."""
        await self._rasa.aclose()
        await self._actions.aclose()

    async def _act(
        self, action: str, understood: Mapping[str, Any], slots: Mapping[str, Any], limit: float
    ) -> dict[str, Any]:
        tracker = {"sender_id": "desk", "slots": dict(slots), "latest_message": dict(understood), "events": []}
        body = {"next_action": action, "sender_id": "desk", "tracker": tracker, "domain": {}}
        response = await _asked(self._actions.post("/webhook", json=body), limit)
        try:
            return dict(_of(response)["responses"][0]["custom"])
        except (LookupError, TypeError, ValueError) as strange:
            raise BehindUnavailable(f"{action} said nothing of use: {strange!r}") from strange


async def _asked(waited_for: Coroutine[Any, Any, httpx.Response], limit: float) -> httpx.Response:
    try:
        return await within(limit, waited_for)
    except asyncio.TimeoutError as slow:
        raise BehindUnavailable(f"no answer within {limit:.0f} s") from slow
    except httpx.HTTPError as error:
        raise BehindUnavailable(type(error).__name__) from None  # the address in it may name a conversation


def _of(response: httpx.Response) -> Any:
    if not response.is_success:
        raise BehindUnavailable(f"status {response.status_code}")
    try:
        return response.json()
    except ValueError as broken:
        raise BehindUnavailable("no JSON") from broken
