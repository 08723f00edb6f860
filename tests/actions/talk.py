"""A talk with the real actions, led as Rasa leads it: one act a message, the actions of its rule, slots kept."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Generator, Iterator, Sequence
from typing import Any

import yaml
from rasa.core.nlg.interpolator import interpolate
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

import actions
from bot.settings import ROOT
from tests.contract import assert_said

CONVERSATION = "a-test"
RULES = [
    rule
    for path in sorted((ROOT / "data" / "rules").glob("*.yml"))
    for rule in yaml.safe_load(path.read_text(encoding="utf-8"))["rules"]
]
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
ACTIONS_OF = {
    rule["steps"][0]["intent"]: [step["action"] for step in rule["steps"][1:] if "action" in step]
    for rule in RULES
    if "intent" in rule["steps"][0]
}
# What follows when a form is done: the rule that begins with the form itself.
ACTIONS_AFTER = {
    rule["steps"][0]["action"]: [step["action"] for step in rule["steps"][1:] if "action" in step]
    for rule in RULES
    if "condition" in rule
}
ACTIONS = {action.name(): action for action in (getattr(actions, name)() for name in actions.__all__)}


class Talk:
    """Say something with the act that Rasa took it for: the reply comes back, `slots` holds what is remembered.

    `form` is the form that is on; `slots["requested_slot"]` is what it asks for. A message goes to the form first, and
    by its act to a rule only where the form takes nothing from it; then the form asks again. `said` holds all that was
    said in the last turn. Whether Rasa itself does the same is seen with Rasa (tests/test_rasa.py, tests/e2e).
    """

    def __init__(self, form: str | None = None, **slots: Any) -> None:
        self.slots = {**dict.fromkeys([*DOMAIN["slots"], "requested_slot"]), **self._ward(), **slots}
        self.form = form
        self.said: list[dict[str, Any]] = []
        self._next: str | None = None  # the slot that the form asks for next

    def __call__(
        self,
        message: str,
        act: str = "ask_procedure",
        *,
        aspects: Sequence[str] = ("overview",),
        runner_up: str = "",
        chance: float = 0.5,
    ) -> dict[str, Any]:
        """One turn. Rasa is sure of the aspects; in what order they are asked, the search reads from the message.

        `chance` is how sure Rasa is of the act, `runner_up` the act that it was nearly sure of.
        """
        latest = latest_message(message, act, aspects=aspects, runner_up=runner_up, chance=chance)
        # Two replies: an aside and the form's question once more; that there is nothing to ask, and all papers.
        most = 2 if self.form or act == "checklist" else 1
        self.said = list(self._turn(latest, act))
        assert len(self.said) <= most, self.said
        return self.said[0] if self.said else {}

    def remembered(self, *names: str) -> tuple[Any, ...]:
        """The slots of these names."""
        return tuple(self.slots[name] for name in names)

    def _turn(self, latest: dict[str, Any], act: str) -> Iterator[dict[str, Any]]:
        form = self.form
        if form is None:
            yield from self._follow(ACTIONS_OF[act], latest)
            return
        taken, said = self._fill(latest)
        yield from said
        if taken:
            yield from self._ask(latest)
            return
        is_over = yield from self._follow(ACTIONS_OF[act], latest)
        if self.form == form and not is_over:
            yield from self._ask(latest)

    def _follow(self, names: Sequence[str], latest: dict[str, Any]) -> Generator[dict[str, Any], None, bool]:
        """The actions of a rule. Returns whether the turn is over by an action's own word or a form that asked."""
        for name in names:
            if name.startswith("utter_"):
                yield self._words(name, {})
                continue
            if name.endswith("_form"):
                yield from self._begin(name, latest)
                return True
            events, dispatcher = self._run(name, latest)
            yield from map(self._reply, dispatcher.messages)
            self._apply(events)
            follow_up = next((event["name"] for event in events if event["event"] == "followup"), None)
            if follow_up is not None and follow_up.endswith("_form"):
                yield from self._begin(follow_up, latest)
            if follow_up is not None:
                return True
        return False

    def _begin(self, form: str, latest: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """The form is on; what is known already is not asked for."""
        if self.form == form:
            yield from self._ask(latest)
            return
        self.form = form
        self.slots["requested_slot"] = None
        known = [name for name in DOMAIN["forms"][form]["required_slots"] if self.slots[name] is not None]
        _, said = self._fill(latest, known)
        yield from said
        yield from self._ask(latest)

    def _fill(self, latest: dict[str, Any], known: Sequence[str] = ()) -> tuple[bool, list[dict[str, Any]]]:
        """What the form takes from a message: whether that was anything, and what it said about it."""
        set_before = [{"event": "slot", "timestamp": None, "name": name, "value": self.slots[name]} for name in known]
        events, dispatcher = self._run(f"validate_{self.form}", latest, set_before)
        self._apply(events)
        if ends := [event for event in events if event["name"] == "requested_slot"]:
            self._next = ends[-1]["value"]
        else:
            required = DOMAIN["forms"][self.form]["required_slots"]
            self._next = next((name for name in required if self.slots[name] is None), None)
        taken = any(event["name"] != "requested_slot" for event in events)
        return taken, [self._reply(message) for message in dispatcher.messages]

    def _ask(self, latest: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Ask for what the form still needs, or do what follows where it needs no more."""
        self.slots["requested_slot"] = self._next
        if self._next is None:
            done, self.form = str(self.form), None
            yield from self._follow(ACTIONS_AFTER[done], latest)
        elif f"action_ask_{self._next}" in ACTIONS:
            _, dispatcher = self._run(f"action_ask_{self._next}", latest)
            yield from map(self._reply, dispatcher.messages)
        else:
            yield self._words(f"utter_ask_{self._next}", {})

    def _apply(self, events: Sequence[dict[str, Any]]) -> None:
        for event in events:
            if event["event"] == "slot":
                assert event["name"] in {*DOMAIN["slots"], "requested_slot"}, event
                self.slots[event["name"]] = event["value"]
            elif event["event"] == "active_loop":
                self.form = event["name"]

    def _run(
        self, name: str, latest: dict[str, Any], events: Sequence[dict[str, Any]] = ()
    ) -> tuple[list[dict[str, Any]], CollectingDispatcher]:
        loop = {"name": self.form} if self.form else {}
        tracker = Tracker(CONVERSATION, dict(self.slots), latest, list(events), False, None, loop, None)
        return run(name, tracker)

    def _reply(self, message: dict[str, Any]) -> dict[str, Any]:
        if message["response"]:
            values = {key: value for key, value in message.items() if isinstance(value, str)}
            return self._words(message["response"], values)
        assert_said(message["custom"])
        return dict(message["custom"])

    def _words(self, name: str, values: dict[str, str]) -> dict[str, Any]:
        """A response of the domain, filled as Rasa fills it."""
        variants = [
            one
            for one in DOMAIN["responses"][name]
            if all(self.slots[part["name"]] == part["value"] for part in one.get("condition", []))
        ]
        said = interpolate(yaml.safe_load(yaml.safe_dump(variants[0]["custom"])), {**self.slots, **values})
        assert "{" not in said["text"] and "None" not in said["text"], said["text"]
        assert_said(said)
        return dict(said)

    @staticmethod
    def _ward() -> dict[str, Any]:
        events, _ = run("action_session_start", Tracker(CONVERSATION, {}, {}, [], False, None, {}, None))
        return {event["name"]: event["value"] for event in events if event["event"] == "slot"}


def latest_message(
    message: str, act: str, *, aspects: Sequence[str] = ("overview",), runner_up: str = "", chance: float = 0.5
) -> dict[str, Any]:
    """What Rasa makes of a message, as the actions get it."""
    intent = {"name": act, "confidence": chance}
    ranking = [intent, *([{"name": runner_up, "confidence": 0.5}] if runner_up else [])]
    chances = {aspect: 1.0 for aspect in aspects}
    return {"text": message, "intent": intent, "intent_ranking": ranking, "aspects": chances}


def run(name: str, tracker: Tracker) -> tuple[list[dict[str, Any]], CollectingDispatcher]:
    """One action by itself: its events, and the dispatcher with what it says."""
    dispatcher = CollectingDispatcher()
    events = ACTIONS[name].run(dispatcher, tracker, DOMAIN)
    if inspect.iscoroutine(events):
        events = asyncio.run(events)
    return list(events), dispatcher
