"""`/thu-tuc.xlsx`: the listing as a spreadsheet."""

from __future__ import annotations

import asyncio
import io
import zipfile

import pytest
from httpx import AsyncClient
from openpyxl import Workbook, load_workbook

from bot.knowledge.listing import Listing
from tests.web.conftest import Open
from tests.web.listing.conftest import Publish

HEAD = [
    *("Mã thủ tục", "Tên", "Lĩnh vực", "Cách nộp", "Thời gian", "Lệ phí", "Kết quả", "Quyết định", "Trang nguồn"),
    "Kiểm tra ngày",
]


async def book(http: AsyncClient) -> Workbook:
    """The file as a program opens it."""
    response = await http.get("/thu-tuc.xlsx")
    assert response.headers["content-disposition"] == 'attachment; filename="thu-tuc.xlsx"'
    return load_workbook(io.BytesIO(response.content))


async def test_it_has_every_procedure_and_beside_them_those_known_in_brief(
    http: AsyncClient, published: Listing
) -> None:
    full, brief = (await book(http)).worksheets
    assert (full.title, brief.title) == ("Thủ tục", "Mới có vài thông tin")
    for sheet, codes in ((full, published.procedures), (brief, published.briefs)):
        head, *lines = sheet.iter_rows(values_only=True)
        assert list(head) == HEAD and [line[0] for line in lines] == list(codes)


async def test_a_line_says_what_the_page_says(http: AsyncClient, published: Listing) -> None:
    full, _ = (await book(http)).worksheets
    procedure = published["1.001193"]
    (line,) = (line for line in full.iter_rows(min_row=2, values_only=True) if line[0] == procedure.code)
    _, name, field, ways, time, fee, result, decision, source, checked_on = line
    assert (name, field, ways) == (procedure.name, "Hộ tịch", "Tại quầy, qua mạng, qua bưu điện")
    assert "Tại quầy, qua bưu điện: Trong ngày quầy nhận hồ sơ." in time and "Muốn có bản sao" in fee
    assert (result, decision, source) == ("Giấy khai sinh", procedure.source.decision, procedure.source.url)
    assert checked_on.date() == procedure.source.checked_on


async def test_its_head_stays_in_sight_and_every_column_can_be_filtered(http: AsyncClient) -> None:
    for sheet in (await book(http)).worksheets:
        assert sheet.freeze_panes == "C2" and sheet.auto_filter.ref == sheet.dimensions
        assert all(10 <= sheet.column_dimensions[cell.column_letter].width <= 60 for cell in sheet[1])


@pytest.mark.parametrize("name", ["=1+1", "+84", "-5", "@SUM(A1)", '=HYPERLINK("https://evil.example")'])
async def test_no_text_is_taken_for_a_formula(gateway: Open, publish: Publish, name: str) -> None:
    client = await gateway(knowledge=publish({"code": "9.000001", "name": name}))
    full, _ = (await book(client)).worksheets
    cell = full["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (name, "s", True)
    with zipfile.ZipFile(io.BytesIO((await client.get("/thu-tuc.xlsx")).content)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


async def test_it_is_made_once_however_many_ask_at_once(http: AsyncClient) -> None:
    first, *others = await asyncio.gather(*(http.get("/thu-tuc.xlsx") for _ in range(4)))
    assert all(other.content == first.content for other in others)
