"""Whether a reply is what a golden question expects, and why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from bot.answers.answer import answer
from bot.answers.aspects import ASPECTS
from bot.answers.brief import answer_brief
from bot.answers.choose import choose
from bot.answers.refusals import refused
from bot.answers.verdict import Expected, Outcome, failings, in_short, outcome_of, says
from bot.answers.words import load_words
from bot.knowledge.listing import Listing
from bot.knowledge.ward import Ward

NAMES = {"1.000001": "Đăng ký khai sinh", "1.000002": "Cấp bản sao trích lục", "1.000003": "Đăng ký kết hôn"}


def answered(
    code: str = "1.000001", aspects: Sequence[str] = ("fee",), text: str = "Lệ phí: 8.000 đồng"
) -> dict[str, Any]:
    return {"text": text, "card": {"type": "answer", "code": code, "aspects": list(aspects)}, "choices": []}


def offered(*codes: str) -> dict[str, Any]:
    return {"text": "Bạn cần việc nào?", "card": {"type": "choose", "candidates": [{"code": code} for code in codes]}}


def said(response: str) -> dict[str, Any]:
    words = load_words()[response][0]
    return {"text": words.text, "card": dict(words.card), "choices": []}


UNKNOWN, ELSEWHERE, GREETING, HOURS = map(said, ("utter_unknown", "utter_elsewhere", "utter_greet", "utter_hours"))
NOT_HERE = {"text": "", "card": {"type": "service", "kind": "hours"}, "choices": []}  # as the desk's try says it


def wrong(expected: Expected, reply: Mapping[str, Any]) -> str:
    return ". ".join(failings(expected, reply, NAMES))


# What a reply does


def test_replies_as_they_are_made_do_what_they_do(listing: Listing, ward: Ward) -> None:
    procedure, brief = next(iter(listing)), next(iter(listing.briefs.values()))
    replies = {
        Outcome.answer: [answer(procedure, ["fee"], listing, today=date(2026, 7, 1)), answer_brief(brief, [], ward)],
        Outcome.choose: [choose([procedure.code, brief.code], listing)],
        Outcome.other: [refused("empty")],
    }
    for outcome, some in replies.items():
        assert {outcome_of(reply.as_json()) for reply in some} == {outcome}


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (UNKNOWN, Outcome.unknown),
        (ELSEWHERE, Outcome.outside),
        (GREETING, Outcome.other),
        (HOURS, Outcome.other),
        (NOT_HERE, Outcome.other),
        ({"text": "", "card": {"type": "something new"}}, Outcome.other),
    ],
)
def test_what_is_no_answer_is_told_apart(reply: dict[str, Any], outcome: Outcome) -> None:
    assert outcome_of(reply) is outcome


def test_a_reply_in_short() -> None:
    assert (
        in_short(answered(aspects=["fee", "place"]), NAMES) == "Trả lời Đăng ký khai sinh (1.000001): lệ phí, nơi làm"
    )
    assert in_short(offered("1.000001", "9.999999"), NAMES) == "Hỏi lại: Đăng ký khai sinh (1.000001); 9.999999"
    assert in_short({"text": "\nChào bạn.\nTôi…", "card": {"type": "smalltalk"}}, NAMES) == "Nói chuyện khác: Chào bạn."
    assert in_short(NOT_HERE, NAMES) == "Nói chuyện khác"
    assert in_short(NOT_HERE, {**NAMES, "hours": "Hỏi giờ làm việc"}) == "Nói chuyện khác (hỏi giờ làm việc)"


# An answer


def test_the_right_procedure_with_all_that_is_expected_passes() -> None:
    expected = Expected(Outcome.answer, "1.000001", ("fee",), ("8.000 đồng",))
    assert failings(expected, answered(aspects=["documents", "fee"]), NAMES) == ()
    assert failings(Expected(Outcome.answer, "1.000001"), answered(aspects=["overview"]), NAMES) == ()


def test_another_procedure_is_named() -> None:
    expected = Expected(Outcome.answer, "1.000001", ("place",), ("12.000 đồng",))
    # Of another procedure's answer nothing else is said.
    assert wrong(expected, answered("1.000002")) == "Trả lời thủ tục khác: Cấp bản sao trích lục (1.000002)"


def test_missing_aspects_are_named_together() -> None:
    expected = Expected(Outcome.answer, "1.000001", ("fee", "place", "documents"), ("12.000 đồng",))
    assert wrong(expected, answered(aspects=["place"])) == "Thiếu điều được hỏi: lệ phí, giấy tờ cần có"


def test_each_missing_fact_is_named() -> None:
    expected = Expected(Outcome.answer, "1.000001", ("fee",), ("8.000 đồng", "12.000 đồng", "miễn phí"))
    assert failings(expected, answered(), NAMES) == (
        "Không thấy trong câu trả lời: 12.000 đồng",
        "Không thấy trong câu trả lời: miễn phí",
    )


def test_instead_of_an_answer_something_else() -> None:
    expected = Expected(Outcome.answer, "1.000001")
    assert wrong(expected, offered("1.000001")) == (
        "Chưa trả lời thủ tục nào. Trợ lý đã: hỏi lại: Đăng ký khai sinh (1.000001)"
    )
    assert wrong(expected, NOT_HERE) == "Chưa trả lời thủ tục nào. Trợ lý đã: nói chuyện khác"


@pytest.mark.parametrize("outcome", [Outcome.answer, Outcome.choose])
def test_a_procedure_that_is_listed_no_more_is_said_to_be(outcome: Outcome) -> None:
    expected = Expected(outcome, "1.999999")
    assert wrong(expected, answered()) == "Thủ tục 1.999999 không còn trong danh mục"


# The other outcomes


def test_an_offer_passes_with_the_procedure_among_others() -> None:
    assert failings(Expected(Outcome.choose), offered("1.000001"), NAMES) == ()
    assert failings(Expected(Outcome.choose, "1.000002"), offered("1.000001", "1.000002"), NAMES) == ()
    assert wrong(Expected(Outcome.choose, "1.000003"), offered("1.000001")) == (
        "Không đưa ra để chọn: Đăng ký kết hôn (1.000003)"
    )


@pytest.mark.parametrize(
    ("outcome", "passing"),
    [
        (Outcome.choose, [offered("1.000001")]),
        (Outcome.unknown, [UNKNOWN, ELSEWHERE]),  # who says where else it is done has said that it is not done here
        (Outcome.outside, [ELSEWHERE]),
        (Outcome.other, [GREETING, HOURS, NOT_HERE]),
    ],
)
def test_every_outcome_is_met_by_its_replies_only(outcome: Outcome, passing: list[dict[str, Any]]) -> None:
    for reply in (answered(), offered("1.000001"), UNKNOWN, ELSEWHERE, GREETING, HOURS, NOT_HERE):
        assert (failings(Expected(outcome), reply, NAMES) == ()) is (reply in passing), (outcome, reply)


def test_facts_are_looked_for_in_every_reply() -> None:
    office = {
        "text": "Việc này do Sở Xây dựng làm.",
        "card": {"type": "unknown", "referral": {"name": "x", "office": "y"}},
    }
    assert failings(Expected(Outcome.outside, facts=("sở xây dựng",)), office, NAMES) == ()
    assert wrong(Expected(Outcome.outside, facts=("Sở Y tế",)), office) == "Không thấy trong câu trả lời: Sở Y tế"


# Facts


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Lệ phí: 8.000 đồng/bản.", "8.000 đồng"),
        ("Lệ phí: 8.000\u00a0ĐỒNG", "8.000  đồng"),
        ("nộp tại\n bộ phận Một cửa", "Bộ phận một cửa"),
        ("Hoà giải ở cơ sở", "hòa giải"),  # the older way to place the mark
        ("Le\u0302\u0323 phí", "lệ phí"),  # letters and marks apart
        ("Trong 03 ngày", "trong 03 ngay"),  # typed without diacritics
        ("mẫu “Tờ khai”", 'mẫu "tờ khai"'),
        ("Hạn 60 ngày.", "60 ngày."),
        ("5 – 7 ngày", "5 - 7 ngày"),
        ("bất kỳ", ""),
    ],
)
def test_a_fact_is_said(text: str, fact: str) -> None:
    assert says(text, fact)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Lệ phí: 18.000 đồng", "8.000 đồng"),
        ("Lệ phí: 128.000 đồng", "8.000 đồng"),
        ("Lệ phí: 8.000.000 đồng", "8.000"),
        ("Lệ phí: 1.008.000 đồng", "008.000 đồng"),
        ("Lệ phí: 2,5 triệu", "5 triệu"),
        ("trong 15 ngày", "5 ngày"),
        ("Bộ Công an", "bố công an"),  # who types marks means them
        ("sở hữu chung", "sở hữu chun"),
        ("Không thu tiền", "không thu phí"),
        ("a+b", "a.b"),
    ],
)
def test_a_fact_is_not_said(text: str, fact: str) -> None:
    assert not says(text, fact)


def test_every_aspect_has_its_name_in_a_failing() -> None:
    expected = Expected(Outcome.answer, "1.000001", ASPECTS)
    assert "_" not in wrong(expected, answered(aspects=[]))
