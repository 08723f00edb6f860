"""The listing by field: the procedures written out, and those known by a few facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.answers.brief import answer_brief
from bot.answers.sections import NOT_STATED
from bot.knowledge.briefs import Brief
from bot.knowledge.listing import Listing
from bot.knowledge.procedure import Procedure
from bot.knowledge.ward import Ward
from bot.text.folding import fold


@dataclass(frozen=True)
class Group:
    """A field: its key, its name, and its procedures."""

    key: str
    name: str
    procedures: tuple[Procedure, ...]


@dataclass(frozen=True)
class Known:
    """A procedure known in brief, and what is known, in the words of the assistant."""

    brief: Brief
    facts: str


def by_field(procedures: Iterable[Procedure], listing: Listing) -> list[Group]:
    """The fields in the order of the listing, without empty ones; in each the order of the alphabet."""
    kept: dict[str, list[Procedure]] = {key: [] for key in listing.fields}
    for procedure in procedures:
        kept[procedure.field].append(procedure)
    return [
        Group(key, listing.fields[key], tuple(sorted(some, key=lambda one: fold(one.name))))
        for key, some in kept.items()
        if some
    ]


def briefs_by_field(listing: Listing, ward: Ward) -> dict[str, list[Known]]:
    """What is known in brief by the portal's fields, in the order of the alphabet."""
    groups: dict[str, list[Known]] = {}
    for brief in sorted(listing.briefs.values(), key=lambda brief: (fold(brief.field), fold(brief.name))):
        field = brief.field[0].upper() + brief.field[1:]
        groups.setdefault(field, []).append(Known(brief, " ".join(_facts(brief, ward))))
    return groups


def _facts(brief: Brief, ward: Ward) -> Iterator[str]:
    for section in answer_brief(brief, [], ward).card["sections"]:
        if section["aspect"] != "overview":  # code and field stand beside it
            yield from (item["text"] for item in section["items"] if item["text"] != NOT_STATED)
