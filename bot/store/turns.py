"""What citizens wrote, without personal numbers, so that the staff see what is asked and where answers fail."""

from __future__ import annotations

from sqlalchemy import delete, insert
from sqlalchemy.engine import Engine

from bot.store import clock
from bot.store.tables import turns
from bot.text.privacy import mask
from bot.text.unicode import clean


class Turns:
    """The turns of a database."""

    def __init__(self, engine: Engine, *, now: clock.Clock = clock.now) -> None:
        self._engine = engine
        self._now = now

    def add(self, first_reply: str, conversation: str, message: str, *, took_ms: int) -> None:
        """Keep a message, masked, under the id of the first reply to it, which is kept already.

        Raises IntegrityError where it is not.
        """
        row = {
            "id": first_reply,
            "conversation": conversation,
            "at": self._now(),
            # Cleaned first: an invisible sign between two digits would hide a number from the mask.
            "message": mask(clean(message)),
            "took_ms": took_ms,
        }
        with self._engine.begin() as connection:
            connection.execute(insert(turns).values(**row))

    def forget(self, conversation: str) -> None:
        """Delete the conversation's turns."""
        with self._engine.begin() as connection:
            connection.execute(delete(turns).where(turns.c.conversation == conversation))
