"""The profile of a ward: what the service answers (hours, address, hotline, a person) are made of."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from pydantic import validator

from bot.knowledge import yaml_lines
from bot.knowledge.hours import DaysOff, Hours, a_date, days_twice
from bot.knowledge.listing import validate
from bot.knowledge.procedure import Amount, Channel, Code, Part, Text, TimeUnit, Url


class Counter(Part):
    """A desk of the one-stop counter and the fields it takes."""

    name: Text
    fields: list[Text]


class Contact(Part):
    """Somebody else whom people ask the ward about."""

    name: Text
    phone: Text
    note: Text = ""


class LocalTime(Part):
    """A processing time that the ward promises, shorter than the country's; without channels, for all of them."""

    channels: tuple[Channel, ...] = ()
    amount: Amount
    unit: TimeUnit
    text: Text

    @validator("unit")
    def is_counted(cls, unit: TimeUnit) -> TimeUnit:
        if unit not in (TimeUnit.working_day, TimeUnit.day, TimeUnit.hour):
            raise ValueError("must be one of working_day, day, hour")
        return unit


class LocalFee(Part):
    """An amount in VND that the province's council set, and by which decision."""

    amount: Amount
    text: Text
    decision: Text


class Local(Part):
    """How one procedure differs in this ward."""

    code: Code
    time: LocalTime | None = None
    fee: LocalFee | None = None
    note: Text | None = None
    room: Text | None = None


class Ward(Part):
    """One ward; everything a citizen may need to reach a person there."""

    name: Text
    province: Text
    office: Text
    address: Text
    how_to_get_there: Text
    hours: list[Hours]
    hours_note: Text
    days_off: tuple[DaysOff, ...] = ()
    extra_working_days: tuple[date, ...] = ()
    counters: list[Counter]
    hotline: Text
    email: Text
    portal: Url
    dossier_lookup: Url
    police: Contact
    complaint: Text
    feedback: Text
    appointment: Text
    fictional: bool = False
    suggestions: list[Text]
    local: tuple[Local, ...] = ()

    @validator("hours")
    def each_weekday_once(cls, hours: list[Hours]) -> list[Hours]:
        if twice := days_twice(hours):
            raise ValueError(f"{', '.join(day.value for day in twice)} stands in several entries")
        return hours

    @validator("extra_working_days", pre=True, each_item=True)
    def _is_a_date(cls, day: object) -> object:
        return a_date(day)

    @validator("extra_working_days", each_item=True)
    def no_day_off(cls, day: date, values: dict) -> date:
        if any(off.include(day) for off in values.get("days_off", ())):
            raise ValueError(f"{day} is one of days_off, too")
        return day


def load_ward(path: Path) -> Ward:
    """Load a ward's profile. Raises RecordError naming file, line and what is allowed."""
    if not path.exists():
        others = ", ".join(sorted(other.stem for other in path.parent.glob("*.yml"))) or "none"
        raise yaml_lines.RecordError(f"{path}:1: no such ward profile; there are: {others}")
    data: Any
    data, lines = yaml_lines.read(path)
    ward = validate(Ward, data, lines, path)
    return ward
