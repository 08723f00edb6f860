"""What can be done with an answer: copied, shared, printed, opened as a page, marked."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from bot.answers.answer import MY_CASE
from tests.e2e.browser.visit import ANY_DEVICE, BIRTH, STORY, Visit

pytestmark = pytest.mark.e2e

CLIPBOARD = "navigator.clipboard.readText()"


def opened_by(visit: Visit, name: str) -> Page:
    """The page that a link of the last card opens."""
    with visit.page.context.expect_page() as opened:
        visit.press(visit.card.get_by_role("link", name=name))
    opened.value.wait_for_load_state()
    return opened.value


def test_copying_takes_the_whole_text(visit: Visit) -> None:
    text = visit.ask(STORY)["text"]
    visit.press(visit.button("Sao chép"))
    expect(visit.card.locator(".tools .told")).to_have_text("Đã sao chép câu trả lời.")
    assert visit.page.evaluate(CLIPBOARD) == text


@ANY_DEVICE
def test_a_browser_that_copies_nothing_is_said(visit: Visit) -> None:
    visit.ask(STORY)
    visit.page.evaluate("navigator.clipboard.writeText = () => Promise.reject(); document.execCommand = () => false")
    visit.press(visit.button("Sao chép"))
    expect(visit.card.locator(".tools .told")).to_contain_text("Trình duyệt không cho sao chép.")
    expect(visit.button("Sao chép")).to_be_focused()


def test_sharing_shows_the_link_and_a_code_for_another_phone(visit: Visit) -> None:
    visit.ask(STORY)
    visit.press(visit.button("Chia sẻ"))
    page = f"{visit.address}/thu-tuc/{BIRTH}"
    expect(visit.card.get_by_label("Liên kết của trang này")).to_have_value(page)
    code = visit.card.get_by_role("img", name="Mã QR mở trang")
    expect(code).to_have_js_property("complete", True)
    assert code.evaluate("image => image.naturalWidth") > 100
    visit.press(visit.button("Sao chép liên kết"))
    expect(visit.card.locator(".tools .told")).to_have_text("Đã sao chép liên kết.")
    assert visit.page.evaluate(CLIPBOARD) == page
    visit.press(visit.button("Chia sẻ"))
    expect(code).to_be_hidden()


@ANY_DEVICE
def test_a_device_that_can_share_by_itself_does(visit: Visit) -> None:
    name = visit.ask(STORY)["card"]["name"]
    visit.page.evaluate("navigator.share = async (what) => { window.shared = what; }")
    visit.press(visit.button("Chia sẻ"))
    shared = visit.page.wait_for_function("window.shared").json_value()
    assert shared == {"title": name, "url": f"{visit.address}/thu-tuc/{BIRTH}"}
    expect(visit.card.locator(".share")).to_be_hidden()


def test_printing_opens_the_page_of_the_procedure_and_prints_it(visit: Visit) -> None:
    name = visit.ask(STORY)["card"]["name"]
    page = opened_by(visit, "In (mở trang mới)")
    assert page.url == f"{visit.address}/thu-tuc/{BIRTH}?in=1"
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    page.wait_for_function("window.printed")


def test_the_page_of_ones_own_case_shows_the_same_papers(visit: Visit) -> None:
    visit.ask(STORY)
    visit.choose(visit.button(MY_CASE.label))
    for _ in range(3):
        reply = visit.choose(visit.last.get_by_role("button").first)
    checklist = reply["card"]["checklist"]
    page = opened_by(visit, "Xem trang thủ tục")
    assert urlsplit(page.url).query == "&".join(f"ca={one['ref']}" for one in checklist["answers"])
    expect(page.locator("main")).to_contain_text("Theo điều bạn cho biết")
    shown = " ".join(page.locator("main").inner_text().split())
    for paper in (*checklist["hand_in"], *checklist["show"]):
        assert paper.split(" (")[0] in shown


def test_a_thumb_up_is_kept_with_one_press(visit: Visit) -> None:
    reply = visit.ask(STORY)
    with visit.page.expect_response("**/api/feedback") as marked:
        visit.press(visit.button("👍 Đúng ý"))
    assert marked.value.ok
    sent = marked.value.request.post_data_json or {}
    assert (sent["reply"], sent["mark"]) == (reply["id"], "up")
    expect(visit.button("👍 Đúng ý")).to_have_attribute("aria-pressed", "true")
    expect(visit.last.locator(".marks .told")).to_have_text("Cảm ơn bạn.")


def test_a_thumb_down_asks_why_and_keeps_the_reason(visit: Visit) -> None:
    visit.ask(STORY)
    with visit.page.expect_response("**/api/feedback") as marked:
        visit.press(visit.button("👎 Chưa đúng"))
    assert marked.value.ok
    expect(visit.last.locator(".marks .told")).to_contain_text("Chưa đúng ở chỗ nào?")
    with visit.page.expect_response("**/api/feedback") as told:
        visit.press(visit.button("Thiếu điều tôi cần"))
    sent = told.value.request.post_data_json or {}
    assert told.value.ok and sent["reason"] == "Thiếu điều tôi cần"
    expect(visit.last.locator(".marks .told")).to_have_text("Cảm ơn bạn, tôi đã ghi lại.")
