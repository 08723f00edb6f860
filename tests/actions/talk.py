"""A talk with the real actions, led as Rasa leads it: one act a message, one action an act, slots kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

import actions
from bot.settings import ROOT
from tests.contract import assert_said

RULES = yaml.safe_load((ROOT / "data" / "rules" / "rules.yml").read_text(encoding="utf-8"))["rules"]
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
ACTION_OF = {rule["steps"][0]["intent"]: rule["steps"][1]["action"] for rule in RULES}
ACTIONS = {action.name(): action for action in (getattr(actions, name)() for name in actions.__all__)}


class Talk:
    """Say something with the act that Rasa took it for: the reply comes back, `slots` holds what is remembered."""

    def __init__(self, **slots: Any) -> None:
        self.slots = {**dict.fromkeys(DOMAIN["slots"]), **slots}

    def __call__(
        self, message: str, act: str = "ask_procedure", *, aspects: Sequence[str] = ("overview",), runner_up: str = ""
    ) -> dict[str, Any]:
        """One turn. Rasa is sure of the aspects; in what order they are asked, the search reads from the message.

        `runner_up` is the act that Rasa was nearly sure of, where the act is `nlu_fallback`.
        """
        intent = {"name": act, "confidence": 0.5}
        ranking = [intent, *([{"name": runner_up, "confidence": 0.5}] if runner_up else [])]
        chances = {aspect: 1.0 for aspect in aspects}
        latest = {"text": message, "intent": intent, "intent_ranking": ranking, "aspects": chances}
        tracker = Tracker("a-test", dict(self.slots), latest, [], False, None, {}, None)
        dispatcher = CollectingDispatcher()
        for event in ACTIONS[ACTION_OF[act]].run(dispatcher, tracker, DOMAIN):
            assert event["event"] == "slot" and event["name"] in DOMAIN["slots"], event
            self.slots[event["name"]] = event["value"]
        (said,) = dispatcher.messages
        assert_said(said["custom"])
        return said["custom"]
