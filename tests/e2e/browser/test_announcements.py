"""Without a screen: every answer is announced once, and nothing else speaks by itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from bot.answers.answer import MY_CASE
from tests.e2e.browser.visit import BIRTH, OFFER, STORY, Visit, device, visiting

pytestmark = pytest.mark.e2e

LONGEST = 300  # letters of an answer
_LISTEN = """() => {
  const status = document.querySelector('tro-ly-mot-cua').shadowRoot.querySelector('[role=status]');
  window.announced = [];
  new MutationObserver((changes) => {
    for (const {addedNodes} of changes) for (const {textContent} of addedNodes) window.announced.push(textContent);
  }).observe(status, {childList: true, characterData: true, subtree: true});
}"""


@pytest.fixture(scope="module")
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    with device(browser, address) as context:
        yield context


@pytest.fixture
def visit(context: BrowserContext, address: str) -> Iterator[Visit]:
    with visiting(context, address) as visit:
        visit.page.evaluate(_LISTEN)
        yield visit


def announced(visit: Visit) -> list[str]:
    """What was announced since the last look, but for the word that an answer is under way."""
    said = visit.page.evaluate("window.announced.splice(0)")
    return [text for text in said if text != "Đang trả lời"]


def test_every_answer_is_announced_once(visit: Visit) -> None:
    visit.ask("cảm ơn bạn nhiều nhé")
    assert announced(visit) == [visit.replies[0]["text"]]
    for message in (STORY, OFFER, "Phường làm những thủ tục nào?", "Mua vé tàu vũ trụ ở đâu?"):
        first = visit.ask(message)["text"].splitlines()[0]
        (said,) = announced(visit)
        assert said.startswith(first[:LONGEST]) and len(said) < LONGEST + 40, "its beginning, and that there is more"
    visit.choose(visit.button("Gặp cán bộ"))
    assert len(announced(visit)) == 1


def test_two_replies_to_one_message_are_one_announcement(visit: Visit) -> None:
    for message in (STORY, MY_CASE.message):
        visit.ask(message)
    announced(visit)
    visit.ask("Lệ phí bao nhiêu?")
    assert len(visit.replies) == 2
    assert len(announced(visit)) == 1


def test_the_same_answer_again_is_announced_again(visit: Visit) -> None:
    for _ in range(2):
        visit.ask("Giờ làm việc của phường")
        assert len(announced(visit)) == 1


def test_nothing_but_that_one_line_is_live(visit: Visit) -> None:
    visit.ask(STORY)
    live = visit.page.locator("[role=alert], [role=status], [role=log], [aria-live], output")
    assert sorted((one.get_attribute("role"), one.get_attribute("aria-live")) for one in live.all()) == [
        ("log", "off"),
        ("status", None),
    ]


def test_what_is_done_is_announced_too(visit: Visit) -> None:
    visit.ask(STORY)
    announced(visit)
    visit.card.get_by_role("checkbox").first.check()
    visit.button("Sao chép").click()
    expect(visit.card.locator(".tools .told")).to_have_text("Đã sao chép câu trả lời.")
    ticked, copied = announced(visit)
    assert ticked.startswith("Đã có 1/") and copied == "Đã sao chép câu trả lời."


def test_a_fault_is_announced(visit: Visit) -> None:
    visit.page.route("**/api/chat", lambda route: route.abort())
    visit.field.fill(STORY)
    visit.send.click()
    expect(visit.button("Gửi lại")).to_be_visible()
    assert announced(visit) == ["Chưa gửi được. Bạn kiểm tra mạng rồi bấm “Gửi lại”."]
    visit.complaints.clear()  # the browser itself notes a request that failed


def test_after_a_reload_nothing_is_announced_and_the_talk_is_there(visit: Visit) -> None:
    visit.ask(STORY)
    visit.page.reload()
    expect(visit.card).to_contain_text(BIRTH)
    expect(visit.page.get_by_role("status")).to_have_text("")
