"""How content citizens are: with a conversation, from 1 to 5, and with a single reply, up or down."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.engine import Engine

from bot.store import clock
from bot.store.database import insert_or_update, reading
from bot.store.tables import marks, ratings, replies
from bot.store.trials import is_trial
from bot.text.privacy import mask
from bot.text.unicode import clean

LEVELS = range(1, 6)
MARKS = ("up", "down")


class Ratings:
    """The ratings and marks of a database."""

    def __init__(self, engine: Engine, *, now: clock.Clock = clock.now) -> None:
        self._engine = engine
        self._now = now

    def rate(self, conversation: str, level: int) -> None:
        """Keep how content somebody is, from 1 to 5: the last word of a conversation on a day (in Vietnam) counts.

        Raises ValueError for another level.
        """
        if level not in LEVELS:
            raise ValueError(f"a rating goes from 1 to 5, {level} is none")
        if is_trial(conversation):
            return
        now = self._now()
        row = {
            "conversation": conversation,
            "day": now.astimezone(clock.VIETNAM).date(),
            "level": level,
            "said_at": now,
        }
        with self._engine.begin() as connection:
            insert_or_update(connection, ratings, row, ["conversation", "day"])

    def mark(self, reply: str, conversation: str, mark: str, reason: str = "") -> None:
        """Keep whether a reply was found good ("up") or bad ("down"), and why, masked; the last word counts.

        Raises ValueError for another mark, KeyError for a reply that was not given in this conversation.
        """
        if mark not in MARKS:
            raise ValueError(f"a mark is one of {', '.join(MARKS)}, not '{mark}'")
        with self._engine.begin() as connection:
            given = connection.execute(
                select(replies.c.procedure).where(replies.c.id == reply, replies.c.conversation == conversation)
            ).first()
            if given is None:
                raise KeyError(reply)
            row = {
                "reply": reply,
                "conversation": conversation,
                "mark": mark,
                "reason": mask(clean(reason)),
                "procedure": given.procedure,
                "at": self._now(),
            }
            insert_or_update(connection, marks, row, ["reply", "conversation"])

    def mark_last(self, conversation: str, mark: str, reason: str = "") -> None:
        """The same for the last reply about a procedure. Raises KeyError where the conversation has none."""
        if is_trial(conversation):
            return
        last = (
            select(replies.c.id)
            .where(replies.c.conversation == conversation, replies.c.procedure.is_not(None))
            .order_by(replies.c.at.desc())
        )
        with reading(self._engine) as connection:
            reply = connection.scalar(last)
        if reply is None:
            raise KeyError(conversation)
        self.mark(reply, conversation, mark, reason)

    def forget(self, conversation: str) -> None:
        """Delete the conversation's ratings and marks."""
        with self._engine.begin() as connection:
            for table in (ratings, marks):
                connection.execute(delete(table).where(table.c.conversation == conversation))
