"""What has been kept long enough."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Text, cast, delete, update
from sqlalchemy.engine import Engine

from bot.store.tables import marks, messages, ratings, replies, turns


def delete_older_than(engine: Engine, moment: datetime) -> dict[str, int]:
    """Delete turns, marks with their reasons, and replies; a rating only loses its conversation. How many, by table.

    What citizens sent to the ward stays until the staff are done with it.
    """
    with engine.begin() as connection:
        counts = {
            table.name: int(connection.execute(delete(table).where(table.c.at < moment)).rowcount)
            for table in (turns, marks, replies)
        }
        # The rating's own number takes the place of the conversation: of that, nothing else is left.
        nobody = cast(ratings.c.id, Text)
        is_old = (ratings.c.said_at < moment) & (ratings.c.conversation != nobody)
        change = update(ratings).where(is_old).values(conversation=nobody)
        counts[ratings.name] = int(connection.execute(change).rowcount)
    return counts


def erase_contacts(engine: Engine, moment: datetime) -> int:
    """Delete how to reach the authors of what was answered before a moment: it was left for that answer. How many."""
    is_done = (messages.c.state == "answered") & (messages.c.answered_at < moment) & messages.c.contact.is_not(None)
    with engine.begin() as connection:
        return int(connection.execute(update(messages).where(is_done).values(contact=None)).rowcount)
