"""An editor's day with the real assistant: what is corrected, checked and published is what a citizen is told."""

from __future__ import annotations

import re

import httpx
import pytest
from playwright.sync_api import Page, expect

from bot.knowledge.versions import Versions
from bot.settings import Settings
from bot.store.desk import Desk
from bot.store.golden import Wanted
from tests.e2e.browser.desk.conftest import SignIn
from tests.e2e.browser.desk.official import go, press, send
from tests.e2e.browser.desk.publishing import (
    check,
    publish,
    publishing,
    put_back,
    save,
    settled,
    submit,
    wait_live,
)
from tests.e2e.browser.newcomer import Come

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("as_it_was")]

CODE, NAME = "2.000884", "Chứng thực chữ ký hoặc lăn tay trên đơn, lý lịch"
FEE, PAPERS = "Chứng thực chữ ký hết bao nhiêu tiền?", "Chứng thực chữ ký cần mang giấy tờ gì?"
OLD, NEW = "10.000 đồng", "12.000 đồng"
WHY = "Mức phí mới từ hôm nay."
HOTLINE, OLD_LINE, NEW_LINE = "Số điện thoại của phường là số mấy?", "0900 000 000", "0900 000 321"


def correct_fee(page: Page) -> None:
    """In the form of CODE: the fee at the counter."""
    fee = page.get_by_role("group", name="Cách nộp 1", exact=True).get_by_role("group", name="Mức lệ phí 1", exact=True)
    fee.get_by_label("Số tiền (đồng)").fill(NEW.removesuffix(" đồng").replace(".", ""))
    fee.get_by_label("Câu người dân đọc").fill(f"{NEW} mỗi trường hợp.")


def page_of(address: str, path: str) -> str:
    """A page as somebody reads it who has not been there before."""
    return httpx.get(f"{address}{path}", trust_env=False).text


def test_a_corrected_fee_reaches_the_citizen_and_goes_back(
    sign_in: SignIn, come: Come, desk: Desk, address: str
) -> None:
    desk.golden.add(Wanted(PAPERS, "answer", CODE), by="lan.staff")
    editor, approver, citizen = sign_in("editor"), sign_in("approver"), come()
    assert OLD in citizen.ask(FEE)["text"]

    go(editor, "/ho-so")
    editor.get_by_label("Tên hoặc mã").fill("chung thuc chu ky")
    press(editor, editor.get_by_role("link", name=NAME, exact=True))
    amount = editor.get_by_role("group", name="Mức lệ phí 1", exact=True).get_by_label("Số tiền (đồng)")
    amount.fill("12 nghìn")
    expect(amount).to_have_accessible_description(re.compile("chỉ viết số"))
    expect(editor.get_by_text("Còn 1 chỗ cần sửa")).to_be_visible()
    correct_fee(editor)
    expect(editor.get_by_text("Không có chỗ nào sai.")).to_be_visible()
    expect(amount).not_to_have_accessible_description(re.compile("chỉ viết số"))
    editor.get_by_text("Chọn điều muốn xem").click()
    editor.get_by_role("group", name="Người dân hỏi về").get_by_label("Lệ phí").check()
    expect(editor.locator("#cau-tra-loi")).to_contain_text(NEW)
    editor.get_by_label("Câu hỏi để hỏi thử bản nháp").fill(FEE)
    editor.get_by_role("button", name="Hỏi thử bản nháp").click()
    expect(editor.locator(".heard")).to_contain_text(NEW)
    save(editor)
    submit(editor, WHY)
    assert OLD in citizen.ask(FEE)["text"]

    check(approver, NAME)
    expect(approver.get_by_text("Các câu chuẩn đang đạt vẫn đạt.")).to_be_visible()
    expect(approver.get_by_text("đạt 1/1")).to_have_count(1)
    changed = approver.get_by_role("row").filter(has=approver.get_by_role("cell", name=NEW))
    expect(changed.first).to_contain_text(OLD)
    expect(approver.get_by_label("Vì sao xuất bản")).to_have_value(WHY)
    pressed = publish(approver)
    wait_live(citizen, FEE, lambda reply: NEW in reply["text"], pressed, "a fee published")
    expect(citizen.card).to_contain_text(NEW)
    assert NEW in page_of(address, f"/thu-tuc/{CODE}")
    settled(approver)

    pressed = put_back(approver, CODE)
    wait_live(citizen, FEE, lambda reply: OLD in reply["text"], pressed, "the fee gone back on")
    expect(citizen.card).to_contain_text(OLD)
    page = page_of(address, f"/thu-tuc/{CODE}")
    assert OLD in page and NEW not in page
    settled(approver)


def test_a_golden_question_that_breaks_asks_for_a_why(
    sign_in: SignIn, come: Come, desk: Desk, settings: Settings
) -> None:
    desk.golden.add(Wanted(FEE, "answer", CODE, ("fee",), (OLD,)), by="lan.staff")
    editor, approver = sign_in("editor"), sign_in("approver")
    versions, before = Versions(settings.published_folder), Versions(settings.published_folder).current()
    go(editor, f"/ho-so/{CODE}")
    correct_fee(editor)
    save(editor)
    submit(editor, WHY)
    check(approver, NAME)
    broken = approver.get_by_role("listitem").filter(has_text=FEE)
    expect(broken).to_contain_text(f"Không thấy trong câu trả lời: {OLD}")

    publishing(approver).click()  # the browser asks for what is empty
    why = approver.get_by_label("Vì sao vẫn xuất bản")
    expect(why).to_be_focused()
    number = approver.url.rpartition("/")[2]
    assert send(approver, "/duyet/xuat-ban", {"lan": number, "vi-sao": WHY}) == 400
    assert versions.current() == before
    why.fill("Câu chuẩn này ghi mức phí cũ.")
    publish(approver)
    settled(approver)
    press(approver, approver.get_by_role("link", name=re.compile("Xem bản")))
    expect(approver.get_by_text("Vì sao vẫn xuất bản: Câu chuẩn này ghi mức phí cũ.")).to_be_visible()
    assert versions.current() == before + 1
    put_back(approver, CODE)
    settled(approver)


def test_the_hotline_is_changed_everywhere_and_goes_back(sign_in: SignIn, come: Come, address: str) -> None:
    editor, approver, citizen = sign_in("editor"), sign_in("approver"), come()
    assert OLD_LINE in citizen.ask(HOTLINE)["text"]
    go(editor, "/phuong")
    editor.get_by_label("Đường dây nóng").fill(NEW_LINE)
    expect(editor.locator("#dan-thay")).to_contain_text(NEW_LINE)
    save(editor)
    submit(editor, "Phường đổi số.")
    check(approver, "Thông tin phường")
    pressed = publish(approver)
    wait_live(citizen, HOTLINE, lambda reply: NEW_LINE in reply["text"], pressed, "a hotline published")
    citizen.page.goto("/thu-tuc")
    expect(citizen.page.get_by_role("contentinfo").get_by_role("link", name=NEW_LINE)).to_be_visible()
    settled(approver)

    pressed = put_back(approver, "ward")
    citizen.page.goto("/")
    wait_live(citizen, HOTLINE, lambda reply: OLD_LINE in reply["text"], pressed, "the hotline gone back on")
    page = page_of(address, "/thu-tuc")
    assert OLD_LINE in page and NEW_LINE not in page
    settled(approver)
