"""A record as the text of its file, in the schema's order of keys: what imports write and differences are shown in."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from enum import Enum
from typing import Any

import yaml
from pydantic import BaseModel

from bot.knowledge.procedure import Procedure
from bot.text.folding import fold

WIDTH = 116
_LONGEST_SLUG = 50


class _Writer(yaml.SafeDumper):
    """Lists indented under their key, as the records written by hand have them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
        """Never without indent."""
        return super().increase_indent(flow, False)


def as_data(record: Procedure) -> dict[str, Any]:
    """A record as plain data: parts that are empty or left at their default are left out."""
    return {
        key: _plain(getattr(record, key))
        for key, field in record.__fields__.items()
        if getattr(record, key) != field.default or field.required
    }


def _plain(part: object) -> Any:
    if isinstance(part, BaseModel):
        return {
            key: _plain(getattr(part, key))
            for key, field in part.__fields__.items()
            if getattr(part, key) != field.default or field.required
        }
    if isinstance(part, Enum):
        return part.value
    if isinstance(part, (list, tuple)):
        return [_plain(item) for item in part]
    return part


def as_text(data: Mapping[str, Any]) -> str:
    """Data of a record as YAML."""
    return yaml.dump(dict(data), Dumper=_Writer, allow_unicode=True, sort_keys=False, width=WIDTH)


def file_name(code: str, name: str) -> str:
    """'1.001193', 'Đăng ký khai sinh' -> '1.001193-dang-ky-khai-sinh.yml'."""
    slug = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")
    if len(slug) > _LONGEST_SLUG:
        slug = slug[:_LONGEST_SLUG].rpartition("-")[0]
    return f"{code}-{slug}.yml"


def differences(before: str, after: str, *, before_name: str, after_name: str) -> list[str]:
    """The lines that differ, in the usual unified form; empty if none do."""
    return list(
        difflib.unified_diff(before.splitlines(), after.splitlines(), before_name, after_name, lineterm="", n=1)
    )
