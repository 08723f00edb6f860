"""Who sends too much is asked to wait: counted by address and by conversation."""

from __future__ import annotations

import asyncio
import logging
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from httpx import AsyncClient, Response

from bot.settings import Settings
from bot.web.assets import Assets
from bot.web.guard import limits, windows
from bot.web.guard.limits import Limits, network_of
from tests.web.conftest import Open, StandIn
from tests.web.test_requests import assert_error


async def ask(http: AsyncClient, session: str | None = None) -> Response:
    return await http.post("/api/chat", json={"message": "chào", "session": session})


def assert_asked_to_wait(response: Response, *, at_most: int) -> None:
    message = assert_error(response, 429, "too_many")
    wait = int(response.headers["retry-after"])
    assert 1 <= wait <= at_most
    assert message == f"Tôi chưa kịp trả lời. Bạn đợi khoảng {wait} giây rồi thử lại."


# Addresses


async def test_one_address_may_ask_so_often_and_no_more(gateway: Open, rasa: StandIn) -> None:
    http = await gateway(address_limit="3/minute")
    assert [(await ask(http)).status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    assert_asked_to_wait(await ask(http), at_most=60)
    assert len(rasa.got) == 3


async def test_who_has_waited_as_told_may_ask_again(gateway: Open) -> None:
    http = await gateway(address_limit="2/4second")
    assert (await ask(http)).status_code == 200
    await asyncio.sleep(2.2)
    assert (await ask(http)).status_code == 200
    response = await ask(http)
    assert_asked_to_wait(response, at_most=2)  # until the first of the two is four seconds old
    await asyncio.sleep(int(response.headers["retry-after"]))
    assert (await ask(http)).status_code == 200


async def test_the_window_moves_and_does_not_begin_anew_all_at_once() -> None:
    counted = Limits(Settings(address_limit="2/2second"))
    await counted.address("192.0.2.1")
    await asyncio.sleep(1.2)
    await counted.address("192.0.2.1")
    await asyncio.sleep(1)
    assert [await counted.address("192.0.2.1") > 0 for _ in range(2)] == [False, True]


async def test_another_address_is_not_held_back() -> None:
    counted = Limits(Settings(address_limit="1/minute"))
    assert [await counted.address("192.0.2.1") > 0 for _ in range(2)] == [False, True]
    assert await counted.address("192.0.2.2") == 0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", True),
        ("2001:db8:1:2::1", "2001:DB8:1:2:0:0:0:7", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("fe80::1%eth0", "fe80::2%eth1", True),
    ],
)
def test_who_has_a_whole_network_counts_as_one(one: str, other: str, same: bool) -> None:
    assert (network_of(one) == network_of(other)) is same


async def test_an_address_that_is_none_is_counted_all_the_same(gateway: Open) -> None:
    http = await gateway(host="unix:" + "x" * 10_000, address_limit="1/minute")
    assert [(await ask(http)).status_code for _ in range(2)] == [200, 429]


@pytest.mark.parametrize("path", ["/", "/hoi", "/thu-tuc", "/api/ward", "/nothing"])
async def test_pages_and_the_api_are_counted_together(gateway: Open, path: str) -> None:
    http = await gateway(address_limit="1/minute")
    await http.get(path)
    assert (await ask(http)).status_code == 429


@pytest.mark.parametrize("path", ["/widget.js", "{assets}/icon.svg", "/api/health", "/api/ready", "/metrics"])
async def test_files_for_browsers_and_what_operators_look_at_are_not_counted(gateway: Open, path: str) -> None:
    http, path = await gateway(address_limit="1/minute"), path.replace("{assets}", Assets().prefix)
    assert 429 not in [(await http.get(path)).status_code for _ in range(5)]
    assert (await ask(http)).status_code == 200
    assert (await ask(http)).status_code == 429
    assert (await http.get(path)).status_code != 429


async def test_whoever_reads_the_page_is_told_on_a_page(gateway: Open) -> None:
    http = await gateway(address_limit="1/minute")
    responses = [await http.get("/thu-tuc", headers={"accept": "text/html"}) for _ in range(2)]
    assert responses[1].status_code == 429 and "Tôi chưa kịp trả lời." in responses[1].text
    assert responses[1].headers["content-type"].startswith("text/html") and responses[1].headers["retry-after"]


async def test_long_waits_are_told_in_minutes(gateway: Open) -> None:
    http = await gateway(address_limit="1/hour")
    await ask(http)
    assert "khoảng 60 phút" in (await ask(http)).json()["error"]["message"]


# Conversations


async def test_one_conversation_may_go_so_fast_and_no_faster(gateway: Open, rasa: StandIn) -> None:
    http = await gateway(session_limit="3/minute")
    session = (await ask(http)).json()["session"]
    assert [(await ask(http, session)).status_code for _ in range(4)] == [200, 200, 429, 429]
    assert_asked_to_wait(await ask(http, session), at_most=60)
    assert len(rasa.got) == 3
    assert (await ask(http)).status_code == 200, "another conversation is not held back"


async def test_without_a_good_token_the_address_is_what_counts(gateway: Open) -> None:
    http = await gateway(session_limit="1/minute", address_limit="4/minute")
    assert [(await ask(http, "forged")).status_code for _ in range(6)] == [200] * 4 + [429] * 2


# What is kept for counting


async def test_who_has_not_come_for_a_while_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "_SWEEP", 10)
    counted = Limits(Settings(address_limit="5/second", session_limit="5/second"))
    for number in range(500):
        await counted.session(f"conversation {number}")
    await asyncio.sleep(1.1)
    await counted.session("again")
    await asyncio.sleep(0.2)  # the library clears in a thread
    for number in range(600):
        await counted.session(f"later {number}")
    assert len(counted._windows.events) < 700


# Redis


@pytest.fixture
def silent() -> Iterator[str]:
    """An address where somebody listens and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


async def test_a_redis_that_is_down_lets_people_in_and_is_told_once(
    gateway: Open, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    http = await gateway(limits_storage="redis://:geheim@127.0.0.1:1/0", address_limit="1/minute")
    assert [(await ask(http)).status_code for _ in range(4)] == [200] * 4
    assert caplog.text.count("Redis does not answer") == 1 and "geheim" not in caplog.text


async def test_a_redis_that_hangs_keeps_nobody_waiting(gateway: Open, silent: str) -> None:
    http = await gateway(limits_storage=silent, address_limit="1/minute")
    began = time.monotonic()
    assert [(await ask(http)).status_code for _ in range(4)] == [200] * 4
    assert time.monotonic() - began < 3 * limits.REDIS_TIMEOUT


@contextmanager
def redis_on(port: int, folder: Path) -> Iterator[str]:
    """A Redis of its own: yields its address."""
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 10
    while socket.socket().connect_ex(("127.0.0.1", port)) and time.monotonic() < deadline:
        time.sleep(0.05)
    yield f"redis://127.0.0.1:{port}/0"
    server.terminate()
    server.wait(10)


@pytest.fixture
def port() -> int:
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.fixture
def redis(port: int, tmp_path: Path) -> Iterator[str]:
    with redis_on(port, tmp_path) as address:
        yield address


with_redis = pytest.mark.skipif(shutil.which("redis-server") is None, reason="no redis-server on this machine")


@with_redis
async def test_gateways_with_one_redis_count_together(gateway: Open, redis: str) -> None:
    one = await gateway(limits_storage=redis, address_limit="3/minute")
    other = await gateway(limits_storage=redis, address_limit="3/minute")
    assert [(await ask(http)).status_code for http in (one, other, one, other, one)] == [200, 200, 200, 429, 429]
    assert_asked_to_wait(await ask(other), at_most=60)


@with_redis
async def test_a_redis_tells_rightly_how_long_to_wait(redis: str) -> None:
    counted = Limits(Settings(address_limit="2/2second", limits_storage=redis))
    assert await counted.address("192.0.2.1") == 0
    await asyncio.sleep(1.2)
    assert await counted.address("192.0.2.1") == 0
    assert await counted.address("192.0.2.1") == 1
    await asyncio.sleep(1)
    assert await counted.address("192.0.2.1") == 0


@with_redis
async def test_a_redis_that_comes_back_counts_again(port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "REDIS_PAUSE", 0.0)
    counted = Limits(Settings(address_limit="1/minute", limits_storage=f"redis://127.0.0.1:{port}/0"))
    assert [await counted.address("192.0.2.1") for _ in range(3)] == [0, 0, 0]
    with redis_on(port, tmp_path):
        assert await counted.address("192.0.2.1") == 0
        assert await counted.address("192.0.2.1") > 0
