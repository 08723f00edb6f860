"""A procedure nobody wrote before: written in the form, published, found by the real assistant, taken out again."""

from __future__ import annotations

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser.desk.conftest import SignIn
from tests.e2e.browser.desk.official import go, press
from tests.e2e.browser.desk.publishing import check, publish, save, settled, submit, wait_live
from tests.e2e.browser.newcomer import Come

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("as_it_was")]

CODE, NAME, FEE = "9.900077", "Mượn loa kéo của nhà văn hóa", "30.000 đồng một buổi."
QUESTION = "muốn mượn cái loa kéo ở nhà văn hóa thì hết bao nhiêu tiền"
ASKED = (
    "mượn loa kéo cần gì",
    "muon loa keo o nha van hoa",
    "phường có cho mượn loa kéo không",
    "thuê loa kéo của nhà văn hóa hết bao nhiêu",
    "xóm tôi họp, xin mượn loa kéo ở đâu",
    "mượn loa kéo mấy ngày thì trả",
)
# By the name under which each part is sent; what ends in a number is an entry of a list, to be added first.
TYPED = {
    "official_name": "Cho mượn loa kéo của nhà văn hóa",
    "summary": "Mượn loa kéo để họp tổ dân phố. Nhà văn hóa của phường cho mượn.",
    "aliases.0": "mượn loa kéo",
    **{f"questions.{place}": words for place, words in enumerate(ASKED)},
    "who.may_apply.0": "Ai ở phường cũng mượn được.",
    "documents.0.name": "Căn cước của người mượn",
    "steps.0": "Đến nhà văn hóa, ghi tên vào sổ.",
    "place.text": "Nhà văn hóa của phường.",
    "channels.0.channel": "counter",
    "channels.0.how": "Đến nhà văn hóa.",
    "channels.0.times.0.unit": "same_day",
    "channels.0.times.0.text": "Trong ngày.",
    "channels.0.fees.0.basis": "fixed",
    "channels.0.fees.0.amount": "30000",
    "channels.0.fees.0.text": FEE,
    "result.0": "Loa kéo",
    "legal_basis.0.code": "1/2026/QĐ-UBND",
    "legal_basis.0.name": "Quyết định về nhà văn hóa",
    "source.url": "https://example.org/loa-keo",
    "source.decision": "12/QĐ-UBND",
    "source.published_on": "2026-04-26",
    "source.checked_on": "2026-07-05",
}


def type_in(page: Page, name: str, value: str) -> None:
    """Fill in one field of the form, having added the entries that it belongs to."""
    parts = name.split(".")
    for at, part in enumerate(parts):
        entry = page.locator(f"#o-{'-'.join(parts[: at + 1])}")
        if part.isdecimal() and not entry.count():
            page.locator(f"#o-{'-'.join(parts[:at])} > button.add").click()
            expect(entry).to_be_visible()
    field = page.locator(f"#o-{'-'.join(parts)}")
    if field.evaluate("field => field.tagName") == "SELECT":
        field.select_option(value)
    else:
        field.fill(value)


def test_a_new_procedure_is_found_once_published_and_not_once_removed(
    sign_in: SignIn, come: Come, address: str
) -> None:
    editor, approver, citizen = sign_in("editor"), sign_in("approver"), come()
    assert citizen.ask(QUESTION)["card"].get("code") != CODE
    go(editor, "/ho-so")
    press(editor, editor.get_by_role("link", name="Thêm thủ tục mới"))
    editor.get_by_label("Mã thủ tục").fill(CODE)
    editor.get_by_label("Tên thường gọi").fill(NAME)
    editor.get_by_label("Lĩnh vực").select_option(label="Văn hóa, thể thao")
    press(editor, editor.get_by_role("button", name="Tạo bản nháp"))
    expect(editor.get_by_role("heading", name=NAME, level=1)).to_be_visible()
    editor.get_by_label("Phường, xã", exact=True).check()
    for name, value in TYPED.items():
        type_in(editor, name, value)
    expect(editor.get_by_text("Không có chỗ nào sai.")).to_be_visible()
    save(editor)
    submit(editor, "Nhà văn hóa vừa có loa.")
    check(approver, NAME)
    pressed = publish(approver)
    wait_live(citizen, QUESTION, lambda reply: reply["card"].get("code") == CODE, pressed, "a new procedure")
    expect(citizen.card).to_contain_text(FEE)
    assert FEE in httpx.get(f"{address}/thu-tuc/{CODE}", trust_env=False).text
    settled(approver)

    go(editor, f"/ho-so/{CODE}")
    press(editor, editor.get_by_role("link", name="Bỏ thủ tục khỏi danh mục"))
    press(editor, editor.get_by_role("button", name="Tạo bản nháp bỏ thủ tục"))
    submit(editor, "Loa hỏng rồi.")
    check(approver, NAME)
    expect(approver.get_by_text("Thủ tục này sẽ không còn trong danh mục")).to_be_visible()
    pressed = publish(approver)
    wait_live(citizen, QUESTION, lambda reply: reply["card"].get("code") != CODE, pressed, "a procedure removed")
    assert httpx.get(f"{address}/thu-tuc/{CODE}", trust_env=False).status_code == 404
    settled(approver)
