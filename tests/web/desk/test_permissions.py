"""Who gets through which door of the desk: every route there is, for every role, and for nobody.

A route that is not in the table below fails the first test: add it, with what the spec says one needs for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from httpx import AsyncClient, Response

from bot.store.accounts import Role
from bot.store.desk import Desk
from bot.web.desk.door import COOKIE, DESK, FORM_KEY, FORM_KEY_HEADER, OWN_ACCOUNT, SIGN_IN, SIGN_OUT
from bot.web.desk.pages import AREAS
from bot.web.desk.permissions import ROLE_NAMES, ROLES, May, may
from tests.web.desk.conftest import PASSWORD

look, test, judge, handle = May.look, May.test, May.judge, May.handle
announce, edit, publish, administer = May.announce, May.edit, May.publish, May.administer

# What each route of the desk needs; None: nothing, since this is where one signs in.
NEEDS: dict[str, May | None] = {
    "GET /dang-nhap": None,
    "POST /dang-nhap": None,
    "POST /dang-xuat": look,
    "GET ": look,
    "GET /tai-khoan": look,
    "POST /tai-khoan": look,
    # Accounts and the trail
    "GET /nguoi-dung": administer,
    "POST /nguoi-dung": administer,
    "POST /nguoi-dung/{name}": administer,
    "GET /nhat-ky": administer,
    "GET /nhat-ky.xlsx": administer,
    # Notices
    "GET /thong-bao": look,
    "POST /thong-bao": announce,
    "POST /thong-bao/nghi": announce,
    "POST /thong-bao/{number}/ket-thuc": announce,
    # Figures
    "GET /so-lieu": look,
    "GET /so-lieu.xlsx": look,
    # Asking as a citizen, and judging what was answered
    "GET /thu": test,
    "POST /thu": test,
    "POST /thu/moi": test,
    "GET /thu/tim": test,
    "GET /thu/danh-gia": look,
    "POST /thu/danh-gia": judge,
    "POST /thu/danh-gia/bo": judge,
    # Golden questions
    "GET /cau-chuan": look,
    "POST /cau-chuan": judge,
    "GET /cau-chuan.xlsx": look,
    "GET /cau-chuan/moi": judge,
    "POST /cau-chuan/kiem-tra": judge,
    "GET /cau-chuan/nhap": look,
    "POST /cau-chuan/nhap": judge,
    "GET /cau-chuan/{number:int}": look,
    "POST /cau-chuan/{number:int}": judge,
    "POST /cau-chuan/{number:int}/xoa": judge,
    "GET /cau-chuan/chay": look,
    "POST /cau-chuan/chay": judge,
    "GET /cau-chuan/chay/{number:int}": look,
    "GET /cau-chuan/chay/{number:int}/tien-do": look,
    # What citizens asked and sent
    "GET /cau-hoi": look,
    "POST /cau-hoi/danh-dau": handle,
    "GET /cau-hoi/{turn}": look,
    "GET /cau-hoi/{turn}/vi-du": edit,
    "POST /cau-hoi/{turn}/vi-du": edit,
    "GET /hop-thu": look,
    "GET /hop-thu/{number}": look,
    "POST /hop-thu/{number}/{what}": handle,
    # Records
    "GET /ho-so": look,
    "GET /ho-so/moi": look,
    "POST /ho-so/moi": edit,
    "GET /ho-so/{code}": look,
    "POST /ho-so/{code}": edit,
    "GET /ho-so/{code}/xem-truoc": look,
    "GET /ho-so/{code}/go": look,
    "POST /ho-so/{code}/go": edit,
    "POST /ho-so/{code}/dua-lai": edit,
    "POST /ho-so/{code}/bo": edit,
    "GET /ho-so/{subject}/lich-su": look,
    "POST /ho-so/{subject}/lich-su/quay-lai": publish,
    # Drafts, and what is made of them
    "GET /duyet": look,
    "GET /duyet/{subject}": look,
    "POST /duyet/{subject}/gui": edit,
    "POST /duyet/{subject}/rut": edit,
    "POST /duyet/{subject}/bo": edit,
    "POST /duyet/{subject}/tra-lai": publish,
    "POST /duyet/thu": publish,
    "GET /duyet/thu/{number}": look,
    "POST /duyet/xuat-ban": publish,
    "GET /duyet/xuat-ban/{number}": look,
    "GET /duyet/phien-ban": look,
    "GET /duyet/phien-ban/{number}": look,
    "POST /duyet/phien-ban/{number}/quay-lai": publish,
    # In and out
    "GET /nhap": look,
    "POST /nhap": edit,
    "GET /nhap/{number:int}": look,
    "POST /nhap/{number:int}/{subject}": edit,
    "POST /nhap/viec/{decided:int}": edit,
    "GET /nhap/xuat.zip": look,
    "GET /nhap/thu-tuc.xlsx": look,
    "GET /nhap/danh-muc.xlsx": look,
    # The ward's profile: a draft like others
    "GET /phuong": look,
    "POST /phuong": edit,
    "POST /phuong/bo": edit,
}
# What stands where a path has a part of its own; all else is 1.
FILLED = {"name": "lan", "subject": "1.001193", "code": "1.001193", "turn": "t1"}
EVERYBODY = [None, *Role]


@dataclass(frozen=True)
class Caller:
    """Somebody at the door, with a sign-in for every single request, since one of the routes ends it."""

    client: AsyncClient
    desk: Desk
    name: str | None

    async def sends(self, route: str, *, key: str | None = None, **headers: str) -> Response:
        """Ask for a route; a form has nothing in it but its key (another one if `key` is given)."""
        method, path = address_of(route)
        fields = {}
        if self.name is not None:
            cookie = self.desk.sign_ins.begin(self.name)
            signed_in = self.desk.sign_ins.of(cookie)
            assert signed_in is not None
            headers["cookie"] = f"{COOKIE}={cookie}"
            fields = {FORM_KEY: signed_in.form_key if key is None else key}
        return await self.client.request(method, path, headers=headers, data=fields if method == "POST" else None)


def address_of(route: str) -> tuple[str, str]:
    """'GET /nguoi-dung/{name}' -> ('GET', '/ban-lam-viec/nguoi-dung/lan')"""
    method, _, path = route.partition(" ")
    return method, DESK + re.sub(r"{(\w+)(:\w+)?}", lambda part: FILLED.get(part[1], "1"), path)


def desk_routes(app: FastAPI) -> Iterator[APIRoute]:
    for route in app.routes:
        if isinstance(route, APIRoute) and (route.path == DESK or route.path.startswith(f"{DESK}/")):
            yield route


def what_became_of(response: Response) -> str:
    """'sign in', 'not allowed', 'old form', 'change the password', or 'let in'."""
    to = response.headers.get("location", "")
    if response.status_code == 303 and to.startswith(f"{SIGN_IN}?den="):
        return "sign in"
    if response.status_code == 303 and to == OWN_ACCOUNT:
        return "change the password"
    if response.status_code == 403:
        assert "Chưa làm được" in response.text
        return "not allowed" if "chưa được làm việc này" in response.text else "old form"
    return "let in"


@pytest.fixture
def posts() -> list[str]:
    return [route for route, needed in NEEDS.items() if route.startswith("POST ") and needed is not None]


@pytest.fixture
def caller(nobody: AsyncClient, desk: Desk) -> Caller:
    """Somebody who may do everything."""
    desk.accounts.add("mai", "Mai", Role.admin, PASSWORD, must_change=False)
    return Caller(nobody, desk, "mai")


def test_every_route_of_the_desk_stands_in_the_table(app: FastAPI) -> None:
    there = {
        f"{method} {route.path.removeprefix(DESK)}" for route in desk_routes(app) for method in route.methods - {"HEAD"}
    }
    assert there - NEEDS.keys() == set(), "add these to NEEDS, with what the spec says"
    assert NEEDS.keys() - there == set(), "these are no more"


def test_no_route_of_the_desk_is_told_to_others_or_reads_a_form_before_the_door(app: FastAPI) -> None:
    for route in desk_routes(app):
        assert not route.include_in_schema, route.path
        # FastAPI would read it, up to 20 MB, before it asks who sent it: take the form from the request.
        assert route.body_field is None, route.path


@pytest.mark.parametrize("role", EVERYBODY, ids=lambda role: role.value if role else "nobody")
async def test_everybody_gets_where_they_may_and_no_further(nobody: AsyncClient, desk: Desk, role: Role | None) -> None:
    if role:
        desk.accounts.add("mai", "Mai", role, PASSWORD, must_change=False)
    caller = Caller(nobody, desk, "mai" if role else None)
    for route, needed in NEEDS.items():
        expected = "let in"
        if needed is not None:
            expected = "sign in" if role is None else ("let in" if may(role, needed) else "not allowed")
        response = await caller.sends(route)
        assert what_became_of(response) == expected, route
        assert response.status_code not in (405, 500), f"{route}: {response.text[:500]}"
        assert response.headers.get("cache-control", "no-store") == "no-store", route


async def test_a_closed_door_says_where_to_go_on_after_signing_in(nobody: AsyncClient) -> None:
    response = await nobody.get(f"{DESK}/nhat-ky?viec=sign_in&nguoi=l%C3%AA")
    there = quote(f"{DESK}/nhat-ky?viec=sign_in&nguoi=l%C3%AA")
    assert response.headers["location"] == f"{SIGN_IN}?den={there}"


@pytest.mark.parametrize(
    "refused",
    [
        {"key": ""},
        {"key": "x"},
        {"key": "khóa"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"key": "", FORM_KEY_HEADER: "x"},
    ],
    ids=str,
)
async def test_a_form_that_is_none_of_ours_changes_nothing(
    caller: Caller, posts: list[str], refused: dict[str, str]
) -> None:
    for route in posts:
        assert what_became_of(await caller.sends(route, **refused)) == "old form", route


async def test_the_key_of_somebody_else_s_form_is_none(caller: Caller, posts: list[str], desk: Desk) -> None:
    desk.accounts.add("lan", "Lan", Role.admin, PASSWORD)
    for name in ("lan", "mai"):  # not even of another sign-in of one's own
        signed_in = desk.sign_ins.of(desk.sign_ins.begin(name))
        assert signed_in is not None
        for route in posts:
            assert what_became_of(await caller.sends(route, key=signed_in.form_key)) == "old form", route


async def test_a_part_of_a_page_brings_the_key_in_a_header(caller: Caller, desk: Desk) -> None:
    cookie = desk.sign_ins.begin("mai")
    signed_in = desk.sign_ins.of(cookie)
    assert signed_in is not None
    headers = {"cookie": f"{COOKIE}={cookie}", FORM_KEY_HEADER: signed_in.form_key, "sec-fetch-site": "same-origin"}
    response = await caller.client.post(f"{DESK}/nguoi-dung", headers=headers)
    assert what_became_of(response) == "let in"


async def test_a_sign_in_from_another_website_is_refused(nobody: AsyncClient, desk: Desk) -> None:
    """Or somebody could be signed in with an account of others without noticing."""
    desk.accounts.add("mai", "Mai", Role.admin, PASSWORD)
    sent = {"ten": "mai", "mat-khau": PASSWORD, "den": DESK}
    response = await nobody.post(SIGN_IN, data=sent, headers={"sec-fetch-site": "cross-site"})
    assert response.status_code == 403 and "set-cookie" not in response.headers
    assert (await nobody.post(SIGN_IN, data=sent, headers={"sec-fetch-site": "same-origin"})).status_code == 303


async def test_whose_password_others_know_has_to_change_it_before_anything_else(
    nobody: AsyncClient, desk: Desk
) -> None:
    desk.accounts.add("mai", "Mai", Role.admin, PASSWORD, must_change=True)
    caller = Caller(nobody, desk, "mai")
    for route, needed in NEEDS.items():
        free = needed is None or address_of(route)[1] in (OWN_ACCOUNT, SIGN_OUT)
        assert what_became_of(await caller.sends(route)) == ("let in" if free else "change the password"), route


async def test_a_part_of_a_page_makes_the_whole_page_go_to_the_sign_in(nobody: AsyncClient) -> None:
    headers = {"hx-request": "true", "hx-current-url": f"http://gateway{DESK}/thong-bao?a=1"}
    response = await nobody.post(f"{DESK}/thong-bao", headers=headers)
    assert response.status_code == 401
    assert response.headers["hx-redirect"] == f"{SIGN_IN}?den={quote(f'{DESK}/thong-bao?a=1')}"


@pytest.mark.parametrize("shown", ["", "http://[", "nothing"])
async def test_whatever_page_a_part_says_it_stands_on_the_door_holds(nobody: AsyncClient, shown: str) -> None:
    response = await nobody.get(DESK, headers={"hx-request": "true", "hx-current-url": shown})
    assert response.status_code == 401 and response.headers["hx-redirect"].startswith(f"{SIGN_IN}?den=")


# The roles


def test_roles_are_what_the_spec_says() -> None:
    assert {
        Role.viewer: {look},
        Role.staff: {look, test, judge, handle, announce},
        Role.editor: {look, test, judge, edit},
        Role.approver: {look, test, judge, handle, announce, edit, publish},
        Role.admin: set(May),
    } == ROLES


def test_every_role_has_a_name_of_its_own() -> None:
    assert ROLE_NAMES.keys() == ROLES.keys() == set(Role) and len(set(ROLE_NAMES.values())) == len(Role)


@pytest.mark.parametrize("role", Role, ids=lambda role: role.value)
async def test_the_menu_shows_the_areas_that_one_may_see_and_no_others(
    nobody: AsyncClient, desk: Desk, role: Role
) -> None:
    desk.accounts.add("mai", "Mai", role, PASSWORD, must_change=False)
    page = (await Caller(nobody, desk, "mai").sends("GET ")).text
    for path, _, needed in AREAS:
        assert (f'href="{DESK}/{path}"' in page) == may(role, needed), path


def test_the_areas_need_what_their_pages_need() -> None:
    for path, _, needed in AREAS:
        assert NEEDS[f"GET /{path}"] is needed, path
