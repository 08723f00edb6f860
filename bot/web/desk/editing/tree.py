"""What stands in the form, as typed: texts by name, in parts and lists; and back from what a browser sent.

A field is sent under its path, `documents.0.when.1`. What is not a text in the record (a number, a day) is a text here
until somebody saves: nothing that was typed is lost because it is wrong.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from bot.web.desk.editing.shape import LISTS, Field, Widget, fields_of

Tree = dict[str, Any]
Path = tuple[Any, ...]


class NotAForm(ValueError):
    """Data that the form has no place for; `path` says where."""

    def __init__(self, path: Path) -> None:
        super().__init__(".".join(map(str, path)))
        self.path = path


def tree_of(data: Mapping[str, Any], fields: Sequence[Field] | None = None) -> Tree:
    """The form of data, a record's unless other fields are named; it need not be valid. Raises NotAForm rather than
    leave anything out."""
    return _part(fields or fields_of(), data, ())


def _part(fields: Sequence[Field], data: Any, path: Path) -> Tree:
    if not isinstance(data, Mapping):
        raise NotAForm(path)
    names = {field.name for field in fields}
    if strange := [key for key in data if key not in names]:
        raise NotAForm((*path, strange[0]))
    return {field.name: _value(field, data.get(field.name), (*path, field.name)) for field in fields}


def _value(field: Field, value: Any, path: Path) -> Any:
    if field.widget is Widget.part:
        return _part(field.fields, {} if value is None else value, path)
    if field.widget in LISTS or field.widget is Widget.ticks:
        entries = [] if value is None else value
        if not isinstance(entries, list):
            raise NotAForm(path)
        if field.widget is Widget.parts:
            return [_part(field.fields, entry, (*path, place)) for place, entry in enumerate(entries)]
        return [_text(entry, (*path, place)) for place, entry in enumerate(entries)]
    if value is None and not field.required and field.default is not None:
        value = field.default
    return _text(value, path)


def _text(value: Any, path: Path) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (str, int, float)):
        return str(getattr(value, "value", value))
    raise NotAForm(path)


def as_typed(value: str) -> str:
    """What somebody typed, as records have it: one sign at the end of a line, composed letters, nothing invisible."""
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs"))


def tree_from(sent: Iterable[tuple[str, str]], fields: Sequence[Field] | None = None) -> Tree:
    """The form that a browser sent: names that are no part of it are left alone."""
    entries: dict[str, list[str]] = {}
    for name, value in sent:
        entries.setdefault(name, []).append(as_typed(value))
    return {field.name: _sent(field, field.name, _Sent(entries)) for field in fields or fields_of()}


class _Sent:
    """What was sent by name, and which places of a list were."""

    def __init__(self, entries: Mapping[str, Sequence[str]]) -> None:
        self.entries = entries
        self._places: dict[str, set[int]] = {}
        for name in entries:
            parts = name.split(".")
            for at, part in enumerate(parts):
                if part.isdecimal():
                    self._places.setdefault(".".join(parts[:at]), set()).add(int(part))

    def places(self, name: str) -> list[int]:
        """The places of a list, in order; some may be left out."""
        return sorted(self._places.get(name, ()))


def _sent(field: Field, name: str, sent: _Sent) -> Any:
    if field.widget is Widget.part:
        return {inner.name: _sent(inner, f"{name}.{inner.name}", sent) for inner in field.fields}
    if field.widget is Widget.parts:
        return [
            {inner.name: _sent(inner, f"{name}.{place}.{inner.name}", sent) for inner in field.fields}
            for place in sent.places(name)
        ]
    if field.widget in LISTS:
        return [value for place in sent.places(name) for value in sent.entries[f"{name}.{place}"][:1]]
    values = sent.entries.get(name, ())
    return list(values) if field.widget is Widget.ticks else (values[0] if values else "")
