"""Where one types: what can be sent, and that it stays text."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from bot.answers.refusals import LONGEST_MESSAGE
from tests.e2e.browser.visit import ANY_DEVICE, Visit

pytestmark = pytest.mark.e2e

MARKUP = ["<img src=x onerror=alert(1)>", "<script>alert(2)</script>", "<b>đậm</b> javascript:alert(3)"]


def test_enter_sends_and_shift_enter_begins_a_line(visit: Visit) -> None:
    visit.field.press_sequentially("cam on")
    visit.field.press("Shift+Enter")
    expect(visit.field).to_have_value("cam on\n")
    visit.field.press_sequentially("nhe")
    with visit.page.expect_response("**/api/chat") as awaited:
        visit.field.press("Enter")
    visit.answered(awaited.value.json())
    expect(visit.field).to_have_value("")
    expect(visit.mine).to_contain_text(["cam on\nnhe"])


def test_nothing_cannot_be_sent(visit: Visit) -> None:
    for nothing in ("", "   ", "\n\n"):
        visit.field.fill("a")
        expect(visit.send).to_be_enabled()
        visit.field.fill(nothing)
        expect(visit.send).to_be_disabled()
        visit.field.press("Enter")
    expect(visit.mine).to_have_count(0)


def test_letters_are_counted_once_little_room_is_left(visit: Visit) -> None:
    count = visit.page.locator("#count")
    visit.field.fill("a" * (LONGEST_MESSAGE * 4 // 5 - 1))
    expect(count).to_have_text("")
    visit.field.fill("a" * (LONGEST_MESSAGE * 4 // 5))
    expect(count).to_have_text(f"{LONGEST_MESSAGE * 4 // 5}/{LONGEST_MESSAGE}")


def test_what_is_too_long_is_said_and_not_sent(visit: Visit) -> None:
    visit.field.fill("a" * (LONGEST_MESSAGE + 1))
    expect(visit.send).to_be_disabled()
    expect(visit.page.locator("#count")).to_have_text(f"{LONGEST_MESSAGE + 1}/{LONGEST_MESSAGE}")
    expect(visit.page.locator("#limit")).to_contain_text(f"Dài quá {LONGEST_MESSAGE} ký tự")
    expect(visit.field).to_have_attribute("aria-invalid", "true")
    visit.field.press("Enter")
    expect(visit.mine).to_have_count(0)


@ANY_DEVICE
def test_the_longest_message_is_sent_however_its_letters_are_put_together(visit: Visit) -> None:
    visit.field.fill("o\u031b\u0303" * LONGEST_MESSAGE)  # three signs that are one letter
    expect(visit.page.locator("#count")).to_have_text(f"{LONGEST_MESSAGE}/{LONGEST_MESSAGE}")
    assert visit.choose(visit.send)["card"]["type"] != "refused"


@ANY_DEVICE
def test_one_question_at_a_time(visit: Visit) -> None:
    held: list[Route] = []
    visit.page.route("**/api/chat", lambda route: held.append(route))
    visit.field.fill("cảm ơn bạn")
    visit.press(visit.send)
    visit.field.fill("cảm ơn bạn nhiều")
    expect(visit.log.locator(".typing")).to_be_visible()
    expect(visit.send).to_be_disabled()
    visit.field.press("Enter")
    expect(visit.mine).to_have_count(1)
    held[0].continue_()
    visit.wait()
    expect(visit.send).to_be_enabled()
    expect(visit.field).to_have_value("cảm ơn bạn nhiều")


def test_markup_is_shown_as_it_was_typed_and_never_run(visit: Visit) -> None:
    for markup in MARKUP:
        visit.ask(f"{markup} đăng ký kết hôn")
    visit.page.reload()
    expect(visit.mine).to_contain_text(MARKUP)
    assert visit.log.locator("img, script, b, a[href^='javascript']").count() == 0
    assert visit.dialogs == []


def test_what_somebody_wrote_is_read_back_as_text(visit: Visit) -> None:
    markup = "Đèn <img src=x onerror=alert(1)> hư <b>lâu</b>"
    visit.ask("Tôi muốn gửi phản ánh")
    visit.ask(markup)
    visit.choose(visit.button("Bỏ qua"))
    expect(visit.last).to_contain_text(f"“{markup}”")
    assert visit.log.locator("img, b").count() == 0
