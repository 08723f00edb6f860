"""The page in a real browser, as a citizen uses it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, expect, sync_playwright

from bot.answers.choose import NONE_OF_THESE
from bot.knowledge.listing import Listing
from bot.knowledge.ward import Ward

pytestmark = pytest.mark.e2e

CHROMIUM = Path("/usr/bin/chromium")
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 20_000  # milliseconds
BIRTH = "1.001193"
STORY = "Vợ em mới sinh bé, đi làm khai sinh cần giấy tờ gì?"


@dataclass
class Visit:
    """An open page, and all that a citizen should never meet while it is open."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def watch(self) -> None:
        page = self.page
        page.on("console", self.hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", self.dismiss)
        page.on("request", lambda sent: None if sent.url.startswith(self.address) else self.elsewhere.append(sent.url))

    def hear(self, said: ConsoleMessage) -> None:
        """Keep what the browser complains about, and where."""
        if said.type in ("error", "warning"):
            self.complaints.append(f"{said.text} at {said.location['url']}")

    def dismiss(self, dialog: Dialog) -> None:
        """Keep what a window that should never open says, and close it."""
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def ask(self, message: str) -> None:
        """Type and send; waits until the answer is there."""
        self.page.get_by_label("Câu hỏi của bạn").fill(message)
        self.page.get_by_role("button", name="Gửi", exact=True).click()
        self.wait()

    def wait(self) -> None:
        """Wait until the last message is the assistant's, and no longer being typed."""
        expect(self.page.locator("#log > .message.me").last).to_be_visible()
        expect(self.page.locator("#log > .message.typing")).to_have_count(0)
        expect(self.page.locator("#log > .message").last).to_contain_class("bot")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.fail(f"No browser at {CHROMIUM}: apt-get install --no-install-recommends chromium")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A citizen opens the page; at the end nothing complained and nothing left for elsewhere."""
    width = getattr(request, "param", 1000)
    context = browser.new_context(viewport={"width": width, "height": 720}, locale="vi-VN")
    context.set_default_timeout(PATIENCE)
    visit = Visit(context.new_page(), address)
    visit.watch()
    visit.page.goto(address)
    expect(visit.page.locator("#log > .message.bot")).to_have_count(1)
    yield visit
    context.close()
    assert visit.complaints == [] and visit.dialogs == [] and visit.elsewhere == []


def test_the_page_opens_in_vietnamese_and_says_who_answers(visit: Visit, ward: Ward) -> None:
    page = visit.page
    expect(page).to_have_title(f"Trợ lý Một cửa · {ward.name}")
    assert page.locator("html").get_attribute("lang") == "vi"
    expect(page.get_by_text("Bạn đang trò chuyện với máy trả lời tự động, không phải cán bộ.")).to_be_visible()
    expect(page.get_by_role("link", name=f"Gọi {ward.hotline}")).to_be_visible()
    for suggestion in ward.suggestions:
        expect(page.get_by_role("button", name=suggestion)).to_be_visible()


def test_a_question_is_answered_with_a_card_of_papers_and_its_source(visit: Visit, listing: Listing) -> None:
    procedure = listing[BIRTH]
    visit.ask(STORY)
    card = visit.page.locator("article.card")
    expect(card.get_by_role("heading", name=procedure.name, exact=True)).to_be_visible()
    expect(card.get_by_text("chứng sinh").first).to_be_visible()
    expect(card).to_contain_text(f"Mã thủ tục {BIRTH}")
    source = card.get_by_role("link", name=procedure.source.decision)
    assert source.get_attribute("href") == procedure.source.url
    assert "noopener" in (source.get_attribute("rel") or "")


def test_what_was_not_asked_is_folded_and_opens(visit: Visit) -> None:
    visit.ask(STORY)
    card = visit.page.locator("article.card")
    expect(card.locator("details[open]")).to_have_count(0)
    card.get_by_text("Lệ phí", exact=True).click()
    expect(card.locator("details[open]")).to_have_count(1)


def test_a_follow_up_is_one_click(visit: Visit) -> None:
    visit.ask(STORY)
    visit.page.get_by_role("button", name="Lệ phí", exact=True).click()
    visit.wait()
    cards = visit.page.locator("article.card")
    expect(cards).to_have_count(2)
    expect(cards.last.locator("section h3").first).to_have_text("Lệ phí")
    expect(visit.page.locator("#log > .message.me").last).to_contain_text("Lệ phí")


def test_a_choice_is_one_click(visit: Visit) -> None:
    visit.ask("giấy khai sinh")
    choices = visit.page.locator("#log > .message").last.get_by_role("button")
    expect(choices.last).to_have_text(NONE_OF_THESE)
    name = choices.first.inner_text()
    choices.first.click()
    visit.wait()
    expect(visit.page.locator("article.card h2")).to_have_text(name)


def test_a_message_can_be_sent_with_the_keyboard_alone(visit: Visit) -> None:
    field = visit.page.get_by_label("Câu hỏi của bạn")
    field.focus()
    field.press_sequentially("cam on")
    field.press("Shift+Enter")
    assert field.input_value() == "cam on\n"
    field.press_sequentially("nhe")
    field.press("Enter")
    visit.wait()
    expect(field).to_be_focused()
    assert field.input_value() == ""


def test_a_long_message_is_counted_and_not_sent(visit: Visit) -> None:
    page, field = visit.page, visit.page.get_by_label("Câu hỏi của bạn")
    send = page.get_by_role("button", name="Gửi", exact=True)
    field.fill("a" * 501)
    expect(send).to_be_disabled()
    expect(page.locator("#count")).to_have_text("501/500")
    expect(page.locator("#limit")).to_contain_text("Dài quá 500 ký tự")
    field.press("Enter")
    expect(page.locator("#log > .message.me")).to_have_count(0)
    field.fill("ỡ" * 500)
    expect(send).to_be_enabled()


def test_nothing_to_send_cannot_be_sent(visit: Visit) -> None:
    field = visit.page.get_by_label("Câu hỏi của bạn")
    for nothing in ("", "   ", "\n\n"):
        field.fill(nothing)
        expect(visit.page.get_by_role("button", name="Gửi", exact=True)).to_be_disabled()


@pytest.mark.parametrize(
    "markup", ["<img src=x onerror=alert(1)>", "<script>alert(2)</script>", "<b>đậm</b> javascript:alert(3)"]
)
def test_markup_is_shown_as_it_was_typed_and_never_run(visit: Visit, markup: str) -> None:
    visit.ask(f"{markup} đăng ký kết hôn")
    mine = visit.page.locator("#log > .message.me").last
    expect(mine).to_contain_text(markup)
    assert visit.page.locator("#log img, #log script, #log b").count() == 0
    assert visit.dialogs == []


def test_a_new_conversation_forgets_the_old_one(visit: Visit) -> None:
    visit.ask(STORY)
    visit.page.get_by_role("button", name="Cuộc trò chuyện mới").click()
    expect(visit.page.locator("article.card")).to_have_count(0)
    visit.ask("lệ phí bao nhiêu")
    expect(visit.page.locator("article.card")).to_have_count(0)


def test_after_a_reload_the_talk_goes_on(visit: Visit) -> None:
    visit.ask(STORY)
    visit.page.reload()
    expect(visit.page.locator("#log > .message.bot")).to_have_count(1)
    visit.ask("lệ phí bao nhiêu")
    expect(visit.page.locator("article.card")).to_contain_text(f"Mã thủ tục {BIRTH}")


def test_a_server_that_fails_is_said_and_can_be_tried_again(visit: Visit) -> None:
    page = visit.page
    page.route("**/api/chat", lambda route: route.abort())
    visit.ask("đăng ký kết hôn cần giấy tờ gì")
    expect(page.get_by_text("Chưa gửi được.")).to_be_visible()
    page.unroute("**/api/chat")
    page.get_by_role("button", name="Gửi lại").click()
    visit.wait()
    expect(page.locator("article.card")).to_have_count(1)
    visit.complaints.clear()  # the browser itself notes a request that failed


@pytest.mark.parametrize("visit", [320], indirect=True)
def test_at_320_pixels_nothing_has_to_be_scrolled_sideways(visit: Visit) -> None:
    page = visit.page

    def overflow() -> int:
        return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))

    assert overflow() == 0
    visit.ask(STORY)
    for folded in page.locator("article.card details").all():
        folded.evaluate("details => { details.open = true }")
    assert overflow() == 0
    visit.ask("giấy khai sinh")
    visit.ask("phường làm những thủ tục nào")
    visit.ask("a" * 400)
    assert overflow() == 0
    field = page.get_by_label("Câu hỏi của bạn").bounding_box()
    assert field and field["x"] >= 0 and field["x"] + field["width"] <= 320
