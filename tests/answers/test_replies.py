"""The cards that carry no procedure: asking back, not knowing, services, small talk, refusals."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from rasa_sdk.executor import CollectingDispatcher

from bot.answers.choose import NONE_OF_THESE, STILL_OPEN, WHICH, choose
from bot.answers.refusals import LONGEST_MESSAGE, refused
from bot.answers.reply import Choice, Reply
from bot.answers.services import KINDS, of_the_ward
from bot.knowledge.clarifications import Clarification, Option, load_clarifications
from bot.knowledge.listing import Listing
from bot.knowledge.signposts import Signpost
from bot.knowledge.ward import Ward
from bot.settings import Settings
from tests.answers.said import RESPONSES, TAKEN_DOWN, said, service
from tests.contract import SERVICES, assert_said

OFFERED = ["1.001193", "1.004884", "2.000635"]
SMALLTALK = {
    variant["custom"]["card"]["kind"]
    for variants in RESPONSES.values()
    for variant in variants
    if variant["custom"]["card"]["type"] == "smalltalk"
}


def assert_whole(reply: Reply) -> None:
    """The text is good enough alone, buttons say something, and all of it travels as JSON."""
    assert reply.text.strip() and "{" not in reply.text
    assert all(choice.label.strip() and choice.message.strip() for choice in reply.choices)
    assert_said(reply.as_json())


def test_a_choice_is_what_stands_on_a_button_and_what_it_sends() -> None:
    reply = Reply("Chọn đi", {"type": "smalltalk"}, (Choice("Có", "dạ có"),))
    assert reply.as_json() == {
        "text": "Chọn đi",
        "card": {"type": "smalltalk"},
        "choices": [{"label": "Có", "message": "dạ có"}],
    }


# Asking back


def test_what_is_known_in_brief_is_offered_by_its_name_alone(listing: Listing) -> None:
    brief = next(iter(listing.briefs.values()))
    reply = choose([brief.code, OFFERED[0]], listing)
    assert_whole(reply)
    assert f"1. {brief.name}\n" in reply.text
    assert reply.card["candidates"][0] == {"code": brief.code, "name": brief.name}


def test_asking_back_offers_procedures_best_first(listing: Listing) -> None:
    reply = choose(OFFERED, listing)
    assert reply.card == {
        "type": "choose",
        "candidates": [{"code": code, "name": listing[code].name} for code in OFFERED],
    }
    assert_whole(reply)


def test_the_text_numbers_what_is_offered_so_that_a_number_is_an_answer(listing: Listing) -> None:
    lines = choose(OFFERED, listing).text.splitlines()
    for number, code in enumerate(OFFERED, 1):
        assert f"{number}. {listing[code].name}: " in lines[number]


def test_every_button_sends_the_name_on_it_and_the_last_one_declines(listing: Listing) -> None:
    *named, last = choose(OFFERED, listing).choices
    assert [(choice.label, choice.message) for choice in named] == [(listing[code].name,) * 2 for code in OFFERED]
    assert last.label == NONE_OF_THESE


def test_every_procedure_can_be_offered_with_a_line_that_tells_it_apart(listing: Listing) -> None:
    codes = [procedure.code for procedure in listing]
    lines = choose(codes, listing).text.splitlines()[1:-1]
    told = [line.split(": ", 1)[1] for line in lines]
    assert all(line.endswith(".") and not line.endswith("..") for line in told)
    assert len(set(told)) == len(codes)


def clarification(*options: tuple[str, str]) -> Clarification:
    """A situation that leaves open which of these procedures is meant."""
    return Clarification(
        id="thu",
        asks="Bạn làm lần đầu hay làm lại?",
        options=[Option(code=code, when=when) for code, when in options],
        questions=["làm giấy"],
    )


def test_a_clarification_asks_in_its_own_words_and_says_when_each_is_meant(listing: Listing) -> None:
    first, second = OFFERED[:2]
    reply = choose([first, second], listing, clarification((first, "Bé mới sinh"), (second, "Mất giấy cũ.")))
    assert reply.text.splitlines()[:3] == [
        "Bạn làm lần đầu hay làm lại?",
        f"1. {listing[first].name}: Bé mới sinh.",
        f"2. {listing[second].name}: Mất giấy cũ.",
    ]
    assert_whole(reply)


def test_a_clarification_changes_neither_the_order_nor_the_buttons(listing: Listing) -> None:
    first, second = OFFERED[:2]
    plain = choose([second, first], listing)
    reply = choose([second, first], listing, clarification((first, "Bé mới sinh"), (second, "Mất giấy cũ")))
    assert (reply.card, reply.choices) == (plain.card, plain.choices)
    assert reply.text.splitlines()[1].startswith(f"1. {listing[second].name}: Mất giấy cũ.")


def test_a_clarification_may_know_more_procedures_than_are_offered_or_fewer(listing: Listing) -> None:
    first, second, third = OFFERED
    reply = choose([first, third], listing, clarification((first, "Bé mới sinh"), (second, "Mất giấy cũ")))
    lines = reply.text.splitlines()
    assert lines[1] == f"1. {listing[first].name}: Bé mới sinh."
    assert lines[2] == choose([first, third], listing).text.splitlines()[2], "by its summary, as without"
    assert "Mất giấy cũ" not in reply.text
    assert_whole(reply)


def test_without_a_clarification_what_is_offered_is_asked_for_plainly(listing: Listing) -> None:
    assert choose(OFFERED, listing).text.startswith(f"{WHICH}\n1. ")


def test_every_clarification_of_the_knowledge_can_be_put_to_a_citizen(settings: Settings, listing: Listing) -> None:
    for one in load_clarifications(settings.knowledge / "clarifications", listing.procedures).by_id.values():
        reply = choose(one.codes, listing, one)
        assert_whole(reply)
        assert reply.text.startswith(f"{one.asks}\n1. ")
        assert all(f": {option.when.rstrip('.')}.\n" in reply.text for option in one.options)


def test_what_is_still_on_offer_is_not_asked_in_the_same_words_again(listing: Listing) -> None:
    once, again = choose(OFFERED, listing), choose(OFFERED, listing, again=True)
    assert again.text.startswith(STILL_OPEN.format(most=3) + "\n1. ")
    assert again.text.splitlines()[1:] == once.text.splitlines()[1:-1]
    assert (again.card, again.choices) == (once.card, once.choices)
    assert_whole(again)


def test_nor_is_the_question_of_a_clarification(listing: Listing) -> None:
    first, second = OFFERED[:2]
    asked = clarification((first, "Bé mới sinh"), (second, "Mất giấy cũ"))
    reply = choose([first, second], listing, asked, again=True)
    assert asked.asks not in reply.text
    assert reply.text.splitlines()[1] == f"1. {listing[first].name}: Bé mới sinh.", "but when each is meant stays"


# Not knowing


def test_where_nothing_fits_a_person_is_named(ward: Ward) -> None:
    reply = said("utter_unknown", of_the_ward(ward))
    assert reply.card["type"] == "unknown"
    assert {"name", "office", "url"} <= set(reply.card["referral"])
    assert ward.hotline in reply.text and ward.address in reply.text
    assert_whole(reply)


def test_where_it_is_done_elsewhere_the_office_is_named(ward: Ward) -> None:
    elsewhere = {
        "referral": "Làm hộ chiếu",
        "referral_office": "Công an tỉnh",
        "referral_url": "https://example.org/hc",
    }
    reply = said("utter_elsewhere", of_the_ward(ward) | elsewhere)
    assert reply.card == {
        "type": "unknown",
        "referral": {"name": "Làm hộ chiếu", "office": "Công an tỉnh", "url": "https://example.org/hc"},
    }
    assert all(part in reply.text for part in ("Làm hộ chiếu", "Công an tỉnh", "https://example.org/hc", ward.hotline))
    assert_whole(reply)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("signpost", "response", "url"),
    [
        (
            Signpost(
                id="ho_chieu", name="Làm hộ chiếu", office="Công an tỉnh", url="https://example.org/hc", questions=[]
            ),
            "utter_elsewhere",
            "https://example.org/hc",
        ),
        (
            Signpost(id="ho_chieu", name="Làm hộ chiếu", office="Công an tỉnh", questions=[]),
            "utter_elsewhere",
            "https://dichvucong.gov.vn",
        ),
        (Signpost(id="thoi_tiet", name="Thời tiết", questions=[]), "utter_unknown", None),
    ],
)
def test_what_nobody_surely_does_is_referred_to_the_ward(
    ward: Ward, signpost: Signpost, response: str, url: str | None
) -> None:
    from actions.answering import say_nothing_fits  # importing the actions loads all of the assistant

    dispatcher = CollectingDispatcher()
    bot = SimpleNamespace(signposts={signpost.id: signpost}, ward=ward)
    turn = SimpleNamespace(act="ask_procedure", runner_up="", misses=0)
    say_nothing_fits(dispatcher, bot, turn, SimpleNamespace(topic=signpost.id))
    (message,) = dispatcher.messages
    assert (message["response"], message.get("referral_url")) == (response, url)


def test_asking_again_is_small_talk(ward: Ward) -> None:
    for response in ("utter_say_again", "utter_which_procedure"):
        reply = said(response, of_the_ward(ward))
        assert reply.card["type"] == "smalltalk"
        assert_whole(reply)


# Services


def test_the_services_are_those_of_the_contract() -> None:
    assert KINDS | TAKEN_DOWN | {"emergency"} == SERVICES


@pytest.mark.parametrize("kind", sorted(SERVICES))
def test_every_service_has_an_answer(ward: Ward, listing: Listing, kind: str) -> None:
    reply = service(kind, ward, listing)
    step = {"step": "text"} if kind in TAKEN_DOWN else {}
    assert reply.card == {"type": "service", "kind": kind, **step}
    assert_whole(reply)


@pytest.mark.parametrize(
    ("kind", "fact"),
    [
        ("address", "address"),
        ("hotline", "hotline"),
        ("human", "hotline"),
        ("dossier_status", "dossier_lookup"),
        ("complaint", "hotline"),
        ("feedback", "email"),
        ("appointment", "hotline"),
    ],
)
def test_a_service_tells_the_facts_of_the_ward(ward: Ward, listing: Listing, kind: str, fact: str) -> None:
    assert getattr(ward, fact) in service(kind, ward, listing).text


def test_all_opening_hours_are_told(ward: Ward, listing: Listing) -> None:
    text = service("hours", ward, listing).text
    assert all(hours.days_text in text and hours.times_text in text for hours in ward.hours)


def test_emergency_numbers_are_told(ward: Ward, listing: Listing) -> None:
    text = service("emergency", ward, listing).text
    assert all(number in text for number in ("113", "114", "115", ward.police.phone))


def test_the_list_counts_every_field_and_names_some_of_it(ward: Ward, listing: Listing) -> None:
    lines = service("list_procedures", ward, listing).text.splitlines()
    for field, name in listing.fields.items():
        names = [procedure.name for procedure in listing if procedure.field == field]
        (line,) = (line for line in lines if line.startswith(f"- {name} ({len(names)} việc): "))
        assert names[0] in line


def test_how_many_procedures_there_are_is_counted(ward: Ward, listing: Listing) -> None:
    assert f"{len(listing)} thủ tục" in service("capabilities", ward, listing).text


def test_an_unknown_service_is_an_error(ward: Ward, listing: Listing) -> None:
    with pytest.raises(KeyError):
        service("weather", ward, listing)


# Small talk


@pytest.mark.parametrize(
    "kind", ["greet", "thanks", "goodbye", "who_are_you", "insult", "praise", "chitchat", "override", "start_over"]
)
def test_small_talk_is_answered_kindly_and_carries_its_kind(ward: Ward, kind: str) -> None:
    reply = said(f"utter_{kind}", of_the_ward(ward))
    assert reply.card == {"type": "smalltalk", "kind": kind}
    assert_whole(reply)


def test_small_talk_covers_the_contract() -> None:
    assert {"greet", "thanks", "goodbye", "who_are_you"} <= SMALLTALK


def test_a_greeting_suggests_what_to_ask(ward: Ward) -> None:
    assert [choice.message for choice in said("utter_greet", of_the_ward(ward)).choices] == ward.suggestions


def test_the_assistant_never_claims_to_be_human(ward: Ward) -> None:
    for kind in ("greet", "who_are_you"):
        assert "máy trả lời tự động" in said(f"utter_{kind}", of_the_ward(ward)).text


# Refusals


@pytest.mark.parametrize("reason", ["empty", "too_long", "personal_data"])
def test_a_refusal_says_why_and_what_to_do(reason: str) -> None:
    reply = refused(reason)
    assert reply.card == {"type": "refused", "reason": reason}
    assert "Bạn" in reply.text
    assert_whole(reply)


def test_too_long_names_the_limit() -> None:
    assert f"{LONGEST_MESSAGE} ký tự" in refused("too_long").text


def test_an_unknown_refusal_is_an_error() -> None:
    with pytest.raises(KeyError):
        refused("mood")
