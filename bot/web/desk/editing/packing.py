"""From the form to the data of a record: what was left empty is left out, and where each part stood is remembered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.knowledge.record_file import as_text
from bot.text.folding import fold
from bot.web.desk.editing.shape import IDS, LISTS, Field, Widget, fields_of
from bot.web.desk.editing.tree import Path, Tree

_LONGEST_ID = 30
_WHOLE = re.compile(r"-?\d{1,18}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass
class Packed:
    """The data of a record, and for each of its lists which place in the form every entry had."""

    data: dict[str, Any] = field(default_factory=dict)
    places: dict[Path, list[int]] = field(default_factory=dict)

    def in_form(self, path: Path) -> Path:
        """Where in the form a path of the data stands."""
        found: list[Any] = []
        for at, part in enumerate(path):
            places = self.places.get(path[:at], ()) if isinstance(part, int) else ()
            found.append(places[part] if isinstance(part, int) and part < len(places) else part)
        return tuple(found)

    def as_text(self) -> str:
        """The file of the record."""
        return as_text(self.data)


def pack(tree: Tree, fields: Sequence[Field] | None = None) -> Packed:
    """The data that a form says; never raises: what is no number stays a text, for the check to find."""
    packed = Packed()
    packed.data = _part(fields or fields_of(), tree, (), packed)
    return packed


def with_ids(tree: Tree) -> Tree:
    """The form with ids made from the words beside them where they were left empty."""
    for name, words in (("cases", IDS["Case"]), ("forms", IDS["Form"])):
        _fill(tree[name], words)
    for case in tree["cases"]:
        _fill(case["choices"], IDS["Choice"])
    return tree


def _fill(entries: Sequence[Tree], words: str) -> None:
    taken = {entry["id"].strip() for entry in entries}
    for entry in entries:
        if entry["id"].strip() or not entry[words].strip():
            continue
        base = re.sub(r"[^a-z0-9]+", "_", fold(entry[words])).strip("_")[:_LONGEST_ID].strip("_")
        base = base if base[:1].isalpha() else f"m_{base}".strip("_")
        names = [base, *(f"{base}_{number}" for number in range(2, len(entries) + 2))]
        entry["id"] = next(name for name in names if name not in taken)
        taken.add(entry["id"])


def _part(fields: Sequence[Field], tree: Tree, path: Path, packed: Packed) -> dict[str, Any]:
    found = {}
    for one in fields:
        value = _value(one, tree[one.name], (*path, one.name), packed)
        if value is not None:
            found[one.name] = value
    return found


def _value(one: Field, typed: Any, path: Path, packed: Packed) -> Any:
    """The value, or None for one that the file leaves out."""
    if one.widget is Widget.part:
        left_out = not one.required and is_blank(one, typed)
        return None if left_out else _part(one.fields, typed, path, packed)
    if one.widget in LISTS or one.widget is Widget.ticks:
        return _entries(one, typed, path, packed)
    text = typed.strip()
    if one.widget is Widget.tick:
        return True if text else None
    if not text:
        return None
    value = _plain(one.widget, text)
    default = getattr(one.default, "value", one.default)
    return None if not one.required and value == default else value


def _entries(one: Field, typed: Any, path: Path, packed: Packed) -> list[Any] | None:
    kept = [place for place, entry in enumerate(typed) if not is_blank(one, [entry])]
    packed.places[path] = kept
    if one.widget is Widget.parts:
        # Paths inside are those of the data: an entry after one that was left out moves up.
        return [_part(one.fields, typed[place], (*path, now), packed) for now, place in enumerate(kept)] or None
    return [typed[place].strip() for place in kept] or None


def _plain(widget: Widget, text: str) -> Any:
    if widget is Widget.number and _WHOLE.fullmatch(text):
        return int(text)
    if widget is Widget.date and _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text


def is_blank(one: Field, typed: Any) -> bool:
    """Whether nothing stands in a field that was not there from the start."""
    if one.widget is Widget.part:
        return all(is_blank(inner, typed[inner.name]) for inner in one.fields)
    if one.widget is Widget.parts:
        return all(is_blank(inner, entry[inner.name]) for entry in typed for inner in one.fields)
    if one.widget in LISTS or one.widget is Widget.ticks:
        return not any(entry.strip() for entry in typed)
    default = "" if one.default in (None, False) else str(getattr(one.default, "value", one.default))
    return typed.strip() in ("", default)
