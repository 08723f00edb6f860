from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.knowledge import imports
from bot.knowledge.checks import procedure_faults
from bot.knowledge.drafts import draft_of
from bot.knowledge.imports import Outcome, Planned, plan_official, plan_records
from bot.knowledge.listing import Listing, load_procedure
from bot.knowledge.official.procedure import Official
from bot.knowledge.procedure import Draft, Procedure
from tests.published import official

TODAY = date(2026, 8, 1)
MakeProcedure = Callable[..., Procedure]
MakeListing = Callable[..., Listing]


def plan(folder: Path, listing: Listing, *officials: Official) -> list[Planned]:
    return plan_official(officials, listing, folder, today=TODAY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "drafts"


@pytest.fixture
def listing(make_procedure: MakeProcedure, make_listing: MakeListing) -> Listing:
    return make_listing(make_procedure())


def test_planning_writes_nothing(folder: Path, listing: Listing) -> None:
    (planned,) = plan(folder, listing, official())
    assert (planned.outcome, planned.path.name) == (Outcome.new, "9.000007-thu-tuc-thu-mot-viec.yml")
    assert "+name: Thủ tục thử một việc" in planned.lines
    assert not folder.exists()


def test_a_draft_is_written_once_and_found_unchanged_the_next_time(folder: Path, listing: Listing) -> None:
    imports.write(plan(folder, listing, official()))
    assert [each.outcome for each in plan(folder, listing, official())] == [Outcome.same]
    assert [path.suffix for path in folder.iterdir()] == [".yml"]


def test_a_draft_that_nobody_touched_is_renewed_and_what_differs_is_shown(folder: Path, listing: Listing) -> None:
    imports.write(plan(folder, listing, official()))
    (planned,) = plan(folder, listing, official(decision="13/QĐ-THU"))
    assert planned.outcome is Outcome.changed
    assert "-  decision: 12/QĐ-THU" in planned.lines and "+  decision: 13/QĐ-THU" in planned.lines
    imports.write([planned])
    assert "13/QĐ-THU" in planned.path.read_text("utf-8")


def test_what_a_person_wrote_is_never_overwritten(folder: Path, listing: Listing) -> None:
    imports.write(plan(folder, listing, official()))
    (path,) = folder.iterdir()
    path.write_text(path.read_text("utf-8").replace("Tờ khai", "Tờ khai của tôi"), encoding="utf-8")
    (planned,) = plan(folder, listing, official(decision="13/QĐ-THU"))
    assert planned.outcome is Outcome.kept and any("Tờ khai của tôi" in line for line in planned.lines)
    imports.write([planned])
    assert "Tờ khai của tôi" in path.read_text("utf-8") and "13/QĐ" not in path.read_text("utf-8")


def test_a_draft_renamed_by_a_person_is_found_by_its_code(folder: Path, listing: Listing) -> None:
    imports.write(plan(folder, listing, official()))
    (path,) = folder.iterdir()
    path.rename(folder / "9.000007-ten-khac.yml")
    assert [each.outcome for each in plan(folder, listing, official())] == [Outcome.same]


def test_what_has_a_record_gets_no_draft_but_its_facts_that_differ_are_shown(folder: Path, listing: Listing) -> None:
    (planned,) = plan(folder, listing, official(code="9.000001", decision="13/QĐ-THU"))
    assert planned.outcome is Outcome.recorded and not planned.is_written
    assert {"-decision: 12/QĐ-THU", "+decision: 13/QĐ-THU"} <= set(planned.lines)


@pytest.mark.parametrize("code", ["1.014955-Xoa", "12", ""])
def test_a_code_that_is_none_is_refused_and_the_others_are_taken(folder: Path, listing: Listing, code: str) -> None:
    planned = plan(folder, listing, official(code=code), official())
    assert [each.outcome for each in planned] == [Outcome.refused, Outcome.new]


# Drafts


def draft(**parts: Any) -> Draft:
    return Draft.parse_obj(draft_of(official(**parts), {"ho_tich": "Hộ tịch"}, checked_on=TODAY))


def test_a_draft_can_be_loaded_and_says_what_is_still_to_be_written(folder: Path, listing: Listing) -> None:
    imports.write(plan(folder, listing, official()))
    loaded = load_procedure(next(folder.iterdir()), Draft)
    assert loaded.field == "ho_tich" and loaded.source.listed_papers == 1
    faults = procedure_faults(loaded)
    assert any("summary: still to be written" in fault for fault in faults)
    assert any("place.text: still to be written" in fault for fault in faults)


def test_a_draft_is_no_record(folder: Path, listing: Listing) -> None:
    imports.write(plan(folder, listing, official()))
    with pytest.raises(ValueError, match="questions"):
        load_procedure(next(folder.iterdir()))


@pytest.mark.parametrize(
    ("fee", "basis"),
    [
        ({"amount": 0}, "not_stated"),
        ({"amount": 0, "text": "Đồng"}, "not_stated"),
        ({"amount": 0, "text": "Do Hội đồng nhân dân cấp tỉnh quy định"}, "province"),
        ({"amount": 0, "text": "Miễn phí"}, "free"),
        ({"amount": 0, "text": "Miễn lệ phí cho người khuyết tật, mức do Hội đồng nhân dân quyết định"}, "province"),
        ({"amount": 8000, "text": "Mỗi bản"}, "fixed"),
        ({"amount": 65, "currency": "USD"}, "not_stated"),
    ],
)
def test_a_fee_of_zero_is_never_free_unless_the_words_say_so(fee: dict[str, Any], basis: str) -> None:
    filing = {"channel": "counter", "amount": 3, "unit": "DAY", "fees": [fee]}
    assert draft(filings=[filing]).channels[0].fees[0].basis.value == basis


@pytest.mark.parametrize(
    ("time", "unit", "amount"),
    [
        ({"amount": 3, "unit": "WORKING_DAY"}, "working_day", 3),
        ({"amount": 4, "unit": "HOUR"}, "hour", 4),
        ({"amount": 1, "unit": "OTHER"}, "by_text", None),
        ({"amount": 0, "unit": "DAY"}, "by_text", None),
        ({"amount": 2.5, "unit": "DAY"}, "by_text", None),
        ({"amount": 1, "unit": "MONTH"}, "by_text", None),
    ],
)
def test_a_time_is_counted_only_where_number_and_unit_say_so(
    time: dict[str, Any], unit: str, amount: int | None
) -> None:
    counted = draft(filings=[{"channel": "counter", **time}]).channels[0].times[0]
    assert (counted.unit.value, counted.amount) == (unit, amount)


def test_a_channel_listed_twice_stands_once_with_both_times() -> None:
    filing = {"channel": "online", "unit": "DAY"}
    (channel,) = draft(filings=[{**filing, "amount": 3}, {**filing, "amount": 5}]).channels
    assert [time.amount for time in channel.times] == [3, 5]


def test_a_source_that_only_names_a_procedure_makes_a_draft_too() -> None:
    bare = Official(code="9.000007", name="Thử", complete=False)
    assert Draft.parse_obj(draft_of(bare, {}, checked_on=TODAY)).channels == []


# Whole records, as a spreadsheet holds them


def test_a_record_equal_to_the_listing_needs_no_draft(folder: Path, listing: Listing) -> None:
    assert [each.outcome for each in plan_records(listing, listing, folder)] == [Outcome.same]


def test_a_record_that_differs_becomes_a_draft_and_the_record_stays(
    folder: Path, listing: Listing, make_procedure: MakeProcedure
) -> None:
    (planned,) = plan_records([make_procedure(name="Đăng ký thử mới")], listing, folder)
    assert planned.outcome is Outcome.new
    assert "-name: Đăng ký thử" in planned.lines and "+name: Đăng ký thử mới" in planned.lines
    imports.write([planned])
    assert load_procedure(planned.path).name == "Đăng ký thử mới"
