"""What citizens sent, as the staff work on it: who has it, what was noted, and the answer that the citizen reads.

`messages` keeps the state that the citizen is told; who did what stands beside it. Whoever changes a letter says which
revision of it they saw: of two who act at once, the second is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, func, select, update
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.sql import ClauseElement, Select

from bot.store import clock
from bot.store.database import insert_or_update, reading
from bot.store.desk_tables import message_steps, message_work
from bot.store.tables import messages
from bot.text.folding import fold
from bot.text.privacy import mask
from bot.text.request_numbers import as_number
from bot.text.unicode import clean

NEW, TAKEN, ANSWERED = "new", "taken", "answered"
STATES = (NEW, TAKEN, ANSWERED)
TAKE, GIVE_BACK, ANSWER, REOPEN, NOTE, ERASE = "take", "give_back", "answer", "reopen", "note", "erase"


@dataclass(frozen=True)
class Letter:
    """One message as the staff see it; `revision` 0 before anything was done."""

    number: str
    kind: str  # question, complaint or feedback
    text: str
    contact: str | None
    state: str  # new, taken or answered
    sent_at: datetime
    answered_at: datetime | None
    answer: str | None
    procedure: str | None
    conversation: str | None
    revision: int
    taken_by: str | None
    taken_at: datetime | None
    answered_by: str | None


@dataclass(frozen=True)
class Step:
    """One thing done with a letter: a note (internal), or who took it, gave it back, answered it, and when."""

    at: datetime
    by: str
    what: str
    text: str


class ChangedMeanwhile(Exception):
    """Somebody else did something with the letter first; `letter` is how it stands now."""

    def __init__(self, letter: Letter) -> None:
        super().__init__(f"{letter.number} is {letter.state} by now")
        self.letter = letter


class Letters:
    """The letters of a database. Drafts of citizens are none: nobody of the staff sees them."""

    def __init__(self, engine: Engine, *, now: clock.Clock = clock.now) -> None:
        self._engine, self._now = engine, now

    def get(self, number: str) -> Letter:
        """One letter, by its number however it is typed ("ch4k7 m2p"). Raises KeyError."""
        with reading(self._engine) as connection:
            return _letter(connection, as_number(number) or "")

    def all(self, *, state: str = "", kind: str = "", text: str = "") -> list[Letter]:
        """The letters of a state and a kind, the longest waiting first; those whose text, answer or notes have all
        words of `text`, with or without diacritics."""
        wanted = [messages.c.state == state] if state else []
        wanted += [messages.c.kind == kind] if kind else []
        words = fold(text).split()
        with reading(self._engine) as connection:
            rows = connection.execute(_found(*wanted).order_by(messages.c.sent_at, messages.c.number)).mappings()
            letters = [Letter(**row) for row in rows]
            noted: dict[str, str] = {}
            for step in connection.execute(select(message_steps.c.number, message_steps.c.text)) if words else ():
                noted[step.number] = f"{noted.get(step.number, '')} {step.text}"
        said = (fold(f"{one.text} {one.answer or ''} {noted.get(one.number, '')}") for one in letters)
        return [letter for letter, folded in zip(letters, said) if all(word in folded for word in words)]

    def steps(self, number: str) -> list[Step]:
        """All that was done with a letter, the oldest first."""
        mine = select(message_steps).where(message_steps.c.number == number).order_by(message_steps.c.id)
        with reading(self._engine) as connection:
            return [Step(row["at"], row["by"], row["what"], row["text"]) for row in connection.execute(mine).mappings()]

    def counts(self) -> dict[str, int]:
        """How many there are in each state."""
        counted = select(messages.c.state, func.count()).where(messages.c.state != "draft").group_by(messages.c.state)
        with reading(self._engine) as connection:
            return {**dict.fromkeys(STATES, 0), **{state: number for state, number in connection.execute(counted)}}

    def take(self, number: str, *, by: str, seen: int) -> Letter:
        """Begin to work on it. Raises KeyError, ChangedMeanwhile, ValueError if it is not new; so do those below."""
        return self._step(number, seen, by, TAKE, (NEW,), state=TAKEN, taken_by=by, taken_at=self._now())

    def give_back(self, number: str, *, by: str, seen: int) -> Letter:
        """Leave it to whoever takes it next, also in place of somebody who is away."""
        return self._step(number, seen, by, GIVE_BACK, (TAKEN,), state=NEW, taken_by=None, taken_at=None)

    def answer(self, number: str, text: str, *, by: str, seen: int, public: Iterable[str] = ()) -> Letter:
        """Give the answer that the citizen reads by the number: masked but for the ward's own `public` numbers.

        Raises ValueError, too, for an empty text and where somebody else has the letter.
        """
        answer = masked_but(text, public)
        if not answer:
            raise ValueError("the answer is empty")

        def fits(letter: Letter) -> bool:
            return letter.taken_by in (None, by)

        values: dict[str, Any] = {"answer": answer, "answered_at": self._now(), "answered_by": by}
        return self._step(number, seen, by, ANSWER, (NEW, TAKEN), fits=fits, text=answer, state=ANSWERED, **values)

    def reopen(self, number: str, *, by: str, seen: int) -> Letter:
        """Work on it again: until it is answered anew, the citizen reads that somebody works on it."""
        values: dict[str, Any] = {"answered_at": None, "answered_by": None, "taken_by": by, "taken_at": self._now()}
        return self._step(number, seen, by, REOPEN, (ANSWERED,), state=TAKEN, **values)

    def note(self, number: str, text: str, *, by: str) -> None:
        """Note something, masked, that only the staff read. Raises KeyError, ValueError for an empty text."""
        text = mask(clean(text))
        if not text:
            raise ValueError("the note is empty")
        with self._engine.begin() as connection:
            letter = _letter(connection, as_number(number) or "")
            self._add_step(connection, letter.number, by, NOTE, text)

    def erase_contact(self, number: str, *, by: str) -> None:
        """Delete how to reach the author, who asked for it. Raises KeyError."""
        with self._engine.begin() as connection:
            letter = _letter(connection, as_number(number) or "")
            connection.execute(update(messages).where(messages.c.number == letter.number).values(contact=None))
            self._add_step(connection, letter.number, by, ERASE)

    def withdraw(self, number: str) -> None:
        """Delete it with all that was noted: its author no longer wants it. Raises KeyError."""
        with self._engine.begin() as connection:
            letter = _letter(connection, as_number(number) or "")
            connection.execute(delete(messages).where(messages.c.number == letter.number))

    def _step(
        self,
        number: str,
        seen: int,
        by: str,
        what: str,
        states: tuple[str, ...],
        *,
        fits: Callable[[Letter], bool] = lambda letter: True,
        text: str = "",
        **values: Any,
    ) -> Letter:
        with self._engine.begin() as connection:
            letter = _letter(connection, as_number(number) or "", locked=True)
            if letter.revision != seen:
                raise ChangedMeanwhile(letter)
            if letter.state not in states or not fits(letter):
                raise ValueError(f"{letter.number} is {letter.state}, taken by {letter.taken_by}")
            theirs = {name: values.pop(name) for name in list(values) if name in messages.c}
            connection.execute(update(messages).where(messages.c.number == letter.number).values(**theirs))
            work = {name: getattr(letter, name) for name in ("number", "taken_by", "taken_at", "answered_by")}
            row = {**work, **values, "revision": seen + 1}
            insert_or_update(connection, message_work, row, ["number"])
            self._add_step(connection, letter.number, by, what, text)
            return _letter(connection, letter.number)

    def _add_step(self, connection: Connection, number: str, by: str, what: str, text: str = "") -> None:
        row = {"number": number, "at": self._now(), "by": by, "what": what, "text": text}
        connection.execute(message_steps.insert().values(**row))


def masked_but(text: str, public: Iterable[str]) -> str:
    """A text with personal numbers masked, all but those that are public, as the ward's hotline."""
    text = "\n".join(filter(None, map(clean, text.splitlines())))
    known = [re.escape(one) for one in public if one]
    if not known:
        return _masked(text)
    # Between signs that no number has, so that nothing that only contains a public number gets through.
    pieces = re.split(rf"(?<![\w@+.-])({'|'.join(known)})(?![\w@-])", text)
    return "".join(piece if place % 2 else _masked(piece) for place, piece in enumerate(pieces))


def _masked(text: str) -> str:
    """Masked; the ends of lines stay unless a number goes on behind one."""
    lines, flat = mask(text), mask(text.replace("\n", " "))
    return lines if lines.replace("\n", " ") == flat else flat


def _found(*conditions: ClauseElement) -> Select:
    from_messages = [
        messages.c[name]
        for name in (
            *("number", "kind", "text", "contact", "state", "sent_at", "answered_at", "answer", "procedure"),
            "conversation",
        )
    ]
    work = (
        func.coalesce(message_work.c.revision, 0).label("revision"),
        *(message_work.c[name] for name in ("taken_by", "taken_at", "answered_by")),
    )
    both = messages.outerjoin(message_work, message_work.c.number == messages.c.number)
    return select(*from_messages, *work).select_from(both).where(and_(messages.c.state != "draft", *conditions))


def _letter(connection: Connection, number: str, *, locked: bool = False) -> Letter:
    if locked:  # first, by itself: what stands beside it is read as it is once others are through
        connection.execute(select(messages.c.number).where(messages.c.number == number).with_for_update())
    row = connection.execute(_found(messages.c.number == number)).mappings().first()
    if row is None:
        raise KeyError(number)
    return Letter(**row)
