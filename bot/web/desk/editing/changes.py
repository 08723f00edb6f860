"""What a button of the form does to what stands in it: an entry more, one less, one further up or down, a day set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.web.desk.editing.shape import LISTS, Field, Widget, fields_of
from bot.web.desk.editing.tree import Path, Tree

ADD, REMOVE, UP, DOWN, SET = "them", "bot", "len", "xuong", "dat"
WORDS = {
    ADD: "Đã thêm một {entry}.",
    REMOVE: "Đã bỏ một {entry}. Chưa có gì được lưu.",
    UP: "Đã đưa {entry} lên trên.",
    DOWN: "Đã đưa {entry} xuống dưới.",
    SET: "Đã ghi hôm nay vào ô {entry}. Bạn nhớ lưu.",
}


class NoSuchButton(ValueError):
    """A change that no button of the form asks for."""


@dataclass(frozen=True)
class Done:
    """Where to go on afterwards, and what to say of it."""

    focus: Path
    told: str


def change(tree: Tree, order: str, *, today: date, fields: Sequence[Field] | None = None) -> Done:
    """Do to the form what a button says, e.g. 'len:documents.2', in place. Raises NoSuchButton."""
    what, _, name = order.partition(":")
    path = tuple(int(part) if part.isdecimal() else part for part in name.split("."))
    if what not in WORDS or not path:
        raise NoSuchButton(order)
    at = None if what in (ADD, SET) else path[-1]
    field, owner = _find(path if at is None else path[:-1], tree, order, fields or fields_of())
    if what == SET:
        if field.widget is not Widget.date:
            raise NoSuchButton(order)
        owner[field.name] = today.isoformat()
        return Done(path, WORDS[SET].format(entry=f"“{field.label.name}”"))
    entries = owner[field.name]
    if field.widget not in LISTS or not (at is None or (isinstance(at, int) and at < len(entries))):
        raise NoSuchButton(order)
    told = WORDS[what].format(entry=field.label.entry or "mục")
    return Done(_moved(what, field, entries, path, at), told)


def _moved(what: str, field: Field, entries: list[Any], path: Path, at: Any) -> Path:
    if what == ADD:
        entries.append(empty(field.fields) if field.widget is Widget.parts else "")
        return (*path, len(entries) - 1)
    whole = path[:-1]
    if what == REMOVE:
        del entries[at]
        return (*whole, min(at, len(entries) - 1)) if entries else whole
    to = min(max(at + (-1 if what == UP else 1), 0), len(entries) - 1)
    entries.insert(to, entries.pop(at))
    return (*whole, to)


def empty(fields: Sequence[Field]) -> Tree:
    """A part that nobody has written in yet; lists that need entries have the first."""
    return {field.name: _empty(field) for field in fields}


def _empty(field: Field) -> Any:
    if field.widget is Widget.part:
        return empty(field.fields)
    if field.widget is Widget.parts:
        return [empty(field.fields) for _ in range(2 if field.name == "choices" else 1)] if field.required else []
    if field.widget in LISTS:
        return [""] if field.required else []
    if field.widget is Widget.ticks:
        return []
    return "" if field.default in (None, False) else str(getattr(field.default, "value", field.default))


def _find(path: Path, tree: Tree, order: str, fields: Sequence[Field]) -> tuple[Field, Tree]:
    """The field at a path and the part that it belongs to."""
    owner = tree
    for at, part in enumerate(path):
        if isinstance(part, int):
            continue
        field = next((field for field in fields if field.name == part), None)
        if field is None:
            raise NoSuchButton(order)
        if at == len(path) - 1:
            return field, owner
        fields, inner = field.fields, owner[part]
        if field.widget is Widget.parts:
            place = path[at + 1]
            if not isinstance(place, int) or place >= len(inner) or at + 2 >= len(path):
                raise NoSuchButton(order)
            inner = inner[place]
        elif field.widget is not Widget.part:
            raise NoSuchButton(order)
        owner = inner
    raise NoSuchButton(order)
