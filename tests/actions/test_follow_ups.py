"""A follow-up is about the procedure talked about, unless it names another, or something that is done elsewhere."""

from __future__ import annotations

import pytest

from actions.assistant import assistant
from bot.answers.aspects import FOLLOW_UPS
from tests.actions.talk import Talk

pytestmark = pytest.mark.slow

BIRTH, RESIDENCE = "1.001193", "1.004194"


@pytest.mark.parametrize(("aspect", "message"), FOLLOW_UPS.items())
@pytest.mark.parametrize("act", ["ask_aspect", "nlu_fallback"])
def test_every_follow_up_button_is_answered_for_the_procedure_talked_about(act: str, aspect: str, message: str) -> None:
    talk = Talk(procedure=RESIDENCE, aspects=["documents"])
    card = talk(message, act, aspects=[aspect])["card"]
    assert (card["type"], card.get("code"), card.get("aspects")) == ("answer", RESIDENCE, [aspect])
    assert talk.remembered("procedure", "candidates", "aspects") == (RESIDENCE, None, [aspect])


def test_follow_ups_may_follow_one_another() -> None:
    talk = Talk()
    talk("đăng ký tạm trú cần giấy gì", aspects=["documents"])
    for message, aspect in (("tốn nhiêu vậy em", "fee"), ("ai đi giùm được", "who"), ("bao lâu thì có", "duration")):
        card = talk(message, "ask_aspect", aspects=[aspect])["card"]
        assert (card["code"], card["aspects"]) == (RESIDENCE, [aspect])


def test_before_any_procedure_it_is_asked_which_is_meant() -> None:
    talk = Talk()
    assert talk("hết bao nhiêu tiền", "ask_aspect", aspects=["fee"])["card"]["kind"] == "which_procedure"
    assert talk.slots["procedure"] is None


def test_a_procedure_that_left_the_listing_is_not_answered() -> None:
    assert Talk(procedure="9.999999")("lệ phí bao nhiêu", "ask_aspect", aspects=["fee"])["card"]["type"] == "smalltalk"


def test_a_follow_up_that_names_another_procedure_is_answered_for_that() -> None:
    talk = Talk(procedure=BIRTH)
    assert talk("còn đăng ký kết hôn thì hết bao nhiêu", "ask_aspect", aspects=["fee"])["card"]["code"] == "1.000894"
    assert talk.slots["procedure"] == "1.000894"


def test_a_follow_up_that_names_a_procedure_is_answered_even_first() -> None:
    assert Talk()("đăng ký kết hôn hết bao nhiêu", "ask_aspect", aspects=["fee"])["card"]["code"] == "1.000894"


def test_a_follow_up_to_an_offer_is_kept_until_one_is_chosen() -> None:
    talk = Talk(candidates=[BIRTH, "1.004884"], aspects=["overview"])
    assert talk("hết bao nhiêu tiền", "ask_aspect", aspects=["fee"])["card"]["type"] == "choose"
    card = talk("2", "choose")["card"]
    assert (card["code"], card["aspects"]) == ("1.004884", ["fee"])


@pytest.mark.parametrize("act", ["ask_aspect", "ask_procedure", "out_of_scope", "nlu_fallback"])
@pytest.mark.parametrize(
    ("message", "topic"),
    [
        ("mình muốn làm hộ chiếu để đi du lịch Nhật", "ho_chieu"),
        ("làm hộ chiếu bao nhiêu tiền", "ho_chieu"),
        ("còn hộ chiếu thì làm ở đâu", "ho_chieu"),
        ("hộ chiếu mấy ngày có", "ho_chieu"),
        ("sang tên sổ đỏ hết bao nhiêu tiền", "sang_ten_so_do"),
        ("thế ly hôn thì nộp đơn ở đâu", "ly_hon"),
    ],
)
def test_what_is_done_elsewhere_is_never_answered_with_the_procedure_talked_about(
    act: str, message: str, topic: str
) -> None:
    talk = Talk(procedure=RESIDENCE, aspects=["documents"])
    card = talk(message, act, aspects=["fee"])["card"]
    assert card["type"] == "unknown", f"{card['type']} {card.get('name')}"
    assert card["referral"]["office"] == assistant().signposts[topic].office
    assert talk.slots["procedure"] == RESIDENCE


def test_after_a_question_about_something_else_the_talk_goes_on() -> None:
    talk = Talk(procedure=RESIDENCE)
    talk("mình muốn làm hộ chiếu để đi du lịch Nhật", "out_of_scope")
    assert talk("vậy đăng ký cái này tốn bao nhiêu", "ask_aspect", aspects=["fee"])["card"]["code"] == RESIDENCE


def test_small_talk_and_services_leave_the_procedure_talked_about() -> None:
    talk = Talk(procedure=RESIDENCE, aspects=["documents"])
    talk("mấy giờ mở cửa", "hours")
    talk("cảm ơn", "thanks")
    assert talk("hết bao nhiêu tiền", "ask_aspect", aspects=["fee"])["card"]["code"] == RESIDENCE
