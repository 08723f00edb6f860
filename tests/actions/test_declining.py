"""Not what was meant: first what was nearly meant, then other words, after a second miss in a row a person."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from actions.assistant import assistant
from bot.answers.choose import NONE_OF_THESE
from tests.actions.talk import Talk

pytestmark = pytest.mark.slow

LOST_CARD, RESIDENCE, BIRTH, BIRTH_AGAIN = "1.014064", "1.004194", "1.001193", "1.004884"
NOT_OURS = "chỉ giùm cách kho cá lóc với thịt ba rọi"
SAY_AGAIN = {"type": "smalltalk", "kind": "say_again"}
A_PERSON = {"type": "service", "kind": "human"}


def answered() -> Talk:
    """A talk in which one procedure was found and answered."""
    talk = Talk()
    assert talk("làm lại căn cước bị mất hết bao nhiêu", aspects=["fee"])["card"]["code"] == LOST_CARD
    return talk


def offered() -> Talk:
    """A talk in which several were offered."""
    talk = Talk()
    assert talk("giấy khai sinh", aspects=["fee"])["card"]["type"] == "choose"
    return talk


def test_after_an_answer_what_was_nearly_meant_is_offered_best_first() -> None:
    talk = answered()
    nearly = talk.slots["others"]
    card = talk("không phải việc đó", "deny")["card"]
    assert [candidate["code"] for candidate in card["candidates"]] == nearly
    assert len(nearly) >= 2 and LOST_CARD not in nearly
    assert talk.remembered("procedure", "candidates", "others", "misses") == (LOST_CARD, nearly, None, 1)


def test_one_of_those_is_answered_with_what_was_asked_before() -> None:
    talk = answered()
    second = talk("không phải", "deny")["card"]["candidates"][1]["code"]
    card = talk("số 2", "choose")["card"]
    assert (card["code"], card["aspects"]) == (second, ["fee"])
    assert talk.slots["misses"] == 0


def test_the_words_that_led_there_are_still_what_is_asked_about() -> None:
    talk = answered()
    asked = talk.slots["question"]
    talk("không phải việc đó", "deny")
    assert talk.slots["question"] == asked


def test_after_an_answer_without_others_other_words_are_asked_for() -> None:
    talk = Talk(procedure=BIRTH, aspects=["fee"])
    assert talk("không phải", "deny")["card"] == SAY_AGAIN
    assert talk.remembered("procedure", "misses") == (BIRTH, 1)


@pytest.mark.parametrize(
    ("message", "act"), [("không phải", "deny"), (NONE_OF_THESE, "deny"), (NONE_OF_THESE, "nlu_fallback")]
)
def test_after_an_offer_other_words_are_asked_for_and_nothing_stays_on_offer(message: str, act: str) -> None:
    talk = offered()
    assert talk(message, act)["card"] == SAY_AGAIN
    assert talk.remembered("candidates", "others", "misses") == (None, None, 1)


def test_the_procedure_talked_about_outlives_a_declined_offer() -> None:
    talk = Talk(procedure=RESIDENCE, candidates=[BIRTH, BIRTH_AGAIN], aspects=["fee"])
    talk("không phải mấy cái đó", "deny")
    assert talk("mấy ngày có kết quả", "ask_aspect", aspects=["duration"])["card"]["code"] == RESIDENCE


@pytest.mark.parametrize("begin", [answered, offered])
def test_a_second_miss_in_a_row_names_a_person_and_a_way_to_leave_the_question(begin: Callable[[], Talk]) -> None:
    talk = begin()
    talk("không phải", "deny")
    reply = talk("cũng không phải", "deny")
    assert reply["card"] == A_PERSON
    assert assistant().ward.hotline in reply["text"] and "quầy" in reply["text"]
    assert "Tôi muốn để lại câu hỏi cho cán bộ" in [choice["message"] for choice in reply["choices"]]
    assert talk.remembered("candidates", "others") == (None, None)


def test_not_found_and_then_not_meant_are_two_misses() -> None:
    talk = Talk()
    assert talk(NOT_OURS, "out_of_scope")["card"]["type"] == "unknown"
    assert talk("không phải", "deny")["card"] == A_PERSON


def test_an_answer_in_between_begins_the_count_anew() -> None:
    talk = offered()
    talk("không phải", "deny")
    talk("đăng ký tạm trú hết bao nhiêu", aspects=["fee"])
    assert talk("không phải", "deny")["card"]["type"] == "choose"


@pytest.mark.parametrize("times", [1, 2, 3])
def test_however_often_somebody_declines_no_procedure_is_answered(times: int) -> None:
    for talk in (answered(), offered()):
        for _ in range(times):
            assert talk("không phải", "deny")["card"]["type"] != "answer"


def test_a_no_at_the_start_is_answered_kindly() -> None:
    assert Talk()("không", "deny")["card"] == SAY_AGAIN


# What is offered a second time


@pytest.mark.parametrize(
    ("message", "act"), [("7", "choose"), ("nói lại đi", "repeat"), ("lệ phí bao nhiêu", "ask_aspect")]
)
def test_an_offer_that_is_still_open_is_not_put_in_the_same_words(message: str, act: str) -> None:
    talk = Talk()
    first = talk("giấy khai sinh", aspects=["fee"])
    second = talk(message, act, aspects=["fee"])
    assert second["card"]["candidates"] == first["card"]["candidates"]
    assert second["choices"] == first["choices"]
    asks_first, asks_second = first["text"].splitlines()[0], second["text"].splitlines()[0]
    assert asks_first != asks_second and "số từ 1 đến 2" in asks_second
    assert talk.slots["question"] == "giấy khai sinh"


def test_the_words_of_the_offer_said_again_choose_nothing() -> None:
    talk = offered()
    assert talk("giấy khai sinh", aspects=["fee"])["card"]["type"] == "choose"


def test_of_two_offered_the_one_not_chosen_makes_no_offer_of_one() -> None:
    talk = offered()
    assert len(talk.slots["candidates"]) == 2
    talk("1", "choose")
    talk("không phải", "deny")
    card = talk.said[0]["card"]
    assert card["type"] != "choose" or len(card["candidates"]) > 1


def test_who_asks_on_a_second_time_without_choosing_is_answered_for_the_likeliest_and_told_so() -> None:
    talk = Talk()
    talk("giấy khai sinh", aspects=["documents"])
    talk("hết bao nhiêu tiền", "ask_aspect", aspects=["fee"])
    reply = talk("mấy ngày có kết quả", "ask_aspect", aspects=["duration"])
    assert (reply["card"]["code"], reply["card"]["aspects"]) == (BIRTH, ["duration"])
    taken_for = f"“{assistant().listing[BIRTH].name}”"
    assert any(taken_for in note and "không phải" in note for note in reply["card"]["notes"])


def test_a_new_offer_is_not_taken_for_one_made_twice() -> None:
    talk = Talk()
    talk("giấy khai sinh", aspects=["fee"])
    talk("lệ phí bao nhiêu", "ask_aspect", aspects=["fee"])
    talk("1", "choose")
    talk("Xong việc này thì làm gì tiếp?", "next_steps")
    assert len(talk.slots["candidates"]) > 1
    assert talk("lệ phí bao nhiêu", "ask_aspect", aspects=["fee"])["card"]["type"] == "choose"
