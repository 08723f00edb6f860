"""A citizen before the assistant's page: what one types, presses and sees, and what nobody should ever meet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Locator, Page, expect

DEVICES: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
}
# For what no device does in its own way: one of them is enough.
ANY_DEVICE = pytest.mark.parametrize("context", ["desktop"], indirect=True)
PATIENCE = 20_000  # milliseconds
STANDARD = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
NO_PRINTER = "window.print = () => { window.printed = true; }"
NO_SHARING = "delete Navigator.prototype.share;"  # by the device's own means: some devices can, and ask their owner

BIRTH = "1.001193"
STORY = "Vợ em mới sinh bé, đi làm khai sinh cần giấy tờ gì?"
OFFER = "giấy khai sinh"


@contextmanager
def device(browser: Browser, address: str, name: str = "desktop", **options: Any) -> Iterator[BrowserContext]:
    """A device of DEVICES that may write to its clipboard; `options` are those of a browser context."""
    context = browser.new_context(base_url=address, locale="vi-VN", **{**DEVICES[name], **options})
    context.set_default_timeout(PATIENCE)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    context.add_init_script(NO_PRINTER)
    context.add_init_script(NO_SHARING)
    yield context
    context.close()


@contextmanager
def visiting(context: BrowserContext, address: str) -> Iterator[Visit]:
    """Open the page in a new tab; afterwards nothing complained, nothing left for elsewhere, nothing is kept."""
    visit = Visit(context.new_page(), address)
    visit.watch()
    visit.page.goto("/")
    expect(visit.log.locator(".message.bot").first).to_be_visible()
    yield visit
    context.set_offline(False)
    visit.page.evaluate("localStorage.clear()")
    for page in context.pages:
        page.close()
    amiss = [*visit.complaints, *visit.dialogs, *visit.elsewhere]
    assert not amiss, amiss


@dataclass
class Visit:
    """An open page, what was replied last, and all that a citizen should never meet while it is open."""

    page: Page
    address: str
    replies: list[dict[str, Any]] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Note what the browser complains about, which windows pop up, and which requests go to others."""
        page = self.page
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", self._dismiss)
        page.on("request", lambda sent: None if sent.url.startswith(self.address) else self.elsewhere.append(sent.url))

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type in ("error", "warning"):
            self.complaints.append(f"{said.text} at {said.location['url']}")

    def _dismiss(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    @property
    def log(self) -> Locator:
        """All that was said."""
        return self.page.get_by_role("log")

    @property
    def last(self) -> Locator:
        """What was said last."""
        return self.log.locator("> .message").last

    @property
    def card(self) -> Locator:
        """The last answer about a procedure."""
        return self.log.locator("article.card").last

    @property
    def mine(self) -> Locator:
        """What the citizen said."""
        return self.log.locator("> .message.me")

    @property
    def field(self) -> Locator:
        """Where one types."""
        return self.page.get_by_label("Câu hỏi của bạn")

    @property
    def send(self) -> Locator:
        """The button that sends what was typed."""
        return self.page.get_by_role("form", name="Đặt câu hỏi").get_by_role("button", name="Gửi", exact=True)

    def press(self, target: Locator) -> None:
        """Click, or tap where there is a touch screen."""
        if self.page.evaluate("navigator.maxTouchPoints"):
            target.tap()
        else:
            target.click()

    def button(self, name: str) -> Locator:
        """The last button of exactly this name."""
        return self.page.get_by_role("button", name=name, exact=True).last

    def ask(self, message: str) -> dict[str, Any]:
        """Type and send; the first reply, once all are drawn."""
        self.field.fill(message)
        return self.choose(self.send)

    def choose(self, target: Locator) -> dict[str, Any]:
        """Press what sends a message; the first reply, once all are drawn."""
        with self.page.expect_response("**/api/chat") as awaited:
            self.press(target)
        return self.answered(awaited.value.json())

    def answered(self, body: dict[str, Any]) -> dict[str, Any]:
        """What the chat endpoint replied, once it is drawn: the first reply; all are in `replies`."""
        self.replies = body["replies"]
        self.wait()
        return self.replies[0]

    def wait(self) -> None:
        """Until the last message is the assistant's, and no longer being typed."""
        expect(self.log.locator(".typing")).to_have_count(0)
        expect(self.last).to_contain_class("bot")

    def unfold(self) -> None:
        """Open all that is folded."""
        self.page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")

    def faults(self) -> list[tuple[str, str]]:
        """What axe finds against WCAG 2.2 AA: the rule, and the first place."""
        found = Axe().run(self.page, options=STANDARD).response["violations"]
        return [(fault["id"], fault["nodes"][0]["html"]) for fault in found]

    def overflow(self) -> int:
        """How far one could scroll sideways, in CSS pixels."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - innerWidth"))
