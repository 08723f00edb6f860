"""The calendar of a ward: on which days its office works, and when its counter is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import holidays

from bot.knowledge.hours import WEEKDAYS, Weekday, weekday_text
from bot.knowledge.ward import Ward

FIRST_YEAR, LAST_YEAR = 1990, 2100  # the years whose public holidays are known
_DAY = timedelta(days=1)
_WEEKEND = (Weekday.saturday, Weekday.sunday)
_LOOK_AHEAD = 400  # days: longer than any time that a profile may call off


@dataclass(frozen=True)
class Opening:
    """Whether the counter is open at a moment: until when, or when it opens next.

    `note` tells while open what is taken (if not everything), while closed why the whole day is off; `next_note`
    tells what is taken when it opens next.
    """

    is_open: bool
    until: time | None = None
    next_open: datetime | None = None
    note: str = ""
    next_note: str = ""


class Calendar:
    """The working days of one ward: the country's public holidays and the ward's own days off and working days."""

    def __init__(self, ward: Ward) -> None:
        self._public = _public_holidays()
        self._days_off = ward.days_off
        self._extra = frozenset(ward.extra_working_days)
        self._hours = {day: hours for hours in ward.hours for day in hours.days}

    def covers(self, day: date) -> bool:
        """Whether the public holidays of a day's year are known."""
        return FIRST_YEAR <= day.year <= LAST_YEAR

    def is_working(self, day: date) -> bool:
        """Whether a processing time counts this day: a counter open on Saturday makes no working day."""
        return not self.why_off(day)

    def why_off(self, day: date) -> str:
        """Why nobody works on a day: 'chủ nhật', 'Quốc khánh', the ward's own reason; '' if it is a working day."""
        if day in self._extra:
            return ""
        return self._special(day) or (weekday_text(day) if self._is_plain_weekend(day) else "")

    def next_working(self, day: date) -> date:
        """The day itself, or the first working day after it."""
        while not self.is_working(day):
            day += _DAY
        return day

    def last_working(self, day: date) -> date:
        """The day itself, or the last working day before it."""
        while not self.is_working(day):
            day -= _DAY
        return day

    def add_working_days(self, day: date, number: int) -> date:
        """The working day that is so many after a day, which is not counted itself. Raises ValueError below 0."""
        if number < 0:
            raise ValueError(f"working days are counted forward, not {number}")
        for _ in range(number):
            day = self.next_working(day + _DAY)
        return day

    def days_off_between(self, first: date, last: date) -> list[tuple[date, str]]:
        """The days off from one day to another (both included) with the reason, plain weekends left out."""
        days = _days(first, last)
        return [(day, self._special(day)) for day in days if self._special(day) and not self.is_working(day)]

    def weekends_between(self, first: date, last: date) -> list[date]:
        """The plain weekend days from one day to another (both included) on which nobody works."""
        return [day for day in _days(first, last) if self.why_off(day) == weekday_text(day)]

    def working_weekends_between(self, first: date, last: date) -> list[date]:
        """The weekend days from one day to another (both included) that are worked instead of another day."""
        return [day for day in _days(first, last) if _weekday(day) in _WEEKEND and self.is_working(day)]

    def opening(self, now: datetime) -> Opening:
        """Whether the counter is open at this moment of the ward's own time."""
        today = self._spans(now.date())
        for start, end, note in today:
            if start <= now.time() < end:
                return Opening(True, until=end, note=note)
        why_closed = "" if today else self.why_off(now.date()) or weekday_text(now.date())
        for day in (now.date() + timedelta(days=ahead) for ahead in range(_LOOK_AHEAD)):
            for start, _, note in self._spans(day):
                opens = datetime.combine(day, start, tzinfo=now.tzinfo)
                if opens > now:
                    return Opening(False, next_open=opens, note=why_closed, next_note=note)
        return Opening(False, note=why_closed)

    def _spans(self, day: date) -> list[tuple[time, time, str]]:
        """From when to when the counter is open on a day, with the note on what is taken."""
        weekday = _weekday(day)
        if self._special(day) and not self.is_working(day):
            return []
        if weekday in _WEEKEND and self.is_working(day):
            weekday = Weekday.monday
        hours = self._hours.get(weekday)
        return [(start, end, hours.note or "") for start, end in hours.spans] if hours else []

    def _special(self, day: date) -> str:
        """Why a day is off beside being on a weekend: the holiday's name or the ward's reason."""
        # The library writes 'Quốc khánh (nghỉ bù)'; in our sentences the name stands in brackets itself.
        holiday = self._public.get(day, "").replace(" (", ", ").replace(")", "")
        return holiday or next((off.reason for off in self._days_off if off.include(day)), "")

    def _is_plain_weekend(self, day: date) -> bool:
        return _weekday(day) in _WEEKEND and day not in self._public.weekend_workdays


def day_text(day: date) -> str:
    """A day as people write it: 'thứ ba 11/08/2026'."""
    return f"{weekday_text(day)} {date_text(day)}"


def date_text(day: date) -> str:
    """A date as people write it: '11/08/2026'."""
    return f"{day.day:02}/{day.month:02}/{day.year}"


def _weekday(day: date) -> Weekday:
    return WEEKDAYS[day.weekday()]


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


@lru_cache(maxsize=1)
def _public_holidays() -> holidays.HolidayBase:
    """The public holidays of Vietnam, all years at once: which weekends are worked stands with the year after, too."""
    return holidays.country_holidays("VN", years=range(FIRST_YEAR, LAST_YEAR + 1), language="vi", expand=False)
