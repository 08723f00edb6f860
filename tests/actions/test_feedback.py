"""How it was: what was wrong with the last answer, and how satisfied people are on five levels."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.feedback import LEVELS, level_in
from bot.store import tables
from bot.text.folding import fold
from tests.actions.conftest import Kept
from tests.actions.talk import CONVERSATION, DOMAIN, Talk
from tests.store.watch import Watch

pytestmark = pytest.mark.slow

BIRTH, RESIDENCE = "1.001193", "1.004194"
TALK: dict[str, Any] = {
    "procedure": RESIDENCE,
    "aspects": ["fee"],
    "topics": [RESIDENCE],
    "question": "đăng ký tạm trú",
}
EMERGENCIES = sorted(act for act in DOMAIN["intents"] if act.startswith("emergency"))
FIVE = ["Rất hài lòng", "Hài lòng", "Bình thường", "Không hài lòng", "Rất không hài lòng"]
REASONS = [one["message"] for one in DOMAIN["responses"]["utter_ask_feedback_reason"][0]["custom"]["choices"]]


# How satisfied


@pytest.mark.parametrize(("message", "level"), list(zip(FIVE, (5, 4, 3, 2, 1))))
@pytest.mark.parametrize("typed", [str, str.upper, fold, lambda said: f"tôi thấy {said.lower()} nha"])
def test_each_level_of_the_administration_is_known_by_its_name(
    message: str, level: int, typed: Callable[[str], str]
) -> None:
    assert level_in(typed(message)) == level


@pytest.mark.parametrize(
    ("message", "level"),
    [
        ("chưa hài lòng lắm", 2),
        ("tạm được", 3),
        ("5", 5),
        (" 1 ", 1),
        ("3 sao", 3),
        ("5sao", 5),
        ("cho 4 điểm", 4),
        ("4đ", 4),
        ("2/5", 2),
        ("3 / 5", 3),
    ],
)
def test_other_words_and_points_are_known_too(message: str, level: int) -> None:
    assert level_in(message) == level


@pytest.mark.parametrize(
    "message",
    ["", "cảm ơn", "0", "6", "10 điểm", "12 sao", "0 điểm", "nộp 3 bản", "quầy 5", "tôi chờ 2 tiếng", "1.001193"],
)
def test_what_names_no_level_is_none(message: str) -> None:
    assert level_in(message) is None


@pytest.mark.parametrize(
    "message",
    [
        "ko hài lòng",
        "k hai long",
        "hông hài lòng",
        "chẳng hài lòng chút nào",
        "không được hài lòng lắm",
        "không mấy hài lòng",
        "chưa thực sự hài lòng",
        "chả hài lòng",
    ],
)
def test_who_is_not_satisfied_is_never_counted_as_satisfied(message: str) -> None:
    level = level_in(message)
    assert level is None or level <= 2


@given(st.text(max_size=60))
def test_whatever_is_said_a_level_is_from_one_to_five(message: str) -> None:
    assert level_in(message) in {None, 1, 2, 3, 4, 5}


def test_no_name_of_a_level_is_hidden_by_a_shorter_one_before_it() -> None:
    for place, (name, _) in enumerate(LEVELS):
        assert not any(shorter in name for shorter, _ in LEVELS[:place])


@pytest.mark.parametrize("message", FIVE)
def test_a_rating_is_kept_and_changes_nothing_of_the_talk(kept: Kept, message: str) -> None:
    talk = Talk(**TALK)
    before = dict(talk.slots)
    reply = talk(message, "rate")
    assert reply["card"] == {"type": "service", "kind": "feedback", "step": "rated"}
    (row,) = kept.rows(tables.ratings)
    assert (row["conversation"], row["level"]) == (CONVERSATION, level_in(message))
    assert talk.slots == before


@pytest.mark.parametrize(("message", "low"), list(zip(FIVE, (False, False, False, True, True))))
def test_who_is_not_satisfied_is_asked_to_say_more(kept: Kept, message: str, low: bool) -> None:
    choices = [choice["message"] for choice in Talk()(message, "rate")["choices"]]
    assert ("Tôi muốn góp ý cho phường" in choices) is low


def test_the_last_word_counts(kept: Kept) -> None:
    talk = Talk()
    for message in ("không hài lòng", "à bấm nhầm, hài lòng"):
        talk(message, "rate")
    assert [row["level"] for row in kept.rows(tables.ratings)] == [4]


def test_a_wish_to_rate_without_a_level_shows_the_five(kept: Kept) -> None:
    reply = Talk()("tôi muốn đánh giá", "rate")
    assert [choice["message"] for choice in reply["choices"]] == FIVE
    assert kept.rows(tables.ratings) == []


def test_the_buttons_of_a_goodbye_are_the_five_levels() -> None:
    choices = Talk()("tạm biệt", "goodbye")["choices"]
    assert [level_in(choice["message"]) for choice in choices] == [5, 4, 3, 2, 1]


def test_a_rating_that_cannot_be_kept_costs_nothing_else(kept: Kept) -> None:
    talk = Talk(**TALK)
    before = dict(talk.slots)
    with kept.busy():
        assert talk("hài lòng", "rate")["text"]
    assert kept.rows(tables.ratings) == []
    assert talk.slots == before


# What was wrong


@pytest.fixture
def answered(kept: Kept, watch: Watch) -> Kept:
    """The gateway has noted two answers of this talk and one of another."""
    for reply, conversation, procedure in (
        ("first", CONVERSATION, BIRTH),
        ("second", CONVERSATION, RESIDENCE),
        ("foreign", "another-talk", BIRTH),
    ):
        kept.replies.add(reply, conversation, card_type="answer", procedure=procedure, aspects=["fee"])
        watch.time += timedelta(minutes=1)
    kept.replies.add("thanks", CONVERSATION, card_type="smalltalk", kind="thanks")
    return kept


def asked_for_the_reason() -> Talk:
    talk = Talk(**TALK)
    assert talk("sai rồi", "wrong_answer")["card"]["step"] == "reason"
    assert (talk.form, talk.slots["requested_slot"]) == ("feedback_form", "feedback_reason")
    return talk


@pytest.mark.parametrize(
    ("reason", "act"),
    [
        *((reason, "nlu_fallback") for reason in REASONS if reason != "Bỏ qua"),
        ("Sai việc tôi hỏi", "deny"),
        ("lệ phí giờ là 20 nghìn rồi", "ask_procedure"),
        ("thiếu giấy xác nhận của chủ nhà", "out_of_scope"),
    ],
)
def test_the_reason_is_kept_for_the_last_procedure_answered(answered: Kept, reason: str, act: str) -> None:
    talk = asked_for_the_reason()
    assert talk(reason, act)["card"] == {"type": "service", "kind": "feedback", "step": "kept"}
    (mark,) = answered.rows(tables.marks)
    assert (mark["reply"], mark["conversation"]) == ("second", CONVERSATION)
    assert (mark["procedure"], mark["mark"], mark["reason"]) == (RESIDENCE, "down", reason)


def test_afterwards_the_talk_is_what_it_was(answered: Kept) -> None:
    talk = asked_for_the_reason()
    talk("Thiếu điều tôi cần", "nlu_fallback")
    assert talk.form is None
    assert talk.remembered("feedback_reason", "requested_slot") == (None, None)
    assert talk.remembered(*TALK) == tuple(TALK.values())


@pytest.mark.parametrize(("message", "act"), [("Bỏ qua", "skip"), ("thôi khỏi", "cancel")])
def test_nobody_has_to_give_a_reason(answered: Kept, message: str, act: str) -> None:
    talk = asked_for_the_reason()
    talk(message, act)
    (mark,) = answered.rows(tables.marks)
    assert (mark["mark"], mark["reason"], talk.form) == ("down", "", None)


def test_numbers_of_people_are_masked_in_a_reason(answered: Kept) -> None:
    asked_for_the_reason()("sai, gọi tôi 0912345678", "nlu_fallback")
    assert answered.rows(tables.marks)[0]["reason"] == "sai, gọi tôi [số điện thoại]"


def test_a_second_reason_takes_the_place_of_the_first(answered: Kept) -> None:
    for reason in ("Khó hiểu", "Thông tin sai hoặc cũ"):
        asked_for_the_reason()(reason, "nlu_fallback")
    assert [mark["reason"] for mark in answered.rows(tables.marks)] == ["Thông tin sai hoặc cũ"]


@pytest.mark.parametrize("act", EMERGENCIES)
def test_a_call_for_help_is_no_reason(answered: Kept, act: str) -> None:
    talk = asked_for_the_reason()
    assert talk("cháy nhà rồi", act, chance=0.9)["card"]["kind"] == "emergency"
    assert answered.rows(tables.marks) == []


@pytest.mark.parametrize(
    ("message", "act", "aspects", "code"),
    [
        ("lệ phí bao nhiêu", "ask_aspect", ["fee"], RESIDENCE),
        ("đăng ký kết hôn cần giấy tờ gì", "ask_procedure", ["documents"], "1.000894"),
    ],
)
def test_a_new_question_is_no_reason_but_is_answered(
    answered: Kept, message: str, act: str, aspects: list[str], code: str
) -> None:
    talk = asked_for_the_reason()
    assert talk(message, act, aspects=aspects, chance=0.9)["card"].get("code") == code
    assert answered.rows(tables.marks) == []


def test_to_start_over_is_no_reason_and_leaves_the_question(answered: Kept) -> None:
    talk = asked_for_the_reason()
    assert talk("làm lại từ đầu", "start_over", chance=0.9)["card"]["kind"] == "start_over"
    assert talk.form is None and answered.rows(tables.marks) == []


def test_nothing_is_said_to_be_kept_where_there_was_no_answer(kept: Kept) -> None:
    talk = asked_for_the_reason()
    assert "đã ghi lại" not in talk("Khó hiểu", "nlu_fallback")["text"]
    assert kept.rows(tables.marks) == []


def test_nothing_is_said_to_be_kept_where_the_database_fails(answered: Kept) -> None:
    talk = asked_for_the_reason()
    with answered.busy():
        reply = talk("Khó hiểu", "nlu_fallback")
    assert "đã ghi lại" not in reply["text"]
    assert answered.rows(tables.marks) == []
    assert talk.form is None and talk.remembered(*TALK) == tuple(TALK.values())
