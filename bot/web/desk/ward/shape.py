"""The fields of the ward's profile, read from its schema: what the form of a record is made of, for another model."""

from __future__ import annotations

from datetime import date
from functools import cache

from pydantic import BaseModel
from pydantic.fields import SHAPE_LIST, SHAPE_TUPLE_ELLIPSIS, ModelField

from bot.knowledge.ward import Ward
from bot.web.desk.editing.shape import Field, Widget
from bot.web.desk.ward.labels import CHANNELS, LABELS, NARROW, SHORT, UNITS, WEEKDAYS

_LISTS = (SHAPE_LIST, SHAPE_TUPLE_ELLIPSIS)
_OPTIONS = {"Hours.days": WEEKDAYS, "LocalTime.unit": UNITS, "LocalTime.channels": CHANNELS}
_FIELDS = "Counter.fields"  # ticked among the fields of the listing


@cache
def ward_fields(names: tuple[str, ...]) -> tuple[Field, ...]:
    """The fields of a profile; `names` are those of the listing's fields. Raises KeyError for a key without words."""
    return _fields(Ward, names)


def _fields(model: type[BaseModel], names: tuple[str, ...]) -> tuple[Field, ...]:
    return tuple(_field(model, field, names) for field in model.__fields__.values())


def _field(model: type[BaseModel], field: ModelField, names: tuple[str, ...]) -> Field:
    key = f"{model.__name__}.{field.name}"
    is_part = isinstance(field.type_, type) and issubclass(field.type_, BaseModel)
    return Field(
        key=key,
        name=field.name,
        widget=_widget(key, field, is_part),
        label=LABELS[key],
        required=bool(field.required),
        default=None if field.shape in _LISTS else field.default,
        options=tuple((name, name) for name in names) if key == _FIELDS else _OPTIONS.get(key, ()),
        is_short=key in SHORT,
        is_narrow=key in NARROW,
        fields=_fields(field.type_, names) if is_part else (),
    )


def _widget(key: str, field: ModelField, is_part: bool) -> Widget:
    listed = field.shape in _LISTS
    if is_part:
        return Widget.parts if listed else Widget.part
    if key == _FIELDS or key in _OPTIONS:
        return Widget.ticks if listed else Widget.select
    if listed:
        return Widget.texts
    simple = {bool: Widget.tick, date: Widget.date}
    return simple.get(field.type_) or (Widget.number if issubclass(field.type_, int) else Widget.text)
