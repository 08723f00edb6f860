"""What is kept of a turn, and the housekeeping that deletes it again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from functools import partial
from typing import Any

import pytest
from httpx import AsyncClient
from sqlalchemy.engine import Engine

from bot.answers.answer import answer
from bot.answers.refusals import LONGEST_MESSAGE
from bot.knowledge.ward import Ward
from bot.setting_checks import SettingsError
from bot.settings import Settings
from bot.store import tables
from bot.store.messages import Messages
from bot.store.ratings import Ratings
from bot.store.replies import Replies
from bot.store.turns import Turns
from bot.web import keeping
from bot.web.app import create_app
from bot.web.context import Context, load_context
from bot.web.keeping import housekeeping, keep_turn
from tests.store.rows import Rows
from tests.web.conftest import StandIn
from tests.web.words import words

AGES = (200, 89, 0)  # days


@pytest.fixture
def context(gateway_settings: Settings, engine: Engine) -> Context:
    return load_context(gateway_settings)


async def say(http: AsyncClient, message: str) -> list[dict[str, Any]]:
    response = await http.post("/api/chat", json={"message": message})
    assert response.status_code == 200, response.text
    return list(response.json()["replies"])


# What is kept


async def test_a_turn_is_kept_with_its_message_and_what_was_replied(
    http: AsyncClient, rasa: StandIn, rows: Rows, make_procedure: Any, make_listing: Any
) -> None:
    procedure = make_procedure()
    rasa.says(answer(procedure, ["fee"], make_listing(procedure), today=date(2026, 7, 6)).as_json())
    (reply,) = await say(http, "lệ phí bao nhiêu")
    (turn,), (replied,) = rows(tables.turns), rows(tables.replies)
    assert (turn["id"], turn["conversation"], turn["message"]) == (
        reply["id"],
        rasa.got[0]["sender"],
        "lệ phí bao nhiêu",
    )
    assert replied["id"] == reply["id"] and (replied["card_type"], replied["aspects"]) == ("answer", "fee")
    assert 0 <= turn["took_ms"] < 5000
    assert datetime.now(timezone.utc) - turn["at"] < timedelta(seconds=30)


async def test_of_several_replies_the_turn_goes_by_the_first(
    http: AsyncClient, rasa: StandIn, rows: Rows, ward: Ward
) -> None:
    rasa.says(words("utter_thanks", ward), words("utter_which_procedure", ward))
    first, second = await say(http, "chào")
    assert [turn["id"] for turn in rows(tables.turns)] == [first["id"]]
    assert {row["id"] for row in rows(tables.replies)} == {first["id"], second["id"]}


@pytest.mark.parametrize("number", ["079123456789", "0912 345 678", "4111 1111 1111 1111", "lan@example.vn"])
async def test_a_message_is_kept_without_personal_numbers(http: AsyncClient, rows: Rows, number: str) -> None:
    await say(http, f"tôi là {number}, làm lại thẻ")
    (turn,) = rows(tables.turns)
    assert turn["message"].startswith("tôi là [") and turn["message"].endswith("], làm lại thẻ")


async def test_a_message_that_was_not_read_is_not_kept(http: AsyncClient, rows: Rows) -> None:
    await say(http, "ơ" * (LONGEST_MESSAGE + 1))
    (turn,) = rows(tables.turns)
    assert turn["message"] == ""


@pytest.mark.parametrize("table", [tables.turns, tables.replies], ids=str)
def test_a_database_that_fails_costs_the_turn_and_tells_nothing(
    context: Context, engine: Engine, caplog: pytest.LogCaptureFixture, table: Any
) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        table.drop(connection)
    replies = [{"id": "r", "text": "điều đã đáp", "card": {"type": "smalltalk", "kind": "thanks"}, "choices": []}]
    keep_turn(context, "c", "chuyện riêng", replies, 5)
    assert "a turn could not be kept" in caplog.text
    assert "chuyện riêng" not in caplog.text and "điều đã đáp" not in caplog.text


# Keeping house


@pytest.fixture
def talks(engine: Engine) -> None:
    """One talk of each age, with a mark, a rating, a draft and something sent to the ward."""
    for days in AGES:

        def then(days: int = days) -> datetime:
            return datetime.now(timezone.utc) - timedelta(days=days)

        conversation, messages = f"{days} days", Messages(engine, now=then)
        Replies(engine, now=then).add(conversation, conversation, card_type="answer")
        Turns(engine, now=then).add(conversation, conversation, "hỏi", took_ms=1)
        Ratings(engine, now=then).mark(conversation, conversation, "down", reason="khó hiểu")
        Ratings(engine, now=then).rate(conversation, 2)
        messages.draft(conversation, "question", "Nộp ở đâu?")
        messages.send(conversation)
        messages.draft(conversation, "question", "chưa gửi")


def kept(rows: Rows, table: Any) -> set[str]:
    return {row["conversation"] for row in rows(table)}


async def until(comes_true: Callable[[], bool]) -> None:
    for _ in range(200):
        if comes_true():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it never came true")


async def test_at_start_what_is_too_old_goes_and_the_rest_stays(context: Context, talks: None, rows: Rows) -> None:
    async with housekeeping(context):
        await until(lambda: kept(rows, tables.replies) == {"89 days", "0 days"})
    for table in (tables.turns, tables.marks):
        assert kept(rows, table) == {"89 days", "0 days"}
    assert "200 days" not in kept(rows, tables.ratings) and len(rows(tables.ratings)) == len(AGES)


async def test_drafts_go_after_a_day_and_what_was_sent_stays(context: Context, talks: None, rows: Rows) -> None:
    def of_state(state: str) -> set[str]:
        return {row["conversation"] for row in rows(tables.messages) if row["state"] == state}

    async with housekeeping(context):
        await until(lambda: of_state("draft") == {"0 days"})
    assert of_state("new") == {f"{days} days" for days in AGES}


def _days_ago(days: int) -> datetime:
    return datetime.now(timezone.utc) - timedelta(days=days)


async def test_the_contact_of_what_was_answered_long_ago_goes(context: Context, engine: Engine, rows: Rows) -> None:
    for days in AGES:
        messages = Messages(engine, now=partial(_days_ago, days))
        messages.draft(f"{days} days", "question", "Nộp ở đâu?")
        messages.leave_contact(f"{days} days", "0912345678")
        messages.answer(messages.send(f"{days} days"), "Quầy số 1.")
    async with housekeeping(context):
        await until(lambda: sum(row["contact"] is not None for row in rows(tables.messages)) == len(AGES) - 1)
    assert {row["conversation"]: row["contact"] is not None for row in rows(tables.messages)} == {
        "200 days": False,
        "89 days": True,
        "0 days": True,
    }


@pytest.mark.parametrize(("days", "left"), [(1, {"0 days"}), (100, {"89 days", "0 days"})])
async def test_how_long_is_a_setting(
    gateway_settings: Settings, talks: None, rows: Rows, days: int, left: set[str]
) -> None:
    context = load_context(Settings(**{**vars(gateway_settings), "retention_days": days}))
    async with housekeeping(context):
        await until(lambda: kept(rows, tables.turns) == left)


async def test_it_is_done_again_and_again(
    context: Context, rows: Rows, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "EVERY", 0.05)
    long_ago = datetime.now(timezone.utc) - timedelta(days=200)
    async with housekeeping(context):
        await asyncio.sleep(0.2)
        Replies(engine, now=lambda: long_ago).add("r", "c", card_type="answer")
        await until(lambda: rows(tables.replies) == [])


async def test_a_database_that_fails_ends_nothing_and_is_tried_again(
    context: Context,
    engine: Engine,
    talks: None,
    rows: Rows,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(keeping, "EVERY", 0.05)
    tables.turns.drop(engine)
    async with housekeeping(context):
        await until(lambda: "what is too old could not be deleted" in caplog.text)
        tables.turns.create(engine)
        await until(lambda: kept(rows, tables.replies) == {"89 days", "0 days"})


async def test_it_ends_with_the_gateway(context: Context) -> None:
    before = asyncio.all_tasks()
    async with housekeeping(context):
        assert len(asyncio.all_tasks()) == len(before) + 2
    assert asyncio.all_tasks() == before


async def test_it_goes_on_as_long_as_the_gateway_runs(gateway_settings: Settings, talks: None, rows: Rows) -> None:
    app = create_app(gateway_settings)
    async with app.router.lifespan_context(app):
        await until(lambda: kept(rows, tables.turns) == {"89 days", "0 days"})


@pytest.mark.parametrize("days", [0, -1])
def test_to_keep_nothing_or_less_is_refused_at_start(gateway_settings: Settings, days: int) -> None:
    with pytest.raises(SettingsError, match=f"RETENTION_DAYS is {days}: expected 1 day or more"):
        create_app(Settings(**{**vars(gateway_settings), "retention_days": days}))
