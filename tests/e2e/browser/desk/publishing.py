"""From a draft to what a citizen is answered, as editors and approvers press it; and the citizen who asks."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser.desk.official import go, press
from tests.e2e.browser.visit import Visit

LIVE = 5.0  # seconds from the click until a citizen is answered so
CHECKED = 90_000  # milliseconds
Reply = dict[str, Any]


def save(page: Page) -> None:
    """Save the form that is open as a draft."""
    page.get_by_role("button", name="Lưu bản nháp", exact=True).click()
    expect(page.locator(".told")).to_contain_text("Đã lưu bản nháp.")


def submit(page: Page, why: str) -> None:
    """Ask for the draft whose form is open, and saved, to be reviewed."""
    press(page, page.get_by_role("link", name="Gửi duyệt", exact=True))
    page.get_by_label("Vì sao sửa").fill(why)
    press(page, page.get_by_role("button", name="Gửi duyệt", exact=True))
    expect(page.get_by_text(f"gửi duyệt: {why}")).to_be_visible()


def check(page: Page, name: str) -> None:
    """Open the draft of this name from those that wait, and have it checked."""
    go(page, "/duyet")
    press(page, page.get_by_role("link", name=f"Mở bản nháp {name}", exact=True))
    press(page, page.get_by_role("button", name="Kiểm tra", exact=True))
    expect(page.get_by_role("heading", name="Kiểm tra trước khi xuất bản")).to_be_visible(timeout=CHECKED)


def publish(page: Page) -> float:
    """Publish what was checked; when it was pressed."""
    pressed = time.monotonic()
    press(page, publishing(page))
    return pressed


def publishing(page: Page) -> Locator:
    """The button that publishes."""
    return page.get_by_role("button", name="Xuất bản", exact=True)


def put_back(page: Page, subject: str) -> float:
    """Put one record, or the ward's profile, back to the program's own, from its history; when it was pressed."""
    go(page, f"/ho-so/{subject}/lich-su")
    page.get_by_label("Bản", exact=True).select_option("0")
    page.get_by_label("Vì sao quay lại").fill("Nhầm rồi.")
    pressed = time.monotonic()
    press(page, page.get_by_role("button", name="Quay lại ngay", exact=True))
    return pressed


def wait_live(citizen: Visit, question: str, says: Callable[[Reply], bool], pressed: float, what: str) -> None:
    """Ask until it is answered so, which has to be within LIVE of the press; prints after how long."""
    while not says(citizen.ask(question)):
        assert time.monotonic() - pressed < 6 * LIVE, f"{what}: not live after {6 * LIVE} s"
    seconds = time.monotonic() - pressed
    print(f"\n{what}: a citizen is answered so {seconds:.1f} s after the click")
    assert seconds < LIVE


def settled(page: Page) -> None:
    """Until the page says that it is live; it goes to itself by itself until then."""
    expect(page.get_by_text("Đã đưa vào dùng sau")).to_be_visible()
