"""The public listing in a real browser: on screens, on paper, without script. It needs nothing behind the gateway."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from bot.answers.sections import sections_of
from bot.knowledge.listing import Listing
from bot.knowledge.procedure import Procedure
from bot.settings import Settings
from bot.web.app import create_app

pytestmark = pytest.mark.e2e

NOBODY = 1  # a port on which nothing listens
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
BIRTH, BRIEF = "/thu-tuc/1.001193", "/thu-tuc/2.000206"
OWN = f"{BIRTH}?ca=chung_sinh.co&ca=nguoi_di.cha_me"
PAGES = ["/thu-tuc", "/thu-tuc?cach=tai-quay", "/thu-tuc?tim=khai+sinh", BIRTH, OWN, BRIEF]
_SHEET = re.compile(rb"/Type\s*/Page\b(?!s)")


@dataclass
class Shop:
    """A browser before a gateway that stands alone, and what the browser complains about."""

    browser: Browser
    address: str
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str, *, width: int = 1280, scheme: str = "light", script: bool = True) -> Page:
        """A page on a screen of a width in pixels, light or dark, with or without script."""
        context = self.browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=script,
            reduced_motion="reduce",
            locale="vi-VN",
        )
        page = context.new_page()
        page.on("console", self.hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(f"{self.address}{path}")
        return page

    def hear(self, said: ConsoleMessage) -> None:
        """Keep what the browser complains about."""
        if said.type in ("error", "warning"):
            self.complaints.append(said.text)


@pytest.fixture(scope="module")
def gateway_alone(settings: Settings) -> Iterator[str]:
    """Where a gateway listens behind which nothing runs."""
    taken = socket.create_server(("127.0.0.1", 0))
    alone = replace(settings, rasa_port=NOBODY, actions_port=NOBODY, address_limit="1000000/minute")
    server = uvicorn.Server(uvicorn.Config(create_app(alone), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{taken.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture
def shop(browser: Browser, gateway_alone: str) -> Iterator[Shop]:
    """At the end nothing complained: no policy was broken, no file was missing, no script failed."""
    shop = Shop(browser, gateway_alone)
    yield shop
    for context in browser.contexts:
        context.close()
    assert shop.complaints == []


def longest(listing: Listing, most: int) -> list[str]:
    """The codes of the procedures that say most."""

    def letters(procedure: Procedure) -> int:
        return sum(len(section.as_text()) for section in sections_of(procedure).values())

    return [one.code for one in sorted(listing, key=letters, reverse=True)[:most]]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_nothing_keeps_anybody_from_using_it(shop: Shop, path: str, width: int, scheme: str) -> None:
    page = shop.open(path, width=width, scheme=scheme)
    page.evaluate("for (const part of [...document.querySelectorAll('details')].slice(0, 2)) part.open = true")
    assert shop.complaints == []
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == []
    shop.complaints.clear()  # axe itself writes styles, which the policy forbids
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def test_at_four_times_the_size_nothing_has_to_be_scrolled_sideways(shop: Shop) -> None:
    page = shop.open(OWN, width=320)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def test_the_longest_procedures_fit_on_two_sheets_and_most_on_one(shop: Shop, listing: Listing) -> None:
    page = shop.open(BIRTH)
    sheets = {}
    for code in (*longest(listing, 12), *list(listing.procedures)[::29]):
        page.goto(f"{shop.address}/thu-tuc/{code}")
        sheets[code] = len(_SHEET.findall(page.pdf(prefer_css_page_size=True)))
    assert max(sheets.values()) <= 2, sheets
    assert 1 in sheets.values()


@pytest.mark.parametrize("script", [True, False])
def test_paper_shows_what_is_folded_and_nothing_that_can_only_be_pressed(shop: Shop, script: bool) -> None:
    page = shop.open(BIRTH, script=script)
    page.emulate_media(media="print")
    expect(page.get_by_text("60/2014/QH13: Luật Hộ tịch")).to_be_visible()
    for pressed in ("Hỏi về thủ tục này", "Danh mục thủ tục", "Chia sẻ", "Lập danh sách"):
        for one in page.get_by_text(pressed, exact=True).all():
            expect(one).to_be_hidden()
    expect(page.locator("tro-ly-mot-cua")).to_be_hidden()
    expect(page.get_by_alt_text("Mã QR mở trang này")).to_be_visible()
    expect(page.get_by_text("In ngày")).to_be_visible()


def test_one_press_prints_and_an_address_prints_by_itself(shop: Shop) -> None:
    page = shop.open(BIRTH)
    page.evaluate("() => { window.printed = 0; window.print = () => { window.printed += 1 } }")
    page.get_by_role("button", name="In trang này").click()
    assert page.evaluate("window.printed") == 1
    page.add_init_script("window.print = () => { window.printed = true }")
    page.goto(f"{shop.address}{BIRTH}?in=1")
    assert page.evaluate("window.printed") is True
    page.goto(f"{shop.address}{BIRTH}")
    assert page.evaluate("window.printed === undefined")


def test_without_script_there_is_no_button_that_does_nothing(shop: Shop) -> None:
    page = shop.open(BIRTH, script=False)
    assert page.get_by_role("button").all_inner_texts() == ["Lập danh sách"]


def test_the_papers_of_ones_own_case_are_two_presses_away_without_script(shop: Shop) -> None:
    page = shop.open(BIRTH, script=False)
    page.get_by_label("Bé có giấy chứng sinh của nơi sinh không?").select_option(label="Bé bị bỏ rơi")
    page.get_by_role("button", name="Lập danh sách").click()
    expect(page.get_by_text("Theo điều bạn cho biết: Bé bị bỏ rơi.")).to_be_visible()
    assert page.url.endswith("#documents")


def test_one_can_search_without_script_while_the_search_rests(shop: Shop) -> None:
    page = shop.open("/thu-tuc", script=False)
    page.get_by_label("Bạn cần làm việc gì?").fill("dang ky ket hon")
    page.get_by_role("button", name="Tìm").click()
    expect(page.get_by_text("tôi chỉ tìm được theo từng chữ")).to_be_visible()
    page.get_by_role("link", name="Đăng ký kết hôn", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Đăng ký kết hôn")).to_be_visible()


def test_with_script_the_assistant_opens_in_the_page(shop: Shop) -> None:
    page = shop.open(BIRTH)
    page.evaluate("customElements.whenDefined('tro-ly-mot-cua')")
    page.get_by_role("link", name="Hỏi về thủ tục này").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.get_by_role("dialog")).to_contain_text("Đăng ký khai sinh cho trẻ em")
    assert page.url.endswith(BIRTH)
    shop.complaints.clear()  # nothing runs behind this gateway, and the browser notes it


def test_the_keyboard_reaches_the_content_first(shop: Shop) -> None:
    page = shop.open(BIRTH)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
