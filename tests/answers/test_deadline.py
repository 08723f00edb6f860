from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.day_words import OUT_OF_RANGE
from bot.answers.deadline import last_day
from bot.answers.section import Item
from bot.knowledge.calendar import Calendar, day_text
from bot.knowledge.listing import Listing
from bot.knowledge.procedure import Deadline
from bot.knowledge.ward import Ward
from bot.text.days import Said

TODAY = date(2026, 7, 20)
WORDS = "Trong thời hạn ghi trên cổng."


@pytest.fixture(scope="module")
def calendar(ward: Ward) -> Calendar:
    return Calendar(ward)


def said(day: str, hour: time | None = None) -> Said:
    return Said(day=date.fromisoformat(day), hour=hour, words="hôm đó", has_year=True)


def deadline(amount: int | None, unit: str | None, counted_from: str | None = None) -> Deadline:
    parts: dict[str, Any] = {"amount": amount, "unit": unit, "counted_from": counted_from, "text": WORDS}
    return Deadline.parse_obj(parts)


def lines(items: tuple[Item, ...]) -> list[str]:
    return [item.text for item in items]


def test_a_birth_is_registered_within_sixty_days(listing: Listing, calendar: Calendar) -> None:
    record = listing["1.001193"].deadline_to_apply
    assert record
    assert lines(last_day(record, said("2026-06-12"), calendar, TODAY)) == [
        record.text,
        "60 ngày kể từ 12/06/2026 (ngày sinh của bé): hạn cuối là thứ ba 11/08/2026.",
        "Còn 22 ngày nữa là hết hạn.",
    ]


@pytest.mark.parametrize(
    ("unit", "amount", "event", "last"),
    [
        ("day", 60, "2026-06-12", "thứ ba 11/08/2026"),
        ("day", 60, "2026-10-12", "thứ sáu 11/12/2026"),
        ("day", 15, "2026-07-10", "thứ bảy 25/07/2026"),
        ("working_day", 5, "2026-07-27", "thứ hai 03/08/2026"),
        ("working_day", 1, "2027-02-03", "thứ năm 11/02/2027"),
        ("working_day", 1, "2026-12-23", "thứ sáu 25/12/2026"),
        ("working_day", 1, "2027-04-29", "thứ ba 04/05/2027"),
        ("hour", 48, "2026-07-20", "thứ tư 22/07/2026"),
    ],
)
def test_the_last_day(calendar: Calendar, unit: str, amount: int, event: str, last: str) -> None:
    assert f"hạn cuối là {last}" in last_day(deadline(amount, unit), said(event), calendar, TODAY)[1].text


def test_hours_from_a_known_hour_end_at_that_hour(calendar: Calendar) -> None:
    items = last_day(deadline(48, "hour", "lúc phát hiện mất giấy"), said("2026-07-20", time(9, 15)), calendar, TODAY)
    assert items[1].text == (
        "48 giờ kể từ 9 giờ 15 ngày 20/07/2026 (lúc phát hiện mất giấy): hạn cuối là 9 giờ 15 thứ tư 22/07/2026."
    )


def test_hours_that_make_no_whole_day_are_left_to_the_citizen(calendar: Calendar) -> None:
    items = last_day(deadline(12, "hour"), said("2026-07-20"), calendar, TODAY)
    assert lines(items) == [WORDS, "12 giờ kể từ 20/07/2026: bạn đếm từ giờ xảy ra việc đó."]


def test_how_working_days_were_counted(calendar: Calendar) -> None:
    items = last_day(deadline(5, "working_day"), said("2026-08-31"), calendar, TODAY)
    assert items[1].text == "5 ngày làm việc kể từ 31/08/2026: hạn cuối là thứ tư 09/09/2026."
    assert items[1].sub == (
        "Tính từ thứ năm 03/09/2026, không tính thứ bảy, chủ nhật và 01/09/2026 đến 02/09/2026 (Quốc khánh).",
    )


@pytest.mark.parametrize(
    ("event", "amount", "line"),
    [
        ("2026-07-10", 15, "Thứ bảy 25/07/2026 là ngày nghỉ. Bạn nên đến sớm hơn, chậm nhất là thứ sáu 24/07/2026."),
        (
            "2026-08-23",
            10,
            "Thứ tư 02/09/2026 (Quốc khánh) là ngày nghỉ. Bạn nên đến sớm hơn, chậm nhất là thứ hai 31/08/2026.",
        ),
        (
            "2026-12-09",
            15,
            "Thứ năm 24/12/2026 (Nghỉ chuyển trụ sở) là ngày nghỉ. "
            "Bạn nên đến sớm hơn, chậm nhất là thứ tư 23/12/2026.",
        ),
        ("2027-02-04", 2, "Thứ bảy 06/02/2027 (Tết Nguyên Đán) là ngày nghỉ. Bạn nên đến sớm hơn."),
    ],
)
def test_a_last_day_off_is_said_and_which_day_is_better(calendar: Calendar, event: str, amount: int, line: str) -> None:
    assert line in lines(last_day(deadline(amount, "day"), said(event), calendar, TODAY))


def test_no_day_gone_by_is_advised(calendar: Calendar) -> None:
    today = date(2026, 7, 25)  # the Saturday on which it ends
    items = last_day(deadline(15, "day"), said("2026-07-10"), calendar, today)
    assert lines(items)[2:] == ["Thứ bảy 25/07/2026 là ngày nghỉ. Bạn nên đến sớm hơn.", "Hôm nay là ngày cuối."]


@pytest.mark.parametrize(
    ("today", "line"),
    [
        ("2026-08-10", "Còn 1 ngày nữa là hết hạn."),
        ("2026-08-11", "Hôm nay là ngày cuối."),
        ("2026-08-12", "Hạn này đã qua 1 ngày. Bạn hỏi quầy cách làm khi quá hạn."),
        ("2027-08-11", "Hạn này đã qua 365 ngày. Bạn hỏi quầy cách làm khi quá hạn."),
    ],
)
def test_how_far_off_the_last_day_is(calendar: Calendar, today: str, line: str) -> None:
    items = last_day(deadline(60, "day"), said("2026-06-12"), calendar, date.fromisoformat(today))
    assert items[-1].text == line


def test_a_day_off_long_gone_is_not_worth_a_word(calendar: Calendar) -> None:
    items = last_day(deadline(15, "day"), said("2026-07-10"), calendar, date(2026, 9, 1))
    assert len(items) == 3 and items[-1].text.startswith("Hạn này đã qua 38 ngày.")


@pytest.mark.parametrize(("amount", "unit"), [(None, None), (5, None), (None, "day")])
def test_a_deadline_that_counts_nothing_is_its_own_words(
    calendar: Calendar, amount: int | None, unit: str | None
) -> None:
    assert last_day(deadline(amount, unit), said("2026-06-12"), calendar, TODAY) == (Item(WORDS),)


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_day_beyond_the_calendar_is_declined(calendar: Calendar, day: str) -> None:
    assert lines(last_day(deadline(60, "day"), said(day), calendar, TODAY)) == [WORDS, OUT_OF_RANGE]


@pytest.mark.parametrize("day", ["2026-07-17", "2027-02-05", "2026-08-29"])
def test_every_records_deadline_is_counted_after_its_own_words(listing: Listing, calendar: Calendar, day: str) -> None:
    counted = 0
    for procedure in listing:
        record = procedure.deadline_to_apply
        if record is None:
            continue
        for hour in (None, time(15)):
            items = last_day(record, said(day, hour), calendar, TODAY)
            assert items[0] == Item(record.text), procedure.code
            assert (len(items) > 2) == (record.amount is not None), procedure.code
            text = "\n".join(item.as_text() for item in items)
            assert not re.search(r"\bNone\b|\(\)|\.\.|\{|\}", text), (procedure.code, text)
        counted += record.amount is not None
    assert counted > 30


@given(
    event=st.dates(date(2000, 1, 1), date(2100, 12, 31)),
    unit=st.sampled_from(["day", "working_day"]),
    amount=st.integers(1, 90),
    later=st.integers(-400, 400),
)
def test_the_last_day_and_the_days_left_agree(
    calendar: Calendar, event: date, unit: str, amount: int, later: int
) -> None:
    last = event + timedelta(days=amount) if unit == "day" else calendar.add_working_days(event, amount)
    items = last_day(deadline(amount, unit), said(event.isoformat()), calendar, last - timedelta(days=later))
    assert items[1].text.endswith(f"hạn cuối là {day_text(last)}.")
    numbers = re.findall(r"\d+", items[-1].text)
    assert numbers == ([str(abs(later))] if later else [])
