"""What citizens will read of the ward: whether it is open, the week ahead, and where it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.answers.services import hours, opening
from bot.knowledge.calendar import Calendar, day_text
from bot.knowledge.hours import clock_text
from bot.knowledge.ward import Ward

DAYS = 10


@dataclass(frozen=True)
class Day:
    """One day: 'hôm nay', 'thứ ba 24/11/2026'; when the counter is open then, or why it is not."""

    name: str
    words: str
    is_open: bool


@dataclass(frozen=True)
class Preview:
    """The profile as it will be read; `faulty` if wrong parts stand as they are in force."""

    ward: Ward
    now: str
    hours: list[str]
    days: list[Day]
    faulty: bool


def preview(ward: Ward, now: datetime, *, faulty: bool = False) -> Preview:
    """Draw a profile at a moment of the ward's own time."""
    calendar = Calendar(ward)
    days = [_day(calendar, now.date() + timedelta(days=ahead), now) for ahead in range(DAYS)]
    return Preview(ward, opening(calendar, now), hours(ward).splitlines(), days, faulty)


def _day(calendar: Calendar, day: date, now: datetime) -> Day:
    spans = ", ".join(f"{clock_text(start)} đến {clock_text(end)}" for start, end in _spans(calendar, day, now))
    name = "Hôm nay" if day == now.date() else day_text(day)
    if spans:
        return Day(name, f"mở cửa {spans}", True)
    return Day(name, f"nghỉ ({calendar.why_off(day) or 'không có giờ làm việc'})", False)


def _spans(calendar: Calendar, day: date, now: datetime) -> Iterator[tuple[time, time]]:
    moment = datetime.combine(day, time(), tzinfo=now.tzinfo)
    while True:
        state = calendar.opening(moment)
        if not state.is_open:
            if state.next_open is None or state.next_open.date() != day:
                return
            moment = state.next_open
            continue
        assert state.until is not None  # of a counter that is open
        yield moment.time(), state.until
        moment = datetime.combine(day, state.until, tzinfo=now.tzinfo)
