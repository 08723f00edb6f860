"""Golden questions of the ward: what must be answered, and how, whatever is published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.engine import Connection, Engine

from bot.store import clock
from bot.store.database import reading
from bot.store.desk_tables import OUTCOMES, golden
from bot.store.golden_runs import LARGEST, GoldenRuns
from bot.text.privacy import mask
from bot.text.unicode import clean


@dataclass(frozen=True)
class GoldenQuestion:
    """A question and what is right: `outcome` is one of `OUTCOMES`; `procedure` a code or empty; the reply is to
    answer all of `aspects` and to say all of `facts`."""

    id: int
    question: str
    outcome: str
    procedure: str
    aspects: tuple[str, ...]
    facts: tuple[str, ...]
    note: str
    revision: int
    by: str
    at: datetime


@dataclass(frozen=True)
class Wanted:
    """What somebody wants a golden question to be."""

    question: str
    outcome: str
    procedure: str = ""
    aspects: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    note: str = ""


class AlreadyGolden(ValueError):
    """The question is a golden one already: `existing`."""

    def __init__(self, existing: GoldenQuestion) -> None:
        super().__init__(f"golden question {existing.id} asks the same")
        self.existing = existing


class ChangedElsewhere(Exception):
    """Somebody changed the question meanwhile: `now` is how it stands."""

    def __init__(self, now: GoldenQuestion) -> None:
        super().__init__(f"golden question {now.id} was changed by {now.by}")
        self.now = now


class Golden:
    """The golden questions of a database, and as `runs` what became of them."""

    def __init__(self, engine: Engine, *, now: clock.Clock = clock.now) -> None:
        self._engine, self._now = engine, now
        self.runs = GoldenRuns(engine, now=now)

    def add(self, wanted: Wanted, *, by: str) -> GoldenQuestion:
        """Keep a question, masked. Raises AlreadyGolden, ValueError for an empty question or another outcome."""
        wanted = masked(wanted)
        with self._engine.begin() as connection:
            _refuse_twin(connection, wanted)
            number = _insert(connection, self._values(wanted, by))
            return _get(connection, number)

    def get(self, number: int) -> GoldenQuestion:
        """Raises KeyError where there is none of that number."""
        with reading(self._engine) as connection:
            return _get(connection, number)

    def all(self) -> list[GoldenQuestion]:
        """All, the newest last."""
        with reading(self._engine) as connection:
            return [_question(row) for row in connection.execute(select(golden).order_by(golden.c.id)).mappings()]

    def change(self, number: int, wanted: Wanted, *, seen: int, by: str) -> GoldenQuestion:
        """Put this in place of what `seen` (a revision) was; unchanged, it keeps its revision.

        Raises KeyError, ChangedElsewhere, and what `add` raises.
        """
        wanted = masked(wanted)
        with self._engine.begin() as connection:
            before = _get(connection, number)
            if before.revision != seen:
                raise ChangedElsewhere(before)
            _refuse_twin(connection, wanted, but=number)
            return self._replace(connection, before, wanted, by)

    def remove(self, number: int) -> GoldenQuestion:
        """Drop a question; the runs that asked it stay. Gives what it was; raises KeyError."""
        with self._engine.begin() as connection:
            before = _get(connection, number)
            connection.execute(golden.delete().where(golden.c.id == number))
        return before

    def take(self, many: Sequence[Wanted], *, by: str) -> tuple[int, int]:
        """Keep all or none: the same question is replaced. How many were added and how many changed.

        Raises ValueError as `add` does.
        """
        added = changed = 0
        with self._engine.begin() as connection:
            for wanted in map(masked, many):
                before = _asking(connection, wanted.question)
                if before is None:
                    _insert(connection, self._values(wanted, by))
                    added += 1
                else:
                    changed += self._replace(connection, before, wanted, by).revision != before.revision
        return added, changed

    def _replace(self, connection: Connection, before: GoldenQuestion, wanted: Wanted, by: str) -> GoldenQuestion:
        if all(getattr(before, name) == value for name, value in vars(wanted).items()):
            return before
        values = self._values(wanted, by, revision=before.revision + 1)
        written = connection.execute(
            update(golden).where(golden.c.id == before.id, golden.c.revision == before.revision).values(**values)
        )
        now = _get(connection, before.id)
        if not written.rowcount:  # PostgreSQL lets two begin at once
            raise ChangedElsewhere(now)
        return now

    def _values(self, wanted: Wanted, by: str, *, revision: int = 1) -> dict[str, Any]:
        values = {**vars(wanted), "aspects": " ".join(wanted.aspects), "facts": "\n".join(wanted.facts)}
        return {**values, "key": key_of(wanted.question), "revision": revision, "by": by, "at": self._now()}


def masked(wanted: Wanted) -> Wanted:
    """As it is kept: texts cleaned and masked, each aspect and fact once. Raises ValueError."""
    kept = replace(
        wanted,
        question=_masked(" ".join(wanted.question.split())),
        aspects=tuple(dict.fromkeys(wanted.aspects)),
        facts=tuple(dict.fromkeys(fact for line in wanted.facts if (fact := _masked(" ".join(line.split()))))),
        note=_masked(wanted.note),
    )
    if not kept.question:
        raise ValueError("a golden question asks something")
    if kept.outcome not in OUTCOMES:
        raise ValueError(f"'{kept.outcome}' is not one of {', '.join(OUTCOMES)}")
    return kept


def key_of(question: str) -> str:
    """What two questions have in common that ask the same; without diacritics it is another one."""
    return " ".join(clean(question).casefold().split())


def _masked(text: str) -> str:
    return mask(clean(text)).strip()


def _insert(connection: Connection, values: dict[str, Any]) -> int:
    return int(connection.execute(golden.insert().values(**values)).inserted_primary_key[0])


def _refuse_twin(connection: Connection, wanted: Wanted, but: int | None = None) -> None:
    twin = _asking(connection, wanted.question)
    if twin is not None and twin.id != but:
        raise AlreadyGolden(twin)


def _asking(connection: Connection, question: str) -> GoldenQuestion | None:
    row = connection.execute(select(golden).where(golden.c.key == key_of(question))).mappings().first()
    return None if row is None else _question(row)


def _get(connection: Connection, number: int) -> GoldenQuestion:
    if number > LARGEST:  # an address can name any number, a database cannot
        raise KeyError(number)
    row = connection.execute(select(golden).where(golden.c.id == number)).mappings().first()
    if row is None:
        raise KeyError(number)
    return _question(row)


def _question(row: Any) -> GoldenQuestion:
    values = {name: row[name] for name in GoldenQuestion.__dataclass_fields__}
    return GoldenQuestion(
        **{**values, "aspects": tuple(row["aspects"].split()), "facts": tuple(row["facts"].splitlines())}
    )
