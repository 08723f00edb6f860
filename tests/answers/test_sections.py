from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from bot.answers.aspects import ASPECTS, TITLES
from bot.answers.sections import CHANNELS, NOT_STATED, fee_text, money, sections_of
from bot.knowledge.listing import Listing
from bot.knowledge.procedure import Channel, FeeBasis, Filing, Procedure
from bot.text.folding import fold

MakeProcedure = Callable[..., Procedure]
CASES = [
    {
        "id": "lan",
        "question": "Lần thứ mấy?",
        "choices": [{"id": "dau", "label": "Lần đầu"}, {"id": "sau", "label": "Lần sau"}],
    }
]
DAYS = {"unit": "working_day", "amount": 3, "text": "3 ngày làm việc."}
UNSTATED = {"basis": "not_stated", "text": "Nguồn không ghi mức thu."}


def filing(
    channel: str, *, fees: list[dict[str, Any]] | None = None, times: list[dict[str, Any]] | None = None
) -> dict:
    return {"channel": channel, "how": f"Cách nộp {channel}.", "times": times or [DAYS], "fees": fees or [UNSTATED]}


def fixed(amount: int, text: str = "Mỗi bản.", **parts: Any) -> dict[str, Any]:
    return {"basis": "fixed", "amount": amount, "text": text, **parts}


def text_of(procedure: Procedure, aspect: str) -> str:
    return sections_of(procedure)[aspect].as_text()


def test_every_aspect_of_every_record_says_something(listing: Listing) -> None:
    for procedure in listing:
        sections = sections_of(procedure)
        assert tuple(sections) == ASPECTS
        for aspect, section in sections.items():
            assert section.title == TITLES[aspect]
            assert section.items, (procedure.code, aspect)
            assert all(len(item.text.strip()) > 3 for item in section.items), (procedure.code, aspect)


def test_no_placeholder_reaches_a_citizen(listing: Listing) -> None:
    for procedure in listing:
        for section in sections_of(procedure).values():
            assert not re.search(r"\bNone\b|\[\]|\{|\}|: $|\(\)|Channel\.|\bnull\b|working_day", section.as_text()), (
                procedure.code
            )


def test_what_the_record_does_not_say_is_said_to_be_missing(make_procedure: MakeProcedure) -> None:
    procedure = make_procedure()
    for aspect in ("conditions", "form", "deadline_to_apply"):
        assert NOT_STATED in text_of(procedure, aspect)


# Fees


def test_free_of_charge_is_said_only_where_the_record_says_so(listing: Listing) -> None:
    for procedure in listing:
        fees = [fee for filing_ in procedure.channels for fee in filing_.fees]
        said = " ".join([*(fee.text for fee in fees), *procedure.fee_notes]).casefold()
        allowed = any(fee.basis is FeeBasis.free for fee in fees) or "miễn" in said
        text = text_of(procedure, "fee").casefold()
        claims = re.search(r"miễn phí|miễn lệ phí|không mất tiền|không tốn tiền|(?<![\d.])0 đồng", text)
        assert allowed or not claims, (procedure.code, claims)


@pytest.mark.parametrize("basis", ["not_stated", "province"])
def test_an_amount_nobody_named_is_neither_free_nor_zero(make_procedure: MakeProcedure, basis: str) -> None:
    text = text_of(
        make_procedure(channels=[filing("counter", fees=[{"basis": basis, "text": "Bạn hỏi quầy."}])]), "fee"
    )
    assert text == "Lệ phí:\n- Bạn hỏi quầy."


@pytest.mark.parametrize(
    ("amount", "written"),
    [(500, "500 đồng"), (15000, "15.000 đồng"), (100000, "100.000 đồng"), (1200000, "1.200.000 đồng")],
)
def test_amounts_are_written_as_people_write_them(make_procedure: MakeProcedure, amount: int, written: str) -> None:
    assert money(amount) == written
    assert f"- {written}. Mỗi bản." in text_of(
        make_procedure(channels=[filing("counter", fees=[fixed(amount)])]), "fee"
    )


def test_every_amount_of_every_record_is_printed(listing: Listing) -> None:
    for procedure in listing:
        text = text_of(procedure, "fee")
        for amount in {fee.amount for filing_ in procedure.channels for fee in filing_.fees if fee.amount}:
            assert re.search(rf"(?<![\d.]){re.escape(money(amount))}", text), (procedure.code, amount)


def test_an_amount_that_the_text_already_names_is_not_said_twice(make_procedure: MakeProcedure) -> None:
    procedure = make_procedure(channels=[filing("counter", fees=[fixed(2000, "2.000 đồng mỗi trang.")])])
    assert text_of(procedure, "fee") == "Lệ phí:\n- 2.000 đồng mỗi trang."


def test_an_amount_is_not_taken_for_the_end_of_a_larger_one(make_procedure: MakeProcedure) -> None:
    procedure = make_procedure(channels=[filing("counter", fees=[fixed(5000, "Trước đây là 15.000 đồng.")])])
    assert re.search(r"(?<!\d)5\.000 đồng", text_of(procedure, "fee"))


def test_a_fee_for_a_case_says_for_which(make_procedure: MakeProcedure) -> None:
    fees = [fixed(50000, "Mỗi thẻ.", when=["lan.dau"]), fixed(70000, "Mỗi thẻ.", when=["lan.sau"])]
    text = text_of(make_procedure(cases=CASES, channels=[filing("counter", fees=fees)]), "fee")
    assert "50.000 đồng. Mỗi thẻ. (trường hợp: Lần đầu)" in text
    assert "70.000 đồng. Mỗi thẻ. (trường hợp: Lần sau)" in text


def test_a_condition_of_a_fee_can_be_understood_without_its_question(listing: Listing) -> None:
    """'trường hợp: Không phải' says nothing: a bare yes or no needs the question beside it."""
    bare = {"co", "khong", "chua", "roi", "da co", "chua co", "khong co", "khong phai", "phai", "dung"}
    unclear = {
        (procedure.code, case.question, procedure.label_of(ref))
        for procedure in listing
        for case in procedure.cases
        for filing_ in procedure.channels
        for fee in filing_.fees
        for ref in fee.when
        if ref.startswith(f"{case.id}.") and fold(procedure.label_of(ref)) in bare
        if case.question not in text_of(procedure, "fee")
    }
    assert unclear == set()


def test_notes_on_fees_follow_the_fees(make_procedure: MakeProcedure) -> None:
    text = text_of(make_procedure(fee_notes=["Hộ nghèo được miễn."]), "fee")
    assert text.splitlines()[1:] == ["- Nguồn không ghi mức thu.", "- Hộ nghèo được miễn."]


# Channels


def test_channels_that_cost_the_same_are_told_once(make_procedure: MakeProcedure) -> None:
    procedure = make_procedure(channels=[filing("counter", fees=[fixed(8000)]), filing("online", fees=[fixed(8000)])])
    assert text_of(procedure, "fee") == "Lệ phí:\n- 8.000 đồng. Mỗi bản."


def test_channels_that_differ_are_told_apart(make_procedure: MakeProcedure) -> None:
    channels = [
        filing("counter", fees=[fixed(15000)]),
        filing("online", fees=[fixed(7000)], times=[{"unit": "day", "amount": 1, "text": "1 ngày."}, DAYS]),
        filing("post", fees=[fixed(15000)]),
    ]
    procedure = make_procedure(channels=channels)
    assert text_of(procedure, "fee").splitlines()[1:] == [
        "- Tại quầy, qua bưu điện: 15.000 đồng. Mỗi bản.",
        "- Qua mạng: 7.000 đồng. Mỗi bản.",
    ]
    assert text_of(procedure, "duration").splitlines()[1:] == [
        "- Tại quầy, qua bưu điện: 3 ngày làm việc.",
        "- Qua mạng: 1 ngày.",
        "  + 3 ngày làm việc.",
    ]


@pytest.mark.parametrize("aspect", ["fee", "duration"])
def test_no_channel_of_a_record_is_swallowed(listing: Listing, aspect: str) -> None:
    for procedure in listing:
        text = text_of(procedure, aspect)
        for filing_ in procedure.channels:
            for part in filing_.fees if aspect == "fee" else filing_.times:
                assert part.text in text, (procedure.code, filing_.channel)


def test_online_names_online_and_post_with_time_and_fee(make_procedure: MakeProcedure) -> None:
    procedure = make_procedure(channels=[filing("counter"), filing("online", fees=[fixed(7000)]), filing("post")])
    assert text_of(procedure, "online").splitlines()[1:] == [
        "- Qua mạng: Cách nộp online.",
        "  + Thời gian: 3 ngày làm việc.",
        "  + Lệ phí: 7.000 đồng. Mỗi bản.",
        "- Qua bưu điện: Cách nộp post.",
        "  + Thời gian: 3 ngày làm việc.",
        "  + Lệ phí: Nguồn không ghi mức thu.",
    ]


def test_where_nothing_goes_online_it_is_said_first_and_the_counter_named(listing: Listing) -> None:
    offline = [p for p in listing if Channel.online not in {filing_.channel for filing_ in p.channels}]
    assert offline
    for procedure in offline:
        first, *rest = text_of(procedure, "online").splitlines()[1:]
        assert "không ghi cách nộp qua mạng" in first
        assert any("Tại quầy" in line for line in rest)


# The other aspects


def test_steps_are_numbered_in_order(make_procedure: MakeProcedure) -> None:
    assert text_of(make_procedure(), "steps").splitlines()[1:] == ["- Bước 1: Nộp giấy.", "- Bước 2: Nhận kết quả."]


def test_who_may_do_it_for_others_is_told(make_procedure: MakeProcedure) -> None:
    text = text_of(make_procedure(who={"may_apply": ["Cha mẹ."], "on_behalf": "Ông bà."}), "who")
    assert text.splitlines()[1:] == ["- Cha mẹ.", "- Làm thay: Ông bà."]


def test_the_place_is_told(make_procedure: MakeProcedure) -> None:
    assert text_of(make_procedure(place={"text": "Quầy số 1."}), "place") == "Nơi làm:\n- Quầy số 1."


def test_a_law_is_named_with_its_number(make_procedure: MakeProcedure) -> None:
    assert "- 1/2026/QH: Luật Thử" in text_of(make_procedure(), "legal_basis")


def test_the_deadline_to_apply_is_not_the_processing_time(make_procedure: MakeProcedure) -> None:
    procedure = make_procedure(deadline_to_apply={"amount": 60, "unit": "day", "text": "Trong 60 ngày."})
    assert text_of(procedure, "deadline_to_apply") == "Hạn phải đi làm:\n- Trong 60 ngày."
    assert "60" not in text_of(procedure, "duration")


def test_a_section_says_the_same_as_card_and_as_text(listing: Listing) -> None:
    for procedure in listing:
        for section in sections_of(procedure).values():
            text = section.as_text()
            card = section.as_card()
            assert card["title"] in text
            for item in card["items"]:
                assert item["text"] in text
                assert all(line in text for line in item.get("sub", []))
                assert item.get("note", "").rstrip(".") in text


def _told(procedure: Procedure, aspect: str, filing: Filing) -> list[str]:
    """The lines that the record has on one way to file."""
    if aspect == "duration":
        return [time.text for time in filing.times]
    return [fee_text(procedure, fee) for fee in filing.fees]


@pytest.mark.parametrize("aspect", ["duration", "fee"])
def test_times_and_fees_are_rows_of_a_table_for_a_page(aspect: str, listing: Listing) -> None:
    for procedure in listing:
        rows: dict[str, list[str]] = {}
        for item in sections_of(procedure)[aspect].as_card()["items"]:
            if "row" in item:
                rows.setdefault(item["row"]["channel"].lower(), []).extend(item["row"]["lines"])
        for filing in procedure.channels:
            (said,) = [lines for channel, lines in rows.items() if CHANNELS[filing.channel].lower() in channel]
            assert said == _told(procedure, aspect, filing), procedure.code


def test_what_can_be_filed_online_has_the_button_that_leads_there(listing: Listing) -> None:
    for procedure in listing:
        online = any(filing.channel is Channel.online for filing in procedure.channels)
        cards = {aspect: section.as_card() for aspect, section in sections_of(procedure).items()}
        expected = {"label": "Nộp trực tuyến", "url": procedure.source.url} if online else None
        assert cards["online"].get("link") == expected
        assert all("link" not in card for aspect, card in cards.items() if aspect != "online")
