"""The trail as an admin reads it, and that everything done has a name in it."""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from datetime import datetime, timezone

import pytest
from httpx import AsyncClient
from openpyxl import load_workbook

from bot.settings import ROOT
from bot.store.audit import Entry
from bot.store.desk import Desk
from bot.web.desk.door import DESK
from bot.web.desk.trail import ACTIONS, NOBODY, ON_A_PAGE, row_of
from tests.web.desk.conftest import SignedIn
from tests.web.markup import links, read, text

PAGE = f"{DESK}/nhat-ky"
NOON = datetime(2026, 11, 22, 5, 0, 7, tzinfo=timezone.utc)  # in Vietnam


def rows_of(page: str) -> list[list[str]]:
    (body,) = read(page).iter("tbody")
    return [[text(cell) for cell in row] for row in body]


@pytest.fixture
async def admin(signed_in: SignedIn) -> AsyncClient:
    return await signed_in("admin", name="mai")


# Names


FILES = [ROOT / "bot" / "users.py", *sorted((ROOT / "bot" / "web" / "desk").rglob("*.py"))]


def words_of(node: ast.AST) -> set[str]:
    """The texts that stand in a piece of source."""
    return {part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)}


def noted() -> Iterator[tuple[str, set[str]]]:
    """Where something is noted: the line, and the words that stand there for what was done (none for a variable)."""
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called, *parts = [node.func, *node.args]
                if ast.unparse(called).endswith("run_in_threadpool") and parts:
                    called, *parts = parts
                if ast.unparse(called).endswith("audit.add") and len(parts) > 1:
                    named = words_of(parts[1]) if isinstance(parts[1], (ast.Constant, ast.IfExp)) else set[str]()
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", named


def test_everything_that_is_noted_has_a_name() -> None:
    """What stands in a variable is looked up as the tests of the desk run: see `named` in conftest."""
    found = list(noted())
    assert len(found) >= 10, "the calls are still found"
    assert {line: words - ACTIONS.keys() for line, words in found if words - ACTIONS.keys()} == {}


def test_every_name_is_one_of_something_that_is_noted() -> None:
    there = set[str]()
    for path in FILES:
        if path.name != "trail.py":
            there |= words_of(ast.parse(path.read_text(encoding="utf-8")))
    begun = tuple(word for word in there if word.endswith("_"))  # of f"question_{what}"
    assert {name for name in ACTIONS.keys() - there if not name.startswith(begun)} == set()


def test_no_two_are_called_the_same() -> None:
    assert len(set(ACTIONS.values())) == len(ACTIONS)


# Reading


def test_an_entry_is_read_in_vietnamese_and_in_the_time_of_vietnam() -> None:
    assert row_of(Entry(NOON, "mai", "role_changed", "lan", "editor")) == (
        "22/11/2026 12:00:07",
        "mai",
        "Đổi quyền",
        "lan",
        "Người biên tập",
    )
    assert row_of(Entry(NOON, "", "sign_in_failed", "", ""))[1] == NOBODY


async def test_it_is_read_the_newest_first(admin: AsyncClient, desk: Desk) -> None:
    desk.audit.add("lan", "account_closed", "hoa")
    rows = rows_of((await admin.get(PAGE)).text)
    assert [row[1:4] for row in rows] == [["lan", "Khóa tài khoản", "hoa"], ["mai", "Đăng nhập", ""]]


async def test_it_is_read_page_by_page_and_with_its_filters(admin: AsyncClient, desk: Desk) -> None:
    for number in range(2 * ON_A_PAGE):
        desk.audit.add("lan" if number % 2 else "hoa", "account_opened", f"số {number}")
    first = await admin.get(PAGE, params={"nguoi": " Lan "})
    assert len(rows_of(first.text)) == ON_A_PAGE and "Cũ hơn" not in links(read(first.text))
    first = await admin.get(PAGE, params={"viec": "account_opened"})
    older = links(read(first.text))["Cũ hơn"]
    second = await admin.get(PAGE + older)
    numbers = [row[3] for page in (first, second) for row in rows_of(page.text)]
    assert numbers == [f"số {number}" for number in reversed(range(2 * ON_A_PAGE))]
    assert links(read(second.text)).keys() >= {"Mới hơn"} and "Cũ hơn" not in links(read(second.text))


@pytest.mark.parametrize("page", ["0", "-3", "99999999999999999999999"])
async def test_a_page_that_is_none_breaks_nothing(admin: AsyncClient, page: str) -> None:
    assert (await admin.get(PAGE, params={"trang": page})).status_code == 200


async def test_what_is_filtered_by_is_a_text_and_no_markup(admin: AsyncClient) -> None:
    page = await admin.get(PAGE, params={"nguoi": '"><script>', "viec": "'"})
    assert "<script>" not in page.text.replace("<script src", "") and "Chưa có gì." in page.text


async def test_the_whole_of_it_is_a_spreadsheet(admin: AsyncClient, desk: Desk) -> None:
    for number in range(ON_A_PAGE + 5):
        desk.audit.add("lan", "account_opened", f"số {number}")
    response = await admin.get(f"{PAGE}.xlsx")
    assert response.headers["content-disposition"] == 'attachment; filename="nhat-ky.xlsx"'
    (sheet,) = load_workbook(io.BytesIO(response.content)).worksheets
    rows = list(sheet.values)
    assert rows[0] == ("Lúc", "Người làm", "Việc", "Đối với", "Chi tiết")
    assert len(rows) == 1 + ON_A_PAGE + 5 + 1 and rows[1][1:4] == ("lan", "Mở lại tài khoản", f"số {ON_A_PAGE + 4}")


@pytest.mark.parametrize("begin", ["=", "+", "-", "@"])
async def test_nothing_in_the_spreadsheet_is_calculated(admin: AsyncClient, desk: Desk, begin: str) -> None:
    desk.audit.add("lan", "account_opened", "hoa", f'{begin}HYPERLINK("http://evil.example")')
    (sheet,) = load_workbook(io.BytesIO((await admin.get(f"{PAGE}.xlsx")).content)).worksheets
    cell = sheet["E2"]
    assert cell.value == f'{begin}HYPERLINK("http://evil.example")'
    assert cell.data_type == "s" and cell.quotePrefix
