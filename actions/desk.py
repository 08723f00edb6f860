"""For the staff's desk: why a message is answered as it is, and what a version would answer that is not in force yet.

The gateway asks for these; a talk never does. They work in a thread, so that citizens go on being answered.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from contextvars import copy_context
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.assistant import acting_as, assistant, assistants
from actions.conversation import Turn
from actions.procedures import ActionAnswerAspect, ActionChoose, ActionCorrect, ActionDecline, ActionFindProcedure
from bot.answers.services import of_the_ward
from bot.answers.words import load_words
from bot.knowledge.overlay import read_overlay
from bot.knowledge.yaml_lines import RecordError
from bot.search.explain import explain

Result = TypeVar("Result")
# What Rasa's rules do with a first message of these acts; others say nothing that an editor could change.
_ACTIONS: Mapping[str, type[Action]] = {
    "ask_procedure": ActionFindProcedure,
    "out_of_scope": ActionFindProcedure,
    "nlu_fallback": ActionFindProcedure,
    "ask_aspect": ActionAnswerAspect,
    "choose": ActionChoose,
    "affirm": ActionChoose,
    "deny": ActionDecline,
    "correct": ActionCorrect,
}


class ActionExplain(Action):
    """Why a message is decided as it is."""

    def name(self) -> str:
        """Not in domain.yml: no rule leads here."""
        return "action_explain"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[EventType]:
        """Say what the search saw of `latest_message`, which is as Rasa understood it."""
        dispatcher.utter_message(json_message=await _aside(lambda: _explained(Turn.of(tracker))))
        return []


class ActionTry(Action):
    """What a version that nobody has published would answer."""

    def name(self) -> str:
        """Not in domain.yml: no rule leads here."""
        return "action_try"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[EventType]:
        """Answer the messages in the slot `messages`, each as Rasa understood it, as the overlay in the folder that
        the slot `overlay` names (none: the version in force) would; or say what is wrong with it."""
        folder, messages = tracker.get_slot("overlay"), tracker.get_slot("messages") or []
        dispatcher.utter_message(json_message=await _aside(lambda: _tried(folder, messages)))
        return []


async def _aside(work: Callable[[], Result]) -> Result:
    return await asyncio.get_running_loop().run_in_executor(None, copy_context().run, work)


def _explained(turn: Turn) -> dict[str, Any]:
    bot = assistant()
    seen = explain(bot.finder, turn.message, turn.encoded)
    found = seen.found
    return {
        "reading": {**asdict(found.reading), "typed": turn.message},
        "decision": found.decision.value,
        "offered": list(found.offered),
        "fits": found.fits,
        "topic": found.topic,
        "over_procedures": found.over_procedures,
        "over_chatter": found.over_chatter,
        "candidates": [asdict(candidate) for candidate in seen.candidates],
        "outside": seen.outside,
        "bounds": seen.bounds,
        "measured": seen.measured,
        "weights": seen.weights,
        "aspects": {
            "asked": turn.aspects(found),
            "by_words": dict(turn.aspects_by_words),
            "by_meaning": dict(found.aspects),
        },
        "took": seen.took,
        "version": bot.version.number,
    }


def _tried(folder: str | None, messages: list[dict[str, Any]]) -> dict[str, Any]:
    began = time.perf_counter()
    try:
        other = assistants().of(read_overlay(Path(folder))) if folder else assistant()
    except RecordError as error:
        return {"faults": str(error).splitlines(), "version": -1}
    built = time.perf_counter()
    with acting_as(other):
        replies = [_reply_to(message) for message in messages]
    took = {"build": round(1000 * (built - began)), "answer": round(1000 * (time.perf_counter() - built))}
    return {"replies": replies, "took": took, "version": other.version.number}


def _reply_to(understood: dict[str, Any]) -> dict[str, Any]:
    """The reply to a first message; where its act has nothing to do with the knowledge, the card says so alone."""
    act = (understood.get("intent") or {}).get("name") or ""
    if act not in _ACTIONS:
        return {"text": "", "card": {"type": "service", "kind": act}, "choices": []}
    tracker = Tracker("desk", {}, understood, [], False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    _ACTIONS[act]().run(dispatcher, tracker, {})
    said = dispatcher.messages[0]
    if custom := said.get("custom"):
        return dict(custom)
    values = {**of_the_ward(assistant().ward), **{gap: str(value) for gap, value in said.items()}}
    return load_words()[said["response"]][0].as_json(values)
