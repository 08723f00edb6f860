"""After an offer: the citizen picks by number, by name or by telling more, says yes, or wants none of them."""

from __future__ import annotations

import pytest

from actions.assistant import assistant
from bot.answers.choose import NONE_OF_THESE
from bot.answers.reply import Choice
from tests.actions.talk import Talk

pytestmark = pytest.mark.slow

BIRTH, BIRTH_AGAIN, COPY = OFFERED = ["1.001193", "1.004884", "2.000635"]


def after_an_offer() -> Talk:
    return Talk(candidates=OFFERED, aspects=["fee"])


def name_of(code: str) -> str:
    return assistant().listing[code].name


@pytest.mark.parametrize(("reply", "code"), [("1", BIRTH), ("số 2", BIRTH_AGAIN), ("cái thứ ba", COPY), ("cuối", COPY)])
def test_a_number_or_place_chooses_and_answers_what_was_asked_before(reply: str, code: str) -> None:
    talk = after_an_offer()
    card = talk(reply, "choose")["card"]
    assert (card["type"], card["code"], card["aspects"]) == ("answer", code, ["fee"])
    assert talk.remembered("procedure", "candidates", "aspects") == (code, None, ["fee"])


@pytest.mark.parametrize("act", ["choose", "ask_procedure", "affirm", "nlu_fallback", "out_of_scope"])
@pytest.mark.parametrize("code", OFFERED)
def test_a_button_chooses_whatever_the_classifier_takes_it_for(act: str, code: str) -> None:
    card = after_an_offer()(name_of(code), act)["card"]
    assert (card["code"], card["aspects"]) == (code, ["fee"])


@pytest.mark.parametrize("act", ["ask_procedure", "nlu_fallback", "out_of_scope"])
def test_a_story_chooses_among_those_offered(act: str) -> None:
    talk = after_an_offer()
    card = talk("bản chính giấy khai sinh của em bị cháy mất, giờ không còn tờ nào", act)["card"]
    assert (card["type"], card["code"], card["aspects"]) == ("answer", BIRTH_AGAIN, ["fee"])


def test_a_story_that_asks_anew_is_answered_with_what_it_asks() -> None:
    card = after_an_offer()("bé mới sinh, cần giấy tờ gì và mấy ngày xong", aspects=["documents", "duration"])["card"]
    assert (card["code"], card["aspects"]) == (BIRTH, ["documents", "duration"])


@pytest.mark.parametrize(
    ("story", "code"),
    [
        ("vợ em mới sinh bé hôm thứ hai, làm khai sinh cần giấy tờ gì", BIRTH),
        ("ba em xin thêm mấy bản sao khai sinh để nộp hồ sơ", COPY),
    ],
)
def test_a_story_that_happens_to_hold_a_number_is_read_as_a_story(story: str, code: str) -> None:
    for other in OFFERED:
        talk = Talk(candidates=[other, *(kept for kept in OFFERED if kept != other)], aspects=["overview"])
        assert talk(story)["card"].get("code") == code


def test_yes_takes_the_first_offered() -> None:
    assert after_an_offer()("đúng rồi", "affirm")["card"]["code"] == BIRTH


def test_yes_to_nothing_asks_which_procedure_is_meant() -> None:
    assert Talk()("đúng rồi", "affirm")["card"] == {"type": "smalltalk", "kind": "which_procedure"}


def test_yes_after_an_answer_is_taken_as_it_is_and_changes_nothing() -> None:
    talk = Talk(procedure=BIRTH, aspects=["fee"])
    before = dict(talk.slots)
    assert talk("đúng rồi", "affirm")["card"] == {"type": "smalltalk", "kind": "all_right"}
    assert talk.slots == before


@pytest.mark.parametrize("reply", ["7", "số 9", "cái thứ tư"])
def test_a_number_that_is_not_on_offer_is_offered_again(reply: str) -> None:
    talk = after_an_offer()
    card = talk(reply, "choose")["card"]
    assert [candidate["code"] for candidate in card["candidates"]] == OFFERED
    assert talk.remembered("procedure", "candidates", "aspects") == (None, OFFERED, ["fee"])


def test_a_choice_where_nothing_was_offered_is_searched() -> None:
    assert Talk()("đăng ký tạm trú", "choose")["card"]["code"] == "1.004194"


def test_a_new_topic_after_an_offer_is_answered_and_the_offer_is_gone() -> None:
    talk = after_an_offer()
    assert talk("thôi, em muốn đăng ký tạm trú ở trọ cơ")["card"]["code"] == "1.004194"
    assert talk.slots["candidates"] is None


@pytest.mark.parametrize("message", ["mình muốn làm hộ chiếu để đi du lịch Nhật", "giá vàng hôm nay bao nhiêu một chỉ"])
def test_what_nothing_answers_chooses_nothing_even_where_an_offered_one_ranks_first(message: str) -> None:
    nearest = assistant().finder(message).best
    talk = Talk(candidates=[nearest, BIRTH if nearest != BIRTH else COPY], aspects=["fee"])
    assert talk(message, "out_of_scope")["card"]["type"] == "unknown"


@pytest.mark.parametrize("act", ["out_of_scope", "ask_procedure", "nlu_fallback"])
@pytest.mark.parametrize("before", ["giấy khai sinh", "làm căn cước cho con bao nhiêu tiền"])
@pytest.mark.parametrize(
    "message",
    [
        "mình muốn làm hộ chiếu để đi du lịch Nhật",
        "em muốn ly hôn thì nộp đơn ở đâu",
        "giá vàng hôm nay bao nhiêu một chỉ",
        "chỉ giùm cách kho cá lóc với thịt ba rọi",
    ],
)
def test_what_is_not_ours_never_chooses_among_those_offered(before: str, message: str, act: str) -> None:
    talk = Talk()
    assert talk(before, aspects=["fee"])["card"]["type"] == "choose"
    assert talk(message, act)["card"]["type"] != "answer"


def test_declining_asks_for_other_words_and_forgets_the_offer() -> None:
    talk = Talk(procedure=BIRTH, candidates=OFFERED, aspects=["fee"])
    assert talk("không phải mấy cái đó", "deny")["card"] == {"type": "smalltalk", "kind": "say_again"}
    assert talk.remembered("procedure", "candidates", "others", "misses") == (BIRTH, None, None, 1)


@pytest.mark.parametrize("act", ["deny", "nlu_fallback", "choose"])
def test_the_button_for_none_of_them_is_never_answered_with_a_procedure(act: str) -> None:
    card = after_an_offer()(NONE_OF_THESE, act)["card"]
    assert card["type"] != "answer", card["name"]


def test_an_offer_carries_its_buttons_and_one_for_none_of_them() -> None:
    *named, none = after_an_offer()("7", "choose")["choices"]
    assert named == [Choice(name_of(code), name_of(code)).as_json() for code in OFFERED]
    assert none == Choice(NONE_OF_THESE, NONE_OF_THESE).as_json()


# Saying it again


def test_repeating_offers_again_what_is_on_offer() -> None:
    talk = after_an_offer()
    assert [c["code"] for c in talk("nói lại đi", "repeat")["card"]["candidates"]] == OFFERED
    assert talk.slots["candidates"] == OFFERED


def test_repeating_answers_again_what_was_asked() -> None:
    talk = Talk()
    first = talk("đăng ký tạm trú hết bao nhiêu tiền", aspects=["fee"])
    assert talk("nói lại đi", "repeat") == first


def test_there_is_nothing_to_repeat_at_the_start() -> None:
    assert Talk()("nói lại đi", "repeat")["card"] == {"type": "smalltalk", "kind": "which_procedure"}


def test_a_procedure_that_left_the_listing_is_not_repeated() -> None:
    assert Talk(procedure="9.999999", aspects=["fee"])("nói lại đi", "repeat")["card"]["kind"] == "which_procedure"


@pytest.mark.parametrize("act", ["choose", "nlu_fallback", "ask_procedure"])
@pytest.mark.parametrize("message", ["2", "số 1", "cái cuối"])
def test_a_number_with_nothing_on_offer_is_never_answered_with_a_procedure(act: str, message: str) -> None:
    assert Talk()(message, act)["card"]["type"] != "answer"
