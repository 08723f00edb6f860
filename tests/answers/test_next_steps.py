"""What follows a procedure: offered with what each is for, or said that the record names nothing."""

from __future__ import annotations

from collections.abc import Callable

from actions.picking import picked
from bot.answers.next_steps import following, next_steps
from bot.answers.reply import Choice
from bot.knowledge.listing import Listing
from bot.knowledge.procedure import Procedure
from tests.contract import assert_said

MakeProcedure = Callable[..., Procedure]
MakeListing = Callable[..., Listing]


def neighbours(*codes: str) -> list[dict[str, str]]:
    return [{"code": code, "tell_apart": f"Sau đó cần {code}."} for code in codes]


def test_what_follows_is_what_the_record_names_in_its_order(listing: Listing) -> None:
    for procedure in listing:
        assert following(procedure.code, listing) == [one for one in procedure.related if one.code in listing]
        assert procedure.code not in [one.code for one in procedure.related], "nothing follows on itself"


def test_what_the_ward_does_not_have_does_not_follow(make_procedure: MakeProcedure, make_listing: MakeListing) -> None:
    one = make_procedure(related=neighbours("9.000002", "9.999999"))
    two = make_procedure(code="9.000002", name="Đăng ký hai")
    assert [other.code for other in following(one.code, make_listing(one, two))] == ["9.000002"]
    assert following(one.code, make_listing(one)) == []


def test_of_a_procedure_known_in_brief_or_not_at_all_nothing_is_known_to_follow(listing: Listing) -> None:
    assert following(next(iter(listing.briefs)), listing) == []
    assert following("9.999999", listing) == []


def test_every_record_offers_what_follows_by_name_with_what_it_is_for(listing: Listing) -> None:
    offers = 0
    for procedure in listing:
        related = following(procedure.code, listing)
        if len(related) < 2:  # none is said, of one the answer is given at once
            continue
        offers += 1
        reply = next_steps(procedure.code, related, listing)
        assert_said(reply.as_json())
        first, *rows, last = reply.text.splitlines()
        assert f"“{procedure.name}”" in first and "số thứ tự" in last
        names = [listing.names[one.code] for one in related]
        assert rows == [
            f"{number}. {name}: {one.tell_apart}" for number, (name, one) in enumerate(zip(names, related), 1)
        ]
        assert reply.choices == tuple(Choice(name, name) for name in names)
        assert [candidate["code"] for candidate in reply.card["candidates"]] == [one.code for one in related]
    assert offers > 100


def test_a_number_or_a_button_picks_what_stands_there(listing: Listing) -> None:
    for procedure in listing:
        related = following(procedure.code, listing)
        reply = next_steps(procedure.code, related, listing)
        names = [listing.names[one.code] for one in related]
        assert names == [candidate["name"] for candidate in reply.card.get("candidates", [])] or len(names) == 1
        for place, choice in enumerate(reply.choices):
            assert picked(str(place + 1), names) == picked(choice.message, names) == place


def test_where_the_record_names_nothing_that_is_said_and_no_more_is_made_up(listing: Listing) -> None:
    silent = [procedure for procedure in listing if not following(procedure.code, listing)]
    assert silent
    for procedure in silent:
        reply = next_steps(procedure.code, [], listing)
        assert_said(reply.as_json())
        assert reply.card == {"type": "smalltalk", "kind": "next_steps"}
        assert f"“{procedure.name}”" in reply.text and "không ghi" in reply.text
        assert reply.choices == ()


def test_of_a_procedure_known_in_brief_it_is_said_by_its_name(listing: Listing) -> None:
    brief = next(iter(listing.briefs.values()))
    assert f"“{brief.name}”" in next_steps(brief.code, [], listing).text
