"""Rasa's files and the actions fit together: no act without an action, no action that nothing leads to."""

from __future__ import annotations

import inspect

import yaml
from rasa_sdk import FormValidationAction

from actions.answering import FALLBACK
from actions.checklist import _ASIDES
from actions.drafts import KIND_OF, SERVICE_OF
from actions.drafts import SLOTS as MESSAGE_SLOTS
from bot.answers import services
from bot.settings import ROOT
from tests.actions.talk import ACTIONS, ACTIONS_AFTER, ACTIONS_OF, DOMAIN, RULES
from tests.contract import SERVICES

# Rasa begins a session with this one by itself.
OF_RASA = {"action_session_start"}
# Not part of a talk: the gateway asks for it.
OF_THE_GATEWAY = {"action_search", "action_explain", "action_try"}
EMERGENCIES = {act for act in DOMAIN["intents"] if act.startswith("emergency")}


def acts_of(action: str) -> set[str]:
    return {act for act, led_to in ACTIONS_OF.items() if action in led_to}


def said_at_once() -> dict[str, str]:
    """Acts that lead to a response and nothing else."""
    return {act: led_to[0] for act, led_to in ACTIONS_OF.items() if len(led_to) == 1 and led_to[0].startswith("utter_")}


def test_every_action_of_the_domain_is_written_and_every_one_written_is_in_the_domain() -> None:
    assert set(DOMAIN["actions"]) == set(ACTIONS) - OF_THE_GATEWAY


def test_every_act_leads_to_one_rule() -> None:
    acts = [rule["steps"][0]["intent"] for rule in RULES if "intent" in rule["steps"][0]]
    assert len(acts) == len(set(acts))
    assert set(acts) == {*DOMAIN["intents"], FALLBACK}


def test_every_action_is_led_to() -> None:
    by_rules = {action for led_to in (*ACTIONS_OF.values(), *ACTIONS_AFTER.values()) for action in led_to}
    by_forms = {
        name
        for form, parts in DOMAIN["forms"].items()
        for name in (f"validate_{form}", *(f"action_ask_{slot}" for slot in parts["required_slots"]))
    }
    assert set(DOMAIN["actions"]) <= by_rules | by_forms | OF_RASA
    assert by_rules <= {*DOMAIN["actions"], *DOMAIN["responses"], *DOMAIN["forms"]}


def test_every_form_is_begun_ended_and_asks_for_each_of_its_slots() -> None:
    begun = {action for led_to in ACTIONS_OF.values() for action in led_to if action.endswith("_form")}
    assert begun == set(ACTIONS_AFTER) == set(DOMAIN["forms"])
    for form, parts in DOMAIN["forms"].items():
        validation = ACTIONS[f"validate_{form}"]
        assert isinstance(validation, FormValidationAction)
        for slot in parts["required_slots"]:
            assert slot in DOMAIN["slots"]
            assert f"action_ask_{slot}" in ACTIONS or f"utter_ask_{slot}" in DOMAIN["responses"]
            for step in ("extract", "validate"):
                assert inspect.ismethod(getattr(validation, f"{step}_{slot}"))


def test_what_leads_to_a_service_or_to_small_talk_has_an_answer() -> None:
    assert acts_of("action_service") == services.KINDS
    for act in services.KINDS:
        assert ACTIONS_OF[act] == ["action_service", f"utter_{act}"]
    for act, response in said_at_once().items():
        assert response == f"utter_{act}" and response in DOMAIN["responses"]
    assert ACTIONS_OF["greet"] == ["action_small_talk", "utter_greet"]  # a question may come with it
    small_talk = {"thanks", "goodbye", "who_are_you", "insult", "praise", "chitchat", "override"}
    assert set(said_at_once()) == small_talk | EMERGENCIES


def test_what_leads_to_something_left_for_a_person_has_a_kind_and_a_card() -> None:
    assert acts_of("action_open_message") == set(KIND_OF)
    assert set(KIND_OF.values()) == set(SERVICE_OF)
    assert set(SERVICE_OF.values()) <= SERVICES
    assert set(MESSAGE_SLOTS) <= set(DOMAIN["slots"])
    kinds = {one["condition"][0]["value"] for one in DOMAIN["responses"]["utter_ask_message_text"]}
    assert kinds == set(SERVICE_OF)


def test_a_call_for_help_is_never_taken_for_an_answer_to_a_question() -> None:
    assert EMERGENCIES <= _ASIDES <= set(DOMAIN["intents"])


def test_every_act_has_examples_to_learn_from() -> None:
    taught = {
        part["intent"]
        for path in (ROOT / "data" / "nlu").rglob("*.yml")
        for part in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
    }
    assert taught == set(DOMAIN["intents"])
