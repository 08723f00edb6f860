"""A way to be answered goes from the gateway to the message that awaits it, and nowhere else."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from httpx import AsyncClient
from sqlalchemy.engine import Engine

from bot.store import tables
from bot.store.messages import Messages
from bot.store.tables import metadata
from tests.store.rows import Rows
from tests.web.conftest import StandIn

# As people write them, and as they are kept.
CONTACTS = [
    ("0912345678", "0912345678"),
    ("0912 345 678", "0912345678"),
    ("0912.345.678", "0912345678"),
    ("09 12 34 56 78", "0912345678"),
    ("0 9 1 2 3 4 5 6 7 8", "0912345678"),
    ("(0912) 345-678", "0912345678"),
    ("0912 - 345 - 678", "0912345678"),
    ("0\u200b912345678", "0912345678"),
    ("+84 912 345 678", "+84912345678"),
    ("(+84) 912 345 678", "+84912345678"),
    ("0084 912 345 678", "+84912345678"),
    ("84912345678", "+84912345678"),
    ("(024) 3825 1234", "02438251234"),
    ("lan.nguyen@example.vn", "lan.nguyen@example.vn"),
]


async def say(http: AsyncClient, message: str, session: str | None = None) -> dict[str, Any]:
    """One turn: the body of the response."""
    response = await http.post("/api/chat", json={"message": message, "session": session})
    assert response.status_code == 200, response.text
    return dict(response.json())


@pytest.fixture
def messages(engine: Engine) -> Messages:
    return Messages(engine)


@pytest.fixture
async def session(http: AsyncClient, rasa: StandIn, messages: Messages) -> str:
    """A talk in which a question to a person is being taken down."""
    token = (await say(http, "Cho tôi để lại câu hỏi"))["session"]
    messages.draft(conversation(rasa), "question", "Nộp ở đâu?")
    return str(token)


def conversation(rasa: StandIn) -> str:
    """What Rasa calls the talk of the last message."""
    return str(rasa.got[-1]["sender"])


def contact(rows: Rows) -> str | None:
    """The contact of the one message there is."""
    (row,) = rows(tables.messages)
    return row["contact"]


def gives_away(text: str, secret: str) -> bool:
    """Whether a text holds a contact, however it is written."""
    if "@" in secret:
        return secret in text
    return secret[-9:] in "".join(sign for sign in text if sign.isdecimal())


def tables_that_give_away(rows: Rows, secret: str) -> list[str]:
    return [table.name for table in metadata.sorted_tables if gives_away(str(rows(table)), secret)]


def test_it_is_seen_when_something_is_given_away() -> None:
    assert gives_away("gọi 0912 345-678", "+84912345678") and gives_away("thư a@b.vn", "a@b.vn")
    assert not gives_away("gọi [số điện thoại]", "+84912345678")


@pytest.mark.parametrize(("typed", "kept"), CONTACTS)
async def test_it_is_kept_unmasked_with_the_message_that_awaits_it(
    http: AsyncClient, session: str, rows: Rows, typed: str, kept: str
) -> None:
    await say(http, typed, session)
    assert contact(rows) == kept
    assert tables_that_give_away(rows, kept) == ["messages"]


@pytest.mark.parametrize(("typed", "kept"), CONTACTS)
async def test_within_a_sentence_it_is_found_too(
    http: AsyncClient, session: str, rows: Rows, typed: str, kept: str
) -> None:
    await say(http, f"dạ cán bộ gọi em theo {typed} giúp em nhé", session)
    assert contact(rows) == kept


@pytest.mark.parametrize("sentence", ["{}", "gọi em theo {} giúp em nhé", "em tên Lan,{},cảm ơn"])
@pytest.mark.parametrize(("typed", "kept"), CONTACTS)
async def test_rasa_never_hears_it(
    http: AsyncClient, session: str, rasa: StandIn, typed: str, kept: str, sentence: str
) -> None:
    await say(http, sentence.format(typed), session)
    heard = rasa.messages[-1]
    assert not gives_away(heard, kept) and not any(sign.isdecimal() for sign in heard), heard
    assert "[email]" in heard or "[số điện thoại]" in heard


@pytest.mark.parametrize(("typed", "kept"), CONTACTS)
async def test_no_log_and_no_reply_tells_it(
    http: AsyncClient, session: str, typed: str, kept: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    body = await say(http, typed, session)
    assert not gives_away(caplog.text, kept) and not gives_away(str(body["replies"]), kept)


async def test_whoever_was_asked_for_it_is_not_told_that_it_was_masked(http: AsyncClient, session: str) -> None:
    asked = (await say(http, "gọi theo 0912345678 nhé", session))["replies"][0]["text"]
    beside = (await say(http, "gọi theo 0912345678, cccd 079123456789", session))["replies"][0]["text"]
    assert "đã che" not in asked
    assert "đã che số căn cước trong tin" in beside


async def test_whoever_was_not_asked_for_it_is_told_that_it_was_masked(http: AsyncClient) -> None:
    assert "đã che số điện thoại" in (await say(http, "gọi theo 0912345678 nhé"))["replies"][0]["text"]


async def test_nothing_is_kept_where_no_message_awaits_it(http: AsyncClient, rasa: StandIn, rows: Rows) -> None:
    session = (await say(http, "chào"))["session"]
    await say(http, "số của tôi là 0912345678", session)
    assert rows(tables.messages) == [] and tables_that_give_away(rows, "0912345678") == []
    assert rasa.messages[-1] == "số của tôi là [số điện thoại]"


async def test_the_message_of_another_talk_does_not_get_it(http: AsyncClient, session: str, rows: Rows) -> None:
    await say(http, "0912345678")
    assert contact(rows) is None


async def test_what_was_sent_already_is_not_changed(
    http: AsyncClient, session: str, rasa: StandIn, rows: Rows, messages: Messages
) -> None:
    await say(http, "0912345678", session)
    messages.send(conversation(rasa))
    await say(http, "0987654321", session)
    assert contact(rows) == "0912345678" and tables_that_give_away(rows, "0987654321") == []


async def test_who_corrects_it_is_reached_under_the_last_one(http: AsyncClient, session: str, rows: Rows) -> None:
    await say(http, "0912345678", session)
    await say(http, "nhầm, số đúng là 0987654321", session)
    assert contact(rows) == "0987654321" and tables_that_give_away(rows, "0912345678") == []


async def test_of_two_the_first_is_kept(http: AsyncClient, session: str, rows: Rows) -> None:
    await say(http, "0912345678 hoặc lan.nguyen@example.vn", session)
    assert contact(rows) == "0912345678"


@pytest.mark.parametrize(
    "message",
    [
        "079123456789",
        "07 91 23 45 67 89",
        "căn cước 079 123 456 789",
        "số tài khoản 19036789012345",
        "012345678",
        "hồ sơ H12.34-261101-0007",
        "bé sinh 09/12/2026",
    ],
)
async def test_what_is_no_way_to_be_answered_is_not_kept_as_one(
    http: AsyncClient, session: str, rows: Rows, message: str
) -> None:
    await say(http, message, session)
    assert contact(rows) is None


async def test_beside_an_identity_number_only_the_phone_is_kept(http: AsyncClient, session: str, rows: Rows) -> None:
    await say(http, "căn cước 079301204567, điện thoại 0912345678", session)
    assert contact(rows) == "0912345678" and tables_that_give_away(rows, "079301204567") == []


async def test_what_is_refused_as_too_long_leaves_none(
    http: AsyncClient, session: str, rasa: StandIn, rows: Rows
) -> None:
    heard = len(rasa.got)
    await say(http, f"0912345678 {'ơ' * 500}", session)
    assert contact(rows) is None and len(rasa.got) == heard


async def test_a_message_that_goes_while_its_contact_comes_is_nothing_to_log(
    http: AsyncClient, rasa: StandIn, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(Messages, "awaits_contact", lambda *arguments: True)
    await say(http, "0912345678")
    assert len(rasa.got) == 1 and rasa.got[0]["sender"] not in caplog.text


async def test_a_database_that_fails_costs_the_contact_and_not_the_answer(
    http: AsyncClient, session: str, rasa: StandIn, engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    tables.messages.drop(engine)
    caplog.set_level(logging.DEBUG)
    body = await say(http, "0912345678", session)
    assert body["replies"][0]["card"]["kind"] == "thanks" and rasa.messages[-1] == "[số điện thoại]"
    assert "a contact could not be kept" in caplog.text and not gives_away(caplog.text, "0912345678")
