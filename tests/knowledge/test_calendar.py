from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.calendar import Calendar, date_text, day_text
from bot.knowledge.ward import Ward

MakeCalendar = Callable[..., Calendar]
DAY = timedelta(days=1)
WEEKDAYS_ONLY = [{"days": ["T2", "T3", "T4", "T5", "T6"], "open": ["08:00-12:00", "13:00-17:00"]}]
days = st.dates(date(2000, 1, 1), date(2100, 12, 31))
moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 12, 31, 23, 59))


def at(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M")


@pytest.fixture(scope="module")
def make_calendar(ward: Ward) -> MakeCalendar:
    """The calendar of the sample ward with other parts in place of its own."""
    return lambda **parts: Calendar(Ward.parse_obj({**ward.dict(), **parts}))


@pytest.fixture(scope="module")
def calendar(ward: Ward) -> Calendar:
    return Calendar(ward)


# --- working days -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-07-20", ""),
        ("2026-07-18", "thứ bảy"),
        ("2026-07-19", "chủ nhật"),
        ("2026-09-01", "Quốc khánh"),
        ("2026-09-02", "Quốc khánh"),
        ("2026-09-03", ""),
        ("2026-12-24", "Nghỉ chuyển trụ sở"),
        ("2026-12-25", ""),
        ("2027-01-01", "Tết Dương lịch"),
        ("2027-02-03", ""),
        ("2027-02-05", "Giao thừa Tết Nguyên Đán"),
        ("2027-02-06", "Tết Nguyên Đán"),  # a Saturday: the holiday says more than the weekday
        ("2027-02-11", ""),
        ("2027-04-30", "Ngày Chiến thắng"),
        ("2027-05-02", "chủ nhật"),
        ("2027-05-03", "Ngày Quốc tế Lao động, nghỉ bù"),
        ("2028-01-03", "Tết Dương lịch, nghỉ bù"),
        ("2000-09-02", "Quốc khánh"),
        ("2100-09-02", "Quốc khánh"),
    ],
)
def test_every_day_off_has_its_reason(calendar: Calendar, day: str, why: str) -> None:
    assert calendar.why_off(date.fromisoformat(day)) == why
    assert calendar.is_working(date.fromisoformat(day)) == (why == "")


def test_the_counter_open_on_saturday_makes_no_working_day(calendar: Calendar) -> None:
    assert calendar.opening(at("2026-07-18 09:00")).is_open
    assert not calendar.is_working(date(2026, 7, 18))


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        ("2026-07-20", 0, "2026-07-20"),
        ("2026-07-20", 7, "2026-07-29"),
        ("2026-07-27", 5, "2026-08-03"),
        ("2026-07-17", 1, "2026-07-20"),  # Friday to Monday
        ("2026-07-18", 1, "2026-07-20"),  # from a Saturday, too
        ("2026-08-03", 25, "2026-09-09"),  # 01/09 and 02/09 are off
        ("2026-08-31", 1, "2026-09-03"),
        ("2026-12-23", 1, "2026-12-25"),  # over the ward's own day off
        ("2026-12-03", 15, "2026-12-25"),
        ("2027-02-03", 1, "2027-02-11"),  # over Tết
        ("2027-04-29", 1, "2027-05-04"),  # 30/04, 01/05 on a Saturday, its Monday
    ],
)
def test_working_days_are_counted_from_the_day_after(calendar: Calendar, start: str, number: int, end: str) -> None:
    assert calendar.add_working_days(date.fromisoformat(start), number) == date.fromisoformat(end)


def test_working_days_are_not_counted_backward(calendar: Calendar) -> None:
    with pytest.raises(ValueError, match="forward"):
        calendar.add_working_days(date(2026, 7, 20), -1)


@pytest.mark.parametrize(
    ("day", "next_day", "last_day"),
    [
        ("2026-07-20", "2026-07-20", "2026-07-20"),
        ("2026-07-19", "2026-07-20", "2026-07-17"),
        ("2026-09-02", "2026-09-03", "2026-08-31"),
        ("2027-02-08", "2027-02-11", "2027-02-03"),
        ("2026-12-24", "2026-12-25", "2026-12-23"),
    ],
)
def test_the_working_days_around_a_day(calendar: Calendar, day: str, next_day: str, last_day: str) -> None:
    assert calendar.next_working(date.fromisoformat(day)) == date.fromisoformat(next_day)
    assert calendar.last_working(date.fromisoformat(day)) == date.fromisoformat(last_day)


@given(day=days, number=st.integers(1, 60))
def test_so_many_working_days_lie_before_the_day_reached(calendar: Calendar, day: date, number: int) -> None:
    end = calendar.add_working_days(day, number)
    assert calendar.is_working(end)
    assert sum(calendar.is_working(day + ahead * DAY) for ahead in range(1, (end - day).days + 1)) == number


@given(day=days)
def test_the_next_working_day_is_the_first_one(calendar: Calendar, day: date) -> None:
    found = calendar.next_working(day)
    assert calendar.is_working(found) and found >= day
    assert not any(calendar.is_working(day + ahead * DAY) for ahead in range((found - day).days))


def test_days_off_between_two_days_leave_plain_weekends_out(calendar: Calendar) -> None:
    assert calendar.days_off_between(date(2026, 8, 3), date(2026, 9, 9)) == [
        (date(2026, 9, 1), "Quốc khánh"),
        (date(2026, 9, 2), "Quốc khánh"),
    ]
    assert calendar.days_off_between(date(2026, 7, 13), date(2026, 7, 31)) == []
    assert calendar.days_off_between(date(2026, 12, 24), date(2026, 12, 24)) == [
        (date(2026, 12, 24), "Nghỉ chuyển trụ sở")
    ]
    tet = calendar.days_off_between(date(2027, 2, 1), date(2027, 2, 14))
    assert [day.day for day, _ in tet] == [4, 5, 6, 7, 8, 9, 10]


def test_plain_weekends_between_two_days(calendar: Calendar) -> None:
    assert [day.day for day in calendar.weekends_between(date(2026, 7, 13), date(2026, 7, 20))] == [18, 19]
    assert calendar.weekends_between(date(2027, 2, 4), date(2027, 2, 10)) == [], "the weekend of Tết is no plain one"


def test_a_day_off_may_last_several_days(make_calendar: MakeCalendar) -> None:
    storm = {"since": "2026-10-05", "until": "2026-10-07", "reason": "Nghỉ tránh bão"}
    calendar = make_calendar(days_off=[storm])
    assert [calendar.why_off(date(2026, 10, day)) for day in (4, 5, 7, 8)] == ["chủ nhật", *["Nghỉ tránh bão"] * 2, ""]
    assert calendar.add_working_days(date(2026, 10, 2), 1) == date(2026, 10, 8)


def test_a_saturday_worked_instead_of_another_day_counts(make_calendar: MakeCalendar) -> None:
    swap = {"days_off": [{"since": "2026-08-31", "reason": "Nghỉ hoán đổi"}], "extra_working_days": ["2026-08-22"]}
    calendar = make_calendar(**swap)
    assert calendar.is_working(date(2026, 8, 22)) and not calendar.is_working(date(2026, 8, 23))
    assert calendar.add_working_days(date(2026, 8, 21), 1) == date(2026, 8, 22)
    assert calendar.working_weekends_between(date(2026, 8, 1), date(2026, 8, 31)) == [date(2026, 8, 22)]
    assert calendar.why_off(date(2026, 8, 31)) == "Nghỉ hoán đổi"


def test_the_countrys_swaps_that_are_known_count_whatever_was_asked_before(ward: Ward) -> None:
    assert Calendar(ward).is_working(date(2014, 12, 27)), "a Saturday worked for 2 January of the next year"
    assert Calendar(ward).why_off(date(2015, 1, 2)) == "Ngày nghỉ, thay cho ngày 27/12/2014"


def test_the_years_known(calendar: Calendar) -> None:
    assert calendar.covers(date(2000, 1, 1)) and calendar.covers(date(2100, 12, 31))
    assert not calendar.covers(date(2101, 1, 1)) and not calendar.covers(date.max) and not calendar.covers(date.min)


def test_days_are_written_as_people_write_them() -> None:
    assert day_text(date(2026, 8, 11)) == "thứ ba 11/08/2026"
    assert day_text(date(2026, 8, 16)) == "chủ nhật 16/08/2026"
    assert date_text(date(2027, 1, 2)) == "02/01/2027"


# --- opening ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-07-20 07:30", "11:30"),
        ("2026-07-20 11:29", "11:30"),
        ("2026-07-20 13:30", "17:00"),
        ("2026-07-24 16:59", "17:00"),
        ("2026-07-18 07:30", "11:30"),
    ],
)
def test_open_until(calendar: Calendar, now: str, until: str) -> None:
    opening = calendar.opening(at(now))
    assert (opening.is_open, opening.until, opening.next_open) == (True, time.fromisoformat(until), None)


@pytest.mark.parametrize(
    ("now", "next_open", "why"),
    [
        ("2026-07-20 07:29", "2026-07-20 07:30", ""),
        ("2026-07-20 11:30", "2026-07-20 13:30", ""),
        ("2026-07-20 17:00", "2026-07-21 07:30", ""),
        ("2026-07-24 17:01", "2026-07-25 07:30", ""),  # Saturday morning
        ("2026-07-25 11:30", "2026-07-27 07:30", ""),
        ("2026-07-26 09:00", "2026-07-27 07:30", "chủ nhật"),
        ("2026-08-31 18:00", "2026-09-03 07:30", ""),
        ("2026-09-02 09:00", "2026-09-03 07:30", "Quốc khánh"),
        ("2026-12-24 09:00", "2026-12-25 07:30", "Nghỉ chuyển trụ sở"),
        ("2027-02-06 08:00", "2027-02-11 07:30", "Tết Nguyên Đán"),  # a Saturday of Tết
    ],
)
def test_closed_until(calendar: Calendar, now: str, next_open: str, why: str) -> None:
    opening = calendar.opening(at(now))
    assert (opening.is_open, opening.until, opening.next_open) == (False, None, at(next_open))
    assert opening.note == why


def test_what_is_taken_on_saturday_is_said_then_and_the_evening_before(calendar: Calendar) -> None:
    assert calendar.opening(at("2026-07-25 08:00")).note == "chỉ nhận hồ sơ cư trú, căn cước"
    assert calendar.opening(at("2026-07-24 18:00")).next_note == "chỉ nhận hồ sơ cư trú, căn cước"
    assert calendar.opening(at("2026-07-20 08:00")).note == ""


@pytest.mark.parametrize("extra", ["2026-12-26", "2026-12-27"])
def test_an_extra_working_day_has_the_hours_of_monday(make_calendar: MakeCalendar, extra: str) -> None:
    calendar = make_calendar(extra_working_days=[extra])
    assert calendar.opening(at(f"{extra} 15:00")).until == time(17)
    assert calendar.opening(at(f"{extra} 08:00")).note == ""


def test_a_ward_without_saturday_is_closed_on_it(make_calendar: MakeCalendar) -> None:
    opening = make_calendar(hours=WEEKDAYS_ONLY).opening(at("2026-07-25 09:00"))
    assert (opening.is_open, opening.next_open, opening.note) == (False, at("2026-07-27 08:00"), "thứ bảy")


def test_a_weekday_without_hours_is_named(make_calendar: MakeCalendar) -> None:
    calendar = make_calendar(hours=[{"days": ["T3"], "open": ["08:00-12:00"]}])
    assert calendar.opening(at("2026-07-22 09:00")).note == "thứ tư"
    assert calendar.opening(at("2026-07-22 09:00")).next_open == at("2026-07-28 08:00")


def test_a_moment_with_its_zone_is_answered_in_that_zone(calendar: Calendar) -> None:
    zone = timezone(timedelta(hours=7))
    opening = calendar.opening(at("2026-07-20 12:00").replace(tzinfo=zone))
    assert opening.next_open == at("2026-07-20 13:30").replace(tzinfo=zone)


@given(now=moments)
def test_the_counter_is_open_or_opens_later(calendar: Calendar, now: datetime) -> None:
    opening = calendar.opening(now)
    if opening.is_open:
        assert opening.until and opening.until > now.time() and opening.next_open is None
        return
    assert opening.until is None and opening.next_open is not None and opening.next_open > now
    assert calendar.opening(opening.next_open).is_open
    assert not calendar.opening(opening.next_open - timedelta(minutes=1)).is_open


def test_every_ward_has_a_calendar_of_its_own(make_calendar: MakeCalendar, calendar: Calendar) -> None:
    other: dict[str, Any] = {"days_off": []}
    assert make_calendar(**other).is_working(date(2026, 12, 24))
    assert not calendar.is_working(date(2026, 12, 24))
