"""Services of the ward and small talk: the act alone decides what is said."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.assistant import assistant
from actions.conversation import Turn, forgotten
from bot.answers.services import service
from bot.answers.smalltalk import smalltalk


class ActionService(Action):
    """Hours, address, hotline, a person, and what else the ward's profile answers."""

    def name(self) -> str:
        """The name in domain.yml."""
        return "action_service"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[EventType]:
        """Handle one turn."""
        bot, turn = assistant(), Turn.of(tracker)
        dispatcher.utter_message(json_message=service(turn.act, bot.ward, bot.listing).as_json())
        return []


class ActionSmalltalk(Action):
    """Greetings, thanks and the like."""

    def name(self) -> str:
        """The name in domain.yml."""
        return "action_smalltalk"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[EventType]:
        """Handle one turn."""
        bot, turn = assistant(), Turn.of(tracker)
        dispatcher.utter_message(json_message=smalltalk(turn.act, bot.ward).as_json())
        return []


class ActionStartOver(Action):
    """Forget the conversation."""

    def name(self) -> str:
        """The name in domain.yml."""
        return "action_start_over"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[EventType]:
        """Handle one turn."""
        dispatcher.utter_message(json_message=smalltalk("start_over", assistant().ward).as_json())
        return forgotten()
