"""Whatever is sent: an answer or an error of the contract, never a fault of ours, and nothing that a browser runs."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from bot.answers.refusals import LONGEST_MESSAGE
from bot.settings import Settings
from bot.web.app import create_app
from tests.contract import assert_reply
from tests.web.conftest import StandIn, client_of

hostile = hypothesis_settings(
    max_examples=150,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

# Signs that change direction, hide, join, end lines or strings, or mean something to an interpreter.
SIGNS = "\u202e\u2066\u2069\u200b\u200d\ufeff\u00ad\u2028\x00\x1b[31m\r\n\t\x7f\x85\ufffe\U000e0041'\"`<>&;$%{}[]()/\\|"
PIECES = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "{{7*7}}",
    "${jndi:ldap://x}",
    "%s%n%x",
    "'; DROP TABLE turns; --",
    "/restart",
    "/session_start",
    '/choose{"procedure": "1.001193"}',
    "../../etc/passwd",
    "a\u0338" * 40,
    "Z\u0351\u036b\u0343" * 40,
    "khai sinh",
    "😀👨‍👩‍👧",
    "\ud800",
    "\udfff\ud800",
    "079123456789",
    "0" * 400,
    "﷽" * 100,
]
PIECE = st.sampled_from(PIECES) | st.text(SIGNS, max_size=12) | st.text(max_size=30)
MESSAGES = st.lists(PIECE, max_size=8).map("".join) | st.text(max_size=LONGEST_MESSAGE + 50)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | MESSAGES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
PARTS = st.sampled_from(["message", "session", "reply", "mark", "reason", "__proto__", "sender", ""])
BODIES = ANYTHING | st.dictionaries(PARTS, ANYTHING, max_size=6)
DOORS = [("POST", "/api/chat"), ("DELETE", "/api/chat"), ("POST", "/api/feedback")]


class Sender:
    """Sends to one gateway from tests that are no coroutines, as those of hypothesis are."""

    def __init__(self, settings: Settings, rasa: StandIn) -> None:
        self.rasa = rasa
        self._loop = asyncio.new_event_loop()
        self._http = client_of(create_app(settings))

    def __call__(self, method: str, path: str, body: bytes, **headers: str) -> httpx.Response:
        """The response; what holds for every one is held against it."""
        named = {"content-type": "application/json", **headers}
        response = self._loop.run_until_complete(self._http.request(method, path, content=body, headers=named))
        assert_is_of_the_contract(response)
        for message in self.rasa.messages:
            assert message.strip() and not message.lstrip().startswith("/"), "a command of Rasa"
        self.rasa.got.clear()
        return response

    def get(self, path: str, accept: str) -> httpx.Response:
        """What a browser gets at an address."""
        headers = {"accept": accept.encode("latin-1")}
        return self._loop.run_until_complete(self._http.get(path, headers=headers))

    def close(self) -> None:
        self._loop.run_until_complete(self._http.aclose())
        self._loop.close()


def assert_is_of_the_contract(response: httpx.Response) -> None:
    """Neither a fault of ours nor anything that a browser would take for a page or a script."""
    assert response.status_code < 500, response.text
    assert response.headers["content-type"] == "application/json"
    assert response.headers["x-content-type-options"] == "nosniff"
    body = response.json()
    if response.status_code != 200:
        assert set(body) == {"error"} and set(body["error"]) == {"code", "message"}
    elif "replies" in body:
        assert set(body) == {"session", "replies"} and body["replies"]
        for reply in body["replies"]:
            assert_reply(reply)
    else:
        assert body == {"status": "ok"}


@pytest.fixture
def send(gateway_settings: Settings, engine: Engine, rasa: StandIn) -> Iterator[Sender]:
    sender = Sender(gateway_settings, rasa)
    yield sender
    sender.close()


def as_json(body: Any) -> bytes:
    """As a program may write it: half pairs, NaN and all."""
    return json.dumps(body).encode()


@pytest.mark.parametrize(("method", "path"), DOORS)
@hostile
@given(body=BODIES)
@example(body=[["message", "khai sinh"]])
@example(body={"message": "khai sinh", "session": "\ud800"})
@example(body={"session": "\x00", "reply": "\x00", "mark": "up", "reason": "\ud800"})
def test_any_json(send: Sender, method: str, path: str, body: Any) -> None:
    send(method, path, as_json(body))


@pytest.mark.parametrize(("method", "path"), DOORS)
@hostile
@given(body=st.binary(max_size=300), kind=st.sampled_from(["application/json", "text/plain", "", "a/b; c=\xff", "*/*"]))
@example(body=b"\xef\xbb\xbf{}", kind="application/json")
@example(body=b'{"message": "\xff"}', kind="application/json")
@example(body='{"message": "khai sinh"}'.encode("utf-16"), kind="application/json")
def test_any_bytes(send: Sender, method: str, path: str, body: bytes, kind: str) -> None:
    send(method, path, body, **{"content-type": kind.encode("latin-1")})


@hostile
@given(message=MESSAGES)
@example(message="\u202e/restart")
@example(message="\u2066/\u2069restart")
@example(message="/ \u200b/\ufeff restart{")
@example(message="\ud800/restart")
@example(message="\x00/restart x")
def test_any_message_is_answered(send: Sender, message: str) -> None:
    assert send("POST", "/api/chat", as_json({"message": message})).status_code == 200


@hostile
@given(session=st.text(max_size=300) | st.sampled_from(PIECES), reply=st.text(max_size=40), reason=MESSAGES)
def test_any_mark_on_a_reply_that_was_never_given_is_refused(
    send: Sender, session: str, reply: str, reason: str
) -> None:
    body = {"session": session, "reply": reply, "mark": "down", "reason": reason}
    assert send("POST", "/api/feedback", as_json(body)).status_code == 400


@hostile
@given(reason=MESSAGES)
def test_any_reason_is_kept_or_refused(send: Sender, reason: str) -> None:
    said = send("POST", "/api/chat", as_json({"message": "chào"})).json()
    body = {"session": said["session"], "reply": said["replies"][0]["id"], "mark": "down", "reason": reason}
    assert send("POST", "/api/feedback", as_json(body)).status_code in (200, 400)


PATHS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@hostile
@given(path=PATHS, query=PATHS, accept=st.sampled_from(["*/*", "text/html", "\xff"]))
@example(path="thu-tuc", query="tim=\x00<script>alert(1)</script>", accept="text/html")
@example(path="thu-tuc/1.001193", query="ca=\x00.1&ca=<script>", accept="text/html")
@example(path="hoi", query="cau-hoi=<script>alert(1)</script>", accept="text/html")
@example(path="<script>alert(1)</script>", query="", accept="text/html")
def test_any_address_leads_to_a_page_or_to_nothing(send: Sender, path: str, query: str, accept: str) -> None:
    response = send.get(f"/{quote(path)}?{quote(query, safe='=&')}", accept)
    assert response.status_code < 500
    assert "<script>alert" not in response.text
    assert response.headers["x-content-type-options"] == "nosniff" and "content-security-policy" in response.headers
