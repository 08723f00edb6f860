"""A citizen who opens the assistant's page on a new device, for tests that take something from it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from playwright.sync_api import Browser, expect

from tests.e2e.browser.visit import Visit, device

CHAT = "**/api/chat"

Come = Callable[..., Visit]


def coming(browser: Browser, address: str, left: ExitStack) -> Come:
    """How one comes to the page: after the script `init`, on a device with `options` of a browser context.

    `left` closes it, once no script failed, nothing was asked of others and no cookie was left.
    """

    def come(init: str = "", **options: Any) -> Visit:
        context = left.enter_context(device(browser, address, **options))
        context.add_init_script(init)
        visit = Visit(context.new_page(), address)
        left.callback(check, visit)
        visit.watch()
        visit.page.goto("/")
        expect(visit.log.locator("> .bot")).to_have_count(1)
        return visit

    def check(visit: Visit) -> None:
        # What fails on purpose is noted by the browser itself.
        faults = [one for one in visit.complaints if "Failed to load resource" not in one]
        assert (faults, visit.dialogs, visit.elsewhere, visit.page.context.cookies()) == ([], [], [], [])

    return come


def option(visit: Visit, name: str) -> None:
    """Press what is named so in the menu of options."""
    menu = visit.page.get_by_role("group", name="Tùy chọn")
    if not menu.is_visible():
        visit.button("Tùy chọn").click()
    menu.get_by_text(name, exact=True).click()
