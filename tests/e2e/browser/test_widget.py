"""The widget on a ward's own website: how it appears, opens, is used and closes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from bot.settings import Settings
from tests.e2e.browser.reader import Enter, Reader
from tests.e2e.browser.site import Site, line_for
from tests.e2e.browser.visit import STORY, Visit

pytestmark = pytest.mark.e2e

RESIDENCE = "Đăng ký tạm trú cần giấy gì"
# What has the focus: an element of the page by its tag, one of the widget's by its id, text or tag.
FOCUSED = """() => {
  const host = document.activeElement, inner = host.shadowRoot?.activeElement;
  return inner ? `inside: ${inner.id || inner.textContent || inner.tagName}` : host.tagName;
}"""


@pytest.fixture
def reader(enter: Enter) -> Reader:
    """Somebody on a page with the one line and nothing else."""
    return enter()


def after_tab(page: Page) -> str:
    """What has the focus after one more Tab."""
    page.keyboard.press("Tab")
    return str(page.evaluate(FOCUSED))


def test_until_somebody_wants_it_only_the_button_is_fetched(reader: Reader) -> None:
    expect(reader.launcher).to_be_visible()
    reader.page.wait_for_load_state("networkidle")
    assert reader.fetched == ["/widget.js", "/assistant/launcher.css"]


def test_a_ward_that_is_named_is_looked_up_and_nothing_more(enter: Enter, settings: Settings) -> None:
    reader = enter({"ward": settings.ward})
    expect(reader.launcher).to_be_visible()
    reader.page.wait_for_load_state("networkidle")
    assert reader.fetched == ["/widget.js", "/api/ward", "/assistant/launcher.css"]


def test_the_wrong_ward_is_not_shown_and_the_web_master_is_told_why(enter: Enter) -> None:
    reader = enter({"ward": "phuong-khac"})
    reader.page.wait_for_load_state("networkidle")
    expect(reader.launcher.or_(reader.plain_link)).to_have_count(0)
    reader.complained_of("phuong-khac")


def test_a_line_put_in_twice_shows_one_button(enter: Enter, address: str) -> None:
    reader = enter(line=line_for(address) * 2)
    reader.open()
    expect(reader.host).to_have_count(1)


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_it_fits_on_the_screen(enter: Enter, width: int) -> None:
    reader = enter(width=width)
    expect(reader.launcher).to_be_in_viewport(ratio=1)
    visit = reader.open()
    for part in (reader.dialog, visit.field, visit.send, visit.button("Đóng")):
        expect(part).to_be_in_viewport(ratio=1)
    assert visit.overflow() <= 0


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_keyboard_opens_it(reader: Reader, key: str) -> None:
    reader.launcher.focus()
    reader.page.keyboard.press(key)
    expect(reader.field).to_be_focused()


def test_the_dialog_says_what_it_is(reader: Reader) -> None:
    reader.open()
    expect(reader.dialog).to_have_accessible_name("Trợ lý Một cửa")
    expect(reader.dialog).to_have_accessible_description(re.compile("máy trả lời tự động"))


def test_tab_goes_round_inside(reader: Reader) -> None:
    reader.open()
    seen = [after_tab(reader.page) for _ in range(40)]
    assert {"A", "BUTTON", "INPUT"}.isdisjoint(seen), "it left for the ward's page"
    assert seen.count("inside: message") >= 2, seen


@pytest.mark.parametrize("way", ["Escape", "the button", "a click beside it"])
def test_it_closes_and_gives_the_focus_back(reader: Reader, way: str) -> None:
    visit = reader.open()
    if way == "Escape":
        visit.field.press("Escape")
    elif way == "the button":
        visit.button("Đóng").click()
    else:
        reader.page.mouse.click(200, 300)
    expect(reader.dialog).to_be_hidden()
    expect(reader.launcher).to_be_focused()


def test_a_click_inside_does_not_close_it(reader: Reader) -> None:
    reader.open()
    reader.page.get_by_text("Bạn đang trò chuyện với máy").click()
    expect(reader.dialog).to_be_visible()


def test_the_talk_goes_on_on_the_next_page(reader: Reader, site: Site, address: str) -> None:
    visit = reader.open()
    visit.ask(STORY)
    site.put(line_for(address), path="/tin")
    reader.page.goto(f"{site.origin}/tin")
    expect(reader.dialog).to_be_visible()
    expect(visit.mine).to_contain_text([STORY])
    expect(visit.card).to_be_visible()


def test_a_link_of_the_ward_s_own_asks_or_fills_in(reader: Reader) -> None:
    visit = Visit(reader.page, reader.assistant)
    expect(reader.launcher).to_be_visible()
    reader.host.evaluate("(host, text) => host.ask(text, { send: false })", RESIDENCE)
    expect(visit.field).to_have_value(RESIDENCE)
    expect(visit.mine).to_have_count(0)
    reader.host.evaluate("host => host.close()")
    expect(reader.dialog).to_be_hidden()
    reader.host.evaluate("(host, text) => host.ask(text)", RESIDENCE)
    expect(visit.mine).to_contain_text([RESIDENCE])
    expect(visit.card).to_be_visible()
