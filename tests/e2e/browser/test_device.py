"""What stays on the citizen's device, what is sent from it, and what happens when something between fails."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from typing import Any

import pytest
from itsdangerous import URLSafeTimedSerializer
from playwright.sync_api import Browser, Error, Page, Route, expect
from sqlalchemy.engine import Engine

from bot.knowledge.ward import Ward
from bot.settings import Settings
from bot.store.database import connect
from bot.store.tables import replies, turns
from tests.e2e.browser.visit import BIRTH, STORY, Visit, device
from tests.store.rows import rows_in

pytestmark = pytest.mark.e2e

KEPT = "tro-ly-mot-cua.talk"
FEE = "còn lệ phí?"
CHAT = "**/api/chat"
FORBIDDEN = """for (const name of ['sessionStorage', 'localStorage'])
  Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } });"""
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"
BROKEN = """for (const [area, name, value] of [
  [sessionStorage, 'talk', '{"said": [7, {}, null], "token": {}}'], [sessionStorage, 'open', '"'],
  [localStorage, 'ticks', '{"1.001193": 3}'], [localStorage, 'options', '[{"size": "x"}]'],
]) area.setItem(`tro-ly-mot-cua.${name}`, value);"""
VOICE = """window.spoken = [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
const getVoices = () => [{ lang: 'vi-VN' }], speak = (one) => window.spoken.push(one.text);
const value = { speak, getVoices, cancel() {}, addEventListener() {} };
Object.defineProperty(window, 'speechSynthesis', { value });"""
EAR = """window.heard = [];
window.SpeechRecognition = class {
  constructor() { window.heard.push(this); }
  start() {} stop() { this.onend(); } abort() { this.onend(); }
};"""
DEAF = """for (const name of ['speechSynthesis', 'SpeechRecognition', 'webkitSpeechRecognition'])
  { delete window[name]; delete Window.prototype[name]; }"""
COMPOSING = """(field, composing) => {
  if (composing) field.dispatchEvent(new CompositionEvent('compositionstart'));
  field.dispatchEvent(new KeyboardEvent('keydown', {
    key: 'Enter', keyCode: composing ? 229 : 13, bubbles: true, cancelable: true, composed: true }));
}"""
BUSY = {"code": "unavailable", "message": "Tôi đang bận.", "hotline": "0900 111 222", "listing": "/thu-tuc"}
BROKEN_DOWN = "Tôi đang gặp lỗi. Bạn đợi ít phút"
# What comes back, what is said then, and the number to call if it is not the ward's.
FAULTS: list[tuple[dict[str, Any], str, str]] = [
    ({"status": 503, "json": {"error": BUSY}}, "Tôi đang bận.", "0900 111 222"),
    ({"status": 500, "json": {"error": {"code": "internal", "message": "x"}}}, BROKEN_DOWN, ""),
    ({"status": 502, "content_type": "text/html", "body": "<h1>Bad gateway</h1>"}, BROKEN_DOWN, ""),
    ({"status": 200, "content_type": "text/html", "body": "<h1>Wi-Fi</h1>"}, BROKEN_DOWN, ""),
    ({"status": 200, "json": {"session": "x", "replies": []}}, BROKEN_DOWN, ""),
    ({"status": 200, "json": None}, BROKEN_DOWN, ""),
]

Come = Callable[..., Visit]


@pytest.fixture
def come(browser: Browser, address: str) -> Iterator[Come]:
    """Opens the assistant's page on a new device; afterwards no script failed, and nothing was asked of others."""
    with ExitStack() as left:

        def come(init: str = "", **options: Any) -> Visit:
            context = left.enter_context(device(browser, address, **options))
            context.add_init_script(init)
            visit = Visit(context.new_page(), address)
            left.callback(lambda: check(visit))
            visit.watch()
            visit.page.goto("/")
            expect(visit.log.locator("> .bot")).to_have_count(1)
            return visit

        def check(visit: Visit) -> None:
            faults = [one for one in visit.complaints if "Failed to load resource" not in one]
            assert (faults, visit.dialogs, visit.elsewhere, visit.page.context.cookies()) == ([], [], [], [])

        yield come


@pytest.fixture
def visit(come: Come) -> Visit:
    """The page on a device where all works."""
    return come()


@pytest.fixture
def store(settings: Settings, address: str) -> Iterator[Engine]:
    """The database of the running assistant."""
    engine = connect(settings)
    yield engine
    engine.dispose()


def option(visit: Visit, name: str) -> None:
    """Press a button of the menu of options."""
    menu = visit.page.get_by_role("group", name="Tùy chọn")
    if not menu.is_visible():
        visit.button("Tùy chọn").click()
    menu.get_by_text(name, exact=True).click()


def ask_in_vain(visit: Visit, message: str = STORY) -> None:
    """Ask a question that will not be answered, and wait for the word about it."""
    visit.field.fill(message)
    visit.send.click()
    expect(visit.last).to_contain_class("error")


def respond(visit: Visit, **answer: Any) -> None:
    """Answer with this in place of the server."""
    visit.page.route(CHAT, lambda route: route.fulfill(**answer))


def sent(page: Page) -> list[dict[str, Any]]:
    """From now on: all that is sent to the chat endpoint."""
    bodies: list[dict[str, Any]] = []
    page.on("request", lambda one: bodies.append(one.post_data_json) if one.url.endswith("/api/chat") else None)
    return bodies


def token(visit: Visit) -> str:
    """The session's token, as the device keeps it."""
    return str(visit.page.evaluate("name => JSON.parse(sessionStorage.getItem(name)).token", KEPT))


# What survives


def test_a_reload_brings_back_what_was_said_what_was_ticked_and_what_it_is_about(visit: Visit) -> None:
    visit.ask(STORY)
    papers = visit.card.get_by_role("checkbox")
    papers.nth(0).check()
    papers.nth(1).check()
    counted = visit.card.locator(".count").inner_text()
    visit.page.reload()
    expect(visit.mine).to_contain_text(STORY)
    expect(visit.card.get_by_role("checkbox", checked=True)).to_have_count(2)
    expect(visit.card.locator(".count")).to_have_text(counted)
    assert visit.ask(FEE)["card"]["code"] == BIRTH
    assert visit.replies[0]["card"]["aspects"] == ["fee"]


def test_a_question_that_was_under_way_can_be_sent_again_after_a_reload(visit: Visit) -> None:
    visit.page.route(CHAT, lambda route: None)
    visit.field.fill(STORY)
    visit.send.click()
    expect(visit.log.locator(".typing")).to_be_visible()
    visit.page.reload()
    expect(visit.last).to_contain_text("Câu này chưa được trả lời.")
    visit.page.unroute(CHAT)
    assert visit.choose(visit.button("Gửi lại"))["card"]["code"] == BIRTH
    expect(visit.mine).to_have_count(1)


@pytest.mark.parametrize("storage", [FORBIDDEN, FULL, BROKEN], ids=["forbidden", "full", "broken"])
def test_without_storage_it_answers_and_understands_all_the_same(come: Come, storage: str) -> None:
    visit = come(storage)
    visit.ask(STORY)
    visit.card.get_by_role("checkbox").first.check()
    option(visit, "125 %")
    assert visit.ask(FEE)["card"]["code"] == BIRTH
    option(visit, "Xóa cuộc trò chuyện")
    option(visit, "Xóa hết")
    expect(visit.mine).to_have_count(0)


def test_a_new_talk_forgets_the_old_one_here(visit: Visit) -> None:
    visit.ask(STORY)
    visit.button("Cuộc trò chuyện mới").click()
    expect(visit.mine).to_have_count(0)
    assert visit.ask(FEE)["card"]["type"] != "answer"
    visit.page.reload()
    expect(visit.mine).to_have_text([re.compile(re.escape(FEE))])


def test_larger_text_is_kept(visit: Visit) -> None:
    size = "one => parseFloat(getComputedStyle(one).fontSize)"
    usual = visit.field.evaluate(size)
    option(visit, "150 %")
    assert visit.field.evaluate(size) == pytest.approx(1.5 * usual)
    visit.page.reload()
    assert visit.field.evaluate(size) == pytest.approx(1.5 * usual)
    option(visit, "150 %")
    assert visit.field.evaluate(size) == usual


# Deleting


def test_deleting_deletes_here_and_on_the_server(visit: Visit, store: Engine) -> None:
    visit.ask(STORY)
    visit.card.get_by_role("checkbox").first.check()
    session = token(visit)
    _, conversation = URLSafeTimedSerializer("").loads_unsafe(session, salt="conversation")

    def kept() -> list[str]:
        rows = rows_in(store)
        return [row["id"] for table in (turns, replies) for row in rows(table) if row["conversation"] == conversation]

    wait_for(visit.page, lambda: len(kept()) == 2)
    option(visit, "Xóa cuộc trò chuyện")
    with visit.page.expect_response(CHAT) as deleted:
        option(visit, "Xóa hết")
    assert deleted.value.request.method == "DELETE"
    assert deleted.value.request.post_data_json == {"session": session}
    expect(visit.log).to_contain_text("Đã xóa cuộc trò chuyện trên máy này và trên máy chủ của phường.")
    expect(visit.mine).to_have_count(0)
    assert kept() == []
    assert visit.page.evaluate(
        "[sessionStorage.length, Object.keys(localStorage).filter((one) => /ticks/.test(one))]"
    ) == [0, []]
    visit.ask(STORY)
    assert token(visit) != session
    expect(visit.card.get_by_role("checkbox", checked=True)).to_have_count(0)


def test_not_to_delete_keeps_all(visit: Visit) -> None:
    visit.ask(STORY)
    bodies = sent(visit.page)
    option(visit, "Xóa cuộc trò chuyện")
    option(visit, "Không xóa")
    expect(visit.button("Xóa cuộc trò chuyện")).to_be_focused()
    expect(visit.card).to_have_count(1)
    assert bodies == []
    assert visit.ask(FEE)["card"]["code"] == BIRTH


def test_what_the_server_could_not_delete_is_said_and_can_be_deleted_here(visit: Visit) -> None:
    visit.ask(STORY)
    visit.page.route(CHAT, lambda route: route.abort())
    option(visit, "Xóa cuộc trò chuyện")
    option(visit, "Xóa hết")
    expect(visit.page.get_by_text("Chưa xóa được trên máy chủ của phường.").first).to_be_visible()
    expect(visit.mine).to_have_count(1)
    option(visit, "Chỉ xóa trên máy này")
    expect(visit.log).to_contain_text("Đã xóa trên máy này. Trên máy chủ của phường vẫn còn, đến ngày tự xóa.")
    expect(visit.mine).to_have_count(0)
    assert visit.page.evaluate("sessionStorage.length") == 0


def test_a_first_question_still_under_way_is_deleted_too(visit: Visit, store: Engine) -> None:
    held: list[Route] = []
    visit.page.route(CHAT, lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    visit.field.fill("Xóa ngay: đăng ký tạm trú cần giấy gì?")
    visit.send.click()
    expect(visit.log.locator(".typing")).to_be_visible()
    option(visit, "Xóa cuộc trò chuyện")
    option(visit, "Xóa hết")
    answered = held[0].fetch()  # the server has the question, whether the browser waits or not
    with suppress(Error):
        held[0].fulfill(response=answered)
    expect(visit.mine).to_have_count(0)
    wait_for(visit.page, lambda: not any(row["message"].startswith("Xóa ngay") for row in rows_in(store)(turns)))


# When something between fails


def test_an_error_is_said_with_the_hotline_and_nothing_is_lost(visit: Visit, ward: Ward) -> None:
    for answer, said, hotline in FAULTS:
        respond(visit, **answer)
        ask_in_vain(visit)
        expect(visit.last).to_contain_text(said)
        expect(visit.last.get_by_role("link", name=f"Gọi {hotline or ward.hotline}")).to_be_visible()
        visit.page.unroute(CHAT)
        assert visit.choose(visit.button("Gửi lại"))["card"]["code"] == BIRTH
        expect(visit.mine).to_have_text([re.compile(re.escape(STORY))])
        expect(visit.log.locator(".error")).to_have_count(0)
        visit.button("Cuộc trò chuyện mới").click()


def test_after_twenty_seconds_somebody_is_named_to_call(come: Come, ward: Ward) -> None:
    visit = come()
    visit.page.clock.install()
    visit.page.route(CHAT, lambda route: None)
    visit.field.fill(STORY)
    visit.send.click()
    expect(visit.log.locator(".typing")).to_be_visible()
    visit.page.clock.run_for(19_000)
    expect(visit.log.locator(".typing")).to_be_visible()
    visit.page.clock.run_for(2_000)
    expect(visit.last).to_contain_text("đợi lâu quá mà chưa có câu trả lời.")
    expect(visit.last.get_by_role("link", name=f"Gọi {ward.hotline}")).to_be_visible()
    expect(visit.last.get_by_role("link", name="Xem danh mục thủ tục")).to_have_attribute(
        "href", f"{visit.address}/thu-tuc"
    )
    visit.page.unroute(CHAT)
    assert visit.choose(visit.button("Gửi lại"))["card"]["code"] == BIRTH


def test_who_asks_too_fast_is_told_how_long_to_wait(visit: Visit) -> None:
    error = {"error": {"code": "too_many", "message": "Tôi chưa kịp trả lời."}}
    respond(visit, status=429, headers={"Retry-After": "7"}, json=error)
    ask_in_vain(visit)
    expect(visit.last).to_contain_text("Bạn đợi 7 giây")
    expect(visit.mine).to_contain_text(STORY)
    visit.page.unroute(CHAT)
    assert visit.choose(visit.button("Gửi lại"))["card"]["code"] == BIRTH


def test_without_a_network_it_says_so_at_once_and_keeps_the_text(visit: Visit) -> None:
    bodies = sent(visit.page)
    visit.field.fill(STORY)
    visit.page.context.set_offline(True)
    expect(visit.page.get_by_text("Máy của bạn đang mất mạng. Chữ").first).to_be_visible()
    visit.field.press("Enter")
    expect(visit.field).to_have_value(STORY)
    visit.page.get_by_role("button", name=re.compile("căn cước|tạm trú|sinh bé")).first.click()
    expect(visit.last).to_contain_text("Máy của bạn đang mất mạng nên chưa gửi được.")
    assert bodies == []
    visit.page.context.set_offline(False)
    expect(visit.page.get_by_text("Máy của bạn đang mất mạng. Chữ")).to_have_count(0)
    assert visit.choose(visit.button("Gửi lại"))["card"]["type"] == "answer"
    assert visit.choose(visit.send)["card"]["code"] == BIRTH


# Sending once, and only on purpose


def test_a_double_click_sends_once(visit: Visit) -> None:
    bodies = sent(visit.page)
    visit.field.fill(STORY)
    visit.send.dblclick()
    visit.wait()
    assert len(bodies) == 1
    fee = visit.log.get_by_role("button", name="Lệ phí", exact=True)
    fee.dblclick()
    visit.wait()
    expect(visit.mine).to_have_count(2)
    assert len(bodies) == 2


def test_enter_within_a_word_that_is_being_composed_sends_nothing(visit: Visit) -> None:
    visit.field.fill("đăng ký khai sinh cần gì")
    visit.field.evaluate(COMPOSING, True)
    expect(visit.field).to_have_value("đăng ký khai sinh cần gì")
    expect(visit.mine).to_have_count(0)
    visit.field.evaluate(COMPOSING, False)
    expect(visit.mine).to_have_count(1)


# Voices


def test_nothing_is_read_aloud_until_asked_and_then_every_answer_once(come: Come) -> None:
    visit = come(VOICE)
    visit.ask(STORY)
    assert visit.page.evaluate("spoken") == []
    option(visit, "Đọc to câu trả lời")
    text = visit.ask("Cảm ơn bạn")["text"]
    assert visit.page.evaluate("spoken") == [line for line in text.split("\n") if line.strip()]
    visit.page.reload()
    expect(visit.mine).to_have_count(2)
    assert visit.page.evaluate("spoken") == [], "what was said before is not said again"
    text = visit.ask("Cảm ơn bạn")["text"]
    assert visit.page.evaluate("spoken") == [line for line in text.split("\n") if line.strip()]
    option(visit, "Đọc to câu trả lời")
    visit.page.evaluate("spoken.length = 0")
    visit.ask("Cảm ơn bạn")
    assert visit.page.evaluate("spoken") == []


def test_a_device_without_a_vietnamese_voice_says_so(come: Come) -> None:
    visit = come(
        VOICE.replace("vi-VN", "en-US")
        + "window.setTimeout = ((real) => (f, t) => real(f, t > 1000 ? 0 : t))(setTimeout);"
    )
    option(visit, "Đọc to câu trả lời")
    expect(visit.page.get_by_text("Máy này chưa có giọng đọc tiếng Việt.")).to_be_visible()
    expect(visit.page.get_by_role("checkbox", name="Đọc to câu trả lời")).not_to_be_checked()


def test_nobody_listens_until_asked_and_what_was_heard_is_not_sent(come: Come) -> None:
    visit = come(EAR)
    expect(visit.button("Nói")).to_have_count(0)
    option(visit, "Nói thay vì gõ")
    assert visit.page.evaluate("heard.length") == 0
    visit.field.fill("Cho hỏi")
    visit.button("Nói").click()
    expect(visit.page.get_by_text("Đang nghe. Bạn nói đi.").first).to_be_visible()
    assert visit.page.evaluate("[heard.length, heard[0].lang]") == [1, "vi-VN"]
    visit.page.evaluate("heard[0].onresult({ results: [[{ transcript: 'đăng ký kết hôn' }]] })")
    visit.button("Nói").click()
    expect(visit.field).to_have_value("Cho hỏi đăng ký kết hôn")
    expect(visit.mine).to_have_count(0)


def test_what_the_device_cannot_do_is_not_offered(come: Come) -> None:
    visit = come(DEAF)
    visit.button("Tùy chọn").click()
    expect(visit.button("125 %")).to_be_visible()
    expect(visit.page.get_by_role("checkbox")).to_have_count(0)


def wait_for(page: Page, happened: Callable[[], bool]) -> None:
    """Until it happened; looks again every 50 ms, at most 10 seconds."""
    for _ in range(200):
        if happened():
            return
        page.wait_for_timeout(50)
    assert happened()
