"""How the sections of a record are laid out on its page: a table of facts, the text, and what nobody has stated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from bot.answers.section import Item, Row, Section
from bot.answers.sections import NOT_STATED

FACTS = ("deadline_to_apply", "duration", "fee", "place", "result")
LONGER = 7000  # letters; what says more is printed smaller, so that two sheets hold it
TEXT = ("documents", "steps", "online", "form", "conditions", "who", "legal_basis")


@dataclass(frozen=True)
class Fact:
    """One entry of the table: what each way to file takes, and what is said besides."""

    aspect: str
    title: str
    rows: tuple[Row, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Layout:
    """All sections of a record but the overview, each once."""

    facts: tuple[Fact, ...]
    text: tuple[Section, ...]
    not_stated: tuple[str, ...]  # titles
    is_long: bool


def layout(sections: Mapping[str, Section]) -> Layout:
    """Lay out what `sections_of` gives."""
    return Layout(
        tuple(fact_of(sections[aspect]) for aspect in FACTS if _stated(sections[aspect])),
        tuple(_short(sections[aspect]) for aspect in TEXT if _stated(sections[aspect])),
        tuple(sections[aspect].title for aspect in (*FACTS, *TEXT) if not _stated(sections[aspect])),
        sum(len(section.as_text()) for section in sections.values()) > LONGER,
    )


def fact_of(section: Section) -> Fact:
    """A section as an entry of the table: lines on the same ways to file are one row."""
    rows = groupby((item.row for item in section.items if item.row), key=lambda row: row.channel)
    return Fact(
        section.aspect,
        section.title,
        tuple(Row(channel, tuple(line for row in some for line in row.lines)) for channel, some in rows),
        tuple(item for item in section.items if not item.row),
    )


def _stated(section: Section) -> bool:
    return section.items != (Item(NOT_STATED),)


def _short(section: Section) -> Section:
    """Times and fees of each way to file stand in the table already."""
    if section.aspect != "online":
        return section
    return replace(section, items=tuple(replace(item, sub=()) for item in section.items))
