"""Deleting what is kept of a conversation, here and in Rasa."""

from __future__ import annotations

import logging

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from bot.web.context import Context
from bot.web.rasa import RasaUnavailable

_log = logging.getLogger("gateway")


async def forget(context: Context, conversation: str) -> None:
    """Delete turns, replies, marks, ratings, the draft and what Rasa remembers; what was sent to the ward stays there,
    without its conversation. To do so again does no harm.

    Raises RasaUnavailable once the rest is deleted, SQLAlchemyError.
    """
    try:
        await context.rasa.forget(conversation)  # first: a turn under way may still leave something in the database
    finally:
        await run_in_threadpool(_erase, context, conversation)


async def forget_again(context: Context, conversation: str) -> None:
    """The same for a turn that ended after its conversation was deleted: what fails is logged, nobody waits for it."""
    try:
        await forget(context, conversation)
    except (RasaUnavailable, SQLAlchemyError):
        _log.exception("what a late turn left behind could not be deleted")


def _erase(context: Context, conversation: str) -> None:
    for kept in (context.turns, context.ratings, context.replies, context.messages):
        kept.forget(conversation)
