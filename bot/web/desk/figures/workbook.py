"""The figures as a spreadsheet: a sheet for each chapter."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from bot.store.figures import Period
from bot.web.desk.figures.chapter import Chapter
from bot.web.desk.sheets import keep_text

_HEAD = PatternFill("solid", start_color="E4F1F2")
_WIDEST = 60  # letters


def as_workbook(told: Iterable[Chapter], period: Period) -> bytes:
    """The file's bytes. What begins like a formula stays a text."""
    book = Workbook()
    first = book.active
    first.title = "Tóm tắt"
    told = list(told)
    days = f"Từ {period.first:%d/%m/%Y} đến {period.last:%d/%m/%Y}"
    _fill(first, ("Phần", days), [(one.title, " ".join(filter(None, (one.said, one.note)))) for one in told])
    for one in told:
        _fill(book.create_sheet(one.title[:31]), one.head, one.rows)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Worksheet, head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    widths = [len(name) for name in head]
    for number, row in enumerate((head, *rows), 1):
        for column, value in enumerate(row, 1):
            cell = keep_text(sheet.cell(number, column, value))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(value, date):
                cell.number_format = "dd/mm/yyyy"
            widths[column - 1] = max(widths[column - 1], len(str(value)))
    for cell, wide in zip(sheet[1], widths):
        cell.font, cell.fill = Font(bold=True), _HEAD
        sheet.column_dimensions[cell.column_letter].width = min(_WIDEST, wide) + 2
    sheet.freeze_panes = "A2"
