"""What a turn is read from, and what is remembered of it."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker

from actions.conversation import Turn, forgotten, nothing_pending, offered, talked_about


def turn(latest: dict[str, Any] | None, **slots: Any) -> Turn:
    return Turn.of(Tracker("a-test", slots, latest, [], False, None, {}, None))


def test_a_turn_before_anything_was_said_is_empty() -> None:
    empty = Turn("", "", {}, None, (), (), "")
    assert turn(None) == empty
    assert turn({}) == empty


def test_a_turn_holds_the_message_its_act_its_aspects_and_what_is_remembered() -> None:
    intent = {"name": "ask_aspect", "confidence": 0.9}
    said = turn(
        {"text": "lệ phí?", "intent": intent, "intent_ranking": [intent], "aspects": {"fee": 0.9}},
        procedure="1.001193",
        candidates=["1.004884"],
        aspects=["documents"],
    )
    assert said == Turn("lệ phí?", "ask_aspect", {"fee": 0.9}, "1.001193", ("1.004884",), ("documents",), "")


def test_the_fallback_is_an_act_of_its_own() -> None:
    """Rasa's own reading would skip it and name the act that it was not sure of."""
    ranking = [{"name": "nlu_fallback", "confidence": 0.54}, {"name": "hours", "confidence": 0.5}]
    assert turn({"text": "?", "intent": ranking[0], "intent_ranking": ranking}).act == "nlu_fallback"


@pytest.mark.parametrize(("confidence", "runner_up"), [(0.5, "hours"), (0.4, "hours"), (0.39, ""), (0.0, "")])
def test_the_runner_up_counts_only_where_it_was_nearly_sure(confidence: float, runner_up: str) -> None:
    ranking = [{"name": "nlu_fallback", "confidence": 0.54}, {"name": "hours", "confidence": confidence}]
    assert turn({"text": "?", "intent": ranking[0], "intent_ranking": ranking}).runner_up == runner_up


def slots(events: list[Any]) -> dict[str, Any]:
    return {event["name"]: event["value"] for event in events if event["event"] == "slot"}


def test_an_answer_is_remembered_and_ends_an_offer() -> None:
    assert slots(talked_about("1.001193", ("fee",))) == {
        "procedure": "1.001193",
        "candidates": None,
        "aspects": ["fee"],
    }


def test_an_offer_is_remembered_beside_the_procedure_talked_about() -> None:
    assert slots(offered(("1.001193", "1.004884"), ("fee",))) == {
        "candidates": ["1.001193", "1.004884"],
        "aspects": ["fee"],
    }


def test_forgetting_an_offer_keeps_the_rest_and_forgetting_all_keeps_nothing() -> None:
    assert slots(nothing_pending()) == {"candidates": None}
    assert slots(forgotten()) == {"procedure": None, "candidates": None, "aspects": None}
