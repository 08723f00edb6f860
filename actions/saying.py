"""What actions hand to Rasa to be said: an answer made of records, or words of the domain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from bot.answers.reply import Reply


def say(dispatcher: CollectingDispatcher, reply: Reply) -> None:
    """Say what was composed of records."""
    dispatcher.utter_message(json_message=reply.as_json())


def say_words(dispatcher: CollectingDispatcher, response: str, **values: Any) -> None:
    """Say a response of domain.yml; `values` are put in beside the slots."""
    dispatcher.utter_message(response=response, **values)


def instead_of_words() -> Sequence[EventType]:
    """Something else was said: the words that the rule had in store are left out."""
    return [FollowupAction("action_listen")]
