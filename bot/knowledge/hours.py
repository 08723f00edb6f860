"""When the counter of a ward is open: times that a program reckons with, and the words a citizen reads."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time, timedelta
from enum import Enum
from itertools import pairwise

from pydantic import Field, validator

from bot.knowledge.procedure import Part, Text

NOON = time(12)
_SPAN = re.compile(r"(\d\d:\d\d)-(\d\d:\d\d)")
_LONGEST_DAYS_OFF = 366


class Weekday(str, Enum):
    """A day of the week as Vietnamese write it in short, in the order of `date.weekday()`."""

    monday = "T2"
    tuesday = "T3"
    wednesday = "T4"
    thursday = "T5"
    friday = "T6"
    saturday = "T7"
    sunday = "CN"


WEEKDAYS = tuple(Weekday)
_NAMES = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")


def weekday_text(day: date) -> str:
    """The name of a day's weekday: 'thứ hai' … 'chủ nhật'."""
    return _NAMES[day.weekday()]


def clock_text(moment: time) -> str:
    """A time of day as it is spoken: 07:30 -> '7 giờ 30'."""
    return f"{moment.hour} giờ {moment.minute:02}" if moment.minute else f"{moment.hour} giờ"


class Hours(Part):
    """When the counter is open on some days of the week; `note` says what is taken then, if not everything."""

    days: list[Weekday] = Field(min_items=1)
    open: list[Text] = Field(min_items=1)
    note: Text | None = None

    @validator("days")
    def each_day_once(cls, days: list[Weekday]) -> list[Weekday]:
        if len(set(days)) < len(days):
            raise ValueError("a day stands here twice")
        return days

    @validator("open", each_item=True)
    def is_a_span(cls, text: str) -> str:
        start, end = _span(text)
        if end <= start:
            raise ValueError(f"'{text}' ends before it starts")
        return text

    @validator("open")
    def in_the_order_of_the_day(cls, texts: list[str]) -> list[str]:
        spans = [_span(text) for text in texts]
        if any(later[0] < earlier[1] for earlier, later in pairwise(spans)):
            raise ValueError("each time starts after the one before has ended")
        return texts

    @property
    def spans(self) -> tuple[tuple[time, time], ...]:
        """From when to when the counter is open, in the order of the day."""
        return tuple(_span(text) for text in self.open)

    @property
    def days_text(self) -> str:
        """'Thứ hai đến thứ sáu'; 'Sáng thứ bảy' where one day has a morning only."""
        numbers = sorted(WEEKDAYS.index(day) for day in self.days)
        names = [_NAMES[number] for number in numbers]
        in_a_row = numbers[-1] - numbers[0] == len(numbers) - 1
        text = f"{names[0]} đến {names[-1]}" if in_a_row and len(names) > 2 else ", ".join(names)
        if self._one_morning():
            text = f"sáng {text}"
        return text[0].upper() + text[1:]

    @property
    def times_text(self) -> str:
        """'sáng 7 giờ 30 đến 11 giờ 30, chiều 13 giờ 30 đến 17 giờ', and the note in brackets."""
        spans = [f"{clock_text(start)} đến {clock_text(end)}" for start, end in self.spans]
        if not self._one_morning():
            spans = [f"{_part_of_day(*span)}{text}" for span, text in zip(self.spans, spans)]
        return ", ".join(spans) + (f" ({self.note})" if self.note else "")

    def _one_morning(self) -> bool:
        return len(self.days) == 1 and all(end <= NOON for _, end in self.spans)


class DaysOff(Part):
    """Days on which this ward is closed although they are no public holiday; `until` counts, too."""

    since: date
    until: date | None = None
    reason: Text

    @validator("since", "until", pre=True)
    def _is_a_date(cls, day: object) -> object:
        return a_date(day)

    @validator("until", always=True)
    def ends_after_it_starts(cls, until: date | None, values: dict) -> date | None:
        since = values.get("since")
        if since is None:
            return until  # already found wrong
        until = until or since
        if not since <= until < since + timedelta(days=_LONGEST_DAYS_OFF):
            raise ValueError("must not be before 'since', nor a year or more after it")
        return until

    def include(self, day: date) -> bool:
        """Whether the ward is closed on a day for this reason."""
        return self.since <= day <= (self.until or self.since)


def a_date(day: object) -> object:
    """Let dates pass; 20261224 would be read as seconds since 1970. Raises ValueError."""
    if day is None or isinstance(day, date):
        return day
    try:
        return date.fromisoformat(str(day))
    except ValueError as error:
        raise ValueError("must be a day such as 2026-12-24") from error


def days_twice(hours: Iterable[Hours]) -> list[Weekday]:
    """The days that several entries claim."""
    claimed = [day for entry in hours for day in entry.days]
    return [day for day in WEEKDAYS if claimed.count(day) > 1]


def _span(text: str) -> tuple[time, time]:
    """Read '07:30-11:30'. Raises ValueError."""
    found = _SPAN.fullmatch(text)
    try:
        if found:
            return time.fromisoformat(found[1]), time.fromisoformat(found[2])
    except ValueError:
        pass  # 25:00 is said to be wrong in the same words
    raise ValueError(f"'{text}' must be two times of a day such as 07:30-11:30")


def _part_of_day(start: time, end: time) -> str:
    if end <= NOON:
        return "sáng "
    return "chiều " if start >= NOON else ""
