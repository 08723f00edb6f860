"""Nothing on the assistant's page keeps anybody from using it: axe, small screens, forced colours, still pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from bot.answers.answer import MY_CASE
from tests.e2e.browser.visit import OFFER, STORY, Visit, device, visiting

pytestmark = pytest.mark.e2e

STILL: dict[str, Any] = {"reduced_motion": "reduce", "bypass_csp": True}  # axe tries styles out, as no page of ours may
SIGHTS = list(product((320, 1280), ("light", "dark")))
LOW = 256  # pixels: what is left of 1024 magnified four times
# One talk in which every kind of reply is drawn; what is the name of a button is pressed.
TALK = [
    "19036789012345",
    OFFER,
    STORY,
    MY_CASE.label,
    "Có giấy chứng sinh",
    "Bỏ qua",
    "Cha hoặc mẹ",
    "Đăng ký tạm trú hết bao nhiêu tiền?",
    "thứ sáu này nộp thì bao giờ xong",
    "Đăng ký tạm trú có làm qua mạng được không?",
    "mình muốn làm hộ chiếu để đi du lịch Nhật",
    "Mua vé tàu vũ trụ ở đâu?",
    "Giờ làm việc của phường",
    "Phường làm những thủ tục nào?",
    "Cho tôi gặp cán bộ",
    "Cháy nhà rồi, gọi ai?",
    "cảm ơn bạn nhiều nhé",
]
KINDS = {"answer", "ask", "choose", "unknown", "service", "refused", "smalltalk"}

PRESSED = "a[href], button, summary, textarea, input, [tabindex='0']"
_SMALL = """all => all.filter((one) => one.checkVisibility({visibilityProperty: true}) && !one.closest('.skip'))
  .map((one) => [one, (one.closest('label') ?? one).getBoundingClientRect()])
  .filter(([, box]) => box.width < 24 || box.height < 24)
  .map(([one, box]) => `${one.outerHTML.slice(0, 120)} ${box.width} x ${box.height}`)"""
_BARE = """all => all.filter((one) => one.checkVisibility({visibilityProperty: true}) && !one.closest('.skip'))
  .filter((one) => {
    const edges = [one, one.closest('li.candidate')].filter(Boolean).map((edged) => getComputedStyle(edged));
    return edges.every((style) => style.borderTopStyle === 'none' || parseFloat(style.borderTopWidth) < 1);
  }).map((one) => one.outerHTML.slice(0, 120))"""
_MOVING = """() => {
  const root = document.querySelector('tro-ly-mot-cua').shadowRoot;
  const seconds = (times) => Math.max(...times.split(',').map((time) => parseFloat(time)));
  return [document.documentElement, ...root.querySelectorAll('*')].filter((one) => {
    const style = getComputedStyle(one);
    const animated = style.animationName !== 'none' && seconds(style.animationDuration) > 0.01;
    return animated || seconds(style.transitionDuration) > 0.01 || style.scrollBehavior === 'smooth';
  }).map((one) => one.outerHTML.slice(0, 120));
}"""


@pytest.fixture(scope="module")
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    with device(browser, address, **STILL) as context:
        yield context


@pytest.fixture(scope="module")
def all_said(browser: Browser, address: str) -> Iterator[Visit]:
    """A page on which every kind of reply was drawn and all folds are open."""
    with device(browser, address, **STILL) as context, visiting(context, address) as visit:
        drawn = set()
        for words in TALK:
            button = visit.last.get_by_role("button", name=words, exact=True)
            drawn.add((visit.choose(button) if button.count() else visit.ask(words))["card"]["type"])
        assert drawn == KINDS
        visit.unfold()
        yield visit


def look(visit: Visit, width: int, scheme: str) -> None:
    """Have a screen of this width in CSS pixels, light or dark, and so low that no bar stands before anything."""
    visit.page.set_viewport_size({"width": width, "height": LOW})
    visit.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")


@pytest.mark.parametrize(("width", "scheme"), SIGHTS)
def test_axe_finds_nothing_on_any_kind_of_reply(all_said: Visit, width: int, scheme: str) -> None:
    look(all_said, width, scheme)
    assert all_said.faults() == []


def test_axe_would_find_something(all_said: Visit) -> None:
    root = all_said.page.locator("tro-ly-mot-cua .root")
    root.evaluate("root => root.style.setProperty('--soft', '#c0c8c9')")
    all_said.page.emulate_media(color_scheme="light")
    assert "color-contrast" in dict(all_said.faults())
    root.evaluate("root => root.style.removeProperty('--soft')")


def _first(visit: Visit) -> None:
    visit.unfold()


def _options(visit: Visit) -> None:
    visit.page.get_by_role("button", name="Tùy chọn").click()
    expect(visit.page.get_by_role("group", name="Tùy chọn")).to_be_visible()


def _deleting(visit: Visit) -> None:
    _options(visit)
    visit.button("Xóa cuộc trò chuyện").click()
    expect(visit.button("Xóa hết")).to_be_visible()


def _shared_and_marked(visit: Visit) -> None:
    visit.ask(STORY)
    visit.card.get_by_role("checkbox").first.check()
    visit.button("Chia sẻ").click()
    visit.button("👎 Chưa đúng").click()
    expect(visit.button("Khó hiểu")).to_be_visible()
    expect(visit.card.get_by_role("img", name="Mã QR")).to_be_visible()


def _failed(visit: Visit) -> None:
    visit.page.route("**/api/chat", lambda route: route.fulfill(status=503, json={"error": {"message": "Nghỉ."}}))
    visit.field.fill(STORY)
    visit.send.click()
    expect(visit.button("Gửi lại")).to_be_visible()
    visit.complaints.clear()  # the browser itself notes a request that failed


def _waiting(visit: Visit) -> None:
    visit.page.route("**/api/chat", lambda route: None)
    visit.button("Giờ làm việc của phường").click()
    expect(visit.log.locator(".typing")).to_be_visible()


def _too_long(visit: Visit) -> None:
    visit.field.fill("a" * 501)
    expect(visit.page.locator("#limit")).to_contain_text("Dài quá 500 ký tự")


STATES: dict[str, Callable[[Visit], None]] = {
    "first page": _first,
    "options": _options,
    "deleting": _deleting,
    "shared and marked": _shared_and_marked,
    "failed": _failed,
    "waiting": _waiting,
    "too long": _too_long,
}


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_in_any_state_of_the_page(visit: Visit, state: str) -> None:
    STATES[state](visit)
    for width, scheme in SIGHTS:
        look(visit, width, scheme)
        assert (width, scheme, visit.faults()) == (width, scheme, [])


@pytest.mark.parametrize("state", STATES)
def test_magnified_four_times_nothing_has_to_be_scrolled_sideways(visit: Visit, state: str) -> None:
    STATES[state](visit)
    visit.page.set_viewport_size({"width": 320, "height": LOW})
    assert visit.overflow() <= 0


def test_magnified_four_times_every_kind_of_reply_fits(all_said: Visit) -> None:
    all_said.page.set_viewport_size({"width": 320, "height": LOW})
    assert all_said.overflow() <= 0


@pytest.mark.parametrize("width", [320, 1280])
def test_what_can_be_pressed_is_large_enough_to_be_met(all_said: Visit, width: int) -> None:
    look(all_said, width, "light")
    assert all_said.page.locator(PRESSED).evaluate_all(_SMALL) == []


def test_with_colours_of_ones_own_buttons_still_have_an_edge(all_said: Visit) -> None:
    all_said.page.emulate_media(forced_colors="active")
    buttons = all_said.page.locator("button, a.choice, a.small, a.go, a.pill")
    assert buttons.count() > 30
    assert buttons.evaluate_all(_BARE) == []
    all_said.page.emulate_media(forced_colors="none")


def test_nothing_moves_for_those_who_want_it_still(visit: Visit) -> None:
    _waiting(visit)
    assert visit.page.evaluate(_MOVING) == []
    visit.page.emulate_media(reduced_motion="no-preference")
    assert visit.page.evaluate(_MOVING) != []
