"""Two editors on one record: what the other saved meanwhile, and where the two texts differ, part by part."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.store.drafts import Draft
from bot.web.desk.editing.faults import read_text
from bot.web.desk.editing.shape import Field, Widget, fields_of


@dataclass(frozen=True)
class Line:
    """A line of either text: 'mine', 'theirs', or of both."""

    whose: str
    words: str


@dataclass(frozen=True)
class Part:
    """A part of the record that the two have differently."""

    name: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Conflict:
    """What stands against saving: the other's draft (none: it was published or dropped), and the differences to the
    text that counts now."""

    draft: Draft | None
    by: str
    text: str
    parts: tuple[Part, ...]

    @property
    def revision(self) -> int:
        """What one has to have seen to save over it."""
        return self.draft.revision if self.draft else 0


def conflict(draft: Draft | None, by: str, mine: str, theirs: str) -> Conflict:
    """Compare one's own text with what was saved meanwhile; `by` is what the other is called."""
    return Conflict(draft, by, theirs, tuple(_parts(mine, theirs)))


def _parts(mine: str, theirs: str) -> Iterator[Part]:
    my_data, _, mine_broken = read_text(mine)
    their_data, _, theirs_broken = read_text(theirs)
    if mine_broken or theirs_broken:
        yield Part("", "Toàn bộ tệp", tuple(_compared(mine.splitlines(), theirs.splitlines())))
        return
    for field in fields_of():
        my_value, their_value = my_data.get(field.name), their_data.get(field.name)
        if my_value != their_value:
            lines = _compared(list(lines_of(field, my_value)), list(lines_of(field, their_value)))
            yield Part(field.name, field.label.name, tuple(lines))


def _compared(mine: list[str], theirs: list[str]) -> Iterator[Line]:
    for what, a, b, c, d in difflib.SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        yield from (Line("mine", line) for line in mine[a:b])
        yield from (Line("theirs", line) for line in theirs[c:d])


def lines_of(field: Field, value: Any, place: str = "") -> Iterator[str]:
    """A value as lines that people read: 'Giấy tờ 2, Tên giấy: Căn cước'."""
    if value is None:
        return
    if isinstance(value, list):
        for at, entry in enumerate(value, 1):
            if field.fields and isinstance(entry, Mapping):
                yield from _lines_of_part(field, entry, f"{place}{_capital(field.label.entry)} {at}, ")
            else:
                yield f"{place}{_said(field, entry)}"
    elif field.fields and isinstance(value, Mapping):
        yield from _lines_of_part(field, value, place)
    else:
        yield f"{place}{_said(field, value)}"


def _lines_of_part(field: Field, value: Mapping[str, Any], place: str) -> Iterator[str]:
    for inner in field.fields:
        for line in lines_of(inner, value.get(inner.name)):
            yield f"{place}{inner.label.name}: {line}"


def _said(field: Field, value: Any) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, date) and field.widget is Widget.date:
        return f"{value:%d/%m/%Y}"
    return dict(field.options).get(str(value), str(value))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
