"""The little that a conversation remembers: the procedure talked about, and what was offered to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from bot.answers.aspects import asked_for
from bot.search.finder import Found

UNSURE = 0.4  # an act less likely than this is not worth a guess


@dataclass(frozen=True)
class Turn:
    """The message of this turn with what Rasa made of it, and what earlier turns left."""

    message: str
    act: str
    aspects_by_words: Mapping[str, float]
    procedure: str | None
    candidates: tuple[str, ...]
    asked_before: tuple[str, ...]
    runner_up: str

    @classmethod
    def of(cls, tracker: Tracker) -> Turn:
        """Read the tracker; slots may be unset."""
        latest: dict[str, Any] = tracker.latest_message or {}
        return cls(
            message=latest.get("text") or "",
            act=tracker.get_intent_of_latest_message(skip_fallback_intent=False) or "",
            aspects_by_words=latest.get("aspects") or {},
            procedure=tracker.get_slot("procedure"),
            candidates=tuple(tracker.get_slot("candidates") or ()),
            asked_before=tuple(tracker.get_slot("aspects") or ()),
            runner_up=_runner_up(latest.get("intent_ranking") or []),
        )

    def aspects(self, found: Found) -> list[str]:
        """What is asked, by its words and by what the search read."""
        return asked_for(self.aspects_by_words, found.aspects, found.places)


def _runner_up(ranking: list[dict[str, Any]]) -> str:
    """What the classifier would have said had it been a little surer (the first place is the fallback's then)."""
    second = ranking[1] if len(ranking) > 1 else {}
    return str(second["name"]) if second.get("confidence", 0.0) >= UNSURE else ""


def talked_about(code: str, aspects: Sequence[str]) -> list[EventType]:
    """Remember the procedure answered; nothing is on offer any more."""
    return [SlotSet("procedure", code), SlotSet("candidates", None), SlotSet("aspects", list(aspects))]


def offered(codes: Sequence[str], aspects: Sequence[str]) -> list[EventType]:
    """Remember what was offered, and what was asked, so that the choice answers it."""
    return [SlotSet("candidates", list(codes)), SlotSet("aspects", list(aspects))]


def nothing_pending() -> list[EventType]:
    """Forget what was offered, keep the procedure talked about."""
    return [SlotSet("candidates", None)]


def forgotten() -> list[EventType]:
    """Forget everything."""
    return [SlotSet("procedure", None), SlotSet("candidates", None), SlotSet("aspects", None)]
