"""Accounts as an admin makes, changes and closes them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from httpx import AsyncClient, Response

from bot.store.accounts import MOST_FAILURES, Role
from bot.store.desk import Desk
from bot.web.desk.door import DESK, OWN_ACCOUNT
from tests.web.desk.conftest import PASSWORD, SignedIn, form, sign_in
from tests.web.markup import read, text

PAGE = f"{DESK}/nguoi-dung"
HOA = {"goi-la": "Trần Thị Hoa", "ten": "hoa", "quyen": "editor"}


@pytest.fixture
async def admin(signed_in: SignedIn) -> AsyncClient:
    return await signed_in("admin", name="mai")


@pytest.fixture
def lan(desk: Desk) -> str:
    return desk.accounts.add("lan", "Lan", Role.staff, PASSWORD, must_change=False).name


def said(response: Response, role: str) -> str:
    """What stands in the part that a screen reader reads out: `status` or `alert`."""
    return " ".join(text(part) for part in read(response.text).iter() if part.get("role") == role)


def trail(desk: Desk) -> list[tuple[str, str, str, str]]:
    """What the admin did, the oldest first, without signing in."""
    done = [(entry.account, entry.action, entry.subject, entry.detail) for entry in reversed(desk.audit.entries())]
    return [entry for entry in done if entry[1] != "sign_in"]


def password_in(response: Response) -> str:
    (password,) = re.findall(r"<code>([^<]+)</code>", response.text)
    return str(password)


# Making one


async def test_a_new_account_has_a_password_that_is_shown_once(
    admin: AsyncClient, nobody: AsyncClient, desk: Desk
) -> None:
    response = await form(admin, PAGE, HOA)
    assert "Đã tạo tài khoản hoa." in said(response, "status")
    password = password_in(response)
    assert len(password) >= 16 and password not in (await admin.get(PAGE)).text
    made = desk.accounts.get("hoa")
    assert (made.shown_as, made.role, made.must_change) == ("Trần Thị Hoa", Role.editor, True)
    assert (await sign_in(nobody, "hoa", password)).status_code == 303
    assert (await nobody.get(DESK)).headers["location"] == OWN_ACCOUNT
    assert trail(desk) == [("mai", "account_added", "hoa", "editor")]
    assert password not in str(desk.audit.entries())


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        ({"ten": "Hòa"}, "chữ thường không dấu"),
        ({"ten": ""}, "chữ thường không dấu"),
        ({"ten": "../x"}, "chữ thường không dấu"),
        ({"ten": "mai"}, "đã có người dùng"),
        ({"quyen": "chủ tịch"}, "Không có quyền này"),
        ({"quyen": ""}, "Không có quyền này"),
    ],
)
async def test_what_is_wrong_is_said_and_what_was_typed_stays(
    admin: AsyncClient, desk: Desk, parts: dict[str, str], fault: str
) -> None:
    response = await form(admin, PAGE, {**HOA, **parts})
    assert response.status_code == 400 and fault in said(response, "alert")
    fields = {field.get("id"): field.get("value") for field in read(response.text).iter("input")}
    assert fields["goi-la"] == "Trần Thị Hoa" and fields["ten"] == {**HOA, **parts}["ten"]
    assert len(desk.accounts.all()) == 1 and trail(desk) == []


async def test_a_capital_letter_in_a_name_is_no_fault(admin: AsyncClient, desk: Desk) -> None:
    await form(admin, PAGE, {**HOA, "ten": " Hoa "})
    assert desk.accounts.has("hoa")


async def test_what_somebody_is_called_is_a_text_and_no_markup(admin: AsyncClient) -> None:
    response = await form(admin, PAGE, {**HOA, "goi-la": '<b onclick="x">Hoa'})
    assert "<b onclick" not in response.text and "&lt;b onclick" in response.text


# Changing one


async def test_another_role_is_given(admin: AsyncClient, lan: str, desk: Desk) -> None:
    response = await form(admin, f"{PAGE}/lan", {"viec": "quyen", "quyen": "approver"})
    assert said(response, "status") == "Đã đổi quyền của lan thành: Người duyệt."
    assert desk.accounts.get("lan").role is Role.approver
    assert trail(desk) == [("mai", "role_changed", "lan", "approver")]


async def test_another_password_is_set_and_all_sign_ins_end(
    admin: AsyncClient, signed_in: SignedIn, nobody: AsyncClient, desk: Desk
) -> None:
    client = await signed_in("staff", name="lan")
    response = await form(admin, f"{PAGE}/lan", {"viec": "mat-khau"})
    assert (await client.get(DESK)).status_code == 303
    assert (await sign_in(nobody, "lan")).status_code == 401
    assert (await sign_in(nobody, "lan", password_in(response))).status_code == 303
    assert desk.accounts.get("lan").must_change
    assert ("mai", "password_reset", "lan", "") in trail(desk)


async def test_an_account_is_closed_and_opened_again(
    admin: AsyncClient, lan: str, nobody: AsyncClient, desk: Desk
) -> None:
    closed = await form(admin, f"{PAGE}/lan", {"viec": "khoa"})
    assert "Đã khóa tài khoản lan." in said(closed, "status") and "đã khóa" in closed.text
    assert (await sign_in(nobody, "lan")).status_code == 401
    opened = await form(admin, f"{PAGE}/lan", {"viec": "mo"})
    assert said(opened, "status") == "Đã mở lại tài khoản lan." and "· đã khóa" not in opened.text
    assert (await sign_in(nobody, "lan")).status_code == 303
    assert [entry[:3] for entry in trail(desk) if entry[1].startswith("account_")] == [
        ("mai", "account_closed", "lan"),
        ("mai", "account_opened", "lan"),
    ]


async def test_somebody_who_locked_themselves_out_gets_a_new_password(
    admin: AsyncClient, lan: str, nobody: AsyncClient
) -> None:
    for _ in range(MOST_FAILURES):
        await sign_in(nobody, "lan", "sai rồi")
    response = await form(admin, f"{PAGE}/lan", {"viec": "mat-khau"})
    assert (await sign_in(nobody, "lan", password_in(response))).status_code == 303


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("khong-co", {"viec": "khoa"}),
        ("khong-co", {"viec": "mat-khau"}),
        ("khong-co", {"viec": "quyen", "quyen": "viewer"}),
        ("lan", {"viec": "quyen", "quyen": "chủ tịch"}),
        ("lan", {"viec": "xóa"}),
        ("lan", {}),
        ("%01", {"viec": "khoa"}),
        ("'; DROP TABLE accounts; --", {"viec": "khoa"}),
    ],
)
async def test_what_there_is_not_is_told_and_changes_nothing(
    admin: AsyncClient, lan: str, desk: Desk, name: str, fields: dict[str, str]
) -> None:
    before = desk.accounts.all()
    response = await form(admin, f"{PAGE}/{name}", fields)
    assert response.status_code == 400 and "Không có tài khoản hoặc việc này" in said(response, "alert")
    assert desk.accounts.all() == before and trail(desk) == []


@pytest.mark.parametrize("fields", [{"viec": "quyen", "quyen": "viewer"}, {"viec": "khoa"}, {"viec": "mat-khau"}])
async def test_nobody_changes_themselves_here(admin: AsyncClient, desk: Desk, fields: dict[str, Any]) -> None:
    desk.accounts.add("hoa", "Hoa", Role.admin, PASSWORD)
    response = await form(admin, f"{PAGE}/mai", fields)
    assert response.status_code == 400 and "của mình" in said(response, "alert")
    assert desk.accounts.get("mai").role is Role.admin and (await admin.get(PAGE)).status_code == 200
    page = read((await admin.get(PAGE)).text)
    assert {form.get("action") for form in page.iter("form")} & {f"{PAGE}/mai", f"{PAGE}/hoa"} == {f"{PAGE}/hoa"}


@pytest.mark.parametrize("fields", [{"viec": "quyen", "quyen": "viewer"}, {"viec": "khoa"}])
async def test_the_last_admin_stays(
    admin: AsyncClient, desk: Desk, monkeypatch: pytest.MonkeyPatch, fields: dict[str, str]
) -> None:
    """Two who demote each other at once: here the other one was a moment faster."""
    desk.accounts.add("hoa", "Hoa", Role.admin, PASSWORD)
    change, close = type(desk.accounts).change, type(desk.accounts).set_active

    def faster(done: Any) -> Any:
        def both(store: Any, name: str, *arguments: Any, **parts: Any) -> None:
            close(store, "mai", False)
            done(store, name, *arguments, **parts)

        return both

    monkeypatch.setattr(type(desk.accounts), "change", faster(change))
    monkeypatch.setattr(type(desk.accounts), "set_active", faster(close))
    response = await form(admin, f"{PAGE}/hoa", fields)
    assert response.status_code == 400 and "người quản trị cuối cùng" in said(response, "alert")
    monkeypatch.undo()
    assert desk.accounts.get("hoa").role is Role.admin and desk.accounts.get("hoa").is_active


# The page


async def test_the_page_lists_everybody_and_each_control_says_whose_it_is(
    admin: AsyncClient, lan: str, nobody: AsyncClient
) -> None:
    await sign_in(nobody, "lan")
    tree = read((await admin.get(PAGE)).text)
    heads = [text(cell) for cell in tree.iter("th") if cell.get("scope") == "row"]
    assert heads == ["Lan lan", "Mai mai"]
    names = {control.get("aria-label", "") for control in [*tree.iter("select"), *tree.iter("button")]}
    assert {"Quyền của Lan", "Đổi quyền của Lan", "Đặt lại mật khẩu của Lan", "Khóa tài khoản Lan"} <= names
    labels = {label.get("for") for label in tree.iter("label")}
    assert labels >= {"goi-la", "ten", "quyen"}
    assert "Chưa lần nào" not in text(tree)
