"""Signing in and out, one's own password, and how a sign-in ends."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from http.cookies import Morsel, SimpleCookie

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy import update
from sqlalchemy.engine import Engine

from bot.settings import Settings
from bot.store import desk_tables
from bot.store.accounts import LOCKED_FOR, MOST_FAILURES, Role
from bot.store.desk import Desk
from bot.store.sign_ins import LONGEST, LONGEST_IDLE
from bot.web.app import create_app
from bot.web.desk.door import COOKIE, DESK, OWN_ACCOUNT, SIGN_IN, SIGN_OUT
from bot.web.guard import limits
from tests.store.rows import Rows
from tests.web.conftest import client_of
from tests.web.desk.conftest import PASSWORD, SignedIn, form, sign_in
from tests.web.markup import read

OTHER = "chín con mèo vàng"


@pytest.fixture
def lan(desk: Desk) -> str:
    """An account that nobody is signed in with yet."""
    return desk.accounts.add("lan", "Lan", Role.staff, PASSWORD, must_change=False).name


async def is_in(client: AsyncClient) -> bool:
    """Whether the desk opens."""
    return (await client.get(DESK)).status_code == 200


def cookie_of(response: Response) -> Morsel[str]:
    """The cookie of the desk, as a response sets it."""
    cookies = SimpleCookie(response.headers["set-cookie"])
    return cookies[COOKIE]


def actions(desk: Desk) -> list[tuple[str, str]]:
    """What stands in the trail, the oldest first: who, and what they did."""
    return [(entry.account, entry.action) for entry in reversed(desk.audit.entries())]


def age(engine: Engine, column: str, by: timedelta) -> None:
    """Make all sign-ins older."""
    with engine.begin() as connection:
        moment = datetime.now(timezone.utc) - by
        connection.execute(update(desk_tables.sign_ins).values({column: moment}))


# In


async def test_with_name_and_password_one_is_in(nobody: AsyncClient, lan: str, desk: Desk) -> None:
    assert not await is_in(nobody)
    response = await sign_in(nobody, lan)
    assert (response.status_code, response.headers["location"]) == (303, DESK)
    assert await is_in(nobody) and actions(desk) == [("lan", "sign_in")]


@pytest.mark.parametrize("name", ["Lan", " lan ", "LAN"])
async def test_a_name_is_known_however_the_phone_writes_it(nobody: AsyncClient, lan: str, name: str) -> None:
    assert (await sign_in(nobody, name)).status_code == 303


async def test_the_cookie_is_for_the_desk_alone_and_no_script_reads_it(nobody: AsyncClient, lan: str) -> None:
    cookie = cookie_of(await sign_in(nobody, lan))
    assert (cookie["path"], cookie["httponly"], cookie["samesite"].lower()) == (DESK, True, "strict")
    assert not cookie["secure"] and len(cookie.value) >= 32
    assert not cookie["domain"] and not cookie["max-age"] and not cookie["expires"], "gone with the browser"


async def test_where_the_site_is_encrypted_so_is_the_cookie_s_way(gateway_settings: Settings, lan: str) -> None:
    app = create_app(replace(gateway_settings, public_url="https://phuong.example.vn"))
    async with client_of(app) as client:
        assert cookie_of(await sign_in(client, lan))["secure"]


async def test_the_page_is_not_kept_and_says_what_each_field_is(nobody: AsyncClient) -> None:
    page = await nobody.get(SIGN_IN)
    assert page.status_code == 200 and page.headers["cache-control"] == "no-store"
    tree = read(page.text)
    fields = {field.get("id"): field for field in tree.iter("input") if field.get("type") != "hidden"}
    assert {label.get("for") for label in tree.iter("label")} == fields.keys() == {"ten", "mat-khau"}
    assert fields["ten"].get("autocomplete") == "username"
    assert (fields["mat-khau"].get("type"), fields["mat-khau"].get("autocomplete")) == ("password", "current-password")


@pytest.mark.parametrize(("name", "password"), [("lan", "sai rồi"), ("hoa", PASSWORD), ("", ""), ("'--", PASSWORD)])
async def test_who_is_wrong_is_told_the_same_whatever_was_wrong(
    nobody: AsyncClient, lan: str, name: str, password: str
) -> None:
    response = await sign_in(nobody, name, password)
    assert response.status_code == 401 and "set-cookie" not in response.headers
    (alert,) = [part for part in read(response.text).iter("p") if part.get("role") == "alert"]
    assert alert.text == "Tên hoặc mật khẩu chưa đúng. Bạn thử lại." and alert.get("id") == "loi"
    assert password not in response.text or not password
    assert not await is_in(nobody)


async def test_a_closed_account_is_told_nothing_else(nobody: AsyncClient, lan: str, desk: Desk) -> None:
    desk.accounts.set_active(lan, False)
    response = await sign_in(nobody, lan)
    assert response.status_code == 401 and "chưa đúng" in response.text


async def test_the_name_typed_stays_and_the_password_does_not(nobody: AsyncClient, lan: str) -> None:
    tree = read((await sign_in(nobody, 'lan"><script>', "điều bí mật")).text)
    fields = {field.get("name"): field.get("value") for field in tree.iter("input")}
    assert fields == {"den": DESK, "ten": 'lan"><script>', "mat-khau": None}


async def test_a_password_typed_as_the_name_is_not_in_the_trail(nobody: AsyncClient, lan: str, desk: Desk) -> None:
    await sign_in(nobody, "lan", "sai rồi")
    await sign_in(nobody, "bay.con.meo.trang")
    assert actions(desk) == [("lan", "sign_in_failed"), ("", "sign_in_failed")]


@pytest.mark.parametrize(
    "body", [b"", b"ten", b"ten=%ff&mat-khau=%01", b"ten=lan&mat-khau=" + b"a" * 60_000, b"&" * 999]
)
async def test_what_is_no_form_of_ours_is_a_wrong_password(nobody: AsyncClient, lan: str, body: bytes) -> None:
    assert (await nobody.post(SIGN_IN, content=body)).status_code == 401


async def test_who_signs_in_anew_is_in_once(nobody: AsyncClient, lan: str, desk: Desk, rows: Rows) -> None:
    desk.accounts.add("hoa", "Hoa", Role.viewer, PASSWORD, must_change=False)
    await sign_in(nobody, lan)
    await sign_in(nobody, "hoa")
    assert [row["account"] for row in rows(desk_tables.sign_ins)] == ["hoa"]
    assert "Hoa" in (await nobody.get(DESK)).text


# Where to


@pytest.mark.parametrize(
    "to", [DESK, f"{DESK}/nhat-ky", f"{DESK}/ho-so/1.001193?muc=le-phi&x=%C3%AA", f"{DESK}/tai-khoan"]
)
async def test_one_goes_on_where_one_wanted_to(nobody: AsyncClient, lan: str, to: str) -> None:
    page = read((await nobody.get(SIGN_IN, params={"den": to})).text)
    (back,) = [field.get("value") for field in page.iter("input") if field.get("name") == "den"]
    response = await sign_in(nobody, lan, back=back or "")
    assert response.headers["location"] == to


@pytest.mark.parametrize(
    "to",
    [
        "",
        "/",
        "/thu-tuc",
        "https://evil.example/ban-lam-viec",
        "//evil.example/ban-lam-viec",
        "///evil.example/ban-lam-viec",
        "/\\evil.example/ban-lam-viec",
        "\t//evil.example/ban-lam-viec",
        "/\t/evil.example/ban-lam-viec",
        "/ban-lam-viec.evil.example",
        "/ban-lam-viecx",
        "/ban-lam-viec/../api/health",
        "/ban-lam-viec\\..\\..",
        "ban-lam-viec",
        "javascript:alert(1)//ban-lam-viec",
        "//[",
        "http://[/ban-lam-viec",
        "%2F%2Fevil.example",
    ],
)
async def test_a_link_of_others_leads_to_the_desk_and_nowhere_else(nobody: AsyncClient, lan: str, to: str) -> None:
    page = await nobody.get(SIGN_IN, params={"den": to})
    assert page.status_code == 200 and "evil.example" not in page.text
    assert (await sign_in(nobody, lan, back=to)).headers["location"] == DESK


async def test_nothing_can_be_added_to_the_headers(nobody: AsyncClient, lan: str) -> None:
    response = await sign_in(nobody, lan, back=f"{DESK}/x\r\nSet-Cookie: a=b")
    assert response.status_code == 303 and "a=b" not in response.headers["set-cookie"]
    assert "\n" not in response.headers["location"]


# Failures


async def test_after_some_failures_the_account_rests_and_one_is_told_until_when(
    nobody: AsyncClient, lan: str, desk: Desk
) -> None:
    for _ in range(MOST_FAILURES):
        await sign_in(nobody, lan, "sai rồi")
    response = await sign_in(nobody, lan)
    until = desk.accounts.get(lan).locked_until
    assert until is not None and until - datetime.now(timezone.utc) <= LOCKED_FOR
    said = f"{until + timedelta(hours=7):%H:%M}"
    assert response.status_code == 401 and f"Bạn thử lại sau {said}" in response.text
    assert actions(desk) == [("lan", "sign_in_failed")] * MOST_FAILURES + [("lan", "sign_in_locked")]


async def test_who_is_in_stays_in_while_others_try(signed_in: SignedIn, nobody: AsyncClient) -> None:
    client = await signed_in("staff", name="lan")
    for _ in range(MOST_FAILURES + 1):
        await sign_in(nobody, "lan", "sai rồi")
    assert await is_in(client)


async def test_from_one_address_so_many_try_and_no_more(
    gateway_settings: Settings, lan: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SIGN_IN_LIMIT", "3/10minute")
    app = create_app(gateway_settings)
    async with client_of(app) as here, client_of(app, "192.0.2.77") as elsewhere:
        tried = [(await sign_in(here, f"nobody-{number}", "sai rồi")).status_code for number in range(3)]
        response = await sign_in(here, lan)
        assert tried == [401] * 3 and response.status_code == 429
        assert 1 <= int(response.headers["retry-after"]) <= 600
        assert "Có quá nhiều lần đăng nhập từ mạng này. Bạn đợi khoảng 10 phút rồi thử lại." in response.text
        assert (await here.get(SIGN_IN)).status_code == 200, "the page itself still opens"
        assert len(desk.audit.entries()) == 3, "nothing was tried"
        assert (await sign_in(elsewhere, lan)).status_code == 303


async def test_by_itself_the_limit_lets_an_office_in_and_stops_who_guesses(
    gateway_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = limits.Limits(gateway_settings)
    tried = [await counted.sign_in("192.0.2.1") for _ in range(40)]
    assert tried[:20] == [0] * 20 and all(tried[30:])


# Out


async def test_to_sign_out_ends_it_here_and_not_elsewhere(signed_in: SignedIn, desk: Desk) -> None:
    here, there = await signed_in("staff", name="lan"), await signed_in("staff", name="lan")
    cookie = here.cookies[COOKIE]
    response = await form(here, SIGN_OUT)
    assert (response.status_code, response.headers["location"]) == (303, SIGN_IN)
    assert COOKIE not in here.cookies and not await is_in(here) and await is_in(there)
    assert desk.sign_ins.of(cookie) is None, "the key itself opens nothing any more"
    assert actions(desk)[-1] == ("lan", "sign_out")


async def test_to_sign_out_everywhere_ends_it_everywhere_for_oneself(signed_in: SignedIn) -> None:
    here, there = await signed_in("staff", name="lan"), await signed_in("staff", name="lan")
    other = await signed_in("staff", name="hoa")
    await form(here, SIGN_OUT, {"moi-noi": "1"})
    assert [await is_in(client) for client in (here, there, other)] == [False, False, True]


async def test_a_link_alone_signs_nobody_out(signed_in: SignedIn) -> None:
    client = await signed_in("staff")
    assert (await client.get(SIGN_OUT)).status_code == 405 and await is_in(client)


async def test_a_closed_account_is_out_at_once(signed_in: SignedIn, desk: Desk) -> None:
    client = await signed_in("staff", name="lan")
    desk.accounts.set_active("lan", False)
    assert not await is_in(client)


async def test_another_role_counts_at_once(signed_in: SignedIn, desk: Desk) -> None:
    client, _ = await signed_in("admin", name="lan"), await signed_in("admin", name="hoa")
    assert (await client.get(f"{DESK}/nhat-ky")).status_code == 200
    desk.accounts.change("lan", role=Role.viewer)
    assert (await client.get(f"{DESK}/nhat-ky")).status_code == 403 and await is_in(client)


@pytest.mark.parametrize(("column", "by"), [("began_at", LONGEST), ("used_at", LONGEST_IDLE)])
async def test_an_old_sign_in_is_over(signed_in: SignedIn, engine: Engine, column: str, by: timedelta) -> None:
    client = await signed_in("staff")
    age(engine, column, by - timedelta(minutes=1))
    assert await is_in(client)
    age(engine, column, by + timedelta(minutes=1))
    assert not await is_in(client)


async def test_what_is_over_goes_when_the_house_is_kept(
    app: FastAPI, signed_in: SignedIn, engine: Engine, rows: Rows
) -> None:
    await signed_in("staff")
    age(engine, "began_at", LONGEST + timedelta(minutes=1))
    async with app.router.lifespan_context(app):
        for _ in range(200):
            if not rows(desk_tables.sign_ins):
                return
            await asyncio.sleep(0.02)
    raise AssertionError("it stayed")


@pytest.mark.parametrize("cookie", ["", "x", "ế", "a" * 5000, "%00"])
async def test_a_cookie_that_is_none_of_ours_opens_nothing(nobody: AsyncClient, lan: str, cookie: str) -> None:
    response = await nobody.get(DESK, headers={"cookie": f"{COOKIE}={cookie}".encode()})
    assert response.status_code == 303


# One's own password


def typed(old: str = PASSWORD, new: str = OTHER, again: str = "") -> dict[str, str]:
    return {"dang-dung": old, "moi": new, "moi-lai": again or new}


async def test_with_another_password_one_stays_in_here_and_is_out_elsewhere(
    signed_in: SignedIn, nobody: AsyncClient, desk: Desk
) -> None:
    here, there = await signed_in("staff", name="lan"), await signed_in("staff", name="lan")
    before = here.cookies[COOKIE]
    response = await form(here, OWN_ACCOUNT, typed())
    assert (response.status_code, response.headers["location"]) == (303, f"{OWN_ACCOUNT}?xong=1")
    assert "Đã đổi mật khẩu." in (await here.get(response.headers["location"])).text
    assert here.cookies[COOKIE] != before and not await is_in(there)
    assert (await sign_in(nobody, "lan")).status_code == 401
    assert (await sign_in(nobody, "lan", OTHER)).status_code == 303
    assert ("lan", "password_changed") in actions(desk)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (typed(old="sai rồi"), "Mật khẩu đang dùng chưa đúng."),
        (typed(again="khác hẳn nhau rồi"), "Hai lần nhập mật khẩu mới không giống nhau."),
        (typed(new=PASSWORD), "Mật khẩu mới phải khác mật khẩu đang dùng."),
        (typed(new="ngắn"), "từ 10 đến 200 ký tự"),
        (typed(new="1234567890"), "khó đoán"),
        ({}, "Mật khẩu đang dùng chưa đúng."),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
async def test_what_is_wrong_is_said_and_nothing_is_changed(
    signed_in: SignedIn, desk: Desk, fields: dict[str, str], said: str
) -> None:
    client = await signed_in("staff", name="lan")
    response = await form(client, OWN_ACCOUNT, fields)
    (alert,) = [part for part in read(response.text).iter("p") if part.get("role") == "alert"]
    assert response.status_code == 400 and said in (alert.text or "")
    assert desk.accounts.check("lan", PASSWORD) and await is_in(client)


async def test_who_sits_at_another_s_desk_cannot_guess_the_password_there_either(
    signed_in: SignedIn, desk: Desk
) -> None:
    client = await signed_in("staff", name="lan")
    for _ in range(MOST_FAILURES):
        await form(client, OWN_ACCOUNT, typed(old="sai rồi"))
    response = await form(client, OWN_ACCOUNT, typed())
    assert response.status_code == 400 and "quá nhiều lần" in response.text


async def test_a_password_that_others_set_is_changed_before_anything_else(nobody: AsyncClient, desk: Desk) -> None:
    desk.accounts.add("hoa", "Hoa", Role.staff, PASSWORD)
    assert (await sign_in(nobody, "hoa")).headers["location"] == DESK
    assert (await nobody.get(DESK)).headers["location"] == OWN_ACCOUNT
    assert "do người khác đặt cho bạn" in (await nobody.get(OWN_ACCOUNT)).text
    await form(nobody, OWN_ACCOUNT, typed(new=PASSWORD))
    assert not await is_in(nobody), "the same again is none of one's own"
    await form(nobody, OWN_ACCOUNT, typed())
    assert await is_in(nobody)


async def test_who_has_to_change_it_may_leave_instead(nobody: AsyncClient, desk: Desk, rows: Rows) -> None:
    desk.accounts.add("hoa", "Hoa", Role.staff, PASSWORD)
    await sign_in(nobody, "hoa")
    assert (await form(nobody, SIGN_OUT)).headers["location"] == SIGN_IN
    assert rows(desk_tables.sign_ins) == []
