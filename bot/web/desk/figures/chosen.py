"""Which days somebody wants to see."""

from __future__ import annotations

from datetime import date, timedelta

from bot.store.figures import Period

OFFERED = (7, 30, 90)  # days until today
LONGEST = 366  # days; more would be no page that anybody reads
_EARLIEST = date(2000, 1, 1)
_BAD = "Ngày chưa đúng. Bạn chọn từ ngày nào đến ngày nào, chậm nhất là hôm nay."
_TOO_LONG = f"Nhiều nhất {LONGEST} ngày một lần. Trang này chỉ tính {LONGEST} ngày cuối."


def period_of(first: str, last: str, today: date) -> tuple[Period, str]:
    """The days from `first` to `last` ("2026-11-22", in either order; empty for 30 days until today), and what was
    wrong with them."""
    usual = Period(today - timedelta(days=OFFERED[1] - 1), today)
    if not first and not last:
        return usual, ""
    try:
        earlier, later = sorted((_day(first, today), _day(last, today)))
    except ValueError:
        return usual, _BAD
    least = later - timedelta(days=LONGEST - 1)
    return Period(max(earlier, least), later), _TOO_LONG if earlier < least else ""


def until_today(days: int, today: date) -> Period:
    """So many days, today the last of them."""
    return Period(today - timedelta(days=days - 1), today)


def _day(typed: str, today: date) -> date:
    day = date.fromisoformat(typed) if typed else today
    if not _EARLIEST <= day <= today:
        raise ValueError(f"{day} is no day of which there are figures")
    return day
