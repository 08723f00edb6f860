"""Without a mouse: a talk with the keyboard alone, and a focus that is always seen and never lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, expect

from bot.answers.answer import MY_CASE
from tests.e2e.browser.visit import OFFER, STORY, Visit, device

pytestmark = pytest.mark.e2e

FURTHEST = 80  # presses of the tab key
_FOCUSED = """() => {
  let one = document.activeElement;
  while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
  const rings = [getComputedStyle(one), getComputedStyle(one, '::after')];
  const ring = rings.some(({outlineStyle, outlineWidth}) => outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2);
  const {left, top, width, height} = one.getBoundingClientRect();
  const parts = [0.1, 0.5, 0.9];
  const bare = parts.some((across) => parts.some((down) => { // under a bar that stands still nobody sees it
    const met = one.getRootNode().elementFromPoint(left + across * width, top + down * height);
    return one.contains(met);
  }));
  return [one.tagName, one.outerHTML.slice(0, 120), ring && bare && one.matches(':focus-visible')];
}"""


@pytest.fixture(scope="module")
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    with device(browser, address, reduced_motion="reduce") as context:
        yield context


def assert_focus_is_seen(visit: Visit) -> None:
    """Fail if nothing has the focus, or nobody sees what has it."""
    name, html, seen = visit.page.evaluate(_FOCUSED)
    assert name != "BODY", "the focus is lost"
    assert seen, f"nobody sees that this has the focus: {html}"


def go_to(visit: Visit, target: Locator, key: str = "Shift+Tab") -> None:
    """Press the tab key until this has the focus; on the way the focus is always seen."""
    for _ in range(FURTHEST):
        visit.page.keyboard.press(key)
        assert_focus_is_seen(visit)
        if target.evaluate("one => one.getRootNode().activeElement === one"):
            return
    raise AssertionError(f"no way to {target}")


def enter(visit: Visit, key: str = "Enter") -> None:
    """Press a key that sends; until all is drawn."""
    with visit.page.expect_response("**/api/chat") as awaited:
        visit.page.keyboard.press(key)
    visit.answered(awaited.value.json())


def test_a_whole_talk_with_the_keyboard_alone(visit: Visit) -> None:
    keyboard = visit.page.keyboard
    go_to(visit, visit.page.get_by_role("button", name="Đến ô nhập câu hỏi"), "Tab")
    keyboard.press("Enter")
    expect(visit.field).to_be_focused()
    assert_focus_is_seen(visit)
    keyboard.type(OFFER)
    enter(visit)
    assert_focus_is_seen(visit)
    go_to(visit, visit.last.locator(".candidate").get_by_role("button").nth(1))
    enter(visit)
    expect(visit.card.get_by_role("heading", level=2)).to_be_in_viewport()
    go_to(visit, visit.card.locator("summary").first, "Tab")

    go_to(visit, visit.field, "Tab")
    keyboard.type(STORY)
    go_to(visit, visit.send, "Tab")
    enter(visit, "Space")
    assert_focus_is_seen(visit)
    fold = visit.card.locator("details", has=visit.page.get_by_role("heading", name="Lệ phí", exact=True))
    go_to(visit, fold.locator("summary"))
    keyboard.press("Enter")
    expect(fold.locator(".folded")).to_be_visible()
    paper = visit.card.get_by_role("checkbox").first
    go_to(visit, paper)
    keyboard.press("Space")
    expect(paper).to_be_checked()
    expect(visit.card.locator(".count")).to_contain_text("Đã có 1/")

    go_to(visit, visit.button(MY_CASE.label), "Tab")
    enter(visit, "Space")
    assert visit.replies[0]["card"]["type"] == "ask"
    go_to(visit, visit.last.get_by_role("button").first, "Tab")
    enter(visit)
    assert visit.replies[0]["card"]["number"] == 2


@pytest.mark.parametrize("size", [(1280, 800), (320, 640)], ids=["wide", "magnified"])
def test_the_focus_never_goes_below_the_bars(visit: Visit, size: tuple[int, int]) -> None:
    visit.page.set_viewport_size({"width": size[0], "height": size[1]})
    visit.ask(STORY)
    visit.field.focus()
    go_to(visit, visit.page.get_by_role("button", name="Đến ô nhập câu hỏi"))
    go_to(visit, visit.field, "Tab")


def test_the_focus_is_never_lost_and_always_seen(visit: Visit) -> None:
    visit.field.focus()
    visit.page.keyboard.type(STORY)
    enter(visit)
    for name in ("👎 Chưa đúng", "Khó hiểu", "Chia sẻ", "Sao chép"):
        go_to(visit, visit.button(name), "Tab" if name == "Khó hiểu" else "Shift+Tab")
        visit.page.keyboard.press("Enter")
        expect(visit.last.locator(".told:not(:empty), .share:not([hidden])").first).to_be_visible()
        assert_focus_is_seen(visit)
    visit.page.route("**/api/chat", lambda route: route.abort())
    visit.field.focus()
    visit.page.keyboard.type("lệ phí")
    visit.page.keyboard.press("Enter")
    expect(visit.button("Gửi lại")).to_be_visible()
    visit.page.unroute("**/api/chat")
    go_to(visit, visit.button("Gửi lại"))
    enter(visit)
    assert_focus_is_seen(visit)
    visit.complaints.clear()  # the browser itself notes a request that failed


def test_the_menu_opens_and_closes_without_losing_the_focus(visit: Visit) -> None:
    options = visit.page.get_by_role("button", name="Tùy chọn")
    go_to(visit, options, "Tab")
    visit.page.keyboard.press("Enter")
    expect(options).to_have_attribute("aria-expanded", "true")
    go_to(visit, visit.button("Xóa cuộc trò chuyện"), "Tab")
    visit.page.keyboard.press("Enter")
    expect(visit.page.get_by_role("group", name="Xóa hết câu hỏi và trả lời")).to_be_focused()
    assert_focus_is_seen(visit)
    go_to(visit, visit.button("Không xóa"), "Tab")
    visit.page.keyboard.press("Enter")
    expect(visit.button("Xóa cuộc trò chuyện")).to_be_focused()
    visit.page.keyboard.press("Escape")
    expect(options).to_be_focused()
    expect(options).to_have_attribute("aria-expanded", "false")
    assert_focus_is_seen(visit)


@pytest.mark.parametrize("fresh", ["Cuộc trò chuyện mới", "Xóa hết"])
def test_after_a_talk_was_left_one_types_the_next_question(visit: Visit, fresh: str) -> None:
    visit.ask("cảm ơn bạn")
    if fresh == "Xóa hết":
        visit.page.get_by_role("button", name="Tùy chọn").press("Enter")
        visit.button("Xóa cuộc trò chuyện").press("Enter")
    visit.button(fresh).press("Enter")
    expect(visit.field).to_be_focused()
    assert_focus_is_seen(visit)
