"""The search for the public listing: the gateway asks for it, a talk never does."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.assistant import assistant


class ActionSearch(Action):
    """Which procedures a question is about, as the search sees it."""

    def name(self) -> str:
        """Not in domain.yml: no rule leads here."""
        return "action_search"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[EventType]:
        """Say decision and candidates as contract 2 does."""
        found = assistant().finder(tracker.latest_message.get("text") or "")
        candidates = [{"code": candidate.code, "score": candidate.score} for candidate in found.candidates]
        dispatcher.utter_message(json_message={"decision": found.decision.value, "candidates": candidates})
        return []
