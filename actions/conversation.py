"""What a conversation remembers: the procedures talked about, what was offered, what was asked and told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from actions.assistant import assistant
from bot.answers.aspects import asked_for
from bot.encoder.encoder import Encoded
from bot.search.finder import Found
from bot.search.thread import Thread
from bot.store.clock import VIETNAM
from bot.text.days import Said, days_in

UNSURE = 0.4  # an act less likely than this is not worth a guess


def now() -> datetime:
    """The time in Vietnam, whatever the clock of the machine is set to."""
    return datetime.now(VIETNAM).replace(tzinfo=None)


@dataclass(frozen=True)
class Turn:
    """The message of this turn with what Rasa made of it, and what earlier turns left."""

    sender: str
    message: str
    act: str
    chances: Mapping[str, float]
    aspects_by_words: Mapping[str, float]
    thread: Thread
    asked_before: tuple[str, ...]
    others: tuple[str, ...]
    misses: int
    offered_twice: bool
    event: date | None
    case_answers: Mapping[str, Mapping[str, str]]
    form: str
    encoded: Encoded | None = None

    @classmethod
    def of(cls, tracker: Tracker) -> Turn:
        """Read the tracker; slots may be unset."""
        latest: dict[str, Any] = tracker.latest_message or {}
        listed = assistant().listing.names  # a record may have left the listing since

        def known(slot: str) -> tuple[str, ...]:
            return tuple(code for code in tracker.get_slot(slot) or () if code in listed)

        event = tracker.get_slot("event")
        return cls(
            sender=tracker.sender_id,
            message=latest.get("text") or "",
            act=tracker.get_intent_of_latest_message(skip_fallback_intent=False) or "",
            chances={one["name"]: one["confidence"] for one in latest.get("intent_ranking") or []},
            aspects_by_words=latest.get("aspects") or {},
            thread=Thread(
                procedure=next(iter(code for code in [tracker.get_slot("procedure")] if code in listed), None),
                question=tracker.get_slot("question") or "",
                topics=known("topics"),
                candidates=known("candidates"),
            ),
            asked_before=tuple(tracker.get_slot("aspects") or ()),
            others=known("others"),
            misses=tracker.get_slot("misses") or 0,
            offered_twice=bool(tracker.get_slot("offered_twice")),
            event=date.fromisoformat(event) if event else None,
            case_answers=tracker.get_slot("case_answers") or {},
            form=(tracker.active_loop or {}).get("name") or "",
            encoded=_encoded(latest.get("meaning")),
        )

    @property
    def procedure(self) -> str | None:
        """Code of the procedure talked about."""
        return self.thread.procedure

    @property
    def candidates(self) -> tuple[str, ...]:
        """Codes on offer, best first."""
        return self.thread.candidates

    @property
    def runner_up(self) -> str:
        """What the classifier would have said had it been a little surer (the first place is the fallback's then)."""
        name, chance = (list(self.chances.items()) + [("", 0.0)] * 2)[1]
        return name if chance >= UNSURE else ""

    def aspects(self, found: Found) -> list[str]:
        """What is asked, by its words and by what the search read."""
        return asked_for(self.aspects_by_words, found.aspects, found.places)

    def days(self) -> list[Said]:
        """The days that the message names."""
        return days_in(self.message, now())


def _encoded(meaning: Mapping[str, Any] | None) -> Encoded | None:
    """What Rasa's pipeline already made of the message with the encoder."""
    if not meaning:
        return None
    return Encoded(np.array(meaning["vector"], np.float32), meaning["aspects"], meaning["places"])


def talked_about(turn: Turn, code: str, aspects: Sequence[str], *, question: str | None = None) -> list[EventType]:
    """Remember the procedure answered; nothing is on offer any more."""
    topics = turn.thread.topics
    return [
        SlotSet("procedure", code),
        SlotSet("aspects", list(aspects)),
        SlotSet("topics", list(topics if topics[-1:] == (code,) else (*topics, code))),
        SlotSet("candidates", None),
        SlotSet("misses", 0),
        *([SlotSet("question", question)] if question is not None else []),
    ]


def offered(codes: Sequence[str], aspects: Sequence[str], question: str) -> list[EventType]:
    """Remember what was offered and what was asked, so that the choice answers it."""
    return [
        SlotSet("candidates", list(codes)),
        SlotSet("aspects", list(aspects)),
        SlotSet("question", question),
        SlotSet("others", None),
    ]


def missed(turn: Turn) -> list[EventType]:
    """Nothing fitted, or it was not what was meant: forget what was offered, keep the procedure talked about."""
    return [SlotSet("candidates", None), SlotSet("others", None), SlotSet("misses", turn.misses + 1)]


def forgotten() -> list[EventType]:
    """Forget the talk."""
    return [SlotSet(name, None) for name in _TALK]


_TALK = (
    "procedure",
    "candidates",
    "aspects",
    "question",
    "topics",
    "others",
    "misses",
    "offered_twice",
    "event",
    "case_answers",
    "case_guess",
    "message_kind",
    "message_text",
    "message_contact",
    "message_confirmed",
)
