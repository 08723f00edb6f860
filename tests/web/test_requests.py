"""Requests that are none of the contract, and a Rasa that fails."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest
from httpx import AsyncClient

from bot.knowledge.ward import Ward
from bot.settings import Settings
from bot.store.database import StoreError
from bot.web import answering
from bot.web import rasa as client
from bot.web.app import create_app
from bot.web.desk.door import COOKIE
from bot.web.guard.body_size import LARGEST_BODY, largest_body
from tests.web.conftest import Open, StandIn, client_of

VIETNAMESE = set("ạảãàáâậầấẩẫăắằặẳẵóòọõỏôộổỗồốơờớợởỡéèẻẹẽêếềệểễúùụủũưựữửừứíìịỉĩýỳỷỵỹđ")


def assert_error(response: httpx.Response, status: int, code: str) -> str:
    """The error of contract 1; returns its message for people."""
    assert (response.status_code, response.headers["content-type"]) == (status, "application/json")
    body = response.json()
    ways_on = {"hotline", "listing"} if code in ("unavailable", "internal") else set()
    assert set(body) == {"error"} and set(body["error"]) == {"code", "message"} | ways_on
    assert body["error"]["code"] == code
    if ways_on:
        assert body["error"]["hotline"] in body["error"]["message"] and body["error"]["listing"] == "/thu-tuc"
    assert VIETNAMESE & set(body["error"]["message"])
    return body["error"]["message"]


# Bad input


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"khai sinh",
        b"\xff\xfe\x00",
        b'{"message": "ch\xe0o"}',
        b"null",
        b"true",
        b"7",
        b'"khai sinh"',
        b"[]",
        b'["message"]',
        b"{}",
        b'{"session": "x"}',
        b'{"text": "khai sinh"}',
        b'{"message": null}',
        b'{"message": 7}',
        b'{"message": true}',
        b'{"message": ["khai sinh"]}',
        b'{"message": {"text": "khai sinh"}}',
        b'{"message": "khai sinh", "session": 7}',
        b'{"message": "khai sinh", "session": false}',
        b'{"message": "khai sinh", "session": []}',
        b'{"message": "khai sinh", "session": {"$ne": ""}}',
        b'[["message", "khai sinh"]]',
        b"[" * 60_000,
        b'{"message": ' + b"[" * 50_000,
        b"1" * 60_000,
        b"message=khai+sinh",
    ],
)
async def test_what_is_not_the_contract_is_refused_in_vietnamese(http: AsyncClient, rasa: StandIn, body: bytes) -> None:
    message = assert_error(await http.post("/api/chat", content=body), 400, "bad_request")
    assert "JSON" in message
    assert rasa.got == []


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "a"])
async def test_json_that_is_called_something_else_is_refused(http: AsyncClient, rasa: StandIn, kind: str) -> None:
    """Another website can send these without asking the browser's leave."""
    body = json.dumps({"message": "khai sinh"}).encode()
    assert_error(await http.post("/api/chat", content=body, headers={"content-type": kind}), 400, "bad_request")
    assert rasa.got == []


async def test_more_than_the_contract_names_does_no_harm(http: AsyncClient, rasa: StandIn) -> None:
    body = {"message": "chào", "session": None, "sender": "admin", "metadata": {"x": 1}, "input_channel": "callback"}
    assert (await http.post("/api/chat", json=body)).status_code == 200
    assert set(rasa.got[0]) == {"sender", "message"} and rasa.got[0]["sender"] != "admin"


DOORS = [("POST", "/api/chat"), ("DELETE", "/api/chat"), ("POST", "/api/feedback")]


@pytest.mark.parametrize(("method", "path"), DOORS)
@pytest.mark.parametrize("size", [LARGEST_BODY + 1, 1_000_000])
async def test_a_huge_body_is_refused(http: AsyncClient, rasa: StandIn, method: str, path: str, size: int) -> None:
    body = json.dumps({"message": "a" * size, "session": "a"}).encode()
    assert_error(await http.request(method, path, content=body), 413, "too_large")
    assert rasa.got == []


async def test_a_body_of_exactly_the_largest_size_is_read(http: AsyncClient) -> None:
    body = b'{"message": "xin ch\\u00e0o", "more": "%s"}'
    body = body % (b"a" * (LARGEST_BODY - len(body) + 2))
    assert len(body) == LARGEST_BODY
    assert (await http.post("/api/chat", content=body)).status_code == 200


@pytest.mark.parametrize("named", [{}, {"content-length": str(1000 * LARGEST_BODY)}], ids=["unnamed", "named"])
@pytest.mark.parametrize(("method", "path"), DOORS)
async def test_a_huge_body_is_not_read_to_its_end(
    http: AsyncClient, method: str, path: str, named: dict[str, str]
) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 1000:
            sent += 1
            yield b"a" * 1024

    assert_error(await http.request(method, path, content=endless(), headers=named), 413, "too_large")
    assert sent <= (1 if named else LARGEST_BODY // 1024 + 1)


async def test_the_longest_message_fits_however_it_is_escaped(http: AsyncClient, rasa: StandIn) -> None:
    body = json.dumps({"message": "😀" * 250 + "ỡ" * 250}, ensure_ascii=True).encode()
    assert (await http.post("/api/chat", content=body)).status_code == 200
    assert len(rasa.got) == 1


@pytest.mark.parametrize(
    ("method", "path", "cookie", "largest"),
    [
        ("POST", "/ban-lam-viec/nhap", COOKIE, 20 * 1024 * 1024),
        ("POST", "/ban-lam-viec/nhap/3/1.001193", COOKIE, 20 * 1024 * 1024),
        ("POST", "/ban-lam-viec/ho-so/1.001193", COOKIE, 1024 * 1024),
        ("POST", "/ban-lam-viec/phuong", COOKIE, 1024 * 1024),
        ("POST", "/ban-lam-viec/nhap", "other", LARGEST_BODY),
        ("GET", "/ban-lam-viec/nhap", COOKIE, LARGEST_BODY),
        ("POST", "/ban-lam-viec/nhapx", COOKIE, LARGEST_BODY),
        ("POST", "/ban-lam-viec", COOKIE, LARGEST_BODY),
        ("POST", "/ban-lam-viec/dang-nhap", COOKIE, LARGEST_BODY),
        ("POST", "/api/chat", COOKIE, LARGEST_BODY),
        ("POST", "/nhap", COOKIE, LARGEST_BODY),
    ],
)
def test_only_what_the_staff_send_may_be_larger(method: str, path: str, cookie: str, largest: int) -> None:
    headers = [(b"cookie", f"a=b; {cookie}=x".encode())]
    assert largest_body({"type": "http", "method": method, "path": path, "headers": headers}) == largest
    assert largest_body({"type": "http", "method": method, "path": path, "headers": []}) == LARGEST_BODY


@pytest.mark.parametrize("path", ["/ban-lam-viec/nhap", "/ban-lam-viec/ho-so/moi", "/ban-lam-viec/phuong"])
async def test_a_large_body_without_a_sign_in_is_not_read_to_its_end(http: AsyncClient, path: str) -> None:
    """With a cookie that is none of ours it is not read at all: the door comes first."""
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 1000:
            sent += 1
            yield b"a" * 1024

    response = await http.post(path, content=endless(), headers={"cookie": f"{COOKIE}=x"})
    assert response.status_code == 303 and sent == 0
    assert (await http.post(path, content=endless())).status_code == 303 and sent == 0


# Where there is nothing


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/api",
        "/api/nothing",
        "/api/chat/x",
        "/api/feedback/x",
        "/assistant.db",
        "/docs",
        "/redoc",
        "/openapi.json",
        "/webhooks/rest/webhook",
        "/model",
        "/conversations/x/tracker",
        "/static/chat.js",
        "/widget.html",
        "/assets",
        "/assets/x/widget.js",
        "/app.py",
        "/../app.py",
        "/%2e%2e/app.py",
        "/..%2f..%2fsettings.py",
        "/....//app.py",
        "/%00",
    ],
)
async def test_an_unknown_path_is_404_in_vietnamese(http: AsyncClient, path: str) -> None:
    assert_error(await http.get(path), 404, "not_found")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        *(("POST", "/"), ("PUT", "/widget.js"), ("DELETE", "/api/ward"), ("TRACE", "/"), ("BREW", "/")),
        *((method, path) for method in ("GET", "HEAD", "PUT", "PATCH") for path in ("/api/chat", "/api/feedback")),
        ("DELETE", "/api/feedback"),
    ],
)
async def test_no_door_takes_another_kind_of_request(http: AsyncClient, rasa: StandIn, method: str, path: str) -> None:
    response = await http.request(method, path, content=b'{"message": "khai sinh"}')
    assert response.status_code == 405 and response.headers["allow"] and method not in response.headers["allow"]
    assert method == "HEAD" or assert_error(response, 405, "not_allowed")
    assert rasa.got == []


async def test_an_error_that_a_person_meets_in_a_browser_is_a_page(http: AsyncClient, ward: Ward) -> None:
    in_a_browser = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    response = await http.get("/nothing", headers=in_a_browser)
    assert response.status_code == 404 and response.headers["content-type"].startswith("text/html")
    assert "Không có trang này" in response.text and ward.hotline in response.text
    assert_error(await http.get("/api/nothing", headers=in_a_browser), 404, "not_found")


@pytest.mark.parametrize("host", ["[", "x/api/?", "a@b", "x" * 4000])
@pytest.mark.parametrize(("path", "is_page"), [("/nothing", True), ("/hoi/nothing", True), ("/api/nothing", False)])
async def test_whatever_host_is_named_an_error_is_told_as_it_should_be(
    http: AsyncClient, host: str, path: str, is_page: bool
) -> None:
    response = await http.get(path, headers={"host": host, "accept": "text/html"})
    kind = "text/html; charset=utf-8" if is_page else "application/json"
    assert (response.status_code, response.headers["content-type"]) == (404, kind)


# A Rasa that fails


async def test_a_rasa_that_is_down_is_503_with_the_hotline(gateway: Open, ward: Ward) -> None:
    http = await gateway(rasa_port=1)
    assert ward.hotline in assert_error(await http.post("/api/chat", json={"message": "chào"}), 503, "unavailable")
    assert (await http.get("/")).status_code == 200


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, b"[]"),
        (404, b"[]"),
        (200, b"[]"),  # Rasa answers so where its action server is down
        (200, b"<html>"),
        (200, b""),
        (200, b'[{"recipient_id": "x", "text": "not ours"}]'),
        (200, b"{}"),
        (200, b"null"),
    ],
)
async def test_a_rasa_that_answers_nothing_of_ours_is_503(
    http: AsyncClient, rasa: StandIn, ward: Ward, status: int, body: bytes
) -> None:
    rasa.status, rasa.body = status, body
    assert ward.hotline in assert_error(await http.post("/api/chat", json={"message": "chào"}), 503, "unavailable")


async def test_who_waits_for_a_rasa_that_hangs_is_told_within_five_seconds(http: AsyncClient, rasa: StandIn) -> None:
    rasa.delay = 60
    began = time.monotonic()
    assert_error(await http.post("/api/chat", json={"message": "chào"}), 503, "unavailable")
    assert time.monotonic() - began < 5


async def test_an_answer_that_comes_drop_by_drop_is_not_waited_for(
    gateway: Open, dripping: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each part of it comes soon enough; all of it never does."""
    monkeypatch.setattr(client, "TIMEOUT", 0.5)
    http = await gateway(rasa_port=dripping)
    began = time.monotonic()
    assert_error(await http.post("/api/chat", json={"message": "chào"}), 503, "unavailable")
    assert time.monotonic() - began < 1.5


async def test_after_many_have_waited_in_vain_the_next_is_answered(
    http: AsyncClient, rasa: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No connection stays behind with an answer that nobody fetched, and none is missing afterwards."""
    monkeypatch.setattr(client, "TIMEOUT", 0.3)
    rasa.delay = 60
    waiting = [http.post("/api/chat", json={"message": f"chào {number}"}) for number in range(150)]
    assert {response.status_code for response in await asyncio.gather(*waiting)} == {503}
    rasa.delay = 0.0
    monkeypatch.setattr(client, "TIMEOUT", 20.0)
    for _ in range(3):
        assert (await http.post("/api/chat", json={"message": "chào"})).status_code == 200


async def test_after_a_failure_the_talk_goes_on(http: AsyncClient, rasa: StandIn) -> None:
    rasa.status = 500
    assert_error(await http.post("/api/chat", json={"message": "chào"}), 503, "unavailable")
    rasa.status = 200
    assert (await http.post("/api/chat", json={"message": "chào"})).status_code == 200


async def test_no_proxy_of_the_environment_stands_between_us_and_rasa(
    gateway_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    async with client_of(create_app(gateway_settings)) as http:
        assert (await http.post("/api/chat", json={"message": "chào"})).status_code == 200


async def test_an_error_of_ours_is_500_in_vietnamese_and_tells_nothing_of_it(
    http: AsyncClient, ward: Ward, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*arguments: object) -> None:
        raise ZeroDivisionError("the secret inside")

    monkeypatch.setattr(answering, "turn", broken)
    response = await http.post("/api/chat", json={"message": "chào"})
    assert ward.hotline in assert_error(response, 500, "internal")
    assert "secret" not in response.text and "Traceback" not in response.text
    assert "ZeroDivisionError" in caplog.text


# A database that cannot be used


@pytest.mark.parametrize(
    "address", ["mysql://bot:mat-khau@localhost/x", "postgresql://bot:mat-khau@127.0.0.1:1/x", "mat-khau"]
)
def test_without_a_database_there_is_no_gateway_and_the_password_is_not_told(
    gateway_settings: Settings, address: str
) -> None:
    with pytest.raises(StoreError) as fault:
        create_app(replace(gateway_settings, database=address))
    assert "mat-khau" not in str(fault.value)
