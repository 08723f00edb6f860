"""Cells of spreadsheets: a text stays a text, also one that begins like a formula."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.worksheet.worksheet import Worksheet

_FORMULA = ("=", "+", "-", "@")


def keep_text(cell: Cell) -> Cell:
    """The cell, never to be reckoned: what was typed stays as it is, since no sign is put before it."""
    if isinstance(cell.value, str) and cell.value.startswith(_FORMULA):
        cell.data_type, cell.quotePrefix = "s", True
    return cell


def cells(sheet: Worksheet, values: Iterable[Any]) -> list[Cell]:
    """A row to be appended, of a workbook that is only written or of any other."""
    return [keep_text(WriteOnlyCell(sheet, value)) for value in values]
