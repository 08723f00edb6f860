"""Whether questions are answered: asked of all that runs behind the gateway, by asking a question."""

from __future__ import annotations

import asyncio
import secrets
import time
from contextlib import suppress

import httpx

from bot.knowledge.procedure import Procedure
from bot.web.bodies import Readiness
from bot.web.context import Context
from bot.web.rasa import RasaUnavailable
from bot.web.search import SearchUnavailable

KEPT = 5.0  # seconds, so that asking often costs nothing
OK = "ok"
NO_ANSWER, NO_REPLY, NOT_FOUND, NOT_ASKED = "no_answer", "no_reply", "not_found", "not_asked"


class Probe:
    """Asks all parts at once; the last result is kept for a moment."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._asking = asyncio.Lock()
        self._result: Readiness | None = None
        self._asked_at = float("-inf")
        self._forgetting: set[asyncio.Task[None]] = set()

    async def __call__(self) -> Readiness:
        """The state of all parts, at most `KEPT` seconds old; takes less than 5 seconds."""
        async with self._asking:
            if self._result is None or time.monotonic() - self._asked_at >= KEPT:
                rasa, (actions, index) = await asyncio.gather(self._rasa(), self._search())
                parts = {"rasa": rasa, "actions": actions, "index": index}
                ready = all(state == OK for state in parts.values())
                self._result = Readiness(status="ok" if ready else "unready", parts=parts)
                self._asked_at = time.monotonic()
                self._context.metrics.ready(parts)
            return self._result

    @property
    def _procedure(self) -> Procedure:
        return next(iter(self._context.listing))

    async def _rasa(self) -> str:
        answers, answered = await asyncio.gather(self._context.rasa.answers(), self._turn())
        if not answers:
            return NO_ANSWER
        return OK if answered else NO_REPLY

    async def _turn(self) -> bool:
        """Whether a question goes all the way to the records and back."""
        conversation = f"readiness-{secrets.token_hex(8)}"
        try:
            reply, *_ = await self._context.rasa.send(conversation, f"{self._procedure.name} cần giấy tờ gì?")
        except RasaUnavailable:
            return False
        finally:
            self._forget_later(conversation)
        return bool(reply["card"]["type"] == "answer")

    def _forget_later(self, conversation: str) -> None:
        """Rasa remembers every turn: ours must not push out those of citizens. Nobody waits for it."""

        async def forget() -> None:
            with suppress(RasaUnavailable):
                await self._context.rasa.forget(conversation)

        task = asyncio.create_task(forget())
        self._forgetting.add(task)
        task.add_done_callback(self._forgetting.discard)

    async def _search(self) -> tuple[str, str]:
        """The action server, and the index that it searches."""
        try:
            hits = await self._context.search.find(self._procedure.name)
        except SearchUnavailable as fault:
            silent = isinstance(fault.__cause__, (asyncio.TimeoutError, httpx.TransportError))
            return (NO_ANSWER, NOT_ASKED) if silent else (OK, NO_ANSWER)
        return OK, OK if self._procedure.code in hits.codes else NOT_FOUND
