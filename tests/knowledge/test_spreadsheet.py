from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.knowledge.listing import Listing
from bot.knowledge.official.raw import SourceError
from bot.knowledge.procedure import Procedure
from bot.knowledge.spreadsheet import CODE, SHEETS, is_our_spreadsheet, read_spreadsheet, write_spreadsheet

MakeProcedure = Callable[..., Procedure]
FULL: dict[str, Any] = {
    "cases": [
        {
            "id": "ly_do",
            "question": "Vì sao?",
            "choices": [{"id": "mat", "label": "Mất"}, {"id": "hong", "label": "Hỏng"}],
        }
    ],
    "documents": [
        {"name": "Đơn", "copies": 2, "copy_kind": "photo", "when": ["ly_do.mat", "ly_do.hong"], "form": "don"}
    ],
    "forms": [{"id": "don", "name": "Đơn"}],
    "deadline_to_apply": {"amount": 60, "unit": "day", "counted_from": "ngày sinh", "text": "Trong 60 ngày."},
    "who": {"may_apply": ["Ai cũng được.", "Người thân."], "on_behalf": "Có giấy ủy quyền."},
    "related": [{"code": "9.000002", "tell_apart": "Làm sau."}],
    "confusable": [{"code": "9.000003", "tell_apart": "Khác."}],
    "differences": [{"fact": "time", "why": "Các bước ghi khác."}],
    "in_force": {"since": "2026-01-01"},
    "notes": ["=1+1 là chữ, không phải công thức", "'nháy"],
    "later_codes": ["9.000009", "9.000010"],
    "reviewed": True,
}


def read(path: Path) -> list[Procedure]:
    return [Procedure.parse_obj(data) for _, data in read_spreadsheet(path)]


@pytest.fixture
def book(tmp_path: Path, make_procedure: MakeProcedure) -> Path:
    """A spreadsheet of two records."""
    path = tmp_path / "records.xlsx"
    write_spreadsheet([make_procedure(**FULL), make_procedure(code="9.000002")], path)
    return path


def change(path: Path, sheet: str, row: int, column: str, value: object) -> None:
    """Put a value into one cell, as an editor would."""
    workbook = load_workbook(path)
    page = workbook[sheet]
    heads = [cell.value for cell in page[1]]
    page.cell(row, heads.index(column) + 1).value = value
    workbook.save(path)


def fault_of(path: Path) -> str:
    with pytest.raises(SourceError) as caught:
        read_spreadsheet(path)
    return str(caught.value)


def test_every_part_of_a_record_comes_back_as_it_went_out(book: Path, make_procedure: MakeProcedure) -> None:
    assert read(book) == [make_procedure(**FULL), make_procedure(code="9.000002")]


def test_the_whole_listing_comes_back_as_it_went_out(listing: Listing, tmp_path: Path) -> None:
    path = tmp_path / "all.xlsx"
    write_spreadsheet(listing, path)
    assert read(path) == list(listing)


def test_the_portals_list_is_not_taken_for_ours(book: Path, tmp_path: Path) -> None:
    assert is_our_spreadsheet(book)
    other = load_workbook(book)
    for name in other.sheetnames[1:]:
        del other[name]
    other.active.title = "Sheet1"
    other.save(tmp_path / "list.xlsx")
    assert not is_our_spreadsheet(tmp_path / "list.xlsx")


def test_no_text_is_taken_for_a_formula(book: Path) -> None:
    cells = [cell.value for row in load_workbook(book)["Dòng chữ"].iter_rows() for cell in row]
    assert not [value for value in cells if isinstance(value, str) and value.startswith("=")]


def test_what_an_editor_changes_is_what_comes_back(book: Path) -> None:
    change(book, "Thủ tục", 2, "Tên thường gọi", "Tên mới")
    change(book, "Thời gian", 2, "Số", 5)
    first = read(book)[0]
    assert (first.name, first.channels[0].times[0].amount) == ("Tên mới", 5)


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value", "fault"),
    [
        ("Thời gian", 2, "Số", "ba", "sheet 'Thời gian', row 2, column 'Số': 'ba' is no number"),
        ("Thời gian", 2, "Số", 2.5, "sheet 'Thời gian', row 2, column 'Số': '2.5' is no whole number"),
        ("Thủ tục", 3, "Ngày kiểm tra", "hôm qua", "row 3, column 'Ngày kiểm tra': 'hôm qua' is no date"),
        ("Thủ tục", 3, CODE, "9.000001", "sheet 'Thủ tục', row 3: the code 9.000001 stands here twice"),
        ("Giấy tờ", 2, CODE, "9.999999", "sheet 'Giấy tờ', row 2: the code 9.999999 has no row on the sheet 'Thủ tục'"),
        ("Giấy tờ", 2, CODE, None, "sheet 'Giấy tờ', row 2, column 'Mã thủ tục': is empty"),
        ("Dòng chữ", 2, "Phần", "Lời bình", "'Lời bình' is not one of Tên gọi khác, Câu hỏi"),
        ("Lệ phí", 2, "Cách nộp", "post", "the channel 'post' has no row on the sheet 'Cách nộp'"),
        ("Thủ tục gần giống", 2, "Loại", "twin", "'twin' is not one of related, confusable"),
        ("Giấy tờ", 1, "Bản chính", "Originals", "sheet 'Giấy tờ', row 1: the columns must be"),
    ],
)
def test_a_slip_is_named_with_sheet_row_and_column(
    book: Path, sheet: str, row: int, column: str, value: object, fault: str
) -> None:
    change(book, sheet, row, column, value)
    assert fault in fault_of(book)


def test_a_missing_sheet_is_named(book: Path) -> None:
    workbook = load_workbook(book)
    del workbook["Lệ phí"]
    workbook.save(book)
    assert fault_of(book) == f"{book}: the sheets Lệ phí are missing"


def test_a_text_that_no_cell_can_hold_is_refused(tmp_path: Path, make_procedure: MakeProcedure) -> None:
    with pytest.raises(ValueError, match=r"9\.000001: name: longer than a cell"):
        write_spreadsheet([make_procedure(name="x" * 40_000)], tmp_path / "x.xlsx")


def test_every_sheet_has_its_own_title_and_columns() -> None:
    assert len({sheet.title for sheet in SHEETS}) == len(SHEETS)
    for sheet in SHEETS:
        assert len({column.heading for column in sheet.columns}) == len(sheet.columns), sheet.title
