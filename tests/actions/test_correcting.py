"""What was taken for granted is corrected: another procedure is meant, and what was asked stays."""

from __future__ import annotations

import pytest

from actions.assistant import assistant
from tests.actions.talk import Talk

pytestmark = pytest.mark.slow

BIRTH, BIRTH_AGAIN, BIRTH_ABROAD = "1.001193", "1.004884", "2.000528"
MARRIAGE, MARRIAGE_ABROAD = "1.000894", "2.000806"
DEATH, DEATH_ABROAD = "1.000656", "1.001766"
RESIDENCE, RESIDENCE_LONGER = "1.004194", "1.002755"
CARD_OF_A_CHILD, CARD = "1.014062", "1.014061"

ABOUT = {
    BIRTH: "con em mới sinh làm khai sinh cần giấy gì",
    MARRIAGE: "đăng ký kết hôn cần giấy gì",
    DEATH: "khai tử cần giấy gì",
    RESIDENCE: "đăng ký tạm trú cần giấy gì",
}


def asked_about(code: str) -> Talk:
    """A talk in which somebody asked for the papers of a procedure."""
    talk = Talk()
    assert talk(ABOUT[code], aspects=["documents"])["card"]["code"] == code
    return talk


@pytest.mark.parametrize(
    ("before", "correction", "after"),
    [
        (BIRTH, "tôi nói nhầm, giấy khai sinh bị mất", BIRTH_AGAIN),
        (BIRTH, "không, bé sinh ở nước ngoài", BIRTH_ABROAD),
        (BIRTH, "ý em là khai tử", DEATH),
        (BIRTH, "à nhầm, tôi hỏi đăng ký tạm trú", RESIDENCE),
        (MARRIAGE, "à không, chồng tôi người nước ngoài", MARRIAGE_ABROAD),
        (DEATH, "à, người mất là người nước ngoài", DEATH_ABROAD),
        (RESIDENCE, "ý tôi là gia hạn cơ", RESIDENCE_LONGER),
    ],
)
def test_a_correction_changes_the_procedure_and_keeps_what_was_asked(before: str, correction: str, after: str) -> None:
    talk = asked_about(before)
    card = talk(correction, "correct")["card"]
    assert (card["type"], card.get("code")) == ("answer", after)
    assert card["aspects"] == ["documents"]
    assert talk.remembered("procedure", "candidates", "topics") == (after, None, [before, after])


def test_a_correction_that_may_mean_several_answers_or_offers_and_keeps_what_was_asked() -> None:
    talk = asked_about(BIRTH)
    card = talk("chồng em là người Đài Loan", "correct")["card"]
    assert BIRTH_ABROAD in [card.get("code"), *(candidate["code"] for candidate in card.get("candidates", ()))]
    assert talk.slots["aspects"] == ["documents"]


def test_a_correction_that_asks_something_itself_is_answered_with_that() -> None:
    talk = asked_about(MARRIAGE)
    said = "à không, tôi kết hôn với người nước ngoài, hết bao nhiêu"
    card = talk(said, "correct", aspects=["fee"])["card"]
    assert (card["code"], card["aspects"]) == (MARRIAGE_ABROAD, ["fee"])


@pytest.mark.parametrize(
    ("correction", "code"), [("à cháu mới 10 tuổi thôi", CARD_OF_A_CHILD), ("nhầm, cháu 15 tuổi rồi", CARD)]
)
def test_a_correction_chooses_among_those_offered(correction: str, code: str) -> None:
    talk = Talk()
    assert talk("làm căn cước cho con bao nhiêu tiền", aspects=["fee"])["card"]["type"] == "choose"
    card = talk(correction, "correct")["card"]
    assert (card["code"], card["aspects"]) == (code, ["fee"])


def test_a_correction_to_something_done_elsewhere_names_the_office_and_keeps_the_procedure() -> None:
    talk = asked_about(BIRTH)
    card = talk("nhầm, tôi hỏi hộ chiếu cơ", "correct")["card"]
    assert (card["type"], card["referral"]["office"]) == ("unknown", assistant().signposts["ho_chieu"].office)
    assert talk.slots["procedure"] == BIRTH


def test_a_correction_of_what_is_about_the_same_procedure_stays_with_it() -> None:
    talk = asked_about(BIRTH)
    assert talk("không phải tôi đi, bà ngoại đi làm thay", "correct", aspects=["who"])["card"]["code"] == BIRTH


def test_with_nothing_to_correct_it_is_a_question_like_any_other() -> None:
    assert Talk()("à nhầm, đăng ký tạm trú", "correct")["card"]["code"] == RESIDENCE


def test_that_it_was_wrong_without_saying_what_is_right_is_not_answered_with_the_same_again() -> None:
    assert asked_about(MARRIAGE)("à nhầm rồi", "correct")["card"]["type"] != "answer"


def test_a_correction_that_is_wrong_itself_can_be_taken_back() -> None:
    talk = asked_about(MARRIAGE)
    talk("à không, chồng tôi người nước ngoài", "correct")
    assert talk("quay lại cái lúc nãy", "return_to")["card"]["code"] == MARRIAGE
