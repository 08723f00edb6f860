"""Records as a plain spreadsheet, out and in again without loss: one sheet for each kind of part, one row a part.

The first sheet has one row a procedure; every other sheet names the procedure in its first column. Columns are headed
in Vietnamese for editors. Several values in one cell are separated by `; `.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill

from bot.knowledge.official.raw import SourceError
from bot.knowledge.official.workbook import open_workbook
from bot.knowledge.procedure import Procedure
from bot.knowledge.record_file import as_data

CODE = "Mã thủ tục"
SEPARATOR = "; "
_LONGEST_CELL = 32_767  # Excel's own limit
_HEAD = {
    "font": Font(bold=True),
    "fill": PatternFill("solid", start_color="DDE8F5"),
    "alignment": Alignment(wrap_text=True),
}

Row = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """One column: its heading, the key in the row, and how a cell becomes a value."""

    heading: str
    key: str
    kind: str = "text"  # text, number, list, date, flag


@dataclass(frozen=True)
class Sheet:
    """One sheet: its title, its columns after the code, how a record becomes rows, and how rows go back."""

    title: str
    columns: tuple[Column, ...]
    rows_of: Callable[[Row], Iterable[Row]]
    put_back: Callable[[Row, list[Row]], None]


def _main_rows(record: Row) -> Iterator[Row]:
    deadline, source, force = record.get("deadline_to_apply") or {}, record["source"], record.get("in_force") or {}
    yield {
        **record,
        "on_behalf": record["who"].get("on_behalf"),
        "place": record["place"]["text"],
        **{f"deadline_{key}": value for key, value in deadline.items()},
        **{f"source_{key}": value for key, value in source.items()},
        **{f"in_force_{key}": value for key, value in force.items()},
    }


def _main_back(record: Row, rows: list[Row]) -> None:
    row = rows[0]

    def inner(prefix: str) -> Row:
        return {key.removeprefix(prefix): value for key, value in row.items() if key.startswith(prefix)}

    plain = {key: value for key, value in row.items() if not key.startswith(("deadline_", "source_", "in_force_"))}
    on_behalf = plain.pop("on_behalf", None)
    record.update(plain)
    record["who"] = {"may_apply": [], **({"on_behalf": on_behalf} if on_behalf else {})}
    record["place"] = {"text": plain.get("place")}
    record["source"] = inner("source_")
    for key, part in (("deadline_to_apply", inner("deadline_")), ("in_force", inner("in_force_"))):
        if part:
            record[key] = part


_LINES = {
    "Tên gọi khác": "aliases",
    "Câu hỏi": "questions",
    "Ai được làm": "may_apply",
    "Các bước": "steps",
    "Kết quả": "result",
    "Điều kiện": "conditions",
    "Ghi chú lệ phí": "fee_notes",
    "Lưu ý": "notes",
}


def _line_rows(record: Row) -> Iterator[Row]:
    for part, key in _LINES.items():
        texts = record["who"]["may_apply"] if key == "may_apply" else record.get(key, ())
        for text in texts:
            yield {"part": part, "text": text}


def _line_back(record: Row, rows: list[Row]) -> None:
    for row in rows:
        if row.get("part") not in _LINES:
            raise ValueError(f"'{row.get('part')}' is not one of {', '.join(_LINES)}")
        key = _LINES[row["part"]]
        target = record["who"] if key == "may_apply" else record
        target.setdefault(key, []).append(row.get("text"))


def _case_rows(record: Row) -> Iterator[Row]:
    for case in record.get("cases", ()):
        for choice in case["choices"]:
            yield {"case": case["id"], "question": case["question"], "choice": choice["id"], "label": choice["label"]}


def _case_back(record: Row, rows: list[Row]) -> None:
    cases: dict[str, Row] = {}
    for row in rows:
        case = cases.setdefault(
            str(row.get("case")), {"id": row.get("case"), "question": row.get("question"), "choices": []}
        )
        case["choices"].append({"id": row.get("choice"), "label": row.get("label")})
    if cases:
        record["cases"] = list(cases.values())


def _channel_rows(record: Row) -> Iterator[Row]:
    for filing in record["channels"]:
        yield {"channel": filing["channel"], "how": filing["how"]}


def _channel_back(record: Row, rows: list[Row]) -> None:
    record["channels"] = [{**row, "times": [], "fees": []} for row in rows]


def _of_channels(part: str) -> tuple[Callable[[Row], Iterator[Row]], Callable[[Row, list[Row]], None]]:
    def rows_of(record: Row) -> Iterator[Row]:
        for filing in record["channels"]:
            for each in filing[part]:
                yield {"channel": filing["channel"], **each}

    def put_back(record: Row, rows: list[Row]) -> None:
        filings = {filing["channel"]: filing for filing in record.get("channels", ())}
        for row in rows:
            channel = row.pop("channel", None)
            if channel not in filings:
                raise ValueError(f"the channel '{channel}' has no row on the sheet 'Cách nộp'")
            filings[channel][part].append(row)

    return rows_of, put_back


def _list_of(key: str) -> tuple[Callable[[Row], Iterable[Row]], Callable[[Row, list[Row]], None]]:
    def rows_of(record: Row) -> Iterable[Row]:
        return record.get(key, ())

    def put_back(record: Row, rows: list[Row]) -> None:
        if rows:
            record[key] = rows

    return rows_of, put_back


def _neighbour_rows(record: Row) -> Iterator[Row]:
    for kind in ("related", "confusable"):
        for neighbour in record.get(kind, ()):
            yield {"kind": kind, "other": neighbour["code"], "tell_apart": neighbour["tell_apart"]}


def _neighbour_back(record: Row, rows: list[Row]) -> None:
    for row in rows:
        if row.get("kind") not in ("related", "confusable"):
            raise ValueError(f"'{row.get('kind')}' is not one of related, confusable")
        neighbour = {"code": row.get("other"), "tell_apart": row.get("tell_apart")}
        record.setdefault(row["kind"], []).append(neighbour)


SHEETS = (
    Sheet(
        "Thủ tục",
        (
            Column("Tên thường gọi", "name"),
            Column("Tên chính thức", "official_name"),
            Column("Lĩnh vực", "field"),
            Column("Cấp giải quyết", "levels", "list"),
            Column("Mã cũ", "former_codes", "list"),
            Column("Mã mới", "later_codes", "list"),
            Column("Tóm tắt", "summary"),
            Column("Ai làm thay", "on_behalf"),
            Column("Nơi nộp", "place"),
            Column("Hạn phải làm: số", "deadline_amount", "number"),
            Column("Hạn phải làm: đơn vị", "deadline_unit"),
            Column("Hạn phải làm: tính từ", "deadline_counted_from"),
            Column("Hạn phải làm: lời", "deadline_text"),
            Column("Trang nguồn", "source_url"),
            Column("Quyết định", "source_decision"),
            Column("Ngày công bố", "source_published_on", "date"),
            Column("Ngày kiểm tra", "source_checked_on", "date"),
            Column("Số dòng giấy tờ ở nguồn", "source_listed_papers", "number"),
            Column("Áp dụng từ", "in_force_since", "date"),
            Column("Áp dụng đến", "in_force_until", "date"),
            Column("Đã duyệt", "reviewed", "flag"),
        ),
        _main_rows,
        _main_back,
    ),
    Sheet("Dòng chữ", (Column("Phần", "part"), Column("Nội dung", "text")), _line_rows, _line_back),
    Sheet(
        "Trường hợp",
        (
            Column("Mã câu hỏi", "case"),
            Column("Câu hỏi", "question"),
            Column("Mã lựa chọn", "choice"),
            Column("Lựa chọn", "label"),
        ),
        _case_rows,
        _case_back,
    ),
    Sheet(
        "Giấy tờ",
        (
            Column("Tên giấy tờ", "name"),
            Column("Nộp hay đưa ra", "action"),
            Column("Bản chính", "originals", "number"),
            Column("Bản sao", "copies", "number"),
            Column("Loại bản sao", "copy_kind"),
            Column("Mẫu đơn", "form"),
            Column("Khi nào cần", "when", "list"),
            Column("Cách nộp", "channels", "list"),
            Column("Ghi chú", "note"),
        ),
        *_list_of("documents"),
    ),
    Sheet("Cách nộp", (Column("Cách nộp", "channel"), Column("Nộp thế nào", "how")), _channel_rows, _channel_back),
    Sheet(
        "Thời gian",
        (
            Column("Cách nộp", "channel"),
            Column("Số", "amount", "number"),
            Column("Đơn vị", "unit"),
            Column("Lời", "text"),
        ),
        *_of_channels("times"),
    ),
    Sheet(
        "Lệ phí",
        (
            Column("Cách nộp", "channel"),
            Column("Loại", "basis"),
            Column("Số tiền", "amount", "number"),
            Column("Lời", "text"),
            Column("Khi nào", "when", "list"),
        ),
        *_of_channels("fees"),
    ),
    Sheet("Căn cứ pháp luật", (Column("Số hiệu", "code"), Column("Tên", "name")), *_list_of("legal_basis")),
    Sheet(
        "Mẫu đơn", (Column("Mã mẫu", "id"), Column("Tên mẫu", "name"), Column("Ghi chú", "note")), *_list_of("forms")
    ),
    Sheet(
        "Thủ tục gần giống",
        (Column("Loại", "kind"), Column("Mã kia", "other"), Column("Phân biệt", "tell_apart")),
        _neighbour_rows,
        _neighbour_back,
    ),
    Sheet("Khác với nguồn", (Column("Điều khác", "fact"), Column("Vì sao", "why")), *_list_of("differences")),
)


def write_spreadsheet(records: Iterable[Procedure], path: Path) -> None:
    """Write all records. Raises ValueError if a text is longer than a cell can hold."""
    data = [as_data(record) for record in records]
    rows = {sheet.title: [cells for record in data for cells in _cells(sheet, record)] for sheet in SHEETS}
    book = Workbook(write_only=True)
    for sheet in SHEETS:
        page = book.create_sheet(sheet.title)
        page.freeze_panes = "B2"
        for letter in "ABCDEFGHIJ":
            page.column_dimensions[letter].width = 24
        page.append([_head(page, heading) for heading in (CODE, *(column.heading for column in sheet.columns))])
        for cells in rows[sheet.title]:
            page.append(cells)
    book.save(path)


def _cells(sheet: Sheet, record: Row) -> Iterator[list[Any]]:
    for row in sheet.rows_of(record):
        yield [record["code"], *(_cell(row.get(column.key), column, record["code"]) for column in sheet.columns)]


def _head(page: Any, text: str) -> Any:
    cell = WriteOnlyCell(page, text)
    cell.font, cell.fill, cell.alignment = _HEAD["font"], _HEAD["fill"], _HEAD["alignment"]
    return cell


def _cell(value: Any, column: Column, code: str) -> Any:
    if column.kind == "list":
        return SEPARATOR.join(value or ()) or None
    if column.kind == "flag":
        return "có" if value else None
    if isinstance(value, str):
        if len(value) > _LONGEST_CELL:
            raise ValueError(f"{code}: {column.key}: longer than a cell of a spreadsheet can hold")
        # A leading '=' would be read as a formula by the program that opens the file.
        return f"'{value}" if value.startswith(("=", "'")) else value
    return value


def is_our_spreadsheet(path: Path) -> bool:
    """Whether an .xlsx file is one of ours rather than the portal's list. Raises SourceError if it is none at all."""
    return SHEETS[0].title in open_workbook(path).sheetnames


def read_spreadsheet(path: Path) -> list[tuple[str, Row]]:
    """The data of every record with its place in the file. Raises SourceError naming sheet, row and column."""
    book = open_workbook(path)
    missing = [sheet.title for sheet in SHEETS if sheet.title not in book.sheetnames]
    if missing:
        raise SourceError(f"{path}: the sheets {', '.join(missing)} are missing")
    records: dict[str, Row] = {}
    places: dict[str, str] = {}
    for sheet in SHEETS:
        by_code: dict[str, list[Row]] = {code: [] for code in records}
        for number, code, row in _rows(book[sheet.title], sheet, path):
            place = f"{path}: sheet '{sheet.title}', row {number}"
            if sheet is SHEETS[0]:
                if code in records:
                    raise SourceError(f"{place}: the code {code} stands here twice")
                records[code], places[code] = {"code": code}, place
                by_code[code] = []
            elif code not in records:
                raise SourceError(f"{place}: the code {code} has no row on the sheet '{SHEETS[0].title}'")
            by_code[code].append(row)
        for code, rows in by_code.items():
            try:
                sheet.put_back(records[code], rows)
            except ValueError as error:
                raise SourceError(f"{path}: sheet '{sheet.title}', {code}: {error}") from error
    return [(places[code], record) for code, record in records.items()]


def _rows(page: Any, sheet: Sheet, path: Path) -> Iterator[tuple[int, str, Row]]:
    expected = (CODE, *(column.heading for column in sheet.columns))
    rows = enumerate(page.iter_rows(values_only=True), 1)
    _, head = next(rows, (1, ()))
    if tuple(head[: len(expected)]) != expected:
        raise SourceError(f"{path}: sheet '{sheet.title}', row 1: the columns must be {' | '.join(expected)}")
    for number, cells in rows:
        if all(cell is None for cell in cells):
            continue
        place = f"{path}: sheet '{sheet.title}', row {number}"
        if not cells[0]:
            raise SourceError(f"{place}, column '{CODE}': is empty")
        values = {
            column.key: _value(cell, column, place)
            for column, cell in zip(sheet.columns, cells[1:])
            if cell is not None
        }
        yield number, str(cells[0]).strip(), values


def _value(cell: Any, column: Column, place: str) -> Any:
    where = f"{place}, column '{column.heading}'"
    if column.kind == "list":
        return [part.strip() for part in str(cell).split(SEPARATOR.strip()) if part.strip()]
    if column.kind == "flag":
        return str(cell).strip().casefold() in ("có", "co", "x", "true", "1")
    if column.kind == "number":
        try:
            number = float(cell)
        except (TypeError, ValueError):
            raise SourceError(f"{where}: '{cell}' is no number") from None
        if number != int(number):
            raise SourceError(f"{where}: '{cell}' is no whole number")
        return int(number)
    if column.kind == "date":
        if isinstance(cell, datetime):
            return cell.date()
        try:
            return cell if isinstance(cell, date) else date.fromisoformat(str(cell).strip())
        except ValueError:
            raise SourceError(f"{where}: '{cell}' is no date like 2026-07-18") from None
    text = str(cell)
    return text[1:] if text.startswith(("'=", "''")) else text
