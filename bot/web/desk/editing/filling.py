"""A record in the making as far as it can be shown: '…' where something is still to be written or wrong."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import ValidationError

from bot.knowledge.procedure import Draft, FeeBasis, Procedure
from bot.web.desk.editing.shape import Field, Widget, field_at
from bot.web.desk.editing.tree import Path

STILL_OPEN = "…"
_ROUNDS = 3  # a part that was filled may show what is missing within it


def as_far_as_it_is(data: Mapping[str, Any]) -> Procedure | None:
    """The record with what is open filled, or None where too much is wrong to show it."""
    filled = _copy(data)
    for _ in range(_ROUNDS):
        try:
            return Draft.parse_obj(filled)
        except ValidationError as error:
            for fault in error.errors():
                _mend(filled, tuple(fault["loc"]), fault["msg"])
    return None


def _mend(data: Any, path: Path, said: str) -> None:
    owner = data
    try:
        for part in path[:-1]:
            owner = owner[part]
    except (KeyError, IndexError, TypeError):
        return
    field, name = field_at(path), path[-1]
    if not isinstance(owner, dict):
        return
    if "amount" in owner and ("amount goes with" in said or "takes no amount" in said):
        del owner["amount"]
    elif "amount goes with" in said:
        owner["unit"] = "by_text"
    elif "needs an amount" in said:
        owner["basis"] = FeeBasis.not_stated.value
    elif field is None or not field.required:
        owner.pop(name, None)
    else:
        owner[name] = _filler(field)


def _filler(field: Field) -> Any:
    if field.widget is Widget.part:
        return {inner.name: _filler(inner) for inner in field.fields if inner.required}
    if field.widget is Widget.parts:
        return [{inner.name: _filler(inner) for inner in field.fields if inner.required}]
    if field.widget is Widget.texts:
        return [STILL_OPEN]
    if field.options:
        value = field.options[-1][0]
        return [value] if field.widget is Widget.ticks else value
    if field.name == "url":
        return "https://dichvucong.gov.vn"
    return date.today() if field.widget is Widget.date else STILL_OPEN


def _copy(part: Any) -> Any:
    if isinstance(part, Mapping):
        return {key: _copy(value) for key, value in part.items()}
    return [_copy(value) for value in part] if isinstance(part, list) else part
