"""Every number that the bot can say stands in the record that it speaks of."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date

import pytest

from bot.answers.answer import answer
from bot.answers.aspects import ASPECTS
from bot.answers.brief import answer_brief
from bot.answers.choose import choose
from bot.answers.reply import Reply
from bot.knowledge.briefs import briefs_as_csv
from bot.knowledge.listing import Listing
from bot.knowledge.ward import Ward
from bot.settings import Settings

TODAY = date(2026, 8, 1)
_NUMBER = re.compile(r"\d+(?:\.\d{3})*(?!\d)")
_OUR_NUMBERING = re.compile(r"Bước \d+:|(?m:^\d+\. )")


def numbers(text: str) -> set[int]:
    """'15.000 đồng' and '15000' are one number, '07' and '7' too."""
    return {int(number.replace(".", "")) for number in _NUMBER.findall(text)}


def said(reply: Reply) -> set[int]:
    """The numbers in the text and the card of a reply, without those that only count lines."""
    everything = f"{reply.text}\n{json.dumps(reply.card, ensure_ascii=False)}"
    return numbers(_OUR_NUMBERING.sub("", everything))


@pytest.fixture(scope="module")
def files(settings: Settings) -> dict[str, str]:
    """The text of each record's file, by code."""
    paths = (settings.knowledge / "procedures").rglob("*.yml")
    return {path.name[:8]: path.read_text("utf-8") for path in paths}


def replies(listing: Listing, code: str) -> Iterator[Reply]:
    for aspect in ASPECTS:
        yield answer(listing[code], [aspect], listing, today=TODAY)


def test_numbers_are_recognised_however_they_are_written() -> None:
    assert numbers("07 ngày, 15.000 đồng, 85/2019/TT-BTC, ngày 18/07/2026") == {7, 15000, 85, 2019, 18, 2026}
    assert numbers("1.001193") == {1, 1193}


def test_every_answer_about_every_procedure(listing: Listing, files: dict[str, str]) -> None:
    assert set(files) == set(listing.procedures)
    invented = {
        code: extra
        for code in listing.procedures
        if (extra := set().union(*map(said, replies(listing, code))) - numbers(files[code]))
    }
    assert invented == {}


def test_a_number_that_is_not_in_the_record_would_be_found(listing: Listing, files: dict[str, str]) -> None:
    reply = next(replies(listing, "1.001193"))
    wrong = Reply(f"{reply.text} Lệ phí 123.456 đồng.", reply.card)
    assert said(wrong) - numbers(files["1.001193"]) == {123456}


def test_every_offer(listing: Listing, files: dict[str, str]) -> None:
    for code in listing.procedures:
        assert said(choose([code], listing)) <= numbers(files[code]), code


def test_every_answer_about_what_is_known_in_brief(listing: Listing, ward: Ward) -> None:
    hotline = numbers(ward.hotline)
    for brief in listing.briefs.values():
        known = numbers(briefs_as_csv([brief])) | hotline
        for aspect in ASPECTS:
            assert said(answer_brief(brief, [aspect], ward)) <= known, brief.code
