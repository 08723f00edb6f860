"""Nothing is kept that its citizen deleted, but what was sent to the ward on purpose."""

from __future__ import annotations

import asyncio
import logging

import pytest
from httpx import AsyncClient
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.settings import Settings
from bot.store import tables
from bot.web.context import Context, load_context
from bot.web.forget import forget, forget_again
from bot.web.rasa import RasaUnavailable
from tests.store.rows import Rows
from tests.web.conftest import StandIn

OF_A_TALK = (tables.turns, tables.replies, tables.marks, tables.ratings)


@pytest.fixture
def context(gateway_settings: Settings, engine: Engine) -> Context:
    """A gateway in which "c" and "other" have left behind all that can be left behind."""
    context = load_context(gateway_settings)
    for conversation in ("c", "other"):
        context.replies.add(f"r-{conversation}", conversation, card_type="answer")
        context.turns.add(f"r-{conversation}", conversation, "hỏi", took_ms=1)
        context.ratings.mark(f"r-{conversation}", conversation, "down", reason="khó hiểu")
        context.ratings.rate(conversation, 3)
        context.messages.draft(conversation, "complaint", "đã gửi")
        context.messages.leave_contact(conversation, "0912345678")
        context.messages.send(conversation)
        context.messages.draft(conversation, "question", "chưa gửi")
    return context


def assert_forgotten(rows: Rows) -> None:
    """Of "c" nothing is left but what was sent; of "other" all."""
    for table in OF_A_TALK:
        assert [row["conversation"] for row in rows(table)] == ["other"], table
    messages = [(row["conversation"], row["state"], row["contact"]) for row in rows(tables.messages)]
    assert sorted(messages, key=str) == [
        ("other", "draft", None),
        ("other", "new", "0912345678"),
        (None, "new", "0912345678"),
    ]


async def test_all_of_a_talk_is_forgotten_and_nothing_of_another(context: Context, rasa: StandIn, rows: Rows) -> None:
    await forget(context, "c")
    assert_forgotten(rows)
    assert rasa.forgot == ["c"]


async def test_to_do_it_again_does_no_harm(context: Context, rows: Rows) -> None:
    await forget(context, "c")
    await forget(context, "c")
    await forget(context, "nobody")
    assert_forgotten(rows)


async def test_where_rasa_fails_the_rest_is_gone_all_the_same(context: Context, rasa: StandIn, rows: Rows) -> None:
    rasa.status = 500
    with pytest.raises(RasaUnavailable):
        await forget(context, "c")
    assert_forgotten(rows)


async def test_where_the_database_fails_it_is_said_and_rasa_has_forgotten(
    context: Context, engine: Engine, rasa: StandIn
) -> None:
    tables.turns.drop(engine)
    with pytest.raises(SQLAlchemyError):
        await forget(context, "c")
    assert rasa.forgot == ["c"]


async def test_what_a_late_turn_left_behind_goes_without_anybody_waiting(
    context: Context, rasa: StandIn, rows: Rows, caplog: pytest.LogCaptureFixture
) -> None:
    rasa.status = 500
    await forget_again(context, "c")
    assert_forgotten(rows)
    assert "what a late turn left behind could not be deleted" in caplog.text
    assert "conversations/c" not in caplog.text, "nor is it told whose talk it was"


# Through the door


async def delete(http: AsyncClient, session: str) -> int:
    return (await http.request("DELETE", "/api/chat", json={"session": session})).status_code


async def talk(http: AsyncClient, message: str = "chuyện riêng") -> tuple[str, str]:
    """The session, and the id of the reply."""
    body = (await http.post("/api/chat", json={"message": message})).json()
    return body["session"], body["replies"][0]["id"]


async def test_whoever_deletes_a_talk_leaves_nothing_behind(http: AsyncClient, rasa: StandIn, rows: Rows) -> None:
    session, reply = await talk(http)
    await http.post("/api/feedback", json={"session": session, "reply": reply, "mark": "down", "reason": "sai"})
    assert await delete(http, session) == 200
    assert [rows(table) for table in OF_A_TALK] == [[]] * len(OF_A_TALK)
    assert rasa.forgot == [rasa.got[0]["sender"]]


async def test_the_talks_of_others_stay(http: AsyncClient, rows: Rows) -> None:
    await talk(http, "của người khác")
    session, _ = await talk(http)
    await delete(http, session)
    assert [row["message"] for row in rows(tables.turns)] == ["của người khác"]


async def test_after_a_failure_it_can_be_tried_again(http: AsyncClient, rasa: StandIn, rows: Rows) -> None:
    session, _ = await talk(http)
    rasa.status = 500
    assert await delete(http, session) == 503
    rasa.status = 200
    assert await delete(http, session) == 200 and len(rasa.forgot) == 2


async def test_a_turn_under_way_is_not_kept_once_its_talk_is_deleted(
    http: AsyncClient, rasa: StandIn, rows: Rows, context: Context
) -> None:
    session, _ = await talk(http)
    rasa.delay = 0.3
    late = asyncio.create_task(http.post("/api/chat", json={"message": "câu sau", "session": session}))
    await asyncio.sleep(0.1)
    assert await delete(http, session) == 200
    assert (await late).status_code == 200
    assert {row["conversation"] for row in rows(tables.turns)} == {"c", "other"}


async def test_what_a_turn_under_way_leaves_behind_is_deleted_too(
    http: AsyncClient, rasa: StandIn, rows: Rows, context: Context
) -> None:
    session, _ = await talk(http)
    conversation = rasa.got[0]["sender"]
    rasa.delay = 0.3
    late = asyncio.create_task(http.post("/api/chat", json={"message": "câu sau", "session": session}))
    await asyncio.sleep(0.1)
    assert await delete(http, session) == 200
    context.messages.draft(conversation, "question", "chuyện riêng")  # as an action of the late turn would
    await late
    assert conversation not in {row["conversation"] for row in rows(tables.messages)}
    assert rasa.forgot == [conversation] * 2


async def test_what_is_deleted_is_not_logged(
    http: AsyncClient, engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    session, _ = await talk(http)
    tables.turns.drop(engine)
    assert await delete(http, session) == 500
    assert "chuyện riêng" not in caplog.text
