"""Back to a procedure talked about before, and on to those that follow it."""

from __future__ import annotations

import pytest

from actions.assistant import assistant
from bot.knowledge.listing import Listing
from tests.actions.talk import Talk

pytestmark = pytest.mark.slow

RESIDENCE, CARD, MARRIAGE, BIRTH = "1.004194", "1.014064", "1.000894", "1.001193"
ABOUT = {
    RESIDENCE: "đăng ký tạm trú cần giấy gì",
    CARD: "làm lại căn cước bị mất cần giấy gì",
    MARRIAGE: "đăng ký kết hôn cần giấy gì",
}
WHICH = {"type": "smalltalk", "kind": "which_procedure"}


def talked_of(*codes: str) -> Talk:
    """A talk about one procedure after the other."""
    talk = Talk()
    for code in codes:
        assert talk(ABOUT[code], aspects=["documents"])["card"]["code"] == code
    return talk


# Back


def test_the_one_named_is_gone_back_to_and_what_is_asked_with_it_is_answered() -> None:
    talk = talked_of(RESIDENCE, CARD, MARRIAGE)
    card = talk("quay lại vụ tạm trú, hết bao nhiêu", "return_to", aspects=["fee"])["card"]
    assert (card["code"], card["aspects"]) == (RESIDENCE, ["fee"])
    assert talk.remembered("procedure", "topics") == (RESIDENCE, [RESIDENCE, CARD, MARRIAGE, RESIDENCE])


@pytest.mark.parametrize("message", ["quay lại cái lúc nãy", "trở lại việc trước đi", "quay lai cai hoi nay"])
def test_without_a_name_it_is_the_one_before(message: str) -> None:
    assert talked_of(RESIDENCE, CARD)(message, "return_to")["card"]["code"] == RESIDENCE


@pytest.mark.parametrize("message", ["quay lại cái đầu tiên đi", "về lại việc ban đầu", "quay lai cai luc dau"])
def test_the_first_is_the_first_of_the_talk(message: str) -> None:
    assert talked_of(RESIDENCE, CARD, MARRIAGE)(message, "return_to")["card"]["code"] == RESIDENCE


def test_one_can_go_to_and_fro() -> None:
    talk = talked_of(RESIDENCE, CARD)
    codes = [talk("quay lại cái trước", "return_to")["card"]["code"] for _ in range(3)]
    assert codes == [RESIDENCE, CARD, RESIDENCE]


def test_follow_ups_are_about_the_one_gone_back_to() -> None:
    talk = talked_of(RESIDENCE, CARD)
    talk("quay lại vụ tạm trú", "return_to")
    card = talk("lệ phí bao nhiêu", "ask_aspect", aspects=["fee"])["card"]
    assert (card["code"], card["aspects"]) == (RESIDENCE, ["fee"])


def test_what_was_asked_and_nearly_meant_of_the_other_one_is_not_taken_along() -> None:
    talk = talked_of(RESIDENCE, CARD)
    of_the_other = talk.remembered("question", "others")
    talk("quay lại vụ tạm trú", "return_to")
    assert talk.slots["question"] != of_the_other[0]
    assert not set(talk.slots["others"] or ()) & set(of_the_other[1])


def test_what_was_on_offer_is_gone() -> None:
    talk = talked_of(RESIDENCE, CARD)
    assert talk("giấy khai sinh")["card"]["type"] == "choose"
    assert talk("thôi quay lại vụ tạm trú", "return_to")["card"]["code"] == RESIDENCE
    assert talk.slots["candidates"] is None


def test_what_was_never_talked_about_is_searched() -> None:
    talk = talked_of(RESIDENCE, CARD)
    card = talk("quay lại chuyện đăng ký kết hôn đi", "return_to")["card"]
    # A marriage here, or the extract of one: never what was talked about instead.
    named = [card.get("code"), *(candidate["code"] for candidate in card.get("candidates", ()))]
    assert MARRIAGE in named and RESIDENCE not in named and CARD not in named


def test_with_one_topic_only_the_talk_stays_with_it() -> None:
    assert talked_of(RESIDENCE)("quay lại cái lúc nãy", "return_to")["card"]["code"] == RESIDENCE


def test_with_nothing_to_go_back_to_it_is_asked_which_is_meant() -> None:
    talk = Talk()
    assert talk("quay lại cái lúc nãy", "return_to")["card"] == WHICH
    assert not talk.slots["misses"]


# What comes after


def test_what_follows_a_procedure_is_offered_with_what_each_is_for() -> None:
    talk = Talk(procedure=BIRTH, aspects=["fee"])
    related = [one for one in assistant().listing[BIRTH].related if one.code in assistant().listing]
    reply = talk("Xong việc này thì làm gì tiếp?", "next_steps")
    assert [candidate["code"] for candidate in reply["card"]["candidates"]] == [one.code for one in related]
    assert all(one.tell_apart in reply["text"] for one in related) and len(related) > 1
    assert talk.remembered("procedure", "candidates") == (BIRTH, [one.code for one in related])


def test_one_of_those_is_chosen_like_any_offer_and_one_can_go_back() -> None:
    talk = Talk(procedure=BIRTH, aspects=["fee"], topics=[BIRTH])
    first = talk("Xong việc này thì làm gì tiếp?", "next_steps")["card"]["candidates"][0]
    assert talk("1", "choose")["card"]["code"] == first["code"]
    assert talk("quay lại cái lúc nãy", "return_to")["card"]["code"] == BIRTH


def test_a_procedure_named_with_it_is_the_one_that_is_followed() -> None:
    talk = Talk(procedure=MARRIAGE)
    talk("khai sinh xong còn phải làm gì", "next_steps")
    assert talk.slots["procedure"] == BIRTH


def test_the_only_one_that_follows_is_a_line_and_a_button(listing: Listing) -> None:
    code, only = next((p.code, p.related[0]) for p in listing if len(p.related) == 1 and p.related[0].code in listing)
    talk = Talk(procedure=code)
    reply = talk("Xong việc này thì làm gì tiếp?", "next_steps")
    assert reply["card"] == {"type": "smalltalk", "kind": "next_steps"}
    assert only.tell_apart in reply["text"] and len(reply["text"]) < 600
    assert talk(reply["choices"][0]["message"])["card"]["code"] == only.code


def test_where_the_record_names_nothing_that_is_said(listing: Listing) -> None:
    procedure = next(one for one in listing if not one.related)
    reply = Talk(procedure=procedure.code)("Xong việc này thì làm gì tiếp?", "next_steps")
    assert reply["card"] == {"type": "smalltalk", "kind": "next_steps"}
    assert procedure.name in reply["text"]


def test_of_a_procedure_known_in_brief_nothing_is_made_up(listing: Listing) -> None:
    code = next(iter(listing.briefs))
    reply = Talk(procedure=code)("Xong việc này thì làm gì tiếp?", "next_steps")
    assert reply["card"]["kind"] == "next_steps" and listing.names[code] in reply["text"]


def test_what_follows_nothing_asks_which_is_meant() -> None:
    assert Talk()("Xong việc này thì làm gì tiếp?", "next_steps")["card"] == WHICH


@pytest.mark.parametrize("act", ["next_steps", "return_to", "checklist", "deny", "repeat", "ask_aspect", "correct"])
def test_a_procedure_that_left_the_listing_is_no_reason_to_fail(act: str) -> None:
    talk = Talk(procedure="9.999999", topics=["9.999998", "9.999999"], others=["9.999997"], aspects=["fee"])
    assert talk("Cái đó thì sao?", act, aspects=["fee"])["card"]["type"] != "answer"
