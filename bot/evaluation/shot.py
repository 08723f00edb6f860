"""One picture: what screen it is of, and the way to what is seen there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
DESK = {"viewport": {"width": 1280, "height": 800}}


@dataclass(frozen=True)
class Shot:
    """A picture: its name, the screen, and how somebody gets to what is seen."""

    name: str
    screen: dict[str, Any]
    go: Callable[[Page], None]

    def take(self, browser: Browser, address: str) -> bytes:
        """The picture as PNG."""
        context = browser.new_context(base_url=address, locale="vi-VN", reduced_motion="reduce", **self.screen)
        page = context.new_page()
        self.go(page)
        page.mouse.move(0, 0)  # nothing is pointed at
        picture = page.screenshot(animations="disabled")
        context.close()
        return picture
