"""Pictures of what citizens and the ward's staff see, for README and docs, taken of an assistant started for it."""

from __future__ import annotations

import io
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from rich.console import Console

from bot import serve
from bot.evaluation.chromium import chromium
from bot.evaluation.desk_screens import DESK_SHOTS
from bot.evaluation.invented_days import fill
from bot.evaluation.shot import DESK, PHONE, Shot
from bot.settings import ROOT, Settings
from bot.store.database import connect

if TYPE_CHECKING:
    from playwright.sync_api import Page

SCREENS = ROOT / "docs" / "screens"
COLOURS = 128  # of a picture's palette: a third of the bytes, and nobody sees it
BIRTH = "Vợ em mới sinh bé, làm giấy khai sinh cần gì?"
RESIDENCE = "Thứ hai tuần sau tôi nộp hồ sơ đăng ký tạm trú thì bao giờ có kết quả?"
WARD_PAGE = Path(__file__).with_name("ward_page.html")


def run(settings: Settings, console: Console) -> None:
    """Take all pictures and write them to `SCREENS`. Raises ServeError, ChromiumMissing."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    with chromium() as browser, tempfile.TemporaryDirectory() as scratch:
        settings = replace(settings, database=f"sqlite:///{scratch}/assistant.db", published=f"{scratch}/published")
        fill(connect(settings))
        with serve.running(settings) as address:
            for shot in SHOTS:
                path = SCREENS / f"{shot.name}.png"
                path.write_bytes(_smaller(shot.take(browser, address)))
                console.print(f"  {path.relative_to(ROOT)}: {path.stat().st_size / 1000:.0f} KB", highlight=False)


def _first_words(page: Page) -> None:
    page.goto("/")
    page.get_by_role("log").get_by_role("button").first.wait_for()


def _papers(page: Page) -> None:
    _first_words(page)
    _ask(page, BIRTH)
    papers = page.get_by_role("checkbox")
    papers.nth(1).check()
    papers.nth(2).check()


def _own_papers(page: Page) -> None:
    _first_words(page)
    _ask(page, BIRTH)
    _choose(page, "Lập danh sách cho trường hợp của tôi")
    while not page.get_by_text("Theo điều bạn cho biết").count():
        _choose(page)


def _due(page: Page) -> None:
    _first_words(page)
    _ask(page, RESIDENCE)


def _on_a_site(page: Page) -> None:
    page.route("**/trang-phuong", lambda route: route.fulfill(path=WARD_PAGE))
    page.goto("/trang-phuong")
    page.get_by_role("button", name="Hỏi thủ tục").click()
    _ask(page, "dang ky tam tru het bao nhieu tien")


def _listing(page: Page) -> None:
    page.goto("/thu-tuc")


def _procedure(page: Page) -> None:
    page.goto("/thu-tuc/1.001193")


def _plain_form(page: Page) -> None:
    page.goto("/hoi")
    page.get_by_role("textbox").fill("Đăng ký kết hôn cần giấy tờ gì?")
    page.get_by_role("button", name="Gửi", exact=True).click()
    page.wait_for_load_state()


SHOTS = [
    Shot("chat-phone", PHONE, _first_words),
    Shot("answer-phone", PHONE, _papers),
    Shot("checklist", PHONE, _own_papers),
    Shot("due", PHONE, _due),
    Shot("widget-on-a-site", DESK, _on_a_site),
    Shot("listing", DESK, _listing),
    Shot("procedure", DESK, _procedure),
    Shot("plain-form", PHONE, _plain_form),
    *DESK_SHOTS,
]


def _ask(page: Page, message: str) -> None:
    page.get_by_label("Câu hỏi của bạn").fill(message)
    with page.expect_response("**/api/chat"):
        page.get_by_role("button", name="Gửi", exact=True).click()
    _drawn(page)


def _choose(page: Page, label: str = "") -> None:
    offered = page.get_by_role("log").locator("> .message").last.get_by_role("button", name=label or None)
    with page.expect_response("**/api/chat"):
        offered.first.click()
    _drawn(page)


def _drawn(page: Page) -> None:
    """Wait until the answer stands there."""
    page.locator(".typing").wait_for(state="detached")


def _smaller(picture: bytes) -> bytes:
    image = Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small = io.BytesIO()
    image.save(small, "PNG", optimize=True)
    return small.getvalue()
