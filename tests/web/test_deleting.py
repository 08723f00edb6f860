"""Deleting a conversation: what the door answers, and that nothing of it is kept afterwards."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from httpx import AsyncClient, Response

from bot.store import tables
from bot.web import deleting
from bot.web.rasa import RasaUnavailable
from tests.store.rows import Rows
from tests.web.conftest import StandIn
from tests.web.test_requests import assert_error


async def delete(http: AsyncClient, session: Any) -> Response:
    return await http.request("DELETE", "/api/chat", json={"session": session})


async def test_a_conversation_is_deleted(http: AsyncClient, rasa: StandIn, rows: Rows) -> None:
    session = (await http.post("/api/chat", json={"message": "chào"})).json()["session"]
    await http.post("/api/chat", json={"message": "chào"})
    for _ in range(2):
        response = await delete(http, session)
        assert (response.status_code, response.json()) == (200, {"status": "ok"})
    deleted, other = (part["sender"] for part in rasa.got)
    assert [row["conversation"] for row in rows(tables.turns)] == [other]
    assert set(rasa.forgot) == {deleted}


@pytest.mark.parametrize("session", ["", "x", "a.b.c", "\x00", "x" * 5000])
async def test_where_there_is_nothing_to_delete_all_is_well(http: AsyncClient, session: str) -> None:
    response = await delete(http, session)
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.parametrize(
    "body", [b"", b"{", b"null", b"[]", b"{}", b'{"session": null}', b'{"session": 7}', b"[" * 60_000]
)
async def test_what_is_not_the_contract_is_refused_in_vietnamese(http: AsyncClient, body: bytes) -> None:
    assert_error(await http.request("DELETE", "/api/chat", content=body), 400, "bad_request")


async def test_the_token_of_a_deleted_conversation_opens_a_new_one(http: AsyncClient, rasa: StandIn) -> None:
    session = (await http.post("/api/chat", json={"message": "chào"})).json()["session"]
    await delete(http, session)
    again = (await http.post("/api/chat", json={"message": "chào", "session": session})).json()["session"]
    assert again != session and rasa.got[0]["sender"] != rasa.got[1]["sender"]


async def test_a_turn_that_ends_after_the_deletion_is_not_kept(http: AsyncClient, rasa: StandIn, rows: Rows) -> None:
    session = (await http.post("/api/chat", json={"message": "trước"})).json()["session"]
    rasa.delay = 1.0
    late = asyncio.create_task(http.post("/api/chat", json={"message": "sau", "session": session}))
    while rasa.messages != ["trước", "sau"]:
        await asyncio.sleep(0.01)
    assert (await delete(http, session)).status_code == 200
    assert (await late).status_code == 200
    assert rows(tables.turns) == [] and rows(tables.replies) == []


async def test_what_cannot_be_deleted_now_is_said(http: AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    async def silent(*arguments: object) -> None:
        raise RasaUnavailable("it sleeps")

    session = (await http.post("/api/chat", json={"message": "chào"})).json()["session"]
    monkeypatch.setattr(deleting, "forget", silent)
    assert_error(await delete(http, session), 503, "unavailable")
