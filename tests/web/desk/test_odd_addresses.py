"""Whatever somebody writes into an address of the desk, or leaves out of a form, it never ends in an error of ours."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from urllib.parse import quote

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from bot.web.desk.door import DESK, SIGN_IN, SIGN_OUT
from tests.web.desk.conftest import SignedIn, form, form_key

ODD = ("9" * 30, "-1", "²", "ward", "\0")
_GAP = re.compile(r"\{(\w+)(:int)?\}")
_QUERY = "trang={0}&seen={0}&xem={0}&tu={0}&den={0}&khoang={0}&tim={0}&ky={0}&thu-tuc={0}"
_FIELDS = ("thay", "da-xem", "ban", "ban-goc", "viec", "hien", "nhan", "ho-so", "khoa-cau", "tep", "so", "lan", "trang")


def _addresses(app: FastAPI, method: str) -> Iterator[str]:
    for route in app.routes:
        if isinstance(route, APIRoute) and route.path.startswith(DESK) and method in route.methods:
            for odd in ODD if _GAP.search(route.path) else ("",):
                yield _GAP.sub(quote(odd, safe="").replace("\\", r"\\"), route.path)


@pytest.mark.parametrize("odd", ODD)
async def test_no_page_fails(app: FastAPI, signed_in: SignedIn, odd: str) -> None:
    client = await signed_in("admin")
    failed = []
    for address in dict.fromkeys(_addresses(app, "GET")):
        asked = f"{address}?{_QUERY.format(quote(odd, safe=''))}"
        if (await client.get(asked)).status_code >= 500:
            failed.append(asked)
    assert not failed


@pytest.mark.parametrize("odd", ("", *ODD))
async def test_no_form_fails(app: FastAPI, signed_in: SignedIn, odd: str) -> None:
    client = await signed_in("admin")
    key = await form_key(client)
    failed = []
    for address in dict.fromkeys(_addresses(app, "POST")):
        if address == SIGN_OUT:
            continue
        fields = {name: odd for name in _FIELDS} if odd else {}
        if (await client.post(address, data={"khoa": key, **fields})).status_code >= 500:
            failed.append(address)
    assert not failed


# PostgreSQL takes no NUL: it is refused before anything looks at it.


def is_refused(response: httpx.Response) -> bool:
    return response.status_code == 400 and '"code":"bad_request"' in response.text


@pytest.mark.parametrize("address", ["/ho-so/1%00", "/hop-thu/%00", "/nhat-ky?nguoi=a%00b", "/thu/danh-gia?%00=1"])
async def test_an_address_with_a_nul_is_refused(signed_in: SignedIn, address: str) -> None:
    client = await signed_in("admin")
    assert is_refused(await client.get(f"{DESK}{address}"))
    assert not is_refused(await client.get(f"{DESK}{address.replace('%00', '%2500')}"))


@pytest.mark.parametrize("path", ["/tai-khoan", "/ho-so/moi", "/thong-bao", "/duyet/thu", "/phuong"])
async def test_a_form_with_a_nul_is_refused(signed_in: SignedIn, path: str) -> None:
    client = await signed_in("admin")
    assert is_refused(await form(client, f"{DESK}{path}", {"thua": "a\0b"}))
    assert is_refused(await form(client, f"{DESK}{path}", files={"thua": ("ten", b"a\0b")}))
    assert not is_refused(await form(client, f"{DESK}{path}", {"thua": "a%00b"}))


@pytest.mark.parametrize("parts", [(b"ten=a%00",), (b"ten=a\0",), (b"ten=a%", b"00&x=1"), (b"ten=a%0", b"", b"0")])
async def test_a_nul_is_found_wherever_a_form_is_cut(nobody: httpx.AsyncClient, parts: tuple[bytes, ...]) -> None:
    async def sent() -> AsyncIterator[bytes]:
        for part in parts:
            yield part

    assert is_refused(await nobody.post(SIGN_IN, content=sent()))


async def test_a_file_may_hold_anything(signed_in: SignedIn) -> None:
    client = await signed_in("admin")
    for path in ("/nhap", "/cau-chuan/nhap"):
        response = await form(client, f"{DESK}{path}", files={"tep": ("tep.csv", b"a\0b")})
        assert response.status_code < 500 and not is_refused(response)
