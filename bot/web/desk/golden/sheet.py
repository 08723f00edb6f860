"""Golden questions as a spreadsheet: out as .xlsx, in again as .xlsx or CSV; one row a question."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.exceptions import InvalidFileException

from bot.answers.verdict import Outcome
from bot.store.golden import Wanted, key_of
from bot.text.folding import fold, syllables
from bot.text.unicode import clean
from bot.web.desk.golden.form import Typed, check
from bot.web.desk.golden.listing import Row
from bot.web.desk.golden.names import ASPECTS, LAST, OUTCOMES
from bot.web.desk.golden.procedures import Procedures
from bot.web.desk.sheets import keep_text

QUESTION, OUTCOME, CODE, ASKED, FACTS, NOTE = (
    "Câu hỏi",
    "Trợ lý cần làm",
    "Mã thủ tục",
    "Điều được hỏi",
    "Chữ phải có",
    "Ghi chú",
)
# The heading of each column and its width in letters; the last three are for reading only.
COLUMNS = {
    **{QUESTION: 56, OUTCOME: 30, CODE: 13, ASKED: 32, FACTS: 32, NOTE: 32},
    **{"Tên thủ tục": 48, "Lần hỏi thử cuối": 18, "Vì sao": 56},
}
MOST_ROWS = 2000
_LOOKED_AT = 5 * MOST_ROWS  # rows, with those that are empty
_TOO_MANY = f"Tệp có hơn {MOST_ROWS} dòng. Bạn chia thành vài tệp."
MOST_UNPACKED = 30_000_000
_HEAD = PatternFill("solid", start_color="E4F1F2")
_DELIMITERS = (",", ";", "\t")
_FIELDS = {"cau": QUESTION, "ket-qua": OUTCOME, "thu-tuc": CODE, "su-that": FACTS, "ghi-chu": NOTE}


@dataclass(frozen=True)
class Fault:
    """What is wrong in a file: in which row (0: the file as a whole), in which column, and what."""

    row: int
    column: str
    what: str


class Unreadable(ValueError):
    """A file that is no spreadsheet of ours; its text says in plain words why."""


def as_spreadsheet(rows: Iterable[Row]) -> bytes:
    """The file's bytes."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Câu chuẩn"
    for number, line in enumerate([list(COLUMNS), *map(_line, rows)], 1):
        for column, value in enumerate(line, 1):
            cell = keep_text(sheet.cell(number, column, value))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell, width in zip(sheet[1], COLUMNS.values()):
        cell.font, cell.fill = Font(bold=True), _HEAD
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.freeze_panes = "B2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(content: bytes, procedures: Procedures) -> tuple[list[Wanted], list[Fault]]:
    """The questions of a file, and all that is wrong in it. Raises Unreadable."""
    lines = enumerate(_lines(content), 1)
    columns = _columns(next(lines, (1, ()))[1])
    wanted: dict[str, Wanted] = {}
    faults: list[Fault] = []
    for number, cells in lines:
        values = {name: cells[at] for name, at in columns.items() if at < len(cells)}
        if not any(values.values()):
            continue
        if number > MOST_ROWS + 1:
            raise Unreadable(_TOO_MANY)
        found = list(_of_row(number, values, procedures, wanted))
        faults += found
    if not wanted and not faults:
        raise Unreadable("Tệp chưa có câu hỏi nào dưới dòng tiêu đề. Bạn ghi câu hỏi rồi gửi lại.")
    return list(wanted.values()), faults


def _of_row(number: int, values: dict[str, str], procedures: Procedures, wanted: dict[str, Wanted]) -> Iterator[Fault]:
    """The faults of a row; where there are none, its question has been put into `wanted`."""
    outcome = _known(values.get(OUTCOME, ""), OUTCOMES) if values.get(OUTCOME) else Outcome.answer.value
    aspects = {part: _known(part, ASPECTS) for part in _parts(values.get(ASKED, ""))}
    strange = [part for part, aspect in aspects.items() if not aspect]
    if strange:
        yield Fault(number, ASKED, f"“{strange[0]}” không đúng. Bạn chọn trong: {'; '.join(ASPECTS.values())}.")
    if not outcome:
        yield Fault(number, OUTCOME, f"Bạn chọn một trong: {'; '.join(OUTCOMES.values())}.")
    typed = Typed(
        values.get(QUESTION, "").strip(),
        outcome or Outcome.unknown.value,
        values.get(CODE, "").strip(),
        tuple(aspect for aspect in aspects.values() if aspect),
        values.get(FACTS, ""),
        values.get(NOTE, "").strip(),
    )
    checked = check(typed, procedures)
    yield from (Fault(number, _FIELDS[name], what) for name, what in checked.faults.items())
    key = key_of(typed.question)
    if key and key in wanted:
        yield Fault(number, QUESTION, "Câu này đã có ở một dòng trên.")
    elif checked.wanted and not strange and outcome:
        wanted[key] = checked.wanted


def _line(row: Row) -> list[str]:
    one = row.question
    return [
        one.question,
        OUTCOMES[one.outcome],
        one.procedure,
        "; ".join(ASPECTS[aspect] for aspect in one.aspects if aspect in ASPECTS),
        "\n".join(one.facts),
        one.note,
        row.procedure.removesuffix(f" ({one.procedure})"),
        LAST[row.last],
        row.result.why if row.result else "",
    ]


def _lines(content: bytes) -> Iterator[Sequence[str]]:
    return _of_workbook(content) if content.startswith(b"PK") else _of_csv(content)


def _of_workbook(content: bytes) -> Iterator[Sequence[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise Unreadable("Tệp quá lớn. Bạn chia thành vài tệp.")
        sheet = load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
        # A file may claim rows and columns without end, all of which would be made.
        rows = sheet.iter_rows(values_only=True, max_row=_LOOKED_AT, max_col=2 * len(COLUMNS))
        for number, row in enumerate(rows, 1):
            if number == _LOOKED_AT:
                raise Unreadable(_TOO_MANY)
            yield [_text(cell) for cell in row]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, OSError, IndexError, SyntaxError, TypeError) as broken:
        raise Unreadable("Không đọc được tệp Excel này. Bạn lưu lại dạng .xlsx rồi gửi lại.") from broken


def _of_csv(content: bytes) -> Iterator[Sequence[str]]:
    try:
        text = content.decode("utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError as broken:
        raise Unreadable("Tệp không phải .xlsx hay .csv dạng UTF-8. Bạn lưu lại dạng .xlsx rồi gửi lại.") from broken
    if "\0" in text:
        raise Unreadable("Tệp không phải .xlsx hay .csv dạng UTF-8. Bạn lưu lại dạng .xlsx rồi gửi lại.")
    first_line = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first_line.count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            yield [cell.strip() for cell in row]
    except csv.Error as broken:
        raise Unreadable("Tệp .csv có chỗ sai dấu ngoặc kép. Bạn lưu lại dạng .xlsx rồi gửi lại.") from broken


def _columns(head: Sequence[str]) -> dict[str, int]:
    """Where each of our columns is. Raises Unreadable where the question has none."""
    places = {_key(cell): at for at, cell in reversed(list(enumerate(head)))}
    columns = {name: places[_key(name)] for name in COLUMNS if _key(name) in places}
    if QUESTION not in columns:
        raise Unreadable(f"Dòng đầu phải là tiêu đề cột, trong đó có cột “{QUESTION}”. Bạn tải tệp mẫu để xem.")
    return columns


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        # Excel takes a code for a number and drops its last zeros: 1.00119 was 1.001190.
        return f"{cell:.6f}" if 1 <= cell < 10 else f"{cell:g}"
    return str(cell).strip()


def _parts(cell: str) -> Iterator[str]:
    """The aspects of a cell, between semicolons; some have a comma in their name, and people put commas between."""
    for part in filter(None, map(str.strip, cell.replace("\n", ";").split(";"))):
        yield from [part] if _known(part, ASPECTS) else filter(None, map(str.strip, part.split(",")))


def _known(said: str, names: Mapping[str, str]) -> str:
    """The key of a name, or of the beginning of one ("Việc khác"), or the key itself; empty if it is none."""
    if said in names:
        return said
    key = _key(said)
    same = [name for name, title in names.items() if _key(title) == key]
    begun = [name for name, title in names.items() if _key(title.split(":")[0]) == key]
    return (same or begun or [""])[0]


def _key(text: str) -> str:
    return " ".join(syllables(fold(clean(text))))
