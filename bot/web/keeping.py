"""What the gateway keeps of a turn once it is answered, and how it deletes what has been kept long enough."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from bot.store import clock
from bot.store.retention import delete_older_than, erase_contacts
from bot.web import feedback
from bot.web.chat import as_read
from bot.web.context import Context

EVERY = 60 * 60  # seconds
LOOK_EVERY = 0.25  # seconds until a version that was published is seen
_log = logging.getLogger("gateway")


def keep_turn(
    context: Context, conversation: str, message: str, replies: Sequence[dict[str, Any]], took_ms: int
) -> None:
    """Keep a message, masked, and what was replied, without its words. A database that fails costs that, no more."""
    feedback.keep(context.replies, conversation, replies)
    read = as_read(message) or ""  # what is too long was refused unread
    try:
        context.turns.add(replies[0]["id"], conversation, read, took_ms=took_ms)
    except SQLAlchemyError:
        _log.exception("a turn could not be kept")


@asynccontextmanager
async def housekeeping(context: Context) -> AsyncIterator[None]:
    """Delete what is too old, now and every hour, for as long as the gateway runs."""
    working = [asyncio.create_task(work(context)) for work in (_keep_house, _keep_up)]
    try:
        yield
    finally:
        for work in working:
            work.cancel()
            with suppress(asyncio.CancelledError):
                await work


async def _keep_house(context: Context) -> None:
    while True:
        try:
            await run_in_threadpool(_tidy, context)
        except Exception:
            _log.exception("what is too old could not be deleted")
        await asyncio.sleep(EVERY)


async def _keep_up(context: Context) -> None:
    while True:
        try:
            await keep_up(context)
        except Exception:  # what was in force stays in force
            _log.exception("the published version cannot be used")
        await asyncio.sleep(LOOK_EVERY)


async def keep_up(context: Context) -> None:
    """Put in force what was published since. Raises RecordError if it is broken."""
    if await run_in_threadpool(context.knowledge.refresh):
        context.templates.speak_for(context.ward)


def _tidy(context: Context) -> None:
    drafts = context.messages.drop_old_drafts()
    moment = clock.now() - timedelta(days=context.settings.retention_days)
    counts = {**delete_older_than(context.database, moment), "drafts": drafts}
    counts["sign-ins"] = context.desk.sign_ins.drop_old()
    counts["contacts"] = erase_contacts(context.database, moment)
    if any(counts.values()):
        _log.info("deleted what is too old: %s", counts)
