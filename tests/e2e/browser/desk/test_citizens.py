"""What citizens leave and what the staff make of it: a complaint, questions without an answer, a notice, a rest."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from bot.store.desk import Desk
from tests.e2e.browser.desk.conftest import SignIn
from tests.e2e.browser.desk.official import go, press
from tests.e2e.browser.newcomer import Come
from tests.e2e.browser.visit import BIRTH, STORY, Visit

pytestmark = pytest.mark.e2e

NUMBER = re.compile(r"\bPA-[0-9A-Z]{3}-[0-9A-Z]{3}\b")
COMPLAINT = "Ống cống trước số 7 hẻm Cây Khế bể từ tuần trước, nước đọng hôi lắm."
SAID = "Sáng thứ ba tổ thoát nước đến thay ống cống. Bạn không phải làm gì thêm."
# Nothing that any ward does; the first of them twice, in nearly the same words.
BALLOON = "Xin chỗ neo khinh khí cầu ở sân thượng chung cư Hoa Mai"
BALLOON_AGAIN = "Xin chỗ neo khinh khí cầu ở sân thượng chung cư Hoa Mai với ạ"
DRAGON = "Nuôi rồng komodo trong hẻm Cây Khế phải báo ai"
COMET = "Ghi danh đặt tên sao chổi cho em bé Cây Khế"
REST = "Máy chủ đang thay ổ cứng"
STORM = "Chiều nay mưa lớn, phường đóng cửa lúc 15 giờ."
FRESH = 1_000  # milliseconds within which a notice holds everywhere


def test_a_complaint_is_answered_and_the_answer_is_read_in_the_chat(come: Come, sign_in: SignIn) -> None:
    citizen, page = come(), sign_in("staff")
    citizen.ask("tôi muốn gửi phản ánh")
    citizen.ask(COMPLAINT)
    citizen.choose(citizen.button("Bỏ qua"))
    sent = citizen.choose(citizen.button("Gửi đi"))
    found = NUMBER.search(sent["text"])
    assert found is not None, sent["text"]
    number = found[0]

    go(page, "/hop-thu")
    page.get_by_label("Tìm theo mã số hoặc chữ trong thư").fill(number.lower().replace("-", ""))
    press(page, page.get_by_role("button", name="Tìm", exact=True))
    if not page.url.split("?")[0].endswith(number):  # one may be led there at once
        press(page, page.get_by_role("link", name=number))
    expect(page.get_by_text(COMPLAINT)).to_be_visible()
    press(page, page.get_by_role("button", name="Nhận làm"))
    assert "đang xử lý" in citizen.ask(f"{number} tới đâu rồi")["text"]
    page.get_by_label("Câu trả lời cho người gửi").fill(SAID)
    press(page, page.get_by_role("button", name="Gửi trả lời"))
    expect(page.get_by_role("heading", name="Câu trả lời người gửi đang đọc")).to_be_visible()

    somebody = come()  # with the number, from another device
    assert SAID in somebody.ask(f"thư {number} có ai trả lời chưa")["text"]
    expect(somebody.last).to_contain_text(SAID)


def test_unanswered_questions_come_first_and_something_is_made_of_each(
    come: Come, sign_in: SignIn, desk: Desk, as_it_was: None
) -> None:
    for question in (BALLOON, BALLOON_AGAIN, DRAGON, COMET):
        assert come().ask(question)["card"]["type"] in ("unknown", "refused"), question
    assert come().ask(STORY)["card"]["code"] == BIRTH
    page = sign_in("approver")

    go(page, "/cau-hoi")
    failed = [" late" in f" {one.get_attribute('class')}" for one in page.locator(".letters > li").all()]
    assert failed == sorted(failed, reverse=True) and any(failed)
    go(page, "/cau-hoi?khoang=1&tim=khinh khi cau")
    expect(page.locator("main [role=status]")).to_have_text(
        "2 câu, gộp thành 1 nhóm. 1 nhóm chưa trả lời được hoặc bị chê."
    )

    # A golden question: the assistant is right to say that it does not know.
    press(page, page.get_by_role("link", name="Thêm làm câu chuẩn"))
    expect(page.get_by_role("radio", checked=True)).to_have_value("unknown")
    press(page, page.get_by_role("button", name="Lưu", exact=True))
    assert any(one.question in (BALLOON, BALLOON_AGAIN) and one.outcome == "unknown" for one in desk.golden.all())

    # An example question, in a draft.
    go(page, "/cau-hoi?khoang=1&tim=sao chổi")
    press(page, page.get_by_role("link", name="Thêm làm câu ví dụ"))
    page.get_by_label("Tìm thủ tục khác").fill(BIRTH)
    press(page, page.get_by_role("button", name="Tìm", exact=True))
    page.locator(f"input[name=thu-tuc][value='{BIRTH}']").check()
    press(page, page.get_by_role("button", name="Thêm vào bản nháp"))
    expect(page.locator("main [role=status]")).to_contain_text("Đã thêm câu ví dụ vào bản nháp")
    draft = desk.drafts.get(BIRTH)
    assert draft is not None and COMET in draft.text

    # Not ours.
    go(page, "/cau-hoi?khoang=1&tim=komodo")
    press(page, page.get_by_role("button", name="Không thuộc việc của phường"))
    expect(page.get_by_role("link", name=DRAGON)).to_have_count(0)
    go(page, "/cau-hoi?khoang=1&hien=1&tim=komodo")
    expect(page.get_by_text("Không thuộc việc của phường (lan.approver")).to_be_visible()


def test_a_notice_is_read_in_a_page_that_is_open_and_in_a_new_one(come: Come, sign_in: SignIn, as_it_was: None) -> None:
    citizen, page = come(), sign_in("staff")
    go(page, "/thong-bao")
    form = page.get_by_role("form", name="Đăng thông báo")
    form.get_by_role("radio", name="Khẩn").check()
    form.get_by_label("Người dân đọc").fill(STORM)
    form.get_by_label("Vì sao đăng").fill("theo tin thời tiết")
    citizen.page.wait_for_timeout(5 * FRESH)  # an open page does not ask again at once
    press(page, form.get_by_role("button", name="Đăng", exact=True))
    page.wait_for_timeout(FRESH)
    look(citizen)
    for one in (citizen, come()):
        expect(one.page.get_by_role("alert")).to_contain_text(STORM, timeout=2 * FRESH)
    press(page, page.get_by_role("button", name="Gỡ thông báo"))
    page.wait_for_timeout(5 * FRESH)
    look(citizen)
    for one in (citizen, come()):
        expect(one.page.get_by_role("alert")).to_have_count(0, timeout=2 * FRESH)


def test_the_assistant_rests_for_citizens_and_is_still_tried_at_the_desk(
    come: Come, sign_in: SignIn, as_it_was: None
) -> None:
    citizen, page = come(), sign_in("staff")
    go(page, "/thong-bao")
    form = page.get_by_role("form", name="Cho trợ lý tạm nghỉ")
    form.get_by_label("Lý do, người dân đọc").fill(REST)
    press(page, form.get_by_role("button", name="Cho trợ lý tạm nghỉ"))
    page.wait_for_timeout(FRESH)
    assert citizen.ask(STORY)["card"] == {"type": "refused", "reason": "resting"}
    expect(citizen.last).to_contain_text(f"Lý do: {REST}.")
    expect(come().page.get_by_role("alert")).to_contain_text(f"Trợ lý đang tạm nghỉ. {REST}.")
    go(page, "/thu")
    page.locator("#cau").fill(STORY)
    page.get_by_role("button", name="Hỏi", exact=True).click()
    expect(page.locator(".citizen article.answer .code")).to_contain_text(BIRTH)
    go(page, "/thong-bao")
    press(page, page.get_by_role("button", name="Cho trợ lý trả lời lại"))
    page.wait_for_timeout(FRESH)
    assert citizen.ask(STORY)["card"]["code"] == BIRTH


def look(citizen: Visit) -> None:
    """Come back to the page, which lay behind another one."""
    citizen.page.evaluate("dispatchEvent(new Event('visibilitychange'))")
