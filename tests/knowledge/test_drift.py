from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.knowledge.drift import State, compare, drift
from bot.knowledge.listing import Listing
from bot.knowledge.official.procedure import Official
from bot.knowledge.procedure import Procedure

MakeProcedure = Callable[..., Procedure]
MakeListing = Callable[..., Listing]
FILING: dict[str, Any] = {"channel": "counter", "amount": 3, "unit": "WORKING_DAY"}


def official(**parts: Any) -> Official:
    """What the portal would say of the small record if it said the same."""
    same = {
        "code": "9.000001",
        "name": "Thủ tục đăng ký thử",
        "levels": ["xa"],
        "decision": "12/QĐ-THU",
        "filings": [FILING],
        "documents": [{"name": "Tờ khai"}],
        "legal_basis": [{"code": "1/2026/QH15", "name": "Luật Thử"}],
    }
    return Official.parse_obj({**same, **parts})


@pytest.fixture
def record(make_procedure: MakeProcedure) -> Callable[..., Procedure]:
    """The small record, whose law has a number that looks like one."""
    return lambda **parts: make_procedure(**{"legal_basis": [{"code": "1/2026/QH15", "name": "Luật Thử"}], **parts})


def states(procedure: Procedure, published: Official) -> dict[str, State]:
    return {row.fact: row.state for row in compare(procedure, published)}


def times(*times: dict[str, Any]) -> list[dict[str, Any]]:
    fees = [{"basis": "not_stated", "text": "Không ghi."}]
    return [{"channel": "counter", "how": "Nộp.", "times": list(times), "fees": fees}]


def test_a_record_that_says_the_same_agrees_in_every_fact(record: MakeProcedure) -> None:
    found = states(record(), official())
    assert set(found) == {"time", "fee", "legal_basis", "channels", "documents", "decision"}
    assert set(found.values()) == {State.agrees}


@pytest.mark.parametrize(
    ("fact", "parts"),
    [
        ("time", {"filings": [{**FILING, "amount": 5}]}),
        ("time", {"filings": [{**FILING, "unit": "DAY"}]}),
        ("fee", {"filings": [{**FILING, "fees": [{"amount": 20000}]}]}),
        ("legal_basis", {"legal_basis": [{"code": "2/2026/NĐ-CP", "name": "Nghị định mới"}]}),
        ("channels", {"filings": [FILING, {**FILING, "channel": "online", "amount": 0}]}),
        ("decision", {"decision": "13/QĐ-THU"}),
    ],
)
def test_a_fact_that_changed_is_found_and_no_other(record: MakeProcedure, fact: str, parts: dict[str, Any]) -> None:
    found = states(record(), official(**parts))
    assert [name for name, state in found.items() if state is State.differs] == [fact]


def test_the_number_of_papers_counts_from_the_day_of_the_check(record: MakeProcedure) -> None:
    source = {"url": "https://a.vn/x", "decision": "12/QĐ-THU", "checked_on": "2026-07-05"}
    unknown, same, more = (record(source={**source, "listed_papers": n}) for n in (None, 1, 2))
    assert states(unknown, official())["documents"] is State.agrees
    assert states(same, official())["documents"] is State.agrees
    assert states(more, official())["documents"] is State.differs


def test_a_difference_with_a_reason_is_explained(record: MakeProcedure) -> None:
    differences = [{"fact": "time", "why": "Các bước ghi 3 ngày."}]
    rows = compare(record(differences=differences), official(filings=[{**FILING, "amount": 5}]))
    (row,) = (row for row in rows if row.fact == "time")
    assert (row.state, row.why) == (State.explained, "Các bước ghi 3 ngày.")


def test_zero_is_no_amount_and_no_time(record: MakeProcedure) -> None:
    published = official(filings=[{**FILING, "amount": 0, "fees": [{"amount": 0}]}])
    assert states(record(), published)["fee"] is State.agrees
    # Words only: every number of the record must be among them.
    assert states(record(), published)["time"] is State.differs
    in_words = official(filings=[{**FILING, "amount": 0, "text": "Không quá 03 ngày làm việc"}])
    assert states(record(), in_words)["time"] is State.agrees


def test_an_unnamed_unit_is_compared_by_its_number_alone(record: MakeProcedure) -> None:
    other = {**FILING, "unit": "OTHER"}
    assert states(record(), official(filings=[other]))["time"] is State.agrees
    said = record(channels=times({"unit": "by_text", "text": "Nơi làm trả lời trong 7 ngày."}))
    assert states(said, official(filings=[{**other, "amount": 7}]))["time"] is State.agrees
    assert states(said, official(filings=[{**other, "amount": 8}]))["time"] is State.differs


def test_every_time_of_the_portal_must_stand_under_its_own_channel(record: MakeProcedure) -> None:
    both = record(
        channels=times(
            {"unit": "working_day", "amount": 3, "text": "3 ngày."}, {"unit": "working_day", "amount": 8, "text": "8."}
        )
    )
    assert states(both, official(filings=[FILING, {**FILING, "amount": 8}]))["time"] is State.agrees
    assert states(both, official(filings=[{**FILING, "channel": "post"}]))["time"] is State.differs


def test_an_amount_of_ours_must_be_named_by_the_portal_in_number_or_words(record: MakeProcedure) -> None:
    channels = times({"unit": "working_day", "amount": 3, "text": "3 ngày."})
    channels[0]["fees"] = [{"basis": "fixed", "amount": 15000, "text": "Mỗi bản."}]
    ours = record(channels=channels)
    assert states(ours, official())["fee"] is State.differs
    worded = official(filings=[{**FILING, "fees": [{"amount": 0, "text": "thu 15.000 đồng một bản"}]}])
    assert states(ours, worded)["fee"] is State.agrees


@pytest.mark.parametrize("code", ["01/2026/QH15", "1/2026/NQ-QH15", "Luật số 1/2026/qh15"])
def test_a_law_is_the_same_however_its_number_is_written(record: MakeProcedure, code: str) -> None:
    assert states(record(), official(legal_basis=[{"code": code, "name": ""}]))["legal_basis"] is State.agrees


def test_a_law_whose_number_stands_in_its_name(record: MakeProcedure) -> None:
    law = {"code": "Nghị định", "name": "Nghị định số 5/2020/NĐ-CP về thử"}
    assert states(record(), official(legal_basis=[law]))["legal_basis"] is State.differs


def test_a_source_that_only_names_procedures_says_nothing_of_facts(record: MakeProcedure) -> None:
    assert list(compare(record(), official(complete=False))) == []


def test_what_went_and_what_is_new(record: MakeProcedure, make_listing: MakeListing) -> None:
    listing = make_listing(record(), record(code="9.000002", former_codes=["9.000009"]))
    published = {
        code: official(code=code, **parts)
        for code, parts in {
            "9.000001": {},
            "9.000003": {},
            "9.000004": {"scope": "SPECIFIC"},
            "9.000005": {"levels": ["tinh"]},
            "9.000009": {},
        }.items()
    }
    found = drift(listing, published)
    assert found.gone == ("9.000002",)
    assert [each.code for each in found.new] == ["9.000003"]
    assert found.open_rows == ()
