"""What the ward's profile puts into the words of the services; above all whether the counter is open right now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.services import KINDS, fields, hours, of_the_service, of_the_ward, opening
from bot.knowledge.calendar import Calendar
from bot.knowledge.listing import Listing
from bot.knowledge.procedure import Procedure
from bot.knowledge.ward import Ward

MakeProcedure = Callable[..., Procedure]
MakeListing = Callable[..., Listing]
SATURDAY = "chỉ nhận hồ sơ cư trú, căn cước"


@pytest.fixture(scope="module")
def calendar(ward: Ward) -> Calendar:
    return Calendar(ward)


# --- open or closed -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "said"),
    [
        # Monday 2026-11-23
        ("2026-11-23 07:29", "Bây giờ quầy đóng cửa. Mở lại lúc 7 giờ 30, hôm nay."),
        ("2026-11-23 07:30", "Bây giờ quầy đang mở, đến 11 giờ 30."),
        ("2026-11-23 11:29", "Bây giờ quầy đang mở, đến 11 giờ 30."),
        ("2026-11-23 11:30", "Bây giờ quầy đóng cửa. Mở lại lúc 13 giờ 30, hôm nay."),
        ("2026-11-23 13:30", "Bây giờ quầy đang mở, đến 17 giờ."),
        ("2026-11-23 16:59:59", "Bây giờ quầy đang mở, đến 17 giờ."),
        ("2026-11-23 17:00", "Bây giờ quầy đóng cửa. Mở lại lúc 7 giờ 30, thứ ba 24/11/2026."),
        ("2026-11-23 00:00", "Bây giờ quầy đóng cửa. Mở lại lúc 7 giờ 30, hôm nay."),
        ("2026-11-23 23:59", "Bây giờ quầy đóng cửa. Mở lại lúc 7 giờ 30, thứ ba 24/11/2026."),
        # the weekend: on Saturday not everything is taken
        ("2026-11-27 17:30", f"Bây giờ quầy đóng cửa. Mở lại lúc 7 giờ 30, thứ bảy 28/11/2026 ({SATURDAY})."),
        ("2026-11-28 06:00", f"Bây giờ quầy đóng cửa. Mở lại lúc 7 giờ 30, hôm nay ({SATURDAY})."),
        ("2026-11-28 09:00", f"Bây giờ quầy đang mở, đến 11 giờ 30 ({SATURDAY})."),
        ("2026-11-28 14:00", "Bây giờ quầy đóng cửa. Mở lại lúc 7 giờ 30, thứ hai 30/11/2026."),
        ("2026-11-29 10:00", "Bây giờ quầy đóng cửa (chủ nhật). Mở lại lúc 7 giờ 30, thứ hai 30/11/2026."),
        # the ward's own day off, a Thursday
        ("2026-12-23 17:30", "Bây giờ quầy đóng cửa. Mở lại lúc 7 giờ 30, thứ sáu 25/12/2026."),
        ("2026-12-24 09:00", "Bây giờ quầy đóng cửa (Nghỉ chuyển trụ sở). Mở lại lúc 7 giờ 30, thứ sáu 25/12/2026."),
        # a public holiday on a Wednesday
        ("2026-09-02 09:00", "Bây giờ quầy đóng cửa (Quốc khánh). Mở lại lúc 7 giờ 30, thứ năm 03/09/2026."),
    ],
)
def test_whether_the_counter_is_open(calendar: Calendar, now: str, said: str) -> None:
    assert opening(calendar, datetime.fromisoformat(now)) == said


@pytest.mark.parametrize(
    ("now", "why"),
    [
        ("2027-02-05 09:00", "Giao thừa Tết Nguyên Đán"),
        ("2027-02-06 09:00", "Tết Nguyên Đán"),
        ("2027-02-07 12:00", "Mùng hai Tết Nguyên Đán"),
        ("2027-02-10 16:00", "Mùng năm Tết Nguyên Đán"),
    ],
)
def test_over_tet_the_counter_is_closed_and_opens_after_it(calendar: Calendar, now: str, why: str) -> None:
    """On the Saturday, too, on which it would be open in the morning."""
    said = f"Bây giờ quầy đóng cửa ({why}). Mở lại lúc 7 giờ 30, thứ năm 11/02/2027."
    assert opening(calendar, datetime.fromisoformat(now)) == said


def test_a_weekend_that_is_worked_instead_has_the_hours_of_a_working_day(ward: Ward) -> None:
    worked = Calendar(ward.copy(update={"extra_working_days": (datetime(2026, 12, 26).date(),)}))
    assert opening(worked, datetime(2026, 12, 26, 15)) == "Bây giờ quầy đang mở, đến 17 giờ."


def test_a_ward_that_is_never_open_again_says_no_day(ward: Ward) -> None:
    assert opening(Calendar(ward.copy(update={"hours": []})), datetime(2026, 11, 23, 9)).startswith("Bây giờ quầy đóng")


@given(now=st.datetimes(datetime(2026, 1, 1), datetime(2030, 12, 31)))
def test_at_any_moment_it_is_open_or_says_when_it_opens(now: datetime, ward: Ward) -> None:
    said = opening(Calendar(ward), now)
    assert ("đang mở, đến " in said) != ("Mở lại lúc " in said)
    assert said.endswith(".") and "None" not in said and "()" not in said


@given(now=st.datetimes(datetime(2026, 1, 1), datetime(2030, 12, 31)))
def test_when_it_says_to_open_it_is_open(now: datetime, ward: Ward) -> None:
    calendar = Calendar(ward)
    state = calendar.opening(now)
    if state.is_open:
        assert state.until is not None and now.time() < state.until
    else:
        assert state.next_open is not None and now < state.next_open
        assert calendar.opening(state.next_open).is_open
        assert not calendar.opening(state.next_open - timedelta(seconds=1)).is_open


# --- what else is filled in ---------------------------------------------------------------------------------------


def test_what_holds_for_a_whole_talk_is_that_of_the_profile(ward: Ward) -> None:
    values = of_the_ward(ward)
    assert all(value and isinstance(value, str) for value in values.values())
    assert (values["ward"], values["hotline"], values["office"]) == (ward.name, ward.hotline, ward.office)
    assert values["police_phone"] == f"{ward.police.phone} ({ward.police.note})"


def test_a_police_number_without_a_note_stands_alone(ward: Ward) -> None:
    police = ward.police.copy(update={"note": ""})
    assert of_the_ward(ward.copy(update={"police": police}))["police_phone"] == ward.police.phone


def test_all_hours_are_told_and_what_holds_for_all_of_them_last(ward: Ward) -> None:
    lines = hours(ward).splitlines()
    assert lines == [
        "- Thứ hai đến thứ sáu: sáng 7 giờ 30 đến 11 giờ 30, chiều 13 giờ 30 đến 17 giờ",
        f"- Sáng thứ bảy: 7 giờ 30 đến 11 giờ 30 ({SATURDAY})",
        ward.hours_note,
    ]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_service_is_filled_with_nothing(ward: Ward, listing: Listing, calendar: Calendar, kind: str) -> None:
    values = of_the_service(kind, ward, listing, calendar, datetime(2026, 11, 23, 9))
    assert all(isinstance(value, str) and value.strip() for value in values.values())


@pytest.mark.parametrize("kind", ["hours", "human"])
def test_the_moment_counts_for_those_who_want_to_come_or_to_call(
    ward: Ward, listing: Listing, calendar: Calendar, kind: str
) -> None:
    open_, closed = (
        of_the_service(kind, ward, listing, calendar, datetime(2026, 11, 23, hour))["opening"] for hour in (9, 20)
    )
    assert "đang mở" in open_ and "đóng cửa" in closed


def test_every_counter_is_told_with_its_fields(ward: Ward, listing: Listing, calendar: Calendar) -> None:
    values = of_the_service("address", ward, listing, calendar, datetime(2026, 11, 23, 9))
    assert values["directions"] == ward.how_to_get_there
    lines = values["counters"].splitlines()
    assert len(lines) == len(ward.counters)
    for line, counter in zip(lines, ward.counters):
        assert line.startswith(f"- {counter.name}: ") and all(field in line for field in counter.fields)


def test_the_counters_of_the_sample_ward_take_the_fields_of_the_listing(ward: Ward, listing: Listing) -> None:
    taken = [field for counter in ward.counters for field in counter.fields]
    assert sorted(taken) == sorted({listing.fields[procedure.field] for procedure in listing})


def test_the_listing_names_how_many_are_known_well_and_how_many_in_brief(listing: Listing) -> None:
    head, *lines = fields(listing).splitlines()
    assert f"{len(listing)} thủ tục" in head and f"{len(listing.briefs)} thủ tục khác" in head
    assert len(lines) == len({procedure.field for procedure in listing})


def test_a_field_without_procedures_is_left_out(make_procedure: MakeProcedure, make_listing: MakeListing) -> None:
    listing = make_listing(make_procedure())
    listing.fields["cu_tru"] = "Cư trú"
    assert fields(listing).splitlines()[1:] == ["- Hộ tịch (1 việc): Đăng ký thử"]
