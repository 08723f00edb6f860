"""What editors are working on: one draft a subject, and every text of it that was ever saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.engine import Connection, Engine

from bot.store import clock
from bot.store.database import reading
from bot.store.desk_tables import draft_revisions, drafts

WARD = "ward"  # the subject of the draft of the ward's profile; of any other draft it is the code of a record
DRAFT, REVIEW = "draft", "review"


@dataclass(frozen=True)
class Draft:
    """What a record, or the ward's profile, is to be: `text` its whole file, empty to list the record no more.

    `base` is the number of the version it was begun from, `seen` what an editor has to bring to save after it.
    """

    subject: str
    text: str
    base: int
    revision: int
    state: str  # draft or review
    by: str
    at: datetime
    why: str  # of who submitted it, or handed it back


@dataclass(frozen=True)
class Revision:
    """A text that was saved: of the draft there is, or of one that was published or discarded."""

    number: int
    text: str
    base: int
    by: str
    at: datetime


class EditedElsewhere(Exception):
    """Somebody else saved, submitted or dropped it meanwhile; `draft` is what there is now, if anything."""

    def __init__(self, draft: Draft | None) -> None:
        super().__init__("another one worked on this draft meanwhile")
        self.draft = draft


class Drafts:
    """The drafts of a database."""

    def __init__(self, engine: Engine, *, now: clock.Clock = clock.now) -> None:
        self._engine, self._now = engine, now

    def get(self, subject: str) -> Draft | None:
        """The draft of a subject, if there is one."""
        with reading(self._engine) as connection:
            return _draft(connection, subject)

    def all(self) -> list[Draft]:
        """All drafts, the newest first."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(drafts).order_by(drafts.c.at.desc(), drafts.c.subject)).mappings()
            return [Draft(**row) for row in rows]

    def save(self, subject: str, text: str, *, by: str, seen: int, base: int) -> Draft:
        """Keep a text as the draft; one under review is a draft again. `seen` is the revision it was written over, 0
        where there was none. Raises EditedElsewhere where there is another one by now; nothing has changed then."""
        with self._engine.begin() as connection:
            there = self._expect(connection, subject, seen)
            row: dict[str, Any] = {
                "subject": subject,
                "text": text,
                "base": there.base if there else base,
                "revision": _last_revision(connection, subject) + 1,
                "state": DRAFT,
                "by": by,
                "at": self._now(),
                "why": "",
            }
            connection.execute(delete(drafts).where(drafts.c.subject == subject))
            connection.execute(drafts.insert().values(**row))
            kept = {name: row[name] for name in ("subject", "text", "base", "revision", "by", "at")}
            connection.execute(draft_revisions.insert().values(**kept))
        return Draft(**row)

    def submit(self, subject: str, *, by: str, why: str, seen: int) -> Draft:
        """Ask for it to be reviewed. Raises EditedElsewhere."""
        return self._turn(subject, seen, state=REVIEW, by=by, why=why)

    def hand_back(self, subject: str, *, by: str, why: str, seen: int) -> Draft:
        """Give it back to be worked on. Raises EditedElsewhere."""
        return self._turn(subject, seen, state=DRAFT, by=by, why=why)

    def discard(self, subject: str, *, seen: int) -> None:
        """Drop it; its revisions stay. Raises EditedElsewhere."""
        with self._engine.begin() as connection:
            self._expect(connection, subject, seen)
            connection.execute(delete(drafts).where(drafts.c.subject == subject))

    def published(self, seen: dict[str, int]) -> None:
        """Drop the drafts of these revisions; what was saved after them stays a draft."""
        with self._engine.begin() as connection:
            for subject, revision in seen.items():
                same = (drafts.c.subject == subject) & (drafts.c.revision == revision)
                connection.execute(delete(drafts).where(same))

    def revisions(self, subject: str) -> list[Revision]:
        """Every text that was ever saved, the newest first."""
        mine = select(draft_revisions).where(draft_revisions.c.subject == subject)
        with reading(self._engine) as connection:
            rows = connection.execute(mine.order_by(draft_revisions.c.revision.desc())).mappings()
            return [Revision(row["revision"], row["text"], row["base"], row["by"], row["at"]) for row in rows]

    def writer(self, subject: str, revision: int) -> str:
        """Who saved this text: submitting it is another thing. Empty where nobody knows."""
        mine = (draft_revisions.c.subject == subject) & (draft_revisions.c.revision == revision)
        with reading(self._engine) as connection:
            return connection.scalar(select(draft_revisions.c.by).where(mine)) or ""

    def _turn(self, subject: str, seen: int, **values: Any) -> Draft:
        with self._engine.begin() as connection:
            if self._expect(connection, subject, seen) is None:
                raise EditedElsewhere(None)
            change = update(drafts).where(drafts.c.subject == subject).values(at=self._now(), **values)
            connection.execute(change)
            turned = _draft(connection, subject)
        assert turned is not None  # it was changed just now, in the same transaction
        return turned

    @staticmethod
    def _expect(connection: Connection, subject: str, seen: int) -> Draft | None:
        if connection.dialect.name == "postgresql":  # SQLite lets one write at a time anyway
            connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(subject))))
        there = _draft(connection, subject)
        if (there.revision if there else 0) != seen:
            raise EditedElsewhere(there)
        return there


def _draft(connection: Connection, subject: str) -> Draft | None:
    row = connection.execute(select(drafts).where(drafts.c.subject == subject)).mappings().first()
    return Draft(**row) if row else None


def _last_revision(connection: Connection, subject: str) -> int:
    """Numbers go on over drafts that are gone: a form that was open all the while is told, whatever came between."""
    mine = select(func.max(draft_revisions.c.revision)).where(draft_revisions.c.subject == subject)
    return int(connection.scalar(mine) or 0)
