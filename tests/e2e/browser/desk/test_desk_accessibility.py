"""Nothing at the desk keeps anybody from working there: axe on every page, small screens, and a day without a mouse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Literal

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from bot.settings import ROOT, Settings
from bot.store.desk import Desk
from bot.store.golden import Wanted
from bot.store.judgements import Said, Verdict
from bot.store.notices import NOTICE
from tests.e2e.browser.desk.conftest import PASSWORD, SignIn, leaving_nothing, name_of, signing_in
from tests.e2e.browser.desk.official import DESK, SIGN_IN, faults, go, overflow, press
from tests.e2e.browser.desk.publishing import publish, submit
from tests.e2e.browser.visit import BIRTH, STORY, device

pytestmark = pytest.mark.e2e

# No colour depends on the width: each width in one of both schemes sees all there is, in half the time.
SCREENS: tuple[tuple[int, Literal["light", "dark"]], ...] = ((1280, "light"), (320, "dark"))
SIGHTS: dict[str, Any] = {"reduced_motion": "reduce", "bypass_csp": True}  # axe tries styles out, as no page may
WEDDING = "1.000894"
LOST = "Đổi vỏ ốc lấy giấy mời lên cung trăng ở đâu?"
FOUND = "Khai sinh trễ cho con vì bão lụt thì cần gì thêm?"
# Every page of the desk; what stands in braces is found in what `furnished` has left there.
PAGES = [
    "", "/tai-khoan", "/thu", "/thu/danh-gia", "/cau-chuan", "/cau-chuan/moi", "/cau-chuan/nhap", "/cau-chuan/{golden}",
    "/cau-chuan/chay", "/cau-chuan/chay/{run}", "/cau-hoi?khoang=tat-ca&hien=1", "/cau-hoi/{turn}",
    "/cau-hoi/{turn}/vi-du", "/hop-thu?trang-thai=tat-ca", "/hop-thu/{letter}", "/so-lieu", "/ho-so?tim=khai sinh",
    "/ho-so/moi",
    "/ho-so/{code}", "/ho-so/{code}/xem-truoc", "/ho-so/{code}/go", "/ho-so/{code}/lich-su", "/duyet", "/duyet/{code}",
    "/duyet/thu/{check}", "/duyet/xuat-ban/{version}", "/duyet/phien-ban", "/duyet/phien-ban/{version}", "/nhap",
    "/nhap/{imported}", "/phuong", "/thong-bao", "/nhat-ky", "/nguoi-dung",
]  # fmt: skip
NUMBER = re.compile(r"\bPA-\w{3}-\w{3}\b")
_BARE = """one => {
  const style = getComputedStyle(one);
  return (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 1) && style.boxShadow === 'none';
}"""


@pytest.fixture(scope="module")
def admin(browser: Browser, address: str, cookies: dict[str, Any]) -> Iterator[Page]:
    """An admin, who sees everything."""
    with ExitStack() as left:
        yield signing_in(browser, address, cookies, left)("admin", **SIGHTS)


@pytest.fixture(scope="module")
def furnished(
    admin: Page, desk: Desk, settings: Settings, address: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """A desk in the midst of work: something stands on every page. Where to find it."""
    by = name_of("admin")
    with leaving_nothing(desk, settings):
        for message in (LOST, STORY):
            httpx.post(f"{address}/api/chat", json={"message": message}, timeout=30, trust_env=False)
        for question, outcome, code in ((LOST, "unknown", ""), (STORY, "answer", WEDDING)):
            golden = desk.golden.add(Wanted(question, outcome, code, note="hỏi ở quầy"), by=by)
            said = Said("r1", 0, question, outcome, procedure=code)
            desk.judgements.add(said, Verdict("wrong", "answer", BIRTH, ("fee",), "Lẽ ra nói lệ phí."), by=by)
        desk.notices.begin(NOTICE, "Chiều thứ sáu phường họp, quầy số 2 nghỉ.", by=by, why="lịch họp")
        go(admin, "/cau-chuan")
        press(admin, admin.get_by_role("button", name="Hỏi thử tất cả bây giờ"))
        expect(admin.get_by_role("heading", name="Kết quả hỏi thử câu chuẩn")).to_be_visible()
        run = admin.url.rpartition("/")[2]
        letter = _letter(address)
        (turn, *_) = (one.id for one in desk.asked.between() if one.message == LOST)
        imported = _import(admin, tmp_path_factory.mktemp("import"))
        found = {"golden": str(golden.id), "run": run, "letter": letter, "turn": turn, "imported": imported}
        yield {**found, **_publish(admin, turn)}


def _letter(address: str) -> str:
    session, text = None, ""
    for message in ("tôi muốn gửi phản ánh", "Đèn ngõ 9 hỏng cả tuần nay, tối om.", "Bỏ qua", "Gửi đi"):
        body = {"message": message, "session": session}
        answered = httpx.post(f"{address}/api/chat", json=body, timeout=30, trust_env=False).json()
        session, text = answered["session"], answered["replies"][0]["text"]
    found = NUMBER.search(text)
    assert found, text
    return found[0]


def _import(page: Page, folder: Path) -> str:
    """The number of an import in which something differs."""
    (record,) = (ROOT / "knowledge" / "procedures").glob(f"*/{WEDDING}-*.yml")
    file = folder / "ket-hon.yml"
    file.write_text(record.read_text(encoding="utf-8").replace("name: ", "name: Mời ", 1), encoding="utf-8")
    go(page, "/nhap")
    page.get_by_label("Tệp", exact=True).set_input_files(file)
    press(page, page.get_by_role("button", name="Gửi tệp"))
    return page.url.partition("?")[0].rpartition("/")[2]


def _publish(page: Page, turn: str) -> dict[str, str]:
    """Publish an example question, and begin another draft of the same record."""
    for question in (FOUND, f"{FOUND[:-1]} nữa?"):
        go(page, f"/cau-hoi/{turn}/vi-du?tim={BIRTH}")
        page.get_by_label("Câu ví dụ").fill(question)
        page.locator(f"input[name=thu-tuc][value='{BIRTH}']").check()
        press(page, page.get_by_role("button", name="Thêm vào bản nháp"))
        go(page, f"/ho-so/{BIRTH}")
        submit(page, "Nhiều người hỏi.")
        if question == FOUND:
            go(page, "/duyet")
            press(page, page.get_by_role("button", name="Kiểm tra các bản đã chọn"))
            expect(page.get_by_role("heading", name="Kiểm tra trước khi xuất bản")).to_be_visible(timeout=90_000)
            number = page.url.partition("?")[0].rpartition("/")[2]
            publish(page)
            version = page.url.partition("?")[0].rpartition("/")[2]
    return {"code": BIRTH, "check": number, "version": version}


def sights_of(page: Page, where: str) -> list[tuple[object, ...]]:
    """What is amiss: in light and dark, on a wide screen and on a narrow one."""
    amiss: list[tuple[object, ...]] = []
    for width, scheme in SCREENS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
        amiss += [(where, width, scheme, *fault) for fault in faults(page)]
        if overflow(page):
            amiss.append((where, width, "wider than the screen", overflow(page)))
    return amiss


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(admin: Page, furnished: dict[str, str], path: str) -> None:
    where = path.format(**furnished)
    go(admin, where)
    assert sights_of(admin, where) == []


def test_axe_finds_nothing_while_somebody_tries_and_judges(admin: Page) -> None:
    go(admin, "/thu")
    ask(admin, STORY)
    amiss = sights_of(admin, "answered")
    admin.get_by_role("radio", name="Sai", exact=True).check()
    admin.get_by_role("radio", name="Trả lời một thủ tục", exact=True).check()
    amiss += sights_of(admin, "wrong")
    admin.get_by_role("button", name="Ghi đánh giá").click()
    expect(admin.get_by_role("heading", name="Đã ghi: Sai")).to_be_visible()
    assert amiss + sights_of(admin, "judged") == []


def test_axe_finds_nothing_where_something_is_refused(
    browser: Browser, address: str, sign_in: SignIn, admin: Page
) -> None:
    viewer = sign_in("viewer", **SIGHTS)
    viewer.goto(f"{DESK}/nguoi-dung")
    expect(viewer.locator("h1")).to_have_text("Chưa làm được")
    amiss = sights_of(viewer, "refused")
    with device(browser, address, **SIGHTS) as context:
        page = context.new_page()
        page.goto(SIGN_IN)
        amiss += sights_of(page, "sign in")
        page.get_by_label("Tên đăng nhập").fill("nobody")
        page.get_by_label("Mật khẩu", exact=True).fill("x")
        press(page, page.get_by_role("button", name="Đăng nhập"))
        amiss += sights_of(page, "not signed in")
    go(admin, "/thong-bao")
    admin.get_by_role("form", name="Đăng thông báo").get_by_label("Người dân đọc").fill("a" * 2000)
    admin.get_by_label("Vì sao đăng").fill("thử")
    press(admin, admin.get_by_role("button", name="Đăng", exact=True))
    expect(admin.get_by_role("alert")).to_be_visible()
    assert amiss + sights_of(admin, "a notice too long") == []


def ask(page: Page, question: str) -> None:
    page.locator("#cau").fill(question)
    page.get_by_role("button", name="Hỏi", exact=True).click()
    expect(page.get_by_role("heading", name="Người dân thấy")).to_be_focused()


def test_one_signs_in_and_judges_by_keys_alone(browser: Browser, address: str, desk: Desk) -> None:
    with device(browser, address) as context:
        page = context.new_page()
        keys = page.keyboard
        page.goto(f"{SIGN_IN}?den={DESK}/thu")
        expect(page.get_by_label("Tên đăng nhập")).to_be_focused()
        keys.type(name_of("staff"))
        keys.press("Tab")
        keys.type(PASSWORD)
        with page.expect_navigation():
            keys.press("Enter")
        expect(page.locator("#cau")).to_be_focused()
        page.evaluate("document.activeElement.blur()")
        page.goto(page.url.replace("/thu", ""))
        keys.press("Tab")
        expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_focused()
        keys.press("Enter")
        expect(page.get_by_role("main")).to_be_focused()
        keys.press("Tab")
        expect(page.get_by_role("main").get_by_role("link", name="Thử câu hỏi")).to_be_focused()
        with page.expect_navigation():
            keys.press("Enter")
        expect(page.locator("#cau")).to_be_focused()
        keys.type("Ba má tôi ly hôn đã lâu, giờ tôi đăng ký kết hôn cần giấy gì?")
        to(page, "button", "Hỏi")
        keys.press("Enter")
        expect(page.get_by_role("heading", name="Người dân thấy")).to_be_focused()
        to(page, "radio", "Đúng")
        keys.press("Space")
        expect(page.get_by_role("radio", name="Đúng", exact=True)).to_be_checked()
        to(page, "button", "Ghi đánh giá")
        keys.press("Enter")
        expect(page.get_by_role("heading", name="Đã ghi: Đúng")).to_be_focused()
        assert desk.judgements.all(most=1)[0].said.question.startswith("Ba má tôi")
        desk.judgements.remove(desk.judgements.all(most=1)[0].id)


def to(page: Page, role: Any, name: str) -> None:
    """Press Tab until it is there; whatever has the focus on the way shows it, and lies further on in the page."""
    target = page.get_by_role(role, name=name, exact=True)
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        assert not focused.evaluate(_BARE), focused.evaluate("one => one.outerHTML.slice(0, 120)")
        if target.evaluate("one => one === document.activeElement"):
            return
    pytest.fail(f"no way to {name} by keys")
