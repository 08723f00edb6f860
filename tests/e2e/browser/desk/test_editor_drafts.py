"""Drafts at the desk with the real assistant: two editors at once, and a file that is accepted in part."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from bot.store.desk import Desk
from tests.e2e.browser.desk.conftest import SignIn
from tests.e2e.browser.desk.official import go, press
from tests.e2e.browser.desk.publishing import save

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("as_it_was")]

CODE = "2.001019"
SUMMARY, PLACE = "Định trước ai hưởng tài sản sau khi mất.", "Quầy chứng thực, ngày nào cũng nhận."


def test_the_second_editor_is_told_loses_nothing_and_merges(sign_in: SignIn, desk: Desk) -> None:
    first, second = sign_in("editor"), sign_in("admin")
    for page in (first, second):
        go(page, f"/ho-so/{CODE}")
    first.get_by_role("textbox", name="Việc này là gì").fill(SUMMARY)
    save(first)

    place = second.get_by_role("group", name="Nơi nộp", exact=True).get_by_label("Nộp ở đâu")
    place.fill(PLACE)
    expect(second.locator("#nguoi-khac")).to_contain_text("Lan editor vừa lưu bản khác")
    second.get_by_role("button", name="Lưu bản nháp", exact=True).click()
    told = second.get_by_role("alert").filter(has_text="Chưa lưu: có bản khác")
    expect(told).to_contain_text(SUMMARY)
    expect(place).to_have_value(PLACE)
    draft = desk.drafts.get(CODE)
    assert draft and draft.by == "lan.editor" and PLACE not in draft.text

    summary = told.locator(".part-of").filter(has=second.get_by_role("heading", name="Việc này là gì"))
    summary.get_by_role("button", name="Lấy phần này của Lan editor").click()
    expect(second.get_by_role("textbox", name="Việc này là gì")).to_have_value(SUMMARY)
    expect(place).to_have_value(PLACE)
    second.get_by_role("button", name="Lưu bản của bạn, thay bản kia").click()
    expect(second.locator(".told")).to_contain_text("Đã lưu bản của bạn thay bản kia.")
    merged = desk.drafts.get(CODE)
    assert merged and merged.by == "lan.admin" and SUMMARY in merged.text and PLACE in merged.text


def test_of_an_import_only_what_was_taken_is_in_the_draft(sign_in: SignIn, desk: Desk, tmp_path: Path) -> None:
    editor = sign_in("editor")
    go(editor, "/nhap")
    with editor.expect_download() as downloading:
        editor.get_by_role("link", name="Bảng tính mọi thủ tục (.xlsx)").click()
    mine = tmp_path / "sua.xlsx"
    downloading.value.save_as(mine)
    book = openpyxl.load_workbook(mine)
    sheet = book.worksheets[0]
    column = {cell.value: cell.column for cell in sheet[1]}
    (row,) = (row[0].row for row in sheet.iter_rows() if row[0].value == CODE)
    sheet.cell(row, column["Tóm tắt"]).value = SUMMARY
    sheet.cell(row, column["Nơi nộp"]).value = PLACE
    book.save(mine)

    editor.get_by_label("Tệp", exact=True).set_input_files(mine)
    press(editor, editor.get_by_role("button", name="Gửi tệp"))
    expect(editor.get_by_role("link", name="Khác, chưa quyết (1)")).to_be_visible()
    article = editor.get_by_role("article")
    expect(article).to_have_count(1)
    expect(article).to_contain_text(PLACE)
    article.get_by_label("Nhận: Việc này là gì").check()
    article.get_by_role("button", name="Lưu lựa chọn").click()
    expect(article.get_by_role("status")).to_have_text("Đã đưa 1 chỗ vào bản nháp, không nhận 1 chỗ.")
    draft = desk.drafts.get(CODE)
    assert draft and SUMMARY in draft.text and PLACE not in draft.text
    go(editor, f"/duyet/{CODE}")
    expect(editor.locator("ins")).to_have_text([SUMMARY])
