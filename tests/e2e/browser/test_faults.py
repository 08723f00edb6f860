"""When something between the citizen and the server fails: it is said, and nothing is lost or sent twice."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from bot.knowledge.ward import Ward
from tests.e2e.browser.newcomer import CHAT, Come
from tests.e2e.browser.visit import BIRTH, STORY, Visit

pytestmark = pytest.mark.e2e

TODAY = datetime(2026, 7, 17, 8)
COMPOSED = "đăng ký khai sinh cần gì"
COMPOSING = """(field, composing) => {
  if (composing) field.dispatchEvent(new CompositionEvent('compositionstart'));
  field.dispatchEvent(new KeyboardEvent('keydown', {
    key: 'Enter', keyCode: composing ? 229 : 13, bubbles: true, cancelable: true, composed: true }));
}"""
BUSY = {"code": "unavailable", "message": "Tôi đang bận.", "hotline": "0900 111 222", "listing": "/thu-tuc"}
# What comes back instead of an answer, and the number to call if it is not the ward's.
FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"status": 503, "json": {"error": BUSY}}, "0900 111 222"),
    ({"status": 500, "json": {"error": {"code": "internal", "message": "x"}}}, ""),
    ({"status": 502, "content_type": "text/html", "body": "<h1>Bad gateway</h1>"}, ""),
    ({"status": 200, "content_type": "text/html", "body": "<h1>Wi-Fi</h1>"}, ""),
    ({"status": 200, "json": {"session": "x", "replies": []}}, ""),
    ({"status": 200, "json": None}, ""),
]


@pytest.fixture
def visit(come: Come) -> Visit:
    """The page on a device where all works."""
    return come()


def respond(visit: Visit, **answer: Any) -> None:
    """Answer with this in place of the server."""
    visit.page.route(CHAT, lambda route: route.fulfill(**answer))


def sent(visit: Visit) -> list[Any]:
    """From now on: all that is sent to the chat endpoint."""
    bodies: list[Any] = []
    visit.page.on("request", lambda one: bodies.append(one.post_data_json) if one.url.endswith("/api/chat") else None)
    return bodies


def test_whatever_comes_back_it_is_said_with_the_hotline_and_nothing_is_lost(visit: Visit, ward: Ward) -> None:
    for answer, hotline in FAULTS:
        respond(visit, **answer)
        visit.field.fill(STORY)
        visit.send.click()
        expect(visit.last).to_contain_class("error")
        expect(visit.last.get_by_role("link", name=f"Gọi {hotline or ward.hotline}")).to_be_visible()
        visit.page.unroute(CHAT)
        assert visit.choose(visit.button("Gửi lại"))["card"]["code"] == BIRTH
        expect(visit.mine).to_have_count(1)
        expect(visit.log.locator(".error")).to_have_count(0)
        visit.button("Cuộc trò chuyện mới").click()


def test_after_twenty_seconds_somebody_is_named_to_call(visit: Visit, ward: Ward) -> None:
    visit.page.clock.install(time=TODAY)
    visit.page.clock.pause_at(TODAY + timedelta(hours=1))
    visit.page.route(CHAT, lambda route: None)
    visit.field.fill(STORY)
    visit.send.click()
    expect(visit.log.locator(".typing")).to_be_visible()
    visit.page.clock.run_for(19_000)
    expect(visit.log.locator(".typing")).to_be_visible()
    visit.page.clock.run_for(2_000)
    expect(visit.last).to_contain_class("error")
    expect(visit.last.get_by_role("link", name=f"Gọi {ward.hotline}")).to_be_visible()
    expect(visit.last.get_by_role("link", name="danh mục")).to_have_attribute("href", f"{visit.address}/thu-tuc")
    visit.page.unroute(CHAT)
    assert visit.choose(visit.button("Gửi lại"))["card"]["code"] == BIRTH


def test_a_button_pressed_without_a_network_can_be_sent_later(visit: Visit, ward: Ward) -> None:
    bodies = sent(visit)
    visit.page.context.set_offline(True)
    expect(visit.page.get_by_text(re.compile("mất mạng")).first).to_be_visible()
    visit.button(ward.suggestions[0]).click()
    expect(visit.last).to_contain_text("mất mạng")
    assert bodies == []
    visit.page.context.set_offline(False)
    visit.choose(visit.button("Gửi lại"))
    assert [body["message"] for body in bodies] == [ward.suggestions[0]]


def test_a_double_click_sends_once(visit: Visit) -> None:
    bodies = sent(visit)
    visit.field.fill(STORY)
    visit.send.dblclick()
    visit.wait()
    assert len(bodies) == 1
    visit.button("Lệ phí").dblclick()
    visit.wait()
    expect(visit.mine).to_have_count(2)
    assert len(bodies) == 2


def test_enter_within_a_word_that_is_being_composed_sends_nothing(visit: Visit) -> None:
    visit.field.fill(COMPOSED)
    visit.field.evaluate(COMPOSING, True)
    expect(visit.field).to_have_value(COMPOSED)
    expect(visit.mine).to_have_count(0)
    visit.field.evaluate(COMPOSING, False)
    expect(visit.mine).to_have_count(1)
