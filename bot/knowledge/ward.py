"""The profile of a ward: what the service answers (hours, address, hotline, a person) are made of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import validator

from bot.knowledge import yaml_lines
from bot.knowledge.listing import validate
from bot.knowledge.procedure import Amount, Channel, Code, Part, Text, TimeUnit, Url


class Hours(Part):
    """When the counter is open on some days."""

    days: Text
    times: Text


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


def load_ward(path: Path) -> Ward:
    """Load a ward's profile. Raises RecordError naming file, line and what is allowed."""
    if not path.exists():
        others = ", ".join(sorted(other.stem for other in path.parent.glob("*.yml"))) or "none"
        raise yaml_lines.RecordError(f"{path}:1: no such ward profile; there are: {others}")
    data: Any
    data, lines = yaml_lines.read(path)
    ward = validate(Ward, data, lines, path)
    return ward
