"""What was replied, without its words: what a citizen's mark is about."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, insert
from sqlalchemy.engine import Engine

from bot.store import clock
from bot.store.tables import replies


class Replies:
    """The replies of a database."""

    def __init__(self, engine: Engine, *, now: clock.Clock = clock.now) -> None:
        self._engine = engine
        self._now = now

    def add(
        self,
        reply: str,
        conversation: str,
        *,
        card_type: str,
        kind: str | None = None,
        procedure: str | None = None,
        aspects: Iterable[str] = (),
    ) -> None:
        """Keep a reply under the id that the gateway gave it: its card's type and kind, procedure and aspects."""
        row = {
            "id": reply,
            "conversation": conversation,
            "at": self._now(),
            "card_type": card_type,
            "kind": kind,
            "procedure": procedure,
            "aspects": " ".join(aspects),
        }
        with self._engine.begin() as connection:
            connection.execute(insert(replies).values(**row))

    def forget(self, conversation: str) -> None:
        """Delete the conversation's replies and what was said about them."""
        with self._engine.begin() as connection:
            connection.execute(delete(replies).where(replies.c.conversation == conversation))
