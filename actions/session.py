"""The start of a talk: what the ward's profile puts into the words of domain.yml."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecuted, EventType, SessionStarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.assistant import assistant
from bot.answers.services import of_the_ward


class ActionSessionStart(Action):
    """Begin a session with nothing remembered but the ward."""

    def name(self) -> str:
        """The name in domain.yml."""
        return "action_session_start"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[EventType]:
        """Handle the start of a session."""
        values = of_the_ward(assistant().ward)
        return [
            SessionStarted(),
            *(SlotSet(name, value) for name, value in values.items()),
            ActionExecuted("action_listen"),
        ]
