"""What citizens asked, what became of it, and how they found it: turns beside their replies and marks, to be read."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.sql import ClauseElement

from bot.store.database import reading
from bot.store.tables import marks, messages, replies, turns

ELSEWHERE = "elsewhere"  # the kind of a reply "unknown" that names where it is done
RESTING = "resting"  # the kind of a reply "refused" while the assistant was off
ANSWERED, ASKED_BACK, UNKNOWN, OUTSIDE, SERVICE, SMALL_TALK = (
    *("answered", "asked_back", "unknown", "outside"),
    *("service", "small_talk"),
)
DECISIONS = (UNKNOWN, ASKED_BACK, OUTSIDE, ANSWERED, SERVICE, SMALL_TALK)
_BY_CARD = {
    "answer": ANSWERED,
    "choose": ASKED_BACK,
    "ask": ASKED_BACK,
    "unknown": UNKNOWN,
    "refused": UNKNOWN,
    "service": SERVICE,
    "smalltalk": SMALL_TALK,
}
ASKS_BACK = frozenset({"which_procedure", "say_again"})


@dataclass(frozen=True)
class Mark:
    """What somebody found of a reply: up or down, and why in their words, masked."""

    mark: str
    reason: str


@dataclass(frozen=True)
class Asked:
    """One turn: what was written (masked), and the first reply to it. `marks` are those on any reply of the turn."""

    id: str
    conversation: str
    at: datetime
    message: str
    took_ms: int
    decision: str
    card_type: str
    kind: str
    procedure: str  # its code, or empty
    aspects: tuple[str, ...]
    marks: tuple[Mark, ...] = ()

    @property
    def ups(self) -> int:
        """How often it was found good."""
        return sum(mark.mark == "up" for mark in self.marks)

    @property
    def downs(self) -> int:
        """How often it was found bad."""
        return sum(mark.mark == "down" for mark in self.marks)

    @property
    def needs_work(self) -> bool:
        """Not answered, or found bad."""
        return self.decision == UNKNOWN or self.downs > 0


def decision_of(card_type: str, kind: str) -> str:
    """One of `DECISIONS`, from what is kept of a reply."""
    if card_type == "unknown" and kind == ELSEWHERE:
        return OUTSIDE
    if card_type == "smalltalk" and kind in ASKS_BACK:
        return ASKED_BACK
    if kind == RESTING:  # said to everybody, whatever they asked
        return SERVICE
    return _BY_CARD.get(card_type, SERVICE)


class AskedTurns:
    """The turns of a database, read only."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def between(self, since: datetime | None = None, until: datetime | None = None) -> list[Asked]:
        """The turns from a moment on and before another, the newest first."""
        limits = [turns.c.at >= since] if since else []
        limits += [turns.c.at < until] if until else []
        with reading(self._engine) as connection:
            return _read(connection, *limits)

    def conversation(self, turn: str) -> list[Asked]:
        """The whole conversation of a turn, from its beginning; empty if there is no such turn (any more)."""
        same = select(turns.c.conversation).where(turns.c.id == turn).scalar_subquery()
        with reading(self._engine) as connection:
            return _read(connection, turns.c.conversation == same)[::-1]

    def stamp(self) -> tuple[object, ...]:
        """Another one whenever a turn or a mark was added, changed or deleted."""
        counted = [select(func.count(), func.max(table.c.at)).select_from(table) for table in (turns, marks)]
        with reading(self._engine) as connection:
            return tuple(tuple(connection.execute(count).one()) for count in counted)

    def letters(self) -> dict[str, str]:
        """The number of what was sent to the staff by the conversation it was sent from, the newest of several."""
        sent = and_(messages.c.conversation.in_(select(turns.c.conversation)), messages.c.state != "draft")
        found = select(messages.c.conversation, messages.c.number).where(sent).order_by(messages.c.sent_at)
        with reading(self._engine) as connection:
            return {row.conversation: row.number for row in connection.execute(found)}

    def letters_of(self, conversation: str) -> list[str]:
        """The numbers of all that was sent to the staff from a conversation, the newest first."""
        sent = and_(messages.c.conversation == conversation, messages.c.state != "draft")
        with reading(self._engine) as connection:
            return list(connection.scalars(select(messages.c.number).where(sent).order_by(messages.c.sent_at.desc())))


def _read(connection: Connection, *conditions: ClauseElement) -> list[Asked]:
    columns = (turns, replies.c.card_type, replies.c.kind, replies.c.procedure, replies.c.aspects)
    found = select(*columns).join(replies, replies.c.id == turns.c.id).where(*conditions)
    rows = connection.execute(found.order_by(turns.c.at.desc(), turns.c.id)).all()
    said = _marks(connection)
    return [
        Asked(
            id=row.id,
            conversation=row.conversation,
            at=row.at,
            message=row.message,
            took_ms=row.took_ms,
            decision=decision_of(row.card_type, row.kind or ""),
            card_type=row.card_type,
            kind=row.kind or "",
            procedure=row.procedure or "",
            aspects=tuple(row.aspects.split()),
            marks=tuple(said.get(row.id, ())),
        )
        for row in rows
    ]


def _marks(connection: Connection) -> Mapping[str, list[Mark]]:
    """The marks by turn. A turn is kept right after its replies: theirs is the first turn of the conversation that is
    not older than the reply."""
    columns = (marks.c.mark, marks.c.reason, replies.c.conversation, replies.c.at)
    given = connection.execute(select(*columns).join(replies, replies.c.id == marks.c.reply).order_by(marks.c.at)).all()
    if not given:
        return {}
    rated = select(marks.c.conversation)
    theirs = select(turns.c.conversation, turns.c.at, turns.c.id).where(turns.c.conversation.in_(rated))
    kept: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
    for row in connection.execute(theirs.order_by(turns.c.at)):
        kept[row.conversation].append((row.at, row.id))
    said: dict[str, list[Mark]] = defaultdict(list)
    for mark in given:
        later = kept[mark.conversation]
        place = bisect_left(later, (mark.at, ""))
        if place < len(later):
            said[later[place][1]].append(Mark(mark.mark, mark.reason))
    return said
