"""Somebody on the ward's own website, where the widget is embedded."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.browser.site import KNOWN, OWN_STYLE, STRANGER, Site, line_for
from tests.e2e.browser.visit import PATIENCE, Visit

LAUNCHER = "Hỏi thủ tục"
TAG = "tro-ly-mot-cua"
HERE = ("127.0.0.1", KNOWN, STRANGER)

Enter = Callable[..., "Reader"]


@dataclass
class Reader:
    """An open page of the ward's; what the browser fetched of the assistant and of others, and its complaints."""

    page: Page
    assistant: str
    fetched: list[str] = field(default_factory=list)  # paths, without the version
    elsewhere: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Note all that from now on."""
        self.page.on("request", lambda sent: self._note(sent.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)

    def _note(self, url: str) -> None:
        if url.startswith(self.assistant):
            self.fetched.append(re.sub("^/assets/[^/]+", "", urlsplit(url).path))
        elif urlsplit(url).hostname not in HERE:
            self.elsewhere.append(url)

    @property
    def host(self) -> Locator:
        """The widget's element."""
        return self.page.locator(TAG)

    @property
    def launcher(self) -> Locator:
        """The button on the ward's page."""
        return self.page.get_by_role("button", name=LAUNCHER)

    @property
    def plain_link(self) -> Locator:
        """What stands there instead where the widget can't run."""
        return self.page.get_by_role("link", name=LAUNCHER)

    @property
    def dialog(self) -> Locator:
        """What the button opens."""
        return self.page.get_by_role("dialog")

    @property
    def field(self) -> Locator:
        """Where one types."""
        return self.page.get_by_label("Câu hỏi của bạn")

    def open(self) -> Visit:
        """Open the dialog; it is used as the assistant's own page is."""
        self.launcher.click()
        expect(self.field).to_be_focused()
        return Visit(self.page, self.assistant)

    def complained_of(self, pattern: str) -> None:
        """Fail unless something like that was complained of, and nothing else."""
        assert self.complaints and all(re.search(pattern, one) for one in self.complaints), self.complaints
        self.complaints.clear()


def entering(browser: Browser, site: Site, assistant: str, left: ExitStack) -> Enter:
    """How one comes to the ward's page; `left` closes it, once nothing was complained of and nothing left behind.

    `data` are the options of the line that embeds the widget, `line` stands in its place; `options` are those of a
    browser context.
    """

    def enter(
        data: dict[str, str] | None = None,
        *,
        line: str | None = None,
        style: str = OWN_STYLE,
        policy: str = "",
        origin: str = "",
        init: str = "",
        width: int = 1280,
        **options: Any,
    ) -> Reader:
        site.put(line_for(assistant, **data or {}) if line is None else line, style=style, policy=policy)
        context = browser.new_context(viewport={"width": width, "height": 720}, locale="vi-VN", **options)
        left.callback(context.close)
        context.set_default_timeout(PATIENCE)
        context.add_init_script(init)
        reader = Reader(context.new_page(), assistant)
        left.callback(check, reader)
        reader.watch()
        reader.page.goto(origin or site.origin)
        return reader

    def check(reader: Reader) -> None:
        assert (reader.complaints, reader.elsewhere, reader.page.context.cookies()) == ([], [], [])

    return enter
