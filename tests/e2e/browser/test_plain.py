"""The page without script in a real browser: used with script off, and looked at by axe."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.e2e

STANDARD = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
BIRTH = "Đăng ký khai sinh cần giấy tờ gì?"
# What somebody says, a question or a button, and what is drawn then.
TALKS = {
    "an answer": ([BIRTH], ".answer details"),
    "a table": (["Đăng ký tạm trú hết bao nhiêu tiền?"], ".answer table"),
    "days counted": (["Thứ hai tuần sau tôi nộp hồ sơ đăng ký tạm trú thì bao giờ có kết quả?"], ".due"),
    "a question back": ([BIRTH, "Lập danh sách cho trường hợp của tôi"], ".said + form .choices"),
    "nothing found": (["Mua vé tàu vũ trụ ở đâu?"], ".said"),
    "an emergency": (["Cháy nhà rồi, gọi ai?"], ".said.error a[href='tel:114']"),
    "too long": (["khai sinh " * 60], ".said"),
}
PAGES = ("/hoi", "/hoi?cau-hoi=khai+sinh", "/rieng-tu", "/tro-nang", "/khong-co-trang-nay")


@pytest.fixture(params=[320, 1000], ids=["phone", "desktop"])
def width(request: pytest.FixtureRequest) -> int:
    """How wide the screen is, in CSS pixels: 320 is also what is left of 1280 enlarged to 400 %."""
    return int(request.param)


@pytest.fixture
def without_script(browser: Browser, address: str, width: int) -> Iterator[Page]:
    context = browser.new_context(
        base_url=address, java_script_enabled=False, viewport={"width": width, "height": 800}, locale="vi-VN"
    )
    yield context.new_page()
    context.close()


@pytest.fixture(params=["light", "dark"])
def looked_at(request: pytest.FixtureRequest, browser: Browser, address: str, width: int) -> Iterator[Page]:
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": 800}, locale="vi-VN", color_scheme=request.param
    )
    yield context.new_page()
    context.close()


def say(page: Page, words: str) -> None:
    """Press the button of that name if there is one, or type the words and send them; ends on the page that follows."""
    button = page.get_by_role("button", name=words, exact=True)
    if not button.count():
        field = page.get_by_role("textbox")
        field.evaluate("field => field.removeAttribute('maxlength')")  # as a browser that doesn't know it
        field.fill(words)
        button = page.get_by_role("button", name="Gửi", exact=True)
    with page.expect_navigation():
        button.click()


def hold(page: Page, talk: str) -> None:
    """Begin anew and say all of a talk; fails unless it ends in what it should."""
    said, drawn = TALKS[talk]
    page.goto("/hoi")
    for words in said:
        say(page, words)
    expect(page.locator(drawn).first).to_be_attached()


def assert_nothing_found(page: Page) -> None:
    """Fail unless axe finds nothing on the whole page, folds open, and nothing is wider than the screen."""
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    found = Axe().run(page, options=STANDARD).response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it has to be moved sideways"


@pytest.mark.parametrize("talk", TALKS)
def test_every_kind_of_reply_is_clean(looked_at: Page, talk: str) -> None:
    hold(looked_at, talk)
    assert_nothing_found(looked_at)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_text_is_clean(looked_at: Page, path: str) -> None:
    looked_at.goto(path)
    assert_nothing_found(looked_at)


def test_axe_would_find_something(browser: Browser, address: str) -> None:
    page = browser.new_page(base_url=address)
    page.goto("/hoi")
    page.evaluate("document.querySelector('label').remove()")
    with pytest.raises(AssertionError, match="label"):
        assert_nothing_found(page)
    page.close()


def test_a_talk_goes_on_without_script(without_script: Page) -> None:
    hold(without_script, "an answer")
    say(without_script, "Lệ phí")
    expect(without_script.get_by_role("heading", level=1)).to_have_text("Trả lời câu hỏi của bạn")
    expect(without_script.locator(".answer h2")).to_contain_text("khai sinh")
    say(without_script, "Chưa đúng")
    say(without_script, "Khó hiểu")
    expect(without_script.get_by_role("heading", level=1)).to_have_text("Cảm ơn bạn")
    say(without_script, "Xóa cuộc trò chuyện")
    expect(without_script.get_by_role("heading", level=1)).to_have_text("Đã xóa cuộc trò chuyện")
    without_script.get_by_role("link", name="Trang hỏi đơn giản").click()
    expect(without_script.get_by_role("textbox")).to_have_value("")


def test_the_way_back_of_the_browser_shows_the_answer_again(without_script: Page) -> None:
    hold(without_script, "an answer")
    say(without_script, "Đúng ý")
    expect(without_script.get_by_role("heading", level=1)).to_have_text("Cảm ơn bạn")
    without_script.go_back()
    expect(without_script.locator(".answer")).to_be_visible()


def test_with_the_keyboard_alone_one_lands_on_the_answer(looked_at: Page) -> None:
    looked_at.goto("/hoi")
    looked_at.get_by_role("textbox").focus()
    looked_at.keyboard.type("Dang ky khai sinh can giay to gi")
    looked_at.keyboard.press("Tab")
    looked_at.keyboard.press("Enter")
    expect(looked_at.get_by_role("heading", level=1)).to_be_focused()
    looked_at.keyboard.press("Tab")
    assert looked_at.evaluate("document.querySelector('.answer').contains(document.activeElement)")
