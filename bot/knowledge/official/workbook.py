"""The portal's list as an Excel file ("Danh sách TTHC"): a title row, a header row, then five columns."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from bot.knowledge.official.procedure import Official
from bot.knowledge.official.raw import SourceError, check_size, tidy

MOST_BYTES = 50_000_000
MOST_UNPACKED = 500_000_000
HEADER = ("Mã số", "Tên", "Cơ quan ban hành", "Cơ quan thực hiện", "Lĩnh vực")
HEADER_WITHIN = 10


def open_workbook(path: Path) -> Any:
    """Open an .xlsx file to read values only. Raises SourceError if it is none, is damaged, or unpacks too large."""
    check_size(path, most_bytes=MOST_BYTES)
    try:
        with zipfile.ZipFile(path) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        if unpacked > MOST_UNPACKED:
            raise SourceError(f"{path}: unpacks to {unpacked // 1_000_000} MB, so it is no list of procedures")
        return load_workbook(path, read_only=True, data_only=True)
    except SourceError:
        raise
    except (zipfile.BadZipFile, InvalidFileException, KeyError, OSError, ValueError, SyntaxError) as error:
        raise SourceError(f"{path}: no .xlsx file, or damaged: {error}") from error


def read_list(path: Path) -> Iterator[Official]:
    """Read the list; its rows carry no facts but code, name, agencies and field. Raises SourceError naming the row."""
    sheet = open_workbook(path).worksheets[0]
    rows = enumerate(sheet.iter_rows(values_only=True), 1)
    if not any(tuple(map(_text, row[: len(HEADER)])) == HEADER for _, row in islice(rows, HEADER_WITHIN)):
        raise SourceError(
            f"{path}: rows 1 to {HEADER_WITHIN}: no header '{' | '.join(HEADER)}': not the portal's list of procedures"
        )
    for number, row in rows:
        cells = [_text(cell) for cell in row[: len(HEADER)]]
        if not any(cells):
            continue
        code, name, _, agencies, field = cells
        if not code or not name:
            raise SourceError(f"{path}: row {number}: code and name must both be there")
        yield Official(code=code, name=name, field=field, agencies=tuple(agencies.splitlines()), complete=False)


def _text(cell: object) -> str:
    return tidy("" if cell is None else str(cell))
