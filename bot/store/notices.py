"""What the ward wants everybody to read at once: a notice, or that the assistant rests; who said so, when and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Engine

from bot.store import clock
from bot.store.database import reading
from bot.store.desk_tables import notices
from bot.text.privacy import CITIZEN, CODE, PAPER, found_in, mask
from bot.text.unicode import clean

NOTICE, URGENT, OFF = "notice", "urgent", "off"
KINDS = (NOTICE, URGENT, OFF)
LONGEST = 300  # characters
# Numbers to call and accounts to pay into may stand in a notice; what belongs to one citizen may not.
_NEVER_SAID = frozenset((CITIZEN, PAPER, CODE))


@dataclass(frozen=True)
class Notice:
    """One notice; of kind `off`, the reason why the assistant rests. `why` is for colleagues only."""

    id: int
    kind: str  # notice, urgent or off
    text: str
    why: str
    begins_at: datetime
    until: datetime | None  # it ends then by itself
    said_by: str
    said_at: datetime
    ended_by: str | None
    ended_at: datetime | None

    def state(self, now: datetime) -> str:
        """Whether it is read at a moment: "now", "later" or "over"."""
        if self.ended_at or (self.until and self.until <= now):
            return "over"
        return "now" if self.begins_at <= now else "later"


@dataclass(frozen=True)
class Standing:
    """What is in force: why the assistant rests, if it does, and the notices, urgent ones first."""

    off: Notice | None = None
    notices: tuple[Notice, ...] = ()


class BadNotice(ValueError):
    """It cannot be said like this; `fault` is one of empty, long, numbers, period, past."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


class Notices:
    """The notices of a database. What is in force is kept in memory: read by every page, changed a few times a year."""

    def __init__(self, engine: Engine, *, now: clock.Clock = clock.now) -> None:
        self._engine, self._clock = engine, now
        self._known: tuple[Notice, ...] | None = None

    def now(self) -> Standing:
        """What is in force at this moment, by what was read of the database last; does not read it again."""
        if self._known is None:
            self.refresh()
        now = self._clock()
        said = [notice for notice in self._known or () if notice.state(now) == "now"]
        said.sort(key=lambda notice: (notice.kind != URGENT, -notice.id))
        off = next((notice for notice in said if notice.kind == OFF), None)
        return Standing(off, tuple(notice for notice in said if notice.kind != OFF))

    def refresh(self) -> None:
        """Read again what is in force, or will be: somebody else's process may have changed it."""
        now = self._clock()
        not_over = notices.c.ended_at.is_(None) & (notices.c.until.is_(None) | (notices.c.until > now))
        self._known = tuple(self._read(lambda all_of_them: all_of_them.where(not_over)))

    def begin(
        self,
        kind: str,
        text: str,
        *,
        by: str,
        why: str = "",
        begins_at: datetime | None = None,
        until: datetime | None = None,
    ) -> int:
        """Say something from now, or from `begins_at`, until it is ended or `until`; its id.

        That the assistant rests takes the place of an earlier reason. Raises BadNotice, ValueError for another kind.
        """
        if kind not in KINDS:
            raise ValueError(f"a notice is one of {', '.join(KINDS)}, not '{kind}'")
        now, text = self._clock(), clean(text)
        begins_at = begins_at or now
        if fault := _fault(text, begins_at, until, now):
            raise BadNotice(fault)
        row = {
            "kind": kind,
            "text": text,
            "why": mask(clean(why)),
            "begins_at": begins_at,
            "until": until,
            "said_by": by,
            "said_at": now,
        }
        with self._engine.begin() as connection:
            if kind == OFF:
                earlier = (notices.c.kind == OFF) & notices.c.ended_at.is_(None)
                connection.execute(update(notices).where(earlier).values(ended_by=by, ended_at=now))
            made = int(connection.execute(insert(notices).values(**row)).inserted_primary_key[0])
        self.refresh()
        return made

    def end(self, number: int, *, by: str) -> Notice:
        """End one now; it stays in the history. Raises KeyError where there is none, or it is over already."""
        now = self._clock()
        not_over = notices.c.ended_at.is_(None) & (notices.c.until.is_(None) | (notices.c.until > now))
        with self._engine.begin() as connection:
            change = update(notices).where(notices.c.id == number, not_over).values(ended_by=by, ended_at=now)
            if not connection.execute(change).rowcount:
                raise KeyError(number)
        self.refresh()
        (ended,) = self._read(lambda all_of_them: all_of_them.where(notices.c.id == number))
        return ended

    def history(self, most: int = 100) -> list[Notice]:
        """All that was ever said, the newest first."""
        return self._read(lambda all_of_them: all_of_them.limit(most))

    def _read(self, some: Callable[[Any], Any]) -> list[Notice]:
        with reading(self._engine) as connection:
            found = connection.execute(some(select(notices).order_by(notices.c.id.desc()))).mappings()
            return [Notice(**row) for row in found]


def _fault(text: str, begins_at: datetime, until: datetime | None, now: datetime) -> str:
    if not text:
        return "empty"
    if len(text) > LONGEST:
        return "long"
    if _NEVER_SAID.intersection(found_in(text)):
        return "numbers"
    if until and until <= now:
        return "past"
    return "period" if until and until <= begins_at else ""
