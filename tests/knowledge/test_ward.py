from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.knowledge.hours import DaysOff, Hours
from bot.knowledge.ward import Ward, load_ward
from bot.knowledge.yaml_lines import RecordError
from bot.settings import Settings


def test_the_ward_that_comes_with_the_project_is_marked_as_made_up(ward: Ward) -> None:
    assert ward.fictional
    assert ward.email.endswith(".example"), "no mail may reach anybody"


def test_the_ward_tells_what_every_service_answer_needs(ward: Ward) -> None:
    assert all([ward.hours, ward.counters, ward.hotline, ward.address, ward.police.phone, ward.suggestions])


def test_its_counters_take_every_field_of_the_listing(ward: Ward, settings: Settings) -> None:
    fields = {name for counter in ward.counters for name in counter.fields}
    assert fields >= {"Hộ tịch", "Chứng thực", "Cư trú", "Căn cước", "Hộ kinh doanh"}


def test_an_unknown_ward_is_answered_with_the_wards_there_are(settings: Settings) -> None:
    with pytest.raises(RecordError, match=r"no such ward profile; there are: .*phuong-an-binh-mau"):
        load_ward(settings.knowledge / "wards" / "phuong-khac.yml")


def test_a_slip_in_a_profile_is_named_with_its_line(settings: Settings, tmp_path: Path) -> None:
    text = (settings.knowledge / "wards" / "phuong-an-binh-mau.yml").read_text("utf-8")
    path = tmp_path / "ward.yml"
    path.write_text(text.replace("hotline:", "hotlin:"), encoding="utf-8")
    line = next(number for number, row in enumerate(path.read_text("utf-8").splitlines(), 1) if "hotlin:" in row)
    with pytest.raises(RecordError) as caught:
        load_ward(path)
    assert f"{path}:{line}: hotlin: this key is not part of" in str(caught.value)
    assert "hotline: this part is required and missing" in str(caught.value)


# --- hours and days off -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "spans", "text"),
    [
        ("T2 T3 T4 T5 T6", "07:30-11:30 13:30-17:00", "Thứ hai đến thứ sáu"),
        ("T6 T5 T4 T3 T2", "07:30-11:30 13:30-17:00", "Thứ hai đến thứ sáu"),
        ("T2 T3 T4 T5 T6", "07:30-11:30", "Thứ hai đến thứ sáu"),
        ("T7", "07:30-11:30", "Sáng thứ bảy"),
        ("T7", "08:00-12:00", "Sáng thứ bảy"),
        ("T7", "07:30-11:30 13:30-17:00", "Thứ bảy"),
        ("T7", "13:30-17:00", "Thứ bảy"),
        ("T7 CN", "08:00-11:00", "Thứ bảy, chủ nhật"),
        ("T2 T4 T6", "08:00-11:00", "Thứ hai, thứ tư, thứ sáu"),
        ("CN", "13:00-17:00", "Chủ nhật"),
    ],
)
def test_the_days_are_said_as_people_say_them(days: str, spans: str, text: str) -> None:
    assert Hours.parse_obj({"days": days.split(), "open": spans.split()}).days_text == text


@pytest.mark.parametrize(
    ("days", "spans", "note", "text"),
    [
        ("T2 T3", "07:30-11:30 13:30-17:00", None, "sáng 7 giờ 30 đến 11 giờ 30, chiều 13 giờ 30 đến 17 giờ"),
        ("T7", "07:30-11:30", "chỉ nhận hồ sơ cư trú", "7 giờ 30 đến 11 giờ 30 (chỉ nhận hồ sơ cư trú)"),
        ("T7", "13:30-17:00", None, "chiều 13 giờ 30 đến 17 giờ"),
        ("T2 T3", "07:00-17:05", None, "7 giờ đến 17 giờ 05"),
        ("T2 T3", "08:00-12:00", None, "sáng 8 giờ đến 12 giờ"),
    ],
)
def test_the_times_are_said_as_people_say_them(days: str, spans: str, note: str | None, text: str) -> None:
    assert Hours.parse_obj({"days": days.split(), "open": spans.split(), "note": note}).times_text == text


def test_the_sample_wards_hours_read_as_before(ward: Ward) -> None:
    assert [f"{hours.days_text}: {hours.times_text}" for hours in ward.hours] == [
        "Thứ hai đến thứ sáu: sáng 7 giờ 30 đến 11 giờ 30, chiều 13 giờ 30 đến 17 giờ",
        "Sáng thứ bảy: 7 giờ 30 đến 11 giờ 30 (chỉ nhận hồ sơ cư trú, căn cước)",
    ]


def test_a_profile_read_again_is_the_same(ward: Ward) -> None:
    assert Ward.parse_obj(ward.dict()) == ward


def fault_of(settings: Settings, tmp_path: Path, old: str, new: str) -> tuple[str, int]:
    """What is said of the sample profile with one piece changed, and the line that the piece stands in."""
    text = (settings.knowledge / "wards" / "phuong-an-binh-mau.yml").read_text("utf-8")
    assert text.count(old) == 1
    path = tmp_path / "ward.yml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        load_ward(path)
    return str(caught.value), text[: text.index(old)].count("\n") + 1


MORNING = '"07:30-11:30"], note'


@pytest.mark.parametrize("times", ["7:30-11:30", "07:30 đến 11:30", "25:00-26:00", "07:60-11:30", "07:30", "nghỉ"])
def test_a_time_that_is_none_is_named_with_its_line(settings: Settings, tmp_path: Path, times: str) -> None:
    fault, line = fault_of(settings, tmp_path, MORNING, f'"{times}"], note')
    assert f"ward.yml:{line}: hours.1.open.0: '{times}' must be two times of a day such as 07:30-11:30" in fault


@pytest.mark.parametrize("times", ["11:30-07:30", "07:30-07:30"])
def test_an_end_before_its_start_is_named_with_its_line(settings: Settings, tmp_path: Path, times: str) -> None:
    fault, line = fault_of(settings, tmp_path, MORNING, f'"{times}"], note')
    assert f"ward.yml:{line}: hours.1.open.0: '{times}' ends before it starts" in fault


@pytest.mark.parametrize("times", ['"13:30-17:00", "07:30-11:30"', '"07:30-11:30", "11:00-12:00"'])
def test_times_out_of_order_are_named_with_their_line(settings: Settings, tmp_path: Path, times: str) -> None:
    fault, line = fault_of(settings, tmp_path, MORNING, f"{times}], note")
    assert f"ward.yml:{line}: hours.1.open: each time starts after the one before has ended" in fault


@pytest.mark.parametrize(
    ("old", "new", "where", "what"),
    [
        ("[T7]", "[T7, T7]", "hours.1.days", "a day stands here twice"),
        ("[T7]", "[T8]", "hours.1.days.0", "must be one of T2, T3, T4, T5, T6, T7, CN"),
        ("[T7]", "[]", "hours.1.days", "at least 1"),
        ("[T7]", "[Thứ bảy]", "hours.1.days.0", "must be one of T2"),
        ("since: 2026-12-24", "since: 20261224", "days_off.0.since", "must be a day such as 2026-12-24"),
        ("since: 2026-12-24", "since: 24/12/2026", "days_off.0.since", "must be a day such as 2026-12-24"),
        ("2026-12-24, reason", "2026-12-24, until: 2026-12-23, reason", "days_off.0.until", "before 'since'"),
        ("2026-12-24, reason", "2026-12-24, until: 2062-12-24, reason", "days_off.0.until", "a year or more after it"),
        ("since: 2026-12-24", "until: 2026-12-24", "days_off.0.since", "required and missing"),
        ("# extra_working_days: [2026-12-26]", "extra_working_days: [26]", "extra_working_days.0", "must be a day"),
        (
            "# extra_working_days: [2026-12-26]",
            "extra_working_days: [2026-12-24]",
            "extra_working_days.0",
            "2026-12-24 is one of days_off, too",
        ),
    ],
)
def test_a_slip_in_the_calendar_is_named_with_its_line(
    settings: Settings, tmp_path: Path, old: str, new: str, where: str, what: str
) -> None:
    fault, line = fault_of(settings, tmp_path, old, new)
    assert f"ward.yml:{line}: {where}: " in fault and what in fault, fault


def test_a_day_in_two_entries_is_named(settings: Settings, tmp_path: Path) -> None:
    fault, line = fault_of(settings, tmp_path, "[T7]", "[T6]")
    assert f"ward.yml:{line - 2}: hours: T6 stands in several entries" in fault


def test_a_single_day_off_ends_on_itself() -> None:
    off = DaysOff.parse_obj({"since": "2026-12-24", "reason": "Nghỉ"})
    assert off.until == date(2026, 12, 24)
    assert [off.include(date(2026, 12, day)) for day in (23, 24, 25)] == [False, True, False]
