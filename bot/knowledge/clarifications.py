"""What people ask when they leave open which procedure they mean, and the one question that a good clerk asks back.

`knowledge/clarifications/<theme>.yml`: lists of situations. Each names the procedures that fit, the usual one first.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import conlist

from bot.knowledge import yaml_lines
from bot.knowledge.listing import validate
from bot.knowledge.procedure import Code, Part, Slug, Text

MOST_OFFERED = 5  # more than a person takes in at a glance


class Option(Part):
    """One procedure, and when it is the one meant."""

    code: Code
    when: Text


if TYPE_CHECKING:
    Options = list[Option]
else:
    Options = conlist(Option, min_items=2, max_items=MOST_OFFERED)


class Clarification(Part):
    """A situation: `asks` is put to the citizen, `questions` are how people bring it up."""

    id: Slug
    asks: Text
    options: Options
    questions: list[Text]

    @property
    def codes(self) -> list[str]:
        """The procedures offered, the usual one first."""
        return [option.code for option in self.options]


@dataclass(frozen=True)
class Clarifications:
    """All situations by id."""

    by_id: dict[str, Clarification]

    def tells_apart(self, codes: Collection[str]) -> Clarification | None:
        """The narrowest situation that knows when each of these procedures is meant."""
        wanted = set(codes)
        fitting = [one for one in self.by_id.values() if wanted <= set(one.codes)]
        return min(fitting, key=lambda one: len(one.codes), default=None)


def load_clarifications(folder: Path, codes: Collection[str], removed: Collection[str] = ()) -> Clarifications:
    """All situations of a folder. Raises RecordError naming file, line and what is allowed.

    `codes` are the procedures of the listing; an option whose procedure a ward does not list is a fault, unless it was
    `removed`: then it is not offered, and where one option is left nothing is open.
    """
    found: dict[str, Clarification] = {}
    faults: list[str] = []
    for path in sorted(folder.glob("*.yml")):
        rows, lines = yaml_lines.read(path)
        if not isinstance(rows, list):
            raise yaml_lines.RecordError(f"{path}:1: expected a list of situations")
        for number, row in enumerate(rows):
            inner = {location[1:]: line for location, line in lines.items() if location[:1] == (number,)}
            one = validate(Clarification, row, inner, path)
            where = f"{path}:{inner.get((), 1)}"
            if one.id in found:
                faults.append(f"{where}: the id '{one.id}' stands here twice")
            faults += [f"{where}: {code} has no record" for code in one.codes if code not in {*codes, *removed}]
            if len(set(one.codes)) < len(one.codes):
                faults.append(f"{where}: {one.id} offers a procedure twice")
            found[one.id] = one.copy(update={"options": [o for o in one.options if o.code not in removed]})
    if faults:
        raise yaml_lines.RecordError("\n".join(faults))
    return Clarifications({id_: one for id_, one in found.items() if len(one.options) > 1})
