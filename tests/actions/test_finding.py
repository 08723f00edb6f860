"""A question about a procedure: found, asked back, or not known."""

from __future__ import annotations

import pytest

from actions.assistant import assistant
from bot.answers.aspects import ESSENTIALS
from bot.knowledge.ward import Ward
from tests.actions.talk import Talk

pytestmark = pytest.mark.slow

BIRTH = "1.001193"
STORY = (
    "Con em sinh ở bệnh viện tháng trước, có giấy chứng sinh rồi, em đi đăng ký khai sinh cho cháu cần giấy tờ gì ạ?"
)


def test_a_story_is_answered_with_the_procedure_and_the_aspect_asked() -> None:
    reply = Talk()(STORY, aspects=["documents"])
    assert (reply["card"]["type"], reply["card"]["code"]) == ("answer", BIRTH)
    assert reply["card"]["aspects"] == ["documents"]
    assert "chứng sinh" in reply["text"].lower()


def test_several_aspects_are_answered_in_the_order_asked() -> None:
    asked = "làm khai sinh cho bé mới sinh hết bao nhiêu tiền, cần mang giấy tờ gì, nộp ở đâu"
    reply = Talk()(asked, aspects=["place", "fee", "documents"])
    assert reply["card"]["aspects"] == ["fee", "documents", "place"]


def test_asked_for_nothing_in_particular_the_essentials_are_told() -> None:
    card = Talk()("đăng ký khai sinh")["card"]
    assert [section["aspect"] for section in card["sections"][: len(ESSENTIALS)]] == list(ESSENTIALS)


def test_what_was_answered_is_remembered_and_nothing_is_on_offer() -> None:
    talk = Talk(candidates=["1.000894", "1.004746"], aspects=["fee"])
    talk(STORY, aspects=["documents"])
    assert talk.remembered("procedure", "candidates", "aspects") == (BIRTH, None, ["documents"])


def test_without_marks_the_same_is_found() -> None:
    assert Talk()("vo moi sinh be, lam giay khai sinh can nhung gi")["card"]["code"] == BIRTH


def test_where_several_fit_they_are_offered_and_remembered_with_what_was_asked() -> None:
    talk = Talk()
    card = talk("giấy khai sinh", aspects=["fee"])["card"]
    offered = [candidate["code"] for candidate in card["candidates"]]
    assert card["type"] == "choose" and BIRTH in offered
    assert talk.remembered("procedure", "candidates", "aspects") == (None, offered, ["fee"])


def test_a_new_question_changes_the_procedure_talked_about() -> None:
    talk = Talk()
    talk(STORY)
    assert talk("còn đăng ký tạm trú thì cần giấy gì", aspects=["documents"])["card"]["code"] == "1.004194"
    assert talk.slots["procedure"] == "1.004194"


@pytest.mark.parametrize("act", ["ask_procedure", "out_of_scope", "nlu_fallback"])
def test_where_nothing_fits_a_person_of_the_ward_is_named(act: str, ward: Ward) -> None:
    talk = Talk()
    reply = talk("chỉ giùm cách kho cá lóc với thịt ba rọi", act)
    assert reply["card"]["type"] == "unknown"
    assert reply["card"]["referral"]["office"] == ward.office and ward.hotline in reply["text"]
    assert talk.remembered("procedure", "candidates", "aspects") == (None, None, None)


@pytest.mark.parametrize(
    ("message", "topic"),
    [
        ("mình muốn làm hộ chiếu để đi du lịch Nhật", "ho_chieu"),
        ("làm hộ chiếu bao nhiêu tiền", "ho_chieu"),
        ("ho chieu lam o dau", "ho_chieu"),
        ("em muốn ly hôn thì nộp đơn ở đâu", "ly_hon"),
        ("thi bằng lái xe máy đăng ký chỗ nào", "gplx_thi"),
        ("sang tên sổ đỏ cho con hết bao nhiêu", "sang_ten_so_do"),
    ],
)
def test_what_is_done_elsewhere_names_the_office_that_does_it(message: str, topic: str) -> None:
    signpost = assistant().signposts[topic]
    card = Talk()(message, "out_of_scope")["card"]
    assert card["type"] == "unknown"
    assert (card["referral"]["name"], card["referral"]["office"]) == (signpost.name, signpost.office)


def test_what_is_said_of_a_thing_done_elsewhere_is_not_that_nothing_was_found() -> None:
    text = Talk()("mình muốn làm hộ chiếu để đi du lịch Nhật", "out_of_scope")["text"]
    assert "hộ chiếu" in text and "không có trong danh mục của phường" in text


def test_not_knowing_keeps_the_procedure_talked_about_but_no_offer() -> None:
    talk = Talk(procedure=BIRTH, candidates=["1.000894", "1.004746"])
    talk("chỉ giùm cách kho cá lóc với thịt ba rọi", "out_of_scope")
    assert talk.slots["procedure"] == BIRTH and talk.slots["candidates"] is None


def test_an_act_that_was_nearly_sure_is_taken_where_nothing_is_found() -> None:
    """A message the classifier was not quite sure of is searched first, then taken for what it most likely is."""
    card = Talk()("trưa nay mấy đứa nhân viên có nghỉ hông", "nlu_fallback", runner_up="hours")["card"]
    assert card == {"type": "service", "kind": "hours"}


def test_a_procedure_that_is_found_wins_over_an_act_that_was_nearly_sure() -> None:
    card = Talk()("làm lại căn cước bị mất", "nlu_fallback", runner_up="hours")["card"]
    assert (card["type"], card["code"]) == ("answer", "1.014064")


@pytest.mark.parametrize("message", ["", "?", "…", "😀", "/restart", "a" * 500, "<b>khai</b>"])
def test_whatever_is_said_gets_one_reply(message: str) -> None:
    assert Talk()(message, "nlu_fallback")["text"]


def test_codes_typed_are_answered_or_offered() -> None:
    talk = Talk()
    assert talk("1.001193 cần giấy tờ gì", aspects=["documents"])["card"]["code"] == BIRTH
    brief = next(iter(assistant().listing.briefs))
    offered = talk(f"{brief} hay {BIRTH}", aspects=["fee"])["card"]["candidates"]
    assert [candidate["code"] for candidate in offered] == [brief, BIRTH]
    assert talk("1", "choose")["card"]["code"] == brief
    assert talk("thủ tục 9.999999")["card"]["type"] == "unknown"
