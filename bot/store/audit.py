"""Who did what at the desk, and when: only ever added to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.store import clock
from bot.store.database import reading
from bot.store.desk_tables import audit
from bot.text.privacy import mask
from bot.text.unicode import clean


@dataclass(frozen=True)
class Entry:
    """One thing done: `action` is a word of `bot.web.desk.trail`, `subject` a code, a number or an account."""

    at: datetime
    account: str
    action: str
    subject: str
    detail: str


class Audit:
    """The trail of a database."""

    def __init__(self, engine: Engine, *, now: clock.Clock = clock.now) -> None:
        self._engine, self._now = engine, now

    def add(self, account: str, action: str, subject: str = "", detail: str = "") -> None:
        """Note what somebody did; what they wrote is masked."""
        row = {"account": account, "action": action, "subject": clean(subject), "detail": mask(clean(detail))}
        with self._engine.begin() as connection:
            connection.execute(audit.insert().values(at=self._now(), **row))

    def entries(
        self, *, account: str = "", action: str = "", subject: str = "", most: int | None = None, skip: int = 0
    ) -> list[Entry]:
        """The newest first; those of one account, action or subject where one is named."""
        wanted = {audit.c.account: account, audit.c.action: action, audit.c.subject: subject}
        found = select(audit).where(*(column == value for column, value in wanted.items() if value))
        with reading(self._engine) as connection:
            rows = connection.execute(found.order_by(audit.c.id.desc()).limit(most).offset(skip)).mappings()
            return [Entry(**{name: row[name] for name in Entry.__dataclass_fields__}) for row in rows]
