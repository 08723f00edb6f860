"""Rasa's files and the actions fit together: no act without an action, no action that nothing leads to."""

from __future__ import annotations

import yaml

from actions.procedures import FALLBACK
from bot.answers import services, smalltalk
from bot.settings import ROOT
from tests.actions.talk import ACTION_OF, ACTIONS, DOMAIN, RULES


def acts_of(action: str) -> set[str]:
    return {act for act, led_to in ACTION_OF.items() if led_to == action}


def test_every_action_of_the_domain_is_written_and_every_one_written_is_in_the_domain() -> None:
    assert set(DOMAIN["actions"]) == set(ACTIONS)


def test_every_act_leads_to_one_action() -> None:
    acts = [rule["steps"][0]["intent"] for rule in RULES]
    assert len(acts) == len(set(acts))
    assert set(acts) == {*DOMAIN["intents"], FALLBACK}


def test_every_action_is_led_to() -> None:
    assert set(ACTION_OF.values()) == set(DOMAIN["actions"])


def test_what_leads_to_a_service_or_to_small_talk_has_an_answer() -> None:
    assert acts_of("action_service") == services.KINDS
    assert acts_of("action_smalltalk") == smalltalk.KINDS - {"start_over"}


def test_every_act_has_examples_to_learn_from() -> None:
    taught = {
        part["intent"]
        for path in (ROOT / "data" / "nlu").rglob("*.yml")
        for part in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
    }
    assert taught == set(DOMAIN["intents"])
