"""What is no answer about a procedure: the ward's services, what is left for a person, what can't be answered."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Route, expect

from bot.answers.refusals import LONGEST_MESSAGE
from bot.knowledge.ward import Ward
from tests.e2e.browser.visit import ANY_DEVICE, Visit

pytestmark = pytest.mark.e2e

CITIZEN, ACCOUNT = "079198765432", "19036789012345"
SERVICES = [
    ("Giờ làm việc của phường", "hours"),
    ("Phường ở đâu?", "address"),
    ("Số điện thoại của phường?", "hotline"),
    ("Bạn giúp được những việc gì?", "capabilities"),
    ("Phường làm những thủ tục nào?", "list_procedures"),
    ("Hồ sơ mình nộp tuần trước đã xong chưa?", "dossier_status"),
]
EMERGENCIES = [
    ("Cháy nhà rồi, gọi ai?", "114"),
    ("Có trộm đang cạy cửa nhà tôi", "113"),
    ("gọi xe cứu thương giúp tôi", "115"),
]
NEW_TAB = " (mở trang mới)"


def words_of(text: str) -> str:
    """The text without its spaces and lines."""
    return "".join(text.split())


def assert_said(visit: Visit) -> None:
    """Fail unless all of the last reply stands there, with its buttons."""
    reply = visit.replies[-1]
    drawn = visit.last.locator(".prose").first.text_content() or ""
    assert words_of(drawn.replace(NEW_TAB, "")) == words_of(reply["text"].replace("\n- ", "\n"))
    assert visit.last.locator(".choices button").all_inner_texts() == [one["label"] for one in reply["choices"]]


def test_every_service_of_the_ward_is_told(visit: Visit) -> None:
    for question, kind in SERVICES:
        assert visit.ask(question)["card"] == {"type": "service", "kind": kind}
        assert_said(visit)


def test_the_numbers_of_the_ward_can_be_called(visit: Visit, ward: Ward) -> None:
    visit.ask("Số điện thoại của phường?")
    for number in (ward.hotline, ward.police.phone):
        link = visit.last.get_by_role("link", name=number, exact=True)
        assert link.get_attribute("href") == f"tel:{number.replace(' ', '')}"


def test_in_an_emergency_the_number_comes_first(visit: Visit) -> None:
    for trouble, number in EMERGENCIES:
        assert visit.ask(trouble)["card"] == {"type": "service", "kind": "emergency"}
        link = visit.last.get_by_role("link").first
        expect(link).to_have_text(number)
        expect(link).to_be_in_viewport()
        assert link.get_attribute("href") == f"tel:{number}"
        assert visit.last.locator(".prose").inner_text().startswith(f"Gọi {number} ngay.")


@pytest.mark.parametrize(
    ("wish", "message", "number"),
    [
        ("Tôi muốn để lại câu hỏi cho cán bộ", "Bao giờ phường cấp số nhà mới cho hẻm 5?", r"CH-\w{3}-\w{3}"),
        ("Tôi muốn gửi phản ánh", "Đèn đường hẻm 12 hư cả tháng nay, tối đi rất nguy hiểm.", r"PA-\w{3}-\w{3}"),
    ],
)
def test_what_is_left_for_a_person_gets_its_number(visit: Visit, wish: str, message: str, number: str) -> None:
    assert visit.ask(wish)["card"]["step"] == "text"
    assert_said(visit)
    visit.ask(message)
    visit.choose(visit.button("Bỏ qua"))
    expect(visit.last).to_contain_text(f"“{message}”")
    sent = visit.choose(visit.last.get_by_role("button", name="Gửi đi", exact=True))
    assert sent["card"]["step"] == "sent" and re.fullmatch(number, sent["card"]["number"])
    expect(visit.last).to_contain_text(sent["card"]["number"])
    visit.ask(sent["card"]["number"])
    expect(visit.last).to_contain_text(f"Mã {sent['card']['number']}")


def test_to_meet_a_person_leads_on(visit: Visit) -> None:
    visit.ask("Cho tôi gặp cán bộ")
    assert_said(visit)
    assert visit.choose(visit.button("Để lại câu hỏi"))["card"]["step"] == "text"
    assert visit.choose(visit.button("Thôi"))["card"]["step"] == "cancelled"


def test_what_is_not_known_says_where_to_ask(visit: Visit, ward: Ward) -> None:
    assert visit.ask("Mua vé tàu vũ trụ ở đâu?")["card"]["type"] == "unknown"
    assert_said(visit)
    link = visit.last.get_by_role("link", name=ward.office)
    assert link.get_attribute("href") == ward.portal
    expect(visit.last.get_by_role("link", name=ward.hotline)).to_be_visible()


def test_what_is_done_elsewhere_leads_there(visit: Visit) -> None:
    referral = visit.ask("mình muốn làm hộ chiếu để đi du lịch Nhật")["card"]["referral"]
    assert_said(visit)
    link = visit.last.get_by_role("link", name=f"{referral['name']} · {referral['office']}{NEW_TAB}", exact=True)
    assert (link.get_attribute("href"), link.get_attribute("target")) == (referral["url"], "_blank")


def test_small_talk_is_answered_in_a_bubble(visit: Visit) -> None:
    for words in ("xin chào", "cảm ơn bạn nhiều nhé", "bạn là người hay máy vậy?"):
        assert visit.ask(words)["card"]["type"] == "smalltalk"
        assert_said(visit)
    expect(visit.log.locator("article")).to_have_count(0)


def test_somebody_who_sends_a_personal_number_is_told_not_to(visit: Visit) -> None:
    assert visit.ask(ACCOUNT)["card"] == {"type": "refused", "reason": "personal_data"}
    assert_said(visit)
    expect(visit.last).to_contain_text("Tôi đã che dãy số")
    assert visit.ask(f"căn cước của tôi số {CITIZEN} bị mất, làm lại ở đâu")["card"]["type"] == "answer"
    expect(visit.card.locator(".notes")).to_contain_text("Tôi đã che số căn cước")
    expect(visit.last).not_to_contain_text(CITIZEN)


def test_that_is_told_beside_several_procedures_to_choose_from_too(visit: Visit) -> None:
    assert visit.ask("Tôi muốn xin giấy xác nhận 0912345678")["card"]["type"] == "choose"
    expect(visit.last).to_contain_text("Tôi đã che số điện thoại")


@ANY_DEVICE
def test_what_the_server_finds_too_long_is_said(visit: Visit) -> None:
    def lengthen(route: Route) -> None:
        body = {**json.loads(route.request.post_data or "{}"), "message": "khai sinh " * 60}
        route.continue_(post_data=json.dumps(body))

    visit.page.route("**/api/chat", lengthen)
    assert visit.ask("khai sinh")["card"] == {"type": "refused", "reason": "too_long"}
    assert_said(visit)
    expect(visit.last).to_contain_text(f"{LONGEST_MESSAGE} ký tự")


def test_an_aside_is_answered_before_the_question_is_put_again(visit: Visit) -> None:
    visit.ask("Đăng ký tạm trú cần giấy tờ gì?")
    visit.ask("Lập danh sách giấy tờ cho trường hợp của tôi")
    visit.ask("Lệ phí bao nhiêu?")
    assert [reply["card"]["type"] for reply in visit.replies] == ["answer", "ask"]
    expect(visit.card.locator("section h3").first).to_have_text("Lệ phí")
    expect(visit.last).to_contain_text("Câu 1 trong")
