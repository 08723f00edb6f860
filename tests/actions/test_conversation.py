"""What a turn is read from, and what is remembered of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from rasa_sdk import Tracker

from actions.conversation import Turn, forgotten, missed, offered, talked_about
from bot.encoder.encoder import Encoded
from bot.nlu.meaning import as_json
from bot.search.thread import Thread
from tests.actions.talk import DOMAIN, latest_message


def turn(latest: dict[str, Any] | None, form: str = "", **slots: Any) -> Turn:
    return Turn.of(Tracker("a-test", slots, latest, [], False, None, {"name": form} if form else {}, None))


EMPTY = turn(None)


def test_a_turn_before_anything_was_said_is_empty() -> None:
    assert turn({}) == EMPTY
    filled = {name for name, value in vars(EMPTY).items() if value}
    assert filled == {"sender", "thread"} and EMPTY.thread == Thread()


def test_a_turn_holds_the_message_its_act_its_aspects_and_what_is_remembered() -> None:
    intent = {"name": "ask_aspect", "confidence": 0.9}
    said = turn(
        {"text": "lệ phí?", "intent": intent, "intent_ranking": [intent], "aspects": {"fee": 0.9}},
        form="checklist_form",
        procedure="1.001193",
        question="làm giấy khai sinh",
        topics=["1.004194", "1.001193"],
        candidates=["1.004884"],
        aspects=["documents"],
        others=["2.000635"],
        misses=1,
        offered_twice=True,
        event="2026-11-20",
        case_answers={"1.001193": {"noi_sinh": "nha"}},
    )
    assert said == Turn(
        sender="a-test",
        message="lệ phí?",
        act="ask_aspect",
        chances={"ask_aspect": 0.9},
        aspects_by_words={"fee": 0.9},
        thread=Thread("1.001193", "làm giấy khai sinh", ("1.004194", "1.001193"), ("1.004884",)),
        asked_before=("documents",),
        others=("2.000635",),
        misses=1,
        offered_twice=True,
        event=date(2026, 11, 20),
        case_answers={"1.001193": {"noi_sinh": "nha"}},
        form="checklist_form",
    )
    assert (said.procedure, said.candidates) == ("1.001193", ("1.004884",))


def test_what_rasa_encoded_already_is_handed_on() -> None:
    encoded = Encoded(np.array([0.6, -0.8], np.float32), {"fee": 0.9}, {"fee": 3})
    read = turn({**latest_message("lệ phí", "ask_aspect"), "meaning": as_json(encoded)}).encoded
    assert read is not None and np.allclose(read.vector, encoded.vector, atol=1e-4)
    assert (read.vector.dtype, read.aspects, read.places) == (np.float32, {"fee": 0.9}, {"fee": 3})


def test_the_fallback_is_an_act_of_its_own() -> None:
    """Rasa's own reading would skip it and name the act that it was not sure of."""
    ranking = [{"name": "nlu_fallback", "confidence": 0.54}, {"name": "hours", "confidence": 0.5}]
    assert turn({"text": "?", "intent": ranking[0], "intent_ranking": ranking}).act == "nlu_fallback"


@pytest.mark.parametrize(("confidence", "runner_up"), [(0.5, "hours"), (0.4, "hours"), (0.39, ""), (0.0, "")])
def test_the_runner_up_counts_only_where_it_was_nearly_sure(confidence: float, runner_up: str) -> None:
    ranking = [{"name": "nlu_fallback", "confidence": 0.54}, {"name": "hours", "confidence": confidence}]
    assert turn({"text": "?", "intent": ranking[0], "intent_ranking": ranking}).runner_up == runner_up


def test_the_days_of_a_message_are_read() -> None:
    said = replace(EMPTY, message="sinh ngày 20/11/2026, 24/11/2026 nộp").days()
    assert [one.day for one in said] == [date(2026, 11, 20), date(2026, 11, 24)]


def slots(events: list[Any]) -> dict[str, Any]:
    return {event["name"]: event["value"] for event in events if event["event"] == "slot"}


def test_an_answer_is_remembered_and_ends_an_offer() -> None:
    before = replace(EMPTY, misses=1, thread=Thread(candidates=("1.004884",)))
    assert slots(talked_about(before, "1.001193", ("fee",), question="lệ phí khai sinh")) == {
        "procedure": "1.001193",
        "candidates": None,
        "aspects": ["fee"],
        "topics": ["1.001193"],
        "misses": 0,
        "question": "lệ phí khai sinh",
    }


def test_a_follow_up_keeps_the_question_that_it_follows() -> None:
    assert "question" not in slots(talked_about(EMPTY, "1.001193", ("fee",)))


@pytest.mark.parametrize(
    ("before", "code", "after"),
    [
        ((), "a", ["a"]),
        (("a",), "a", ["a"]),
        (("a",), "b", ["a", "b"]),
        (("a", "b"), "a", ["a", "b", "a"]),
    ],
)
def test_the_order_of_the_talk_is_remembered_and_nothing_twice_in_a_row(
    before: tuple[str, ...], code: str, after: list[str]
) -> None:
    assert slots(talked_about(replace(EMPTY, thread=Thread(topics=before)), code, ("fee",)))["topics"] == after


def test_an_offer_is_remembered_beside_the_procedure_talked_about() -> None:
    assert slots(offered(("1.001193", "1.004884"), ("fee",), "giấy khai sinh")) == {
        "candidates": ["1.001193", "1.004884"],
        "aspects": ["fee"],
        "question": "giấy khai sinh",
        "others": None,
    }


def test_forgetting_an_offer_keeps_the_rest_and_counts_as_a_miss() -> None:
    assert slots(missed(replace(EMPTY, misses=1))) == {"candidates": None, "others": None, "misses": 2}


def test_forgetting_all_keeps_nothing_of_the_talk() -> None:
    about_what = {"procedure", "aspects", "question", "topics", "candidates", "others", "misses", "offered_twice"}
    told = {"event", "case_answers", "case_guess"}
    told |= {"message_kind", "message_text", "message_contact", "message_confirmed"}
    assert slots(forgotten()) == dict.fromkeys(about_what | told)
    assert about_what | told <= set(DOMAIN["slots"])
