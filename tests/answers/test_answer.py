from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest

from bot.answers.answer import answer
from bot.answers.aspects import ASPECTS, DEFAULT, ESSENTIALS, FOLLOW_UPS, IN_GENERAL, TITLES
from bot.answers.reply import Reply
from bot.knowledge.listing import Listing
from bot.knowledge.procedure import Procedure

TODAY = date(2026, 8, 1)
MakeProcedure = Callable[..., Procedure]
MakeListing = Callable[..., Listing]


@pytest.fixture
def say(make_procedure: MakeProcedure, make_listing: MakeListing) -> Callable[..., Reply]:
    """Answer for the small record."""

    def reply(*aspects: str, today: date = TODAY, **parts: object) -> Reply:
        procedure = make_procedure(**parts)
        return answer(procedure, aspects, make_listing(procedure), today=today)

    return reply


def test_what_was_asked_comes_first_in_the_order_asked(listing: Listing) -> None:
    for procedure in listing:
        reply = answer(procedure, ["fee", "documents"], listing, today=TODAY)
        assert reply.card["aspects"] == ["fee", "documents"]
        assert [section["aspect"] for section in reply.card["sections"]][:2] == ["fee", "documents"]
        assert 0 < reply.text.index(f"{TITLES['fee']}:") < reply.text.index(f"{TITLES['documents']}:")


def test_asked_for_nothing_in_particular_people_get_the_essentials(say: Callable[..., Reply]) -> None:
    for reply in (say(), say(DEFAULT)):
        assert reply.card["aspects"] == [DEFAULT]
        assert [section["aspect"] for section in reply.card["sections"]][:5] == list(ESSENTIALS)
        assert all(f"{TITLES[aspect]}:" in reply.text for aspect in ESSENTIALS)


@pytest.mark.parametrize(
    ("asked", "lies_open"),
    [
        ((), ["overview", "documents"]),
        (("overview", "fee"), ["overview", "fee", "documents"]),
        (("documents", "overview"), ["documents", "overview"]),
        (("fee",), ["fee"]),
        (("steps",), ["steps"]),
    ],
)
def test_what_lies_open_is_what_was_asked_and_in_general_what_to_bring(
    say: Callable[..., Reply], asked: tuple[str, ...], lies_open: list[str]
) -> None:
    assert say(*asked).card["open"] == lies_open


def test_asked_how_it_is_done_people_get_the_steps_and_what_they_need_for_them(say: Callable[..., Reply]) -> None:
    reply = say("steps")
    assert reply.card["aspects"] == ["steps"]
    told = ["steps", "documents", "fee", "duration", "place"]
    assert [section["aspect"] for section in reply.card["sections"]][:5] == told
    assert [title for title in TITLES.values() if f"{title}:" in reply.text] == [
        title for aspect, title in TITLES.items() if aspect in told
    ]


def test_steps_asked_for_beside_another_aspect_bring_the_essentials_behind_both(say: Callable[..., Reply]) -> None:
    reply = say("fee", "steps")
    told = [section["aspect"] for section in reply.card["sections"]][:5]
    assert told == ["fee", "steps", "documents", "duration", "place"]


def test_asked_in_general_and_for_the_steps_nothing_essential_is_left_out(say: Callable[..., Reply]) -> None:
    for asked in ([DEFAULT, "steps"], ["steps", DEFAULT]):
        told = [section["aspect"] for section in say(*asked).card["sections"]][: len(ESSENTIALS) + 1]
        assert told[:2] == asked and set(told) == {*ESSENTIALS, "steps"}


@pytest.mark.parametrize("aspect", [aspect for aspect in ASPECTS if aspect not in IN_GENERAL])
def test_a_question_for_one_thing_is_answered_with_that_alone(say: Callable[..., Reply], aspect: str) -> None:
    text = say(aspect).text
    assert [title for title in TITLES.values() if f"{title}:" in text] == [TITLES[aspect]]


def test_an_aspect_asked_twice_is_told_once(say: Callable[..., Reply]) -> None:
    reply = say("fee", "place", "fee")
    assert reply.card["aspects"] == ["fee", "place"]
    assert reply.text.count(f"{TITLES['fee']}:") == 1


@pytest.mark.parametrize("aspect", ASPECTS)
def test_every_aspect_can_be_asked_alone(say: Callable[..., Reply], aspect: str) -> None:
    reply = say(aspect)
    assert reply.card["aspects"] == [aspect]
    assert f"{TITLES[aspect]}:" in reply.text


def test_the_card_is_the_one_of_the_contract(listing: Listing) -> None:
    for procedure in listing:
        card = answer(procedure, ["place"], listing, today=TODAY).card
        assert set(card) == {"type", "code", "name", "aspects", "open", "sections", "source", "notes"}
        assert (card["type"], card["code"], card["name"]) == ("answer", procedure.code, procedure.name)
        assert sorted(section["aspect"] for section in card["sections"]) == sorted(ASPECTS)
        for section in card["sections"]:
            assert set(section) - {"link"} == {"aspect", "title", "items"}
            assert section["items"]
            assert all(set(item) <= {"text", "note", "sub", "row"} and item["text"] for item in section["items"])
        assert card["source"] == {
            "url": procedure.source.url,
            "decision": procedure.source.decision,
            "checked_on": procedure.source.checked_on.isoformat(),
        }
        assert json.loads(json.dumps(card)) == card


def test_the_text_names_procedure_decision_date_and_address(say: Callable[..., Reply]) -> None:
    text = say("fee").text
    assert text.startswith("Đăng ký thử\n")
    assert text.endswith("Nguồn: Quyết định 12/QĐ-THU, kiểm tra ngày 05/07/2026. https://example.org/thu")


def test_the_text_of_every_record_ends_with_its_source(listing: Listing) -> None:
    for procedure in listing:
        source, text = procedure.source, answer(procedure, [], listing, today=TODAY).text
        for part in (source.decision, source.checked_on.strftime("%d/%m/%Y"), source.url):
            assert part in text.splitlines()[-1], procedure.code


def test_the_notes_of_the_record_are_told(say: Callable[..., Reply]) -> None:
    reply = say("fee", notes=["Mang kính theo."])
    assert reply.card["notes"] == ["Mang kính theo."]
    assert "Lưu ý: Mang kính theo." in reply.text


@pytest.mark.parametrize(
    ("in_force", "today", "note"),
    [
        ({}, TODAY, None),
        ({"since": "2026-08-01"}, date(2026, 8, 1), None),
        ({"since": "2026-08-02"}, date(2026, 8, 1), "áp dụng từ ngày 02/08/2026"),
        ({"until": "2026-08-01"}, date(2026, 8, 1), None),
        ({"until": "2026-07-31"}, date(2026, 8, 1), "chỉ áp dụng đến ngày 31/07/2026"),
        ({"since": "2026-01-01", "until": "2026-12-31"}, date(2026, 8, 1), None),
    ],
)
def test_a_record_that_is_not_in_force_today_says_so_first(
    say: Callable[..., Reply], in_force: dict[str, str], today: date, note: str | None
) -> None:
    reply = say("fee", in_force=in_force, today=today, notes=["Mang kính theo."])
    if note is None:
        assert reply.card["notes"] == ["Mang kính theo."]
    else:
        assert note in reply.card["notes"][0]
        assert f"Lưu ý: {reply.card['notes'][0]}" in reply.text


def test_what_was_not_told_is_offered_and_what_was_told_is_not(say: Callable[..., Reply]) -> None:
    offered = {choice.message for choice in say("fee", "place").choices}
    assert FOLLOW_UPS["documents"] in offered
    assert not {FOLLOW_UPS["fee"], FOLLOW_UPS["place"]} & offered


def test_the_procedures_easily_taken_for_this_one_are_offered_by_name(
    make_procedure: MakeProcedure, make_listing: MakeListing
) -> None:
    twin = make_procedure(code="9.000002", name="Đăng ký khác")
    confusable = [{"code": "9.000002", "tell_apart": "Khác."}, {"code": "9.999999", "tell_apart": "Không có."}]
    one = make_procedure(confusable=confusable)
    reply = answer(one, ["fee"], make_listing(one, twin), today=TODAY)
    assert [choice.message for choice in reply.choices if "khác" in choice.label] == ["Đăng ký khác"]
