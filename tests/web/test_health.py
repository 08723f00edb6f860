"""Liveness says that the gateway lives; readiness that questions are answered, found out by asking one."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
from httpx import AsyncClient

from bot.knowledge.ward import Ward
from bot.web import readiness
from tests.web.conftest import Open, StandIn
from tests.web.words import words

OK = {"rasa": "ok", "actions": "ok", "index": "ok"}


@pytest.fixture
def nobody() -> Iterator[int]:
    """A port where somebody takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


async def state(http: AsyncClient) -> tuple[int, dict[str, Any]]:
    response = await http.get("/api/ready")
    assert response.headers["content-type"] == "application/json" and response.headers["cache-control"] == "no-store"
    body = response.json()
    assert set(body) == {"status", "parts"} and set(body["parts"]) == {"rasa", "actions", "index"}
    assert body["status"] == ("ok" if response.status_code == 200 else "unready")
    return response.status_code, body["parts"]


async def test_it_says_that_it_lives_without_asking_anybody(http: AsyncClient, rasa: StandIn) -> None:
    assert (await http.get("/api/health")).json() == {"status": "ok"}
    assert rasa.got == [] and rasa.searched == []


async def test_it_lives_though_nothing_behind_it_does(gateway: Open) -> None:
    http = await gateway(rasa_port=1, actions_port=1)
    assert (await http.get("/api/health")).json() == {"status": "ok"}


async def test_it_is_ready_where_a_question_is_found_and_answered(http: AsyncClient, well: StandIn) -> None:
    assert await state(http) == (200, OK)
    assert len(well.got) == 1 and well.got[0]["sender"].startswith("readiness-")
    assert len(well.searched) == 1 and well.searched[0] in well.messages[0]


@pytest.mark.parametrize("said", ["utter_thanks", "utter_unknown"])
async def test_a_rasa_that_answers_something_else_is_not_ready(
    http: AsyncClient, well: StandIn, ward: Ward, said: str
) -> None:
    well.says(words(said, ward))
    assert await state(http) == (503, {**OK, "rasa": "no_reply"})


async def test_a_rasa_that_says_nothing_is_not_ready(http: AsyncClient, well: StandIn) -> None:
    """So it does where it lives and its action server does not."""
    well.body = b"[]"
    assert await state(http) == (503, {**OK, "rasa": "no_reply"})


async def test_a_rasa_that_is_down_is_not_ready(gateway: Open, well: StandIn) -> None:
    assert await state(await gateway(rasa_port=1)) == (503, {**OK, "rasa": "no_answer"})


async def test_an_action_server_that_is_down_is_not_ready(gateway: Open, well: StandIn) -> None:
    down = {**OK, "actions": "no_answer", "index": "not_asked"}
    assert await state(await gateway(actions_port=1)) == (503, down)


async def test_an_index_that_fails_is_not_ready(http: AsyncClient, well: StandIn) -> None:
    well.search_status = 500
    assert await state(http) == (503, {**OK, "index": "no_answer"})


@pytest.mark.parametrize("found", [[], ["9.999999"]])
async def test_an_index_that_does_not_find_what_it_holds_is_not_ready(
    http: AsyncClient, well: StandIn, found: list[str]
) -> None:
    well.found = found
    assert await state(http) == (503, {**OK, "index": "not_found"})


@pytest.mark.parametrize("parts", [["rasa_port"], ["actions_port"], ["rasa_port", "actions_port"]], ids=str)
async def test_whatever_hangs_it_is_said_within_five_seconds(
    gateway: Open, well: StandIn, nobody: int, parts: list[str]
) -> None:
    http = await gateway(**{part: nobody for part in parts})
    began = time.monotonic()
    status, _ = await state(http)
    assert status == 503 and time.monotonic() - began < 5


async def test_asking_often_costs_nothing(http: AsyncClient, well: StandIn) -> None:
    states = await asyncio.gather(*(state(http) for _ in range(20)))
    assert {status for status, _ in states} == {200}
    assert len(well.got) == len(well.searched) == 1


async def test_what_has_changed_is_seen_after_a_moment(
    http: AsyncClient, well: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (await state(http))[0] == 200
    well.found = []
    assert (await state(http))[0] == 200, "kept for five seconds"
    monkeypatch.setattr(readiness, "KEPT", 0.0)
    assert (await state(http))[0] == 503


async def test_it_is_ready_again_as_soon_as_all_is_well(
    http: AsyncClient, well: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "KEPT", 0.0)
    well.status = 500
    assert (await state(http))[0] == 503
    well.status = 200
    assert await state(http) == (200, OK)


async def test_rasa_forgets_the_question_that_was_asked_for_it(
    http: AsyncClient, well: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It remembers so many conversations and no more: those of citizens must not be pushed out."""
    monkeypatch.setattr(readiness, "KEPT", 0.0)
    for _ in range(3):
        assert (await state(http))[0] == 200
    await asyncio.sleep(0.2)  # nobody waits for it
    asked = [part["sender"] for part in well.got]
    assert len(set(asked)) == 3 and sorted(well.forgot) == sorted(asked)


async def test_nothing_inside_is_told(gateway: Open, well: StandIn) -> None:
    well.status = 500
    told = (await (await gateway(rasa_port=1, actions_port=1)).get("/api/ready")).text
    assert "127.0.0.1" not in told and "Error" not in told and "attempts" not in told
