"""What the staff are done with among the questions of citizens. The words themselves are not kept here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.engine import Engine

from bot.store import clock
from bot.store.database import insert_or_update, reading
from bot.store.desk_tables import turn_marks

NOT_OURS, DONE = "not_ours", "done"
MARKS = (NOT_OURS, DONE)
_SIGNS = 16  # of a key, in hexadecimal


@dataclass(frozen=True)
class TurnMark:
    """A mark on all questions of the same words: not the ward's business, or done."""

    what: str
    by: str
    at: datetime

    def hides(self, at: datetime) -> bool:
        """Whether a question of this time is marked: what was done and is asked in vain again, is not done."""
        return self.what == NOT_OURS or at <= self.at


def key_of(decision: str, words: Iterable[str]) -> str:
    """The key of all questions with these content words that were decided alike.

    A hash: questions are deleted after some time, and nothing that can be read is to stay of them here.
    """
    said = " ".join([decision, *sorted(set(words))])
    return hashlib.sha256(said.encode()).hexdigest()[:_SIGNS]


def is_key(text: str) -> bool:
    """Whether a text is a key of such questions."""
    return len(text) == _SIGNS and set(text) <= set("0123456789abcdef")


class TurnMarks:
    """The marks of a database."""

    def __init__(self, engine: Engine, *, now: clock.Clock = clock.now) -> None:
        self._engine, self._now = engine, now

    def mark(self, keys: Iterable[str], what: str, *, by: str) -> None:
        """Mark the questions of these keys; the last word counts. Raises ValueError for what is no mark or no key."""
        keys = sorted(set(keys))
        if what not in MARKS or not all(map(is_key, keys)):
            raise ValueError(f"no mark on questions: {what}")
        with self._engine.begin() as connection:
            for key in keys:
                row = {"key": key, "what": what, "by": by, "at": self._now()}
                insert_or_update(connection, turn_marks, row, ["key"])

    def unmark(self, keys: Iterable[str]) -> None:
        """Take the marks away, where there are any."""
        with self._engine.begin() as connection:
            connection.execute(delete(turn_marks).where(turn_marks.c.key.in_(sorted(set(keys)))))

    def stamp(self) -> tuple[object, ...]:
        """Another one whenever a mark was made, changed or taken away."""
        with reading(self._engine) as connection:
            return tuple(connection.execute(select(func.count(), func.max(turn_marks.c.at))).one())

    def all(self) -> dict[str, TurnMark]:
        """Every mark by its key."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(turn_marks)).mappings()
            return {row["key"]: TurnMark(row["what"], row["by"], row["at"]) for row in rows}
