"""Pictures of the desk, for its two guides and the README: over the invented month of `invented_days`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.evaluation.invented_days import APPROVER, CHANGED, EDITOR, PASSWORD, STAFF
from bot.evaluation.shot import DESK, Shot

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

PATH = "/ban-lam-viec"
CHECKED = 120_000  # milliseconds until a draft is checked
QUESTION = "xin trich luc khai tu cua ong noi het nhieu tien"
EDITED = "2.000635"  # a record without a draft
COLUMN = {"viewport": {"width": 1000, "height": 700}}  # as wide as a page of one column


def _signed_in(page: Page, name: str, path: str) -> None:
    page.goto(f"{PATH}{path}")
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="Đăng nhập", exact=True).click()


def _try(page: Page) -> None:
    _signed_in(page, STAFF, "/thu")
    page.locator("#cau").fill(QUESTION)
    page.get_by_role("button", name="Hỏi", exact=True).click()
    page.get_by_role("heading", name="Vì sao trả lời như vậy").wait_for()
    page.get_by_role("radio", name="Đúng", exact=True).check()
    _at_top(page.get_by_role("heading", name="Thử câu hỏi"))


def _asked(page: Page) -> None:
    _signed_in(page, STAFF, "/cau-hoi")
    _at_top(page.get_by_role("status"))


def _inbox(page: Page) -> None:
    _signed_in(page, STAFF, "/hop-thu")
    _at_top(page.get_by_role("navigation", name="Lọc thư"))


def _figures(page: Page) -> None:
    _signed_in(page, STAFF, "/so-lieu")
    _at_top(page.locator(".heads"))


def _record(page: Page) -> None:
    _signed_in(page, EDITOR, f"/ho-so/{EDITED}")
    page.get_by_text("Chọn điều muốn xem").click()
    asked_about = page.get_by_role("group", name="Người dân hỏi về")
    with page.expect_response(f"**{PATH}/ho-so/{EDITED}"):
        asked_about.get_by_label("Lệ phí").check()
    page.get_by_text("Chọn điều muốn xem").click()
    _at_top(page.get_by_role("button", name="Lưu bản nháp"))


def _check(page: Page) -> None:
    _signed_in(page, APPROVER, f"/duyet/{CHANGED}")
    page.get_by_role("button", name="Kiểm tra", exact=True).click()
    heading = page.get_by_role("heading", name="Kiểm tra trước khi xuất bản")
    heading.wait_for(timeout=CHECKED)
    _at_top(heading)


def _at_top(target: Locator) -> None:
    """Scroll until it stands near the upper edge."""
    target.evaluate("one => window.scrollTo(0, one.getBoundingClientRect().top + window.scrollY - 12)")


DESK_SHOTS = [
    Shot("desk-thu", DESK, _try),
    Shot("desk-cau-hoi", COLUMN, _asked),
    Shot("desk-hop-thu", COLUMN, _inbox),
    Shot("desk-so-lieu", COLUMN, _figures),
    Shot("desk-ho-so", DESK, _record),
    Shot("desk-duyet", {"viewport": {"width": 1000, "height": 820}}, _check),
]
