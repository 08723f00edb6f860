"""What kind of field each part of a record is in the form, read from the schema: a new key of it appears by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.fields import SHAPE_LIST, ModelField

from bot.knowledge.procedure import Procedure
from bot.web.desk.editing.labels import LABELS, OPTIONS, Label


class Widget(str, Enum):
    """How a part is filled in."""

    text = "text"
    number = "number"
    date = "date"
    tick = "tick"
    select = "select"  # one of `options`, or of what the record or the listing offers
    part = "part"  # the fields of another model, once
    ticks = "ticks"  # any of `options`
    texts = "texts"  # texts, one below the other
    selects = "selects"  # of what the record offers, one below the other
    parts = "parts"  # another model, one below the other


LISTS = frozenset({Widget.texts, Widget.selects, Widget.parts})  # what entries are added to and taken from
# What a text is chosen from, where not every text will do: see bot/web/desk/editing/drawing.py.
_OFFERED = {"Procedure.field": "fields", "Document.form": "forms", "Document.when": "cases", "Fee.when": "cases"}
# Made from the words beside it where it is left empty.
IDS = {"Case": "question", "Choice": "label", "Form": "name"}
_SHORT = frozenset(
    {
        *("Procedure.code", "Procedure.aliases", "Procedure.questions", "Procedure.former_codes"),
        *("Procedure.later_codes", "Case.id", "Choice.id", "Form.id", "Neighbour.code", "LegalBasis.code"),
        *("Source.url", "Source.decision", "Deadline.counted_from", "Choice.label", "Case.question"),
    }
)
# Few letters: another field has room beside them.
_NARROW = frozenset(
    {
        *("Case.id", "Choice.id", "Form.id", "Procedure.code", "Neighbour.code", "LegalBasis.code"),
        *("Deadline.counted_from", "Source.decision"),
    }
)


@dataclass(frozen=True)
class Field:
    """One key of the schema as a field. `fields` are those of the part, or of each entry of a list of parts."""

    key: str  # "Document.name"
    name: str
    widget: Widget
    label: Label
    required: bool
    default: Any
    options: tuple[tuple[str, str], ...] = ()
    offered: str = ""  # fields, forms or cases
    is_short: bool = False
    is_narrow: bool = False
    fields: tuple[Field, ...] = ()


@cache
def fields_of(model: type[BaseModel] = Procedure) -> tuple[Field, ...]:
    """The fields of a model in its order. Raises KeyError for a key that labels.py has no words for."""
    return tuple(_field(model, field) for field in model.__fields__.values())


def field_at(path: Sequence[Any], fields: Sequence[Field] | None = None) -> Field | None:
    """The field of the schema that a path leads to."""
    fields, found = fields or fields_of(), None
    for part in path:
        if isinstance(part, int):
            continue
        found = next((field for field in fields if field.name == part), None)
        if found is None:
            return None
        fields = found.fields
    return found


def _field(model: type[BaseModel], field: ModelField) -> Field:
    key, kind, listed = f"{model.__name__}.{field.name}", field.type_, field.shape == SHAPE_LIST
    return Field(
        key=key,
        name=field.name,
        widget=_widget(key, kind, listed),
        label=LABELS[key],
        required=bool(field.required),
        default=field.default,
        options=tuple((value.value, words) for value, words in OPTIONS[kind].items()) if _is(kind, Enum) else (),
        offered=_OFFERED.get(key, ""),
        is_short=key in _SHORT,
        is_narrow=key in _NARROW,
        fields=fields_of(kind) if _is(kind, BaseModel) else (),
    )


def _widget(key: str, kind: type, listed: bool) -> Widget:
    if _is(kind, BaseModel):
        return Widget.parts if listed else Widget.part
    if _is(kind, Enum):
        return Widget.ticks if listed else Widget.select
    if key in _OFFERED:
        return Widget.selects if listed else Widget.select
    if listed:
        return Widget.texts
    simple = {bool: Widget.tick, date: Widget.date}
    return simple.get(kind) or (Widget.number if _is(kind, int) else Widget.text)


def _is(kind: type, parent: type) -> bool:
    return isinstance(kind, type) and issubclass(kind, parent)
