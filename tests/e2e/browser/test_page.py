"""The assistant's page in a real browser, as a citizen uses it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Route, expect

from bot.knowledge.ward import Ward
from tests.e2e.browser.visit import ANY_DEVICE, BIRTH, STORY, Visit, device

pytestmark = pytest.mark.e2e

FEE = "lệ phí bao nhiêu"


def test_the_page_opens_in_vietnamese_and_says_who_answers(visit: Visit, ward: Ward) -> None:
    page = visit.page
    expect(page).to_have_title(f"Trợ lý Một cửa · {ward.name}")
    assert page.locator("html").get_attribute("lang") == "vi"
    expect(page.get_by_text("Bạn đang trò chuyện với máy trả lời tự động, không phải cán bộ.")).to_be_visible()
    hotline = page.get_by_role("link", name=f"Gọi {ward.hotline}", exact=True)
    assert hotline.get_attribute("href") == f"tel:{ward.hotline.replace(' ', '')}"
    assert visit.last.get_by_role("button").all_inner_texts() == ward.suggestions


def test_the_first_words_say_what_is_kept_and_where_the_office_is(visit: Visit, ward: Ward) -> None:
    visit.press(visit.page.get_by_text("Trợ lý giúp được gì, lưu lại gì?"))
    expect(visit.page.get_by_text("Câu bạn hỏi được giữ 90 ngày")).to_be_visible()
    expect(visit.page.get_by_role("link", name="Quyền riêng tư").first).to_be_visible()
    visit.press(visit.page.get_by_text("Địa chỉ và giờ làm việc"))
    expect(visit.page.get_by_text(ward.address)).to_be_visible()


def test_a_suggestion_is_one_press(visit: Visit, ward: Ward) -> None:
    reply = visit.choose(visit.button(ward.suggestions[0]))
    assert reply["card"]["code"] == BIRTH
    expect(visit.mine).to_contain_text([ward.suggestions[0]])


def test_an_address_may_bring_the_question_but_does_not_send_it(visit: Visit) -> None:
    visit.page.goto("/?cau-hoi=Đăng+ký+kết+hôn")
    expect(visit.field).to_have_value("Đăng ký kết hôn")
    expect(visit.send).to_be_enabled()
    expect(visit.mine).to_have_count(0)


def test_the_start_of_an_answer_is_seen_below_the_question(visit: Visit) -> None:
    visit.ask(STORY)
    visit.ask(FEE)
    expect(visit.mine.last).to_be_in_viewport(ratio=1)
    expect(visit.card.get_by_role("heading", level=2)).to_be_in_viewport(ratio=1)


def test_a_new_conversation_forgets_the_old_one(visit: Visit) -> None:
    visit.ask(STORY)
    visit.press(visit.button("Cuộc trò chuyện mới"))
    expect(visit.log.locator("article.card")).to_have_count(0)
    assert visit.ask(FEE)["card"]["type"] != "answer"


def test_after_a_reload_the_talk_is_drawn_again_and_goes_on(visit: Visit) -> None:
    visit.ask(STORY)
    before = visit.log.inner_text()
    visit.page.reload()
    expect(visit.card).to_be_visible()
    assert visit.log.inner_text() == before
    card = visit.ask(FEE)["card"]
    assert (card["code"], card["aspects"]) == (BIRTH, ["fee"])


@ANY_DEVICE
def test_another_tab_is_another_conversation(visit: Visit, context: BrowserContext) -> None:
    visit.ask(STORY)
    other = Visit(context.new_page(), visit.address)
    other.page.goto("/")
    expect(other.log.locator("article.card")).to_have_count(0)
    assert other.ask(FEE)["card"]["type"] != "answer"


def test_a_server_that_fails_is_said_and_can_be_tried_again(visit: Visit) -> None:
    visit.page.route("**/api/chat", lambda route: route.abort())
    visit.field.fill(STORY)
    visit.press(visit.send)
    expect(visit.last).to_contain_text("Chưa gửi được. Bạn kiểm tra mạng")
    visit.page.unroute("**/api/chat")
    visit.choose(visit.button("Gửi lại"))
    expect(visit.log.locator(".error")).to_have_count(0)
    expect(visit.card).to_be_visible()
    expect(visit.mine).to_contain_text([STORY])
    visit.complaints.clear()  # the browser itself notes a request that failed


def test_without_a_network_what_was_typed_stays(visit: Visit, context: BrowserContext) -> None:
    visit.field.fill(STORY)
    context.set_offline(True)
    expect(visit.page.locator("#limit")).to_have_text("Máy của bạn đang mất mạng. Chữ bạn gõ vẫn còn ở đây.")
    visit.press(visit.send)
    expect(visit.field).to_have_value(STORY)
    context.set_offline(False)
    expect(visit.page.locator("#limit")).to_have_text("Đã có mạng lại.")
    assert visit.choose(visit.send)["card"]["code"] == BIRTH


@ANY_DEVICE
def test_who_asks_too_fast_is_told_how_long_to_wait(visit: Visit) -> None:
    error = {"error": {"code": "too_many", "message": "Tôi chưa kịp trả lời."}}
    visit.page.route("**/api/chat", lambda route: route.fulfill(status=429, headers={"Retry-After": "7"}, json=error))
    visit.field.fill(STORY)
    visit.press(visit.send)
    expect(visit.last).to_contain_text("Tôi chưa kịp trả lời. Bạn đợi 7 giây rồi bấm “Gửi lại”.")
    visit.complaints.clear()  # the browser itself notes a request that was refused


def test_larger_letters_stay_after_a_reload(visit: Visit) -> None:
    def size() -> float:
        return float(visit.field.evaluate("field => parseFloat(getComputedStyle(field).fontSize)"))

    normal = size()
    visit.press(visit.page.get_by_role("button", name="Tùy chọn"))
    visit.press(visit.button("150 %"))
    assert size() == 1.5 * normal and visit.overflow() <= 0
    visit.page.reload()
    expect(visit.last).to_be_visible()
    assert size() == 1.5 * normal


def test_a_talk_is_deleted_on_both_sides_after_one_question(visit: Visit) -> None:
    visit.ask(STORY)
    visit.press(visit.card.get_by_role("checkbox").first)
    visit.press(visit.page.get_by_role("button", name="Tùy chọn"))
    visit.press(visit.button("Xóa cuộc trò chuyện"))
    visit.press(visit.button("Không xóa"))
    expect(visit.card).to_be_visible()
    visit.press(visit.button("Xóa cuộc trò chuyện"))
    with visit.page.expect_response("**/api/chat") as deleted:
        visit.press(visit.button("Xóa hết"))
    assert (deleted.value.request.method, deleted.value.status) == ("DELETE", 200)
    expect(visit.log).to_contain_text("Đã xóa cuộc trò chuyện trên máy này và trên máy chủ của phường.")
    expect(visit.mine).to_have_count(0)
    kept = visit.page.evaluate("JSON.stringify([sessionStorage, localStorage])")
    assert STORY not in kept and BIRTH not in kept and "token" not in kept


@ANY_DEVICE
def test_what_the_server_did_not_delete_is_not_said_to_be(visit: Visit) -> None:
    visit.ask(STORY)
    visit.page.route("**/api/chat", lambda route: route.abort())
    visit.press(visit.page.get_by_role("button", name="Tùy chọn"))
    visit.press(visit.button("Xóa cuộc trò chuyện"))
    visit.press(visit.button("Xóa hết"))
    expect(visit.page.get_by_text("Chưa xóa được trên máy chủ của phường.").first).to_be_visible()
    expect(visit.card).to_be_attached()
    visit.press(visit.button("Chỉ xóa trên máy này"))
    expect(visit.log).to_contain_text("Đã xóa trên máy này. Trên máy chủ của phường vẫn còn, đến ngày tự xóa.")
    expect(visit.mine).to_have_count(0)
    visit.complaints.clear()  # the browser itself notes a request that failed


@ANY_DEVICE
def test_however_early_its_script_runs_the_assistant_is_there_once(visit: Visit) -> None:
    def begin_with_the_script(route: Route) -> None:
        text = route.fetch().text()
        (script,) = re.findall(r"<script .*?</script>", text)
        early = text.replace(script, "").replace("<body>", f"<body>{script.replace(' async', '')}")
        route.fulfill(content_type="text/html", body=early)

    visit.page.route("/", begin_with_the_script)
    visit.page.goto("/")
    expect(visit.last).to_be_visible()
    expect(visit.page.locator("tro-ly-mot-cua")).to_have_count(1)


def test_without_script_the_page_says_where_else_to_ask(browser: Browser, address: str, ward: Ward) -> None:
    with device(browser, address, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/")
        expect(page.get_by_text("không phải cán bộ")).to_be_visible()
        expect(page.get_by_role("link", name=ward.hotline)).to_be_visible()
        page.get_by_role("link", name="trang hỏi đơn giản").click()
        expect(page.get_by_role("textbox")).to_be_visible()
