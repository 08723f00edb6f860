"""Drafts of what is left for a person: kept while it is taken down, so that the gateway knows of them, then dropped."""

from __future__ import annotations

import logging

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError

from actions.assistant import assistant
from actions.conversation import Turn
from actions.saying import say_words
from bot.store.database import StoreError

KIND_OF = {"leave_question": "question", "complaint": "complaint", "feedback": "feedback"}
# What the card of a reply calls it (contract 1).
SERVICE_OF = {"question": "human", "complaint": "complaint", "feedback": "feedback"}
SLOTS = ("message_kind", "message_text", "message_contact", "message_confirmed")

_log = logging.getLogger(__name__)


def keep_draft(tracker: Tracker, kind: str, text: str) -> bool:
    """Keep a text in place of the talk's earlier draft; whether that was possible."""
    try:
        assistant().messages.drop_old_drafts()
        assistant().messages.draft(tracker.sender_id, kind, text, tracker.get_slot("procedure"))
    except (SQLAlchemyError, StoreError, ValueError):
        _log.exception("a draft could not be kept")
        return False
    return True


def drop_draft(sender: str) -> None:
    """Drop the talk's draft, and with it any contact; if that fails it goes by itself after a day."""
    try:
        assistant().messages.drop(sender)
    except SQLAlchemyError:
        _log.exception("a draft could not be dropped")


def begun(kind: str, text: str | None = None) -> list[EventType]:
    """Something of a kind is to be taken down; its text may be known already."""
    return [
        SlotSet("message_kind", kind),
        SlotSet("service", SERVICE_OF[kind]),
        SlotSet("message_text", text),
        SlotSet("message_contact", None),
        SlotSet("message_confirmed", None),
    ]


def broken_off(dispatcher: CollectingDispatcher, turn: Turn) -> list[EventType]:
    """Nothing is sent, and that is said."""
    say_words(dispatcher, "utter_cancelled")
    drop_draft(turn.sender)
    return [*done(), ActiveLoop(None), SlotSet("requested_slot", None), SlotSet("candidates", None)]


def done() -> list[EventType]:
    """What was taken down is forgotten; of which kind it was stays for the words that end it."""
    return [SlotSet(name, None) for name in SLOTS]
