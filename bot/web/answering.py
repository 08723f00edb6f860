"""A turn as every door takes it: counted, answered, measured, logged, and kept once the answer is on its way."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool

from bot.store.trials import is_trial
from bot.web.chat import numbered, turn
from bot.web.context import Context
from bot.web.errors import LISTING, Fault
from bot.web.forget import forget_again
from bot.web.guard.turn_log import turn_answered, turn_failed
from bot.web.keeping import keep_turn
from bot.web.rasa import RasaUnavailable
from bot.web.resting import resting


@dataclass(frozen=True)
class Answered:
    """The conversation's token, the replies, and what is left to do once they are sent."""

    session: str
    replies: list[dict[str, Any]]
    later: BackgroundTask


async def answer(context: Context, token: str | None, message: str) -> Answered:
    """Answer a message of the conversation that the token names, or of a new one; while the assistant rests, say so
    without asking anybody.

    Raises Fault: too_many, or unavailable.
    """
    session, conversation = context.sessions.open(token)
    if conversation in context.forgotten:
        sessions = context.sessions
        session, conversation = sessions.new_trial() if is_trial(conversation) else sessions.new()
    if wait := await context.limits.session(conversation):
        context.metrics.limited("session")
        raise Fault("too_many", wait=wait)
    began = time.perf_counter()
    try:
        if (off := context.desk.notices.now().off) and not is_trial(conversation):
            replies = [numbered(resting(off, context.ward, f"{context.settings.public_url}{LISTING}").as_json())]
        else:
            replies = await turn(message, conversation, context.rasa, context.messages)
    except RasaUnavailable as silent:
        turn_failed("unavailable", took_ms=_ms_since(began), reason=str(silent))
        raise Fault("unavailable") from silent
    except Exception as unexpected:
        turn_failed("internal", took_ms=_ms_since(began), reason=type(unexpected).__name__)
        raise
    took_ms = _ms_since(began)
    if not is_trial(conversation):
        context.metrics.turn(replies[0]["card"], took_ms / 1000)
        turn_answered(replies, characters=len(message), took_ms=took_ms)
    return Answered(session, replies, BackgroundTask(_keep, context, conversation, message, replies, took_ms))


async def _keep(context: Context, conversation: str, message: str, replies: list[dict[str, Any]], took_ms: int) -> None:
    async with context.forgotten.alone(conversation):
        if conversation in context.forgotten:
            await forget_again(context, conversation)
        elif not is_trial(conversation):
            await run_in_threadpool(keep_turn, context, conversation, message, replies, took_ms)


def _ms_since(began: float) -> int:
    return round((time.perf_counter() - began) * 1000)
