"""Questions to a person, complaints and feedback: from a draft in a conversation to the staff's answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql import ClauseElement

from bot.store import clock, numbers
from bot.store.database import StoreError, insert_or_update, reading
from bot.store.tables import IS_DRAFT, messages
from bot.store.trials import is_trial
from bot.text.contacts import is_contact
from bot.text.privacy import mask
from bot.text.request_numbers import as_number
from bot.text.unicode import clean

DRAFTS_LIVE = timedelta(days=1)
TRIES = 10  # to draw a number that is not taken; the first one nearly always is free


@dataclass(frozen=True)
class Message:
    """One message as it is kept. Its number is no password: a stranger may have heard it."""

    number: str
    kind: str  # question, complaint or feedback
    text: str
    contact: str | None
    conversation: str | None
    state: str  # draft, new, taken or answered
    created_at: datetime
    sent_at: datetime | None
    answered_at: datetime | None
    answer: str | None
    procedure: str | None  # the code of the procedure it is about


class Messages:
    """The messages of a database. All times are in UTC."""

    def __init__(self, engine: Engine, *, now: clock.Clock = clock.now) -> None:
        self._engine = engine
        self._now = now

    def draft(self, conversation: str, kind: str, text: str, procedure: str | None = None) -> None:
        """Keep a text, masked, until it is sent or dropped, in place of the conversation's earlier draft.

        Raises ValueError for an unknown kind or an empty text.
        """
        values = {
            "kind": kind,
            "text": _without_personal_numbers(text),
            "contact": None,
            "conversation": conversation,
            "state": "draft",
            "created_at": self._now(),
            "procedure": procedure,
        }
        for _ in range(TRIES):
            try:
                with self._engine.begin() as connection:
                    row = {"number": numbers.draw(kind), **values}
                    insert_or_update(connection, messages, row, ["conversation"], IS_DRAFT)
                return
            except IntegrityError:  # the number is taken
                continue
        raise StoreError(f"No free number for a {kind} was found in {TRIES} tries")

    def draft_of(self, conversation: str) -> Message | None:
        """The conversation's draft, to be read back before it is sent."""
        return self._first(_draft_of(conversation))

    def awaits_contact(self, conversation: str) -> bool:
        """Whether the conversation has a draft, to which a contact may be left."""
        return self.draft_of(conversation) is not None

    def leave_contact(self, conversation: str, contact: str) -> None:
        """Add to the draft how to reach its author. The only thing kept unmasked.

        Raises ValueError unless it is one phone number or one e-mail address, KeyError without a draft.
        """
        if not is_contact(contact):
            raise ValueError("a contact is one phone number of Vietnam or one e-mail address")
        with self._engine.begin() as connection:
            change = update(messages).where(_draft_of(conversation)).values(contact=clean(contact))
            if not connection.execute(change).rowcount:
                raise KeyError(conversation)

    def send(self, conversation: str) -> str:
        """Hand the draft to the staff and return its number; one of a trial is dropped, and the number is of nothing.

        Raises KeyError without a draft.
        """
        if is_trial(conversation):
            return self._drop_with_number(conversation)
        with self._engine.begin() as connection:
            number = connection.scalar(select(messages.c.number).where(_draft_of(conversation)))
            change = (
                update(messages)
                .where(messages.c.number == number, IS_DRAFT)  # PostgreSQL: it may have been sent just now
                .values(state="new", sent_at=self._now())
            )
            if not connection.execute(change).rowcount:
                raise KeyError(conversation)
        return str(number)

    def _drop_with_number(self, conversation: str) -> str:
        draft = self.draft_of(conversation)
        if draft is None:
            raise KeyError(conversation)
        self.drop(conversation)
        return draft.number

    def drop(self, conversation: str) -> None:
        """Delete the draft, if there is one."""
        self._delete(_draft_of(conversation))

    def drop_old_drafts(self) -> int:
        """Delete the drafts that nobody sent within a day; how many there were."""
        return self._delete(IS_DRAFT, messages.c.created_at < self._now() - DRAFTS_LIVE)

    def find(self, number: str) -> Message | None:
        """The message sent under a number, however it is typed: "ch4k7 m2p". Drafts are nobody's business yet."""
        return self._first(messages.c.number == as_number(number), messages.c.state != "draft")

    def take(self, number: str) -> None:
        """Somebody of the staff takes it. Raises KeyError for an unknown number, ValueError if it is not new."""
        self._change(number, from_states=("new",), state="taken")

    def answer(self, number: str, text: str) -> None:
        """Keep the staff's answer, masked.

        Raises KeyError for an unknown number, ValueError for an empty text or a message already answered.
        """
        answer = _without_personal_numbers(text)
        self._change(number, from_states=("new", "taken"), state="answered", answer=answer, answered_at=self._now())

    def forget(self, conversation: str) -> None:
        """Delete the conversation's draft; what was sent stays, but no longer says from which conversation it came."""
        with self._engine.begin() as connection:
            connection.execute(delete(messages).where(_draft_of(conversation)))
            connection.execute(
                update(messages).where(messages.c.conversation == conversation).values(conversation=None)
            )

    def _first(self, *conditions: ClauseElement) -> Message | None:
        with reading(self._engine) as connection:
            row = connection.execute(select(messages).where(*conditions)).mappings().first()
        return Message(**row) if row else None

    def _delete(self, *conditions: ClauseElement) -> int:
        with self._engine.begin() as connection:
            return int(connection.execute(delete(messages).where(*conditions)).rowcount)

    def _change(self, number: str, *, from_states: tuple[str, ...], **values: object) -> None:
        change = (
            update(messages)
            .where(messages.c.number == as_number(number), messages.c.state.in_(from_states))
            .values(**values)
        )
        with self._engine.begin() as connection:
            changed = connection.execute(change).rowcount
        if not changed:
            found = self.find(number)
            if found is None:
                raise KeyError(number)
            raise ValueError(f"{found.number} is {found.state}, not {' or '.join(from_states)}")


def _draft_of(conversation: str) -> ClauseElement:
    return (messages.c.conversation == conversation) & (messages.c.state == "draft")


def _without_personal_numbers(text: str) -> str:
    # Cleaned first: an invisible sign between two digits would hide a number from the mask.
    text = mask(clean(text))
    if not text:
        raise ValueError("the text is empty")
    return text
