"""The listing as an .xlsx file: a sheet of the procedures written out, a sheet of those known in brief."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from bot.answers.section import Section
from bot.answers.sections import sections_of
from bot.knowledge.briefs import NOT_STATED, Brief
from bot.knowledge.listing import Listing
from bot.knowledge.procedure import Procedure
from bot.web.pages.listing.ways import channels_of, ways_text

# The heading of each column and its width in letters.
COLUMNS = {
    "Mã thủ tục": 12,
    "Tên": 48,
    "Lĩnh vực": 24,
    "Cách nộp": 22,
    "Thời gian": 44,
    "Lệ phí": 44,
    "Kết quả": 32,
    "Quyết định": 18,
    "Trang nguồn": 40,
    "Kiểm tra ngày": 14,
}
_HEAD = PatternFill("solid", start_color="E4F1F2")
_FORMULA = ("=", "+", "-", "@")

Line = tuple[str | date, ...]


def listing_as_spreadsheet(listing: Listing) -> bytes:
    """The file's bytes."""
    book = Workbook()
    full, brief = book.active, book.create_sheet("Mới có vài thông tin")
    full.title = "Thủ tục"
    _fill(full, (_full(procedure, listing) for procedure in listing))
    _fill(brief, (_brief(known) for known in listing.briefs.values()))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _full(procedure: Procedure, listing: Listing) -> Line:
    sections, source = sections_of(procedure), procedure.source
    return (
        procedure.code,
        procedure.name,
        listing.fields[procedure.field],
        ways_text(channels_of(procedure)),
        *(_text(sections[aspect]) for aspect in ("duration", "fee", "result")),
        source.decision,
        source.url,
        source.checked_on,
    )


def _brief(brief: Brief) -> Line:
    times = "\n".join(f"{ways_text([channel])}: {time}" for channel, time in brief.times.items())
    ways = ways_text(brief.times) if brief.times else NOT_STATED
    return (
        *(brief.code, brief.name, brief.field, ways, times, brief.fee, brief.result),
        *(brief.decision, brief.url, brief.checked_on),
    )


def _text(section: Section) -> str:
    return "\n".join(line for item in section.items for line in (item.text, *item.sub))


def _fill(sheet: Worksheet, lines: Iterable[Line]) -> None:
    for row, line in enumerate(_with_head(lines), 1):
        for column, value in enumerate(line, 1):
            cell = sheet.cell(row, column, value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(value, date):
                cell.number_format = "dd/mm/yyyy"
            elif value.startswith(_FORMULA):  # words, never something to be reckoned
                cell.data_type, cell.quotePrefix = "s", True
    for cell, width in zip(sheet[1], COLUMNS.values()):
        cell.font, cell.fill = Font(bold=True), _HEAD
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = sheet.dimensions


def _with_head(lines: Iterable[Line]) -> Iterator[Line]:
    yield tuple(COLUMNS)
    yield from lines
