from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.answers.aspects import ASPECTS, TITLES
from bot.answers.brief import NO_MORE, answer_brief
from bot.answers.sections import NOT_STATED
from bot.knowledge.briefs import Brief
from bot.knowledge.listing import Listing
from bot.knowledge.ward import Ward
from tests.contract import assert_said


def brief(**parts: Any) -> Brief:
    return Brief.parse_obj(
        {
            "code": "9.000007",
            "name": "Thử một việc",
            "field": "Hộ tịch",
            "levels": "xa",
            "counter": "3 ngày làm việc",
            "online": "không ghi",
            "post": "",
            "fee": "không ghi",
            "result": "Giấy thử",
            "url": "https://example.org/thu",
            "decision": "12/QĐ-THU",
            "checked_on": date(2026, 7, 18),
            **parts,
        }
    )


def test_it_says_what_is_known_that_there_is_no_more_and_where_to_read_on(ward: Ward) -> None:
    reply = answer_brief(brief(), ["duration"], ward)
    for part in (
        "Thử một việc",
        "9.000007",
        "Tại quầy: 3 ngày làm việc.",
        "Giấy thử",
        NO_MORE,
        "https://example.org/thu",
    ):
        assert part in reply.text
    assert "12/QĐ-THU, kiểm tra ngày 18/07/2026" in reply.text and ward.hotline in reply.text


def test_the_card_keeps_the_contract(ward: Ward) -> None:
    card = assert_said(answer_brief(brief(), [], ward).as_json())
    assert (card["type"], card["code"], card["aspects"]) == ("answer", "9.000007", ["overview"])
    assert card["source"] == {
        "url": "https://example.org/thu",
        "decision": "12/QĐ-THU",
        "checked_on": "2026-07-18",
    }
    assert {section["aspect"] for section in card["sections"]} <= set(ASPECTS)


@pytest.mark.parametrize("aspect", ["documents", "steps", "who", "conditions", "form", "legal_basis"])
def test_what_is_not_known_is_said_first_with_the_link(ward: Ward, aspect: str) -> None:
    reply = answer_brief(brief(), [aspect], ward)
    assert reply.card["sections"][0]["aspect"] == aspect
    assert f"{TITLES[aspect]}:\n- Tôi chưa có mục này. Bạn xem tại https://example.org/thu" in reply.text


@pytest.mark.parametrize(
    ("aspect", "parts"), [("fee", {}), ("duration", {"counter": "không ghi"}), ("result", {"result": ""})]
)
def test_a_value_that_the_portal_does_not_state_is_never_guessed(
    ward: Ward, aspect: str, parts: dict[str, str]
) -> None:
    assert f"{TITLES[aspect]}:\n- {NOT_STATED}" in answer_brief(brief(**parts), [aspect], ward).text


def test_only_channels_that_are_offered_are_named(ward: Ward) -> None:
    assert "Cách nộp: Tại quầy, qua mạng." in answer_brief(brief(), ["online"], ward).text


def test_every_brief_keeps_the_contract_for_every_aspect(listing: Listing, ward: Ward) -> None:
    for one in listing.briefs.values():
        for aspect in ASPECTS:
            assert_said(answer_brief(one, [aspect], ward).as_json())
