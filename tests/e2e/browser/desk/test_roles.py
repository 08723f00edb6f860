"""What each role meets at the desk in a browser: the pages it sees, the forms it is shown, what it may not send."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from bot.settings import Settings
from bot.store.accounts import Role
from bot.store.desk import Desk
from bot.web.desk.door import OWN_ACCOUNT
from bot.web.desk.pages import AREAS
from bot.web.desk.permissions import May, may
from tests.e2e.browser.desk.conftest import SignIn, watch
from tests.e2e.browser.desk.official import DESK, SIGN_IN, fill_in_sign_in, go, press, send
from tests.e2e.browser.visit import device
from tests.web.desk.test_permissions import NEEDS

pytestmark = pytest.mark.e2e

ROLES = [role.value for role in Role]
# Of every kind of thing that one may do, some forms that do it, filled in so that they would.
FORMS: dict[May, list[tuple[str, dict[str, str]]]] = {
    May.test: [("/thu", {"cau": "Làm khai sinh mất mấy ngày?"})],
    May.judge: [
        ("/thu/danh-gia", {"cau": "Làm khai sinh mất mấy ngày?", "da-lam": "answer", "y-kien": "right"}),
        ("/cau-chuan", {"cau": "Câu không được thêm vào đâu cả", "ket-qua": "unknown"}),
        ("/cau-chuan/nhap", {}),
        ("/cau-chuan/chay", {}),
    ],
    May.handle: [
        ("/cau-hoi/danh-dau", {"nhom": "x", "viec": "done"}),
        ("/hop-thu/PA-222-222/tra-loi", {"tra-loi": "Không.", "ban": "1"}),
    ],
    May.announce: [
        ("/thong-bao", {"noi-dung": "Không ai được đăng điều này", "vi-sao": "thử"}),
        ("/thong-bao/nghi", {"noi-dung": "Không ai được cho nghỉ"}),
        ("/thong-bao/1/ket-thuc", {}),
    ],
    May.edit: [
        ("/ho-so/1.001193", {}),
        ("/ho-so/1.001193/go", {"vi-sao": "thử"}),
        ("/duyet/1.001193/gui", {"vi-sao": "thử"}),
        ("/nhap", {}),
        ("/phuong", {"hotline": "0900 000 009"}),
    ],
    May.publish: [
        ("/duyet/thu", {"tat-ca": "1"}),
        ("/duyet/xuat-ban", {"so": "1"}),
        ("/duyet/1.001193/tra-lai", {"vi-sao": "thử"}),
        ("/duyet/phien-ban/0/quay-lai", {"vi-sao": "thử"}),
        ("/ho-so/1.001193/lich-su/quay-lai", {"ban": "0", "vi-sao": "thử"}),
    ],
    May.administer: [
        ("/nguoi-dung", {"ten": "ke.la", "goi-la": "Kẻ lạ", "quyen": "admin"}),
        ("/nguoi-dung/lan.viewer", {"viec": "quyen", "quyen": "admin"}),
    ],
}
PAGES = [*(f"/{path}" for path, _, _ in AREAS), "/cau-chuan/moi", "/thu/danh-gia", "/ho-so/1.001193", "/ho-so/moi",
         "/ho-so/1.001193/go", "/ho-so/1.001193/lich-su", "/duyet/phien-ban", "/duyet/phien-ban/0"]  # fmt: skip
# The addresses of all forms of a page, whether sent by the browser or by htmx.
_FORMS = """async path => {
  const response = await fetch(path);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const posts = [...page.querySelectorAll('form[method=post]')].map((one) => one.getAttribute('action') ?? path);
  const swaps = [...page.querySelectorAll('[hx-post]')].map((one) => one.getAttribute('hx-post') || path);
  const buttons = [...page.querySelectorAll('[formaction]')].map((one) => one.getAttribute('formaction'));
  return [response.status, [...posts, ...swaps, ...buttons]];
}"""


@pytest.fixture
def unchanged(desk: Desk, settings: Settings) -> Iterator[None]:
    """Whatever is sent, nothing comes of it."""

    def all_there_is() -> list[Any]:
        accounts = [(one.name, one.role, one.is_active) for one in desk.accounts.all()]
        notices = [(one.id, one.ended_at) for one in desk.notices.history()]
        published = sorted(settings.published_folder.glob("versions/*")) if settings.published_folder.exists() else []
        return [accounts, notices, desk.golden.all(), desk.judgements.counts(), desk.drafts.all(), published]

    before = all_there_is()
    yield
    assert all_there_is() == before


@pytest.mark.parametrize("role", ROLES)
def test_what_one_may_not_do_is_neither_shown_nor_done(sign_in: SignIn, role: str, unchanged: None) -> None:
    page = sign_in(role)
    areas = [name for _, name, what in AREAS if may(Role(role), what)]
    assert page.get_by_role("navigation").get_by_role("link").all_inner_texts() == areas
    assert page.get_by_role("main").get_by_role("listitem").count() == len(areas)
    for path in PAGES:
        status, forms = page.evaluate(_FORMS, f"{DESK}{path}")
        assert status == (200 if may(Role(role), _needed("GET", path)) else 403), path
        shown = {_needed("POST", form.partition("?")[0].partition("#")[0].removeprefix(DESK)) for form in forms}
        assert {what for what in shown if not may(Role(role), what)} == set(), (path, forms)
    for what, forms in FORMS.items():
        for path, fields in forms:
            assert send(page, path, fields, with_key=False) == 403, path
            if not may(Role(role), what):
                assert send(page, path, fields) == 403, path


def _needed(method: str, path: str) -> May:
    """What one needs for an address; the table of the gateway's own tests says it."""
    for route, what in NEEDS.items():
        sort, _, address = route.partition(" ")
        pattern = re.sub(r"{\w+:int}", r"\\d+", address)
        if what and sort == method and re.fullmatch(re.sub(r"{\w+}", "[^/]+", pattern), path):
            return what
    raise AssertionError(f"{method} {path} is no route of the desk")


def test_a_form_of_another_site_is_refused(sign_in: SignIn, site: Any, unchanged: None) -> None:
    page = sign_in("admin")
    path, fields = FORMS[May.administer][0]
    target = page.url.partition(DESK)[0] + DESK + path
    key = page.locator("input[name=khoa]").first.get_attribute("value")
    context = page.context
    elsewhere = context.new_page()
    elsewhere.goto(site.origin)
    with elsewhere.expect_navigation():
        elsewhere.evaluate(
            """([target, fields]) => {
              const form = Object.assign(document.createElement('form'), {method: 'post', action: target});
              for (const [name, value] of Object.entries(fields)) {
                form.append(Object.assign(document.createElement('input'), {name, value}));
              }
              document.body.append(form);
              form.submit();
            }""",
            [target, {**fields, "khoa": key}],
        )
    assert elsewhere.url.startswith(page.url.partition(DESK)[0] + SIGN_IN)


def test_an_admin_lets_somebody_in_and_out_again(browser: Browser, address: str, sign_in: SignIn, desk: Desk) -> None:
    admin = sign_in("admin")
    go(admin, "/nguoi-dung")
    admin.get_by_label("Họ tên").fill("Tư Ngọc")
    admin.get_by_label("Tên đăng nhập").fill("tu.ngoc")
    admin.get_by_label("Quyền", exact=True).select_option("editor")
    press(admin, admin.get_by_role("button", name="Thêm người dùng"))
    given, own = admin.locator("main [role=status] code").inner_text(), "một đàn vịt bơi ngang"
    with device(browser, address) as context:
        page = context.new_page()
        watch(page, address)
        page.goto(f"{DESK}/ho-so")
        fill_in_sign_in(page, "tu.ngoc", given)
        assert page.url.endswith(OWN_ACCOUNT)
        for label, typed in (("Mật khẩu đang dùng", given), ("Mật khẩu mới", own), ("Nhập lại mật khẩu mới", own)):
            page.get_by_label(label, exact=True).fill(typed)
        press(page, page.get_by_role("button", name="Đổi mật khẩu"))
        go(page, "/ho-so")
        press(admin, admin.get_by_role("button", name="Khóa tài khoản Tư Ngọc"))
        press(page, page.get_by_role("link", name="Câu chuẩn", exact=True))
        expect(page.locator("h1")).to_have_text("Đăng nhập bàn làm việc")
        fill_in_sign_in(page, "tu.ngoc", own)
        expect(page.get_by_role("alert")).to_be_visible()
    go(admin, "/nhat-ky")
    expect(admin.get_by_role("main")).to_contain_text("tu.ngoc")


def test_whoever_has_signed_out_is_not_let_back_in_by_the_way_back(sign_in: SignIn, cookies: dict[str, Any]) -> None:
    page = sign_in("viewer")
    go(page, "/hop-thu")
    press(page, page.get_by_role("button", name="Đăng xuất"))
    cookies.pop("viewer")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Đăng nhập bàn làm việc")
