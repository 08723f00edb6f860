"""What was asked of the assistant in a period, in numbers: counted by the database, never row by row here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from typing import Any, NamedTuple

from sqlalchemy import Integer, Text, and_, case, cast, func, literal, literal_column, select, union_all
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.sql import ColumnElement

from bot.store.asked_turns import ANSWERED, ASKED_BACK, ASKS_BACK, ELSEWHERE, OUTSIDE, SERVICE, SMALL_TALK, UNKNOWN
from bot.store.clock import VIETNAM
from bot.store.database import reading
from bot.store.tables import marks, ratings, replies, turns

# What is counted as a question about a procedure; what was not read (too long, empty, the assistant rests) is none.
QUESTIONS = (ANSWERED, ASKED_BACK, UNKNOWN, OUTSIDE)
AGAIN_WITHIN = timedelta(minutes=10)  # who asks again on the same procedure so soon did not get it the first time
CONTENT = 4  # from this level on, of five, somebody is content
LEVELS = range(1, 6)
_NOT_READ = "not_read"


@dataclass(frozen=True)
class Period:
    """Days in Vietnam, both included."""

    first: date
    last: date

    @property
    def days(self) -> list[date]:
        """All of them."""
        return [self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1)]

    @property
    def since(self) -> datetime:
        """Its first moment."""
        return datetime.combine(self.first, time(), VIETNAM)

    @property
    def until(self) -> datetime:
        """The moment at which it is over."""
        return datetime.combine(self.last + timedelta(days=1), time(), VIETNAM)


@dataclass(frozen=True)
class OfAProcedure:
    """How often it was answered about, in how many talks; asked again soon after; marked good and bad."""

    code: str
    asked: int = 0
    talks: int = 0
    again: int = 0
    ups: int = 0
    downs: int = 0

    @property
    def troubles(self) -> int:
        """What speaks for a look at it: asked again, or marked bad."""
        return self.again + self.downs


@dataclass(frozen=True)
class Satisfaction:
    """How many chose each of five levels."""

    by_level: Mapping[int, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many said it."""
        return sum(self.by_level.values())

    @property
    def mean(self) -> float | None:
        """The average level; None if nobody said anything."""
        return sum(level * many for level, many in self.by_level.items()) / self.count if self.count else None

    @property
    def index(self) -> float | None:
        """The share, 0 to 1, of those who are content or very content; None if nobody said anything."""
        content = sum(many for level, many in self.by_level.items() if level >= CONTENT)
        return content / self.count if self.count else None


@dataclass(frozen=True)
class Speed:
    """Milliseconds from question to answer: of half of all, and of 95 in 100, at most so many."""

    count: int = 0
    median: int | None = None
    p95: int | None = None


@dataclass(frozen=True)
class Figures:
    """All figures of a period."""

    period: Period
    by_day: Mapping[date, Counter[str]]  # decisions, by the names of `bot.store.asked_turns`
    by_hour: Mapping[tuple[int, int], int]  # questions by weekday (0 is Monday) and hour
    procedures: tuple[OfAProcedure, ...]  # those asked most first
    aspects: Mapping[str, int]  # those asked most first; an answer may tell several
    satisfaction: Satisfaction
    speed: Speed

    @property
    def totals(self) -> Counter[str]:
        """How many turns of each decision."""
        return sum(self.by_day.values(), Counter())

    @property
    def questions(self) -> int:
        """How many questions about procedures."""
        return sum(self.totals[decision] for decision in QUESTIONS)

    @property
    def to_review(self) -> list[OfAProcedure]:
        """Procedures with trouble, most of it first."""
        found = [one for one in self.procedures if one.troubles]
        return sorted(found, key=lambda one: (-one.troubles, -one.downs, one.code))


def figures(engine: Engine, period: Period) -> Figures:
    """Count a period."""
    with reading(engine) as connection:
        counted = _counted(connection, period)
        by_day: dict[date, Counter[str]] = {day: Counter() for day in period.days}
        by_hour: Counter[tuple[int, int]] = Counter()
        for one in counted["slot"]:
            day = date.fromisoformat(one.name[:10])
            by_day[day][one.decision] += one.many
            if one.decision in QUESTIONS:
                by_hour[day.weekday(), int(one.name[11:])] += one.many
        return Figures(
            period=period,
            by_day=by_day,
            by_hour=by_hour,
            procedures=_procedures(counted["procedure"], _marks(connection, period)),
            aspects=_aspects(counted["aspects"]),
            satisfaction=_satisfaction(connection, period),
            speed=_speed(counted["took_ms"]),
        )


class _Row(NamedTuple):
    """One line of what was counted: of a day and hour, a procedure, aspects told together, or a time taken."""

    what: str
    name: str
    decision: str
    many: int
    talks: int
    again: int


_CARD = replies.c.card_type
_DECISION = case(
    (_CARD == "answer", ANSWERED),
    (_CARD.in_(("choose", "ask")), ASKED_BACK),
    (and_(_CARD == "smalltalk", replies.c.kind.in_(sorted(ASKS_BACK))), ASKED_BACK),
    (and_(_CARD == "unknown", replies.c.kind == ELSEWHERE), OUTSIDE),
    (_CARD == "unknown", UNKNOWN),
    (_CARD == "service", SERVICE),
    (_CARD == "smalltalk", SMALL_TALK),
    else_=_NOT_READ,
)


def _counted(connection: Connection, period: Period) -> dict[str, list[_Row]]:
    """All that is counted of turns and their first replies, in one statement: to bring both together takes longest."""
    dialect = connection.dialect.name
    asked = (
        select(
            turns.c.conversation,
            turns.c.at,
            turns.c.took_ms,
            replies.c.procedure,
            replies.c.aspects,
            _DECISION.label("decision"),
        )
        .join_from(turns, replies, replies.c.id == turns.c.id)
        .where(turns.c.at >= period.since, turns.c.at < period.until)
        .cte("asked")
    )
    is_answer = and_(asked.c.decision == ANSWERED, asked.c.procedure.is_not(None))
    first = func.min(asked.c.at).over(partition_by=(asked.c.conversation, asked.c.procedure)).label("first")
    about = select(asked.c.conversation, asked.c.procedure, asked.c.at, first).where(is_answer).subquery()
    again = and_(about.c.at > about.c.first, _soon_after(dialect, about.c.at, about.c.first))
    slot, nothing, many, no_number = _slot(dialect, asked.c.at), literal(""), func.count(), literal(0)
    took = cast(asked.c.took_ms, Text)
    parts = (
        select(literal("slot"), slot, asked.c.decision, many, no_number, no_number).group_by(slot, asked.c.decision),
        select(
            *(literal("procedure"), about.c.procedure, nothing, many),
            func.count(about.c.conversation.distinct()),
            func.sum(case((again, 1), else_=0)),
        ).group_by(about.c.procedure),
        select(literal("aspects"), asked.c.aspects, nothing, many, no_number, no_number)
        .where(is_answer)
        .group_by(asked.c.aspects),
        # What was not read is answered by the door itself: it says nothing of the assistant.
        select(literal("took_ms"), took, nothing, many, no_number, no_number)
        .where(asked.c.decision != _NOT_READ)
        .group_by(took),
    )
    found: dict[str, list[_Row]] = {"slot": [], "procedure": [], "aspects": [], "took_ms": []}
    for row in connection.execute(union_all(*parts)):
        found[row[0]].append(_Row(*row))
    return found


def _slot(dialect: str, at: ColumnElement[Any]) -> ColumnElement[Any]:
    """Day and hour in Vietnam: "2026-11-22 10"."""
    if dialect == "postgresql":
        return func.to_char(func.timezone(str(VIETNAM), at), literal_column("'YYYY-MM-DD HH24'"))
    return func.strftime("%Y-%m-%d %H", at, "+7 hours")


def _soon_after(dialect: str, at: ColumnElement[Any], first: ColumnElement[Any]) -> ColumnElement[Any]:
    seconds = AGAIN_WITHIN.total_seconds()
    if dialect == "postgresql":
        return func.extract("epoch", at - first) <= seconds
    return cast(func.strftime("%s", at), Integer) - cast(func.strftime("%s", first), Integer) <= seconds


def _procedures(counted: Iterable[_Row], marked: Mapping[str, Counter[str]]) -> tuple[OfAProcedure, ...]:
    rows = {row.name: row for row in counted}
    codes = rows.keys() | marked.keys()  # what was marked may have been answered before the period
    found = []
    for code in codes:
        row, mark = rows.get(code, _Row("procedure", code, "", 0, 0, 0)), marked.get(code, Counter())
        found.append(OfAProcedure(code, row.many, row.talks, int(row.again), mark["up"], mark["down"]))
    return tuple(sorted(found, key=lambda one: (-one.asked, one.code)))


def _aspects(counted: Iterable[_Row]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for row in counted:
        for aspect in row.name.split():
            counts[aspect] += row.many
    return dict(counts.most_common())


def _marks(connection: Connection, period: Period) -> dict[str, Counter[str]]:
    given = (
        select(marks.c.procedure, marks.c.mark, func.count())
        .where(marks.c.at >= period.since, marks.c.at < period.until, marks.c.procedure.is_not(None))
        .group_by(marks.c.procedure, marks.c.mark)
    )
    found: dict[str, Counter[str]] = {}
    for code, mark, many in connection.execute(given):
        found.setdefault(code, Counter())[mark] += many
    return found


def _satisfaction(connection: Connection, period: Period) -> Satisfaction:
    said = (
        select(ratings.c.level, func.count())
        .where(ratings.c.day >= period.first, ratings.c.day <= period.last)
        .group_by(ratings.c.level)
    )
    counts = dict(tuple(row) for row in connection.execute(said))
    return Satisfaction({level: counts.get(level, 0) for level in LEVELS})


def _speed(counted: Iterable[_Row]) -> Speed:
    rows = sorted((int(row.name), row.many) for row in counted)
    reached = list(accumulate(many for _, many in rows))
    if not rows:
        return Speed()

    def at_most(share: float) -> int:
        return next(took for (took, _), so_far in zip(rows, reached) if so_far >= share * reached[-1])

    return Speed(reached[-1], at_most(0.5), at_most(0.95))
