"""Requests that are none of the contract, a Rasa that fails, and the headers on everything."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest
from httpx import AsyncClient

from bot.knowledge.ward import Ward
from bot.settings import Settings
from bot.store.database import StoreError
from bot.web import app as gateway
from bot.web import rasa as client
from bot.web.app import LARGEST_BODY, create_app
from tests.web.conftest import StandIn

VIETNAMESE = set("ạảãàáâậầấẩẫăắằặẳẵóòọõỏôộổỗồốơờớợởỡéèẻẹẽêếềệểễúùụủũưựữửừứíìịỉĩýỳỷỵỹđ")


def assert_error(response: httpx.Response, status: int, code: str) -> str:
    """The error of contract 1; returns its message for people."""
    assert (response.status_code, response.headers["content-type"]) == (status, "application/json")
    body = response.json()
    assert set(body) == {"error"} and set(body["error"]) == {"code", "message"}
    assert body["error"]["code"] == code
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


async def test_more_than_the_contract_names_does_no_harm(http: AsyncClient, rasa: StandIn) -> None:
    body = {"message": "chào", "session": None, "sender": "admin", "metadata": {"x": 1}, "input_channel": "callback"}
    assert (await http.post("/api/chat", json=body)).status_code == 200
    assert set(rasa.got[0]) == {"sender", "message"} and rasa.got[0]["sender"] != "admin"


@pytest.mark.parametrize("size", [LARGEST_BODY + 1, 1_000_000])
async def test_a_huge_body_is_refused(http: AsyncClient, rasa: StandIn, size: int) -> None:
    body = json.dumps({"message": "a" * size}).encode()
    assert_error(await http.post("/api/chat", content=body), 413, "too_large")
    assert rasa.got == []


async def test_a_huge_body_is_not_read_to_its_end(http: AsyncClient) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 1000:
            sent += 1
            yield b"a" * LARGEST_BODY

    assert_error(await http.post("/api/chat", content=endless()), 413, "too_large")
    assert sent < 10


async def test_the_longest_message_fits_however_it_is_escaped(http: AsyncClient, rasa: StandIn) -> None:
    body = json.dumps({"message": "😀" * 250 + "ỡ" * 250}, ensure_ascii=True).encode()
    assert (await http.post("/api/chat", content=body)).status_code == 200
    assert len(rasa.got) == 1


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


@pytest.mark.parametrize(("method", "path"), [("POST", "/"), ("PUT", "/chat.js"), ("DELETE", "/chat.css")])
async def test_a_page_takes_no_other_kind_of_request(http: AsyncClient, method: str, path: str) -> None:
    assert_error(await http.request(method, path), 405, "not_allowed")


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/api/chat", "/api/feedback"])
async def test_the_chat_takes_no_other_kind_of_request(
    http: AsyncClient, rasa: StandIn, method: str, path: str
) -> None:
    response = await http.request(method, path, content=b'{"message": "khai sinh"}')
    assert response.status_code in (404, 405) and VIETNAMESE & set(response.json()["error"]["message"])
    assert rasa.got == []


# A Rasa that fails


async def test_a_rasa_that_is_down_is_503_with_the_hotline(ward: Ward, gateway_settings: Settings) -> None:
    nobody = replace(gateway_settings, rasa_port=1)
    async with AsyncClient(transport=httpx.ASGITransport(app=create_app(nobody)), base_url="http://gateway") as http:
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


async def test_a_rasa_that_does_not_answer_in_time_is_503(
    rasa: StandIn, gateway_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "TIMEOUT", 0.1)
    rasa.delay = 1.0
    app = create_app(gateway_settings)
    async with AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://gateway") as http:
        assert_error(await http.post("/api/chat", json={"message": "chào"}), 503, "unavailable")


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
    app = create_app(gateway_settings)
    async with AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://gateway", trust_env=False) as http:
        assert (await http.post("/api/chat", json={"message": "chào"})).status_code == 200


async def test_an_error_of_ours_is_500_in_vietnamese_and_tells_nothing_of_it(
    http: AsyncClient, ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*arguments: object) -> None:
        raise ZeroDivisionError("the secret inside")

    monkeypatch.setattr(gateway, "turn", broken)
    response = await http.post("/api/chat", json={"message": "chào"})
    assert ward.hotline in assert_error(response, 500, "internal")
    assert "secret" not in response.text and "Traceback" not in response.text


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


# Headers


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/chat.js"),
        ("GET", "/nothing"),
        ("POST", "/api/chat"),
        ("POST", "/api/feedback"),
        ("GET", "/api/ward"),
    ],
)
async def test_every_response_carries_the_security_headers(http: AsyncClient, method: str, path: str) -> None:
    headers = (await http.request(method, path)).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy and "frame-ancestors" in policy
    assert "unsafe" not in policy and "*" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


async def test_no_other_origin_is_let_in(http: AsyncClient) -> None:
    asked = {"origin": "https://elsewhere.example", "access-control-request-method": "POST"}
    for response in (
        await http.options("/api/chat", headers=asked),
        await http.options("/api/feedback", headers=asked),
        await http.post("/api/chat", json={"message": "chào"}, headers={"origin": "https://elsewhere.example"}),
    ):
        assert not [name for name in response.headers if name.startswith("access-control-")]
