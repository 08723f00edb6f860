"""How often citizens asked for each procedure."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.store import clock
from bot.store.database import reading
from bot.store.tables import replies, turns

PERIOD = timedelta(days=90)


def asked_lately(engine: Engine) -> dict[str, int]:
    """The number of turns of the last 90 days by the procedure they were answered with."""
    question = (
        select(replies.c.procedure, func.count())
        .join(turns, turns.c.id == replies.c.id)
        .where(turns.c.at >= clock.now() - PERIOD, replies.c.procedure.is_not(None))
        .group_by(replies.c.procedure)
    )
    with reading(engine) as connection:
        return {code: count for code, count in connection.execute(question)}
