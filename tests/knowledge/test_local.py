from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.answers.answer import answer
from bot.knowledge.checks import faults
from bot.knowledge.listing import Listing
from bot.knowledge.local import load_ward_listing, localized
from bot.knowledge.procedure import FeeBasis, Procedure
from bot.knowledge.ward import Ward
from bot.knowledge.yaml_lines import RecordError
from bot.settings import Settings

Localize = Callable[..., Procedure]
TIME = {"amount": 2, "unit": "working_day", "text": "2 ngày làm việc."}
FEE = {"amount": 20000, "text": "20.000 đồng một bản.", "decision": "Nghị quyết 1/NQ-HĐND"}


@pytest.fixture
def localize(make_procedure: Callable[..., Procedure], make_listing: Callable[..., Listing], ward: Ward) -> Localize:
    """The small record as a ward with these differences publishes it."""

    def localized_record(*, record: dict[str, Any] | None = None, **local: Any) -> Procedure:
        listing = make_listing(make_procedure(**(record or {})))
        profile = Ward.parse_obj({**ward.dict(), "local": [{"code": "9.000001", **local}]})
        return localized(listing, profile, Path("ward.yml"))["9.000001"]

    return localized_record


def fault_of(localize: Localize, **parts: Any) -> str:
    with pytest.raises(RecordError) as caught:
        localize(**parts)
    return str(caught.value)


def test_a_shorter_time_is_shown_as_the_wards_beside_the_countrys(localize: Localize, ward: Ward) -> None:
    (time,) = localize(time=TIME).channels[0].times
    assert (time.amount, time.unit.value) == (2, "working_day")
    assert time.text.startswith("2 ngày làm việc.") and ward.name in time.text and "3 ngày làm việc" in time.text


@pytest.mark.parametrize(
    "time", [{**TIME, "amount": 3}, {**TIME, "amount": 9}, {**TIME, "unit": "day"}, {**TIME, "channels": ["online"]}]
)
def test_a_ward_may_not_lengthen_a_time_nor_set_one_that_the_record_does_not_count(
    localize: Localize, time: dict[str, Any]
) -> None:
    assert "9.000001: time: a ward may shorten" in fault_of(localize, time=time)


def test_the_councils_fee_is_shown_with_its_decision(localize: Localize, ward: Ward) -> None:
    (fee,) = localize(fee=FEE).channels[0].fees
    assert (fee.basis, fee.amount) == (FeeBasis.province, 20000)
    assert "Nghị quyết 1/NQ-HĐND" in fee.text and ward.name in fee.text


def test_a_fee_fixed_for_the_country_stays(localize: Localize) -> None:
    fixed = [{"basis": "fixed", "amount": 5000, "text": "Mỗi bản."}]
    times = [{"unit": "working_day", "amount": 3, "text": "3 ngày."}]
    record = {"channels": [{"channel": "counter", "how": "Nộp.", "times": times, "fees": fixed}]}
    assert "9.000001: fee: the record has a fee fixed" in fault_of(localize, record=record, fee=FEE)


def test_a_note_and_a_room_are_added_as_the_wards(localize: Localize, ward: Ward) -> None:
    changed = localize(note="Lấy số trước 10 giờ.", room="phòng 3")
    assert changed.notes == [f"Riêng tại {ward.name}: Lấy số trước 10 giờ."]
    assert changed.place.text == f"Quầy của phường. Tại {ward.name}: phòng 3."


def test_a_difference_for_no_record_is_a_fault(localize: Localize) -> None:
    assert "ward.yml:1: local: 9.999999 has no record" in fault_of(localize, code="9.999999")


@pytest.mark.parametrize("unit", ["same_day", "by_text"])
def test_a_ward_promises_a_number(localize: Localize, unit: str) -> None:
    with pytest.raises(ValueError, match="must be one of working_day, day, hour"):
        localize(time={**TIME, "unit": unit})


# The sample ward


def test_the_sample_ward_shows_each_kind_of_difference(ward: Ward, settings: Settings) -> None:
    kinds = {kind for local in ward.local for kind in ("time", "fee", "note", "room") if getattr(local, kind)}
    assert kinds == {"time", "fee", "note", "room"}
    local, _ = load_ward_listing(settings.knowledge, "phuong-an-binh-mau")
    assert "9.900001" in local and faults(local) == []


def test_answers_say_whose_value_it_is(ward: Ward, settings: Settings) -> None:
    listing, _ = load_ward_listing(settings.knowledge, "phuong-an-binh-mau")
    for local in ward.local:
        text = answer(listing[local.code], ["duration", "fee", "place"], listing, today=date(2026, 8, 1)).text
        assert ward.name in text, local.code


def test_the_countrys_listing_knows_nothing_of_the_ward(listing: Listing, ward: Ward) -> None:
    assert "9.900001" not in listing
    assert not any(ward.name in str(listing[local.code].channels) for local in ward.local)
