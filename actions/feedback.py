"""How it was: what was wrong with the last answer, and how satisfied people are on five levels."""

from __future__ import annotations

import logging
import re
from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError

from actions.assistant import assistant
from actions.conversation import Turn
from actions.saying import say_words
from bot.text.folding import fold

# The administration's own scale; the longer names before those they hold. What is denied is looked at before.
LEVELS = (
    ("binh thuong", 3),
    ("tam duoc", 3),
    ("rat hai long", 5),
    ("hai long", 4),
)
# "Không hài lòng", however it is said: "hông hài lòng lắm", "chả mấy hài lòng", "chưa thật sự hài lòng".
_DENIED = re.compile(
    r"\b(?:rat )?(?:khong|ko|k|kg|hong|hok|hem|chang|cha|cha|chua|dau co|it|bat)(?: \w+){0,2} hai long\b"
)
_POINTS = re.compile(r"\b([1-5])\s*(?:sao|diem|d|/\s*5)\b|^\s*([1-5])\s*$")
LOW = 2
# What stands on the buttons of the question (domain.yml).
REASONS = ("Sai việc tôi hỏi", "Thông tin sai hoặc cũ", "Thiếu điều tôi cần", "Khó hiểu")
SURE = 0.8  # a question of which the classifier is as sure as this is no reason
_log = logging.getLogger(__name__)


class ValidateFeedbackForm(FormValidationAction):
    """Takes down what was wrong."""

    def name(self) -> str:
        """The name in domain.yml."""
        return "validate_feedback_form"

    def extract_feedback_reason(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict
    ) -> dict[str, Any]:
        """Anything said after the question is the reason; a new question about a procedure is not."""
        turn = Turn.of(tracker)
        if turn.message in REASONS:
            return {"feedback_reason": turn.message}
        asks = turn.act in ("ask_aspect", "ask_procedure") and turn.chances.get(turn.act, 0.0) >= SURE
        if tracker.get_slot("requested_slot") != "feedback_reason" or asks or turn.act == "start_over":
            return {}
        if turn.act.startswith("emergency"):
            return {}
        if turn.act == "cancel" or turn.act == "skip":
            return {"feedback_reason": "-"}
        return {"feedback_reason": turn.message}

    def validate_feedback_reason(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict
    ) -> dict[str, Any]:
        """Any reason is one."""
        return {"feedback_reason": value}


class ActionKeepFeedback(Action):
    """Keep the reason with the procedure of the last answer."""

    def name(self) -> str:
        """The name in domain.yml."""
        return "action_keep_feedback"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[EventType]:
        """Handle one turn."""
        reason = tracker.get_slot("feedback_reason")
        try:
            assistant().ratings.mark_last(tracker.sender_id, "down", "" if reason == "-" else str(reason))
        except SQLAlchemyError:
            _log.exception("a mark could not be kept")
            say_words(dispatcher, "utter_not_kept")
        except KeyError:
            say_words(dispatcher, "utter_nothing_to_mark")
        else:
            say_words(dispatcher, "utter_reason_kept")
        return [SlotSet("feedback_reason", None)]


class ActionRate(Action):
    """Keep how satisfied somebody is."""

    def name(self) -> str:
        """The name in domain.yml."""
        return "action_rate"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[EventType]:
        """Handle one turn."""
        level = level_in(Turn.of(tracker).message)
        if level is None:
            say_words(dispatcher, "utter_goodbye")  # it shows the five levels
            return []
        try:
            assistant().ratings.rate(tracker.sender_id, level)
        except SQLAlchemyError:
            _log.exception("a rating could not be kept")
        say_words(dispatcher, "utter_rated_low" if level <= LOW else "utter_rated")
        return []


def level_in(message: str) -> int | None:
    """The level from 1 to 5 that a message names, by its name or in points."""
    folded = fold(message)
    if (denied := _DENIED.search(folded)) is not None:
        return 1 if "rat" in denied[0].split() else LOW
    for name, level in LEVELS:
        if name in folded:
            return level
    points = _POINTS.search(folded)
    return int(points[1] or points[2]) if points else None
