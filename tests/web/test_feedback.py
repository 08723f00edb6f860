"""Marks on replies (`POST /api/feedback`): what is kept of them, and who may give them."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from httpx import AsyncClient, Response
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.engine import Engine
from sqlalchemy.sql.schema import Table

from bot.answers.answer import answer
from bot.knowledge.ward import Ward
from bot.settings import Settings
from bot.store import tables
from bot.store.database import connect
from bot.store.ratings import Ratings
from bot.store.replies import Replies
from bot.web import feedback, sessions
from bot.web.feedback import LONGEST_REASON
from bot.web.guard.body_size import LARGEST_BODY
from tests.store.rows import Rows
from tests.web.conftest import StandIn
from tests.web.test_requests import assert_error
from tests.web.words import words


async def ask(http: AsyncClient, message: str = "chào", session: str | None = None) -> tuple[str, list[str]]:
    """Say something: the session, and the ids of the replies."""
    response = await http.post("/api/chat", json={"message": message, "session": session})
    assert response.status_code == 200, response.text
    body = response.json()
    return body["session"], [reply["id"] for reply in body["replies"]]


async def give(http: AsyncClient, session: str, reply: str, mark: str = "up", **more: Any) -> Response:
    return await http.post("/api/feedback", json={"session": session, "reply": reply, "mark": mark, **more})


def marks(rows: Rows) -> list[tuple[str, str, str, str | None]]:
    return [(row["reply"], row["mark"], row["reason"], row["procedure"]) for row in rows(tables.marks)]


def break_off(engine: Engine, table: Table) -> None:
    """From now on whoever needs this table fails."""
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        table.drop(connection)


# What is kept


@pytest.mark.parametrize("mark", ["up", "down"])
async def test_a_mark_is_kept_with_the_reply_it_is_about(http: AsyncClient, rows: Rows, mark: str) -> None:
    session, (reply,) = await ask(http)
    response = await give(http, session, reply, mark)
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert marks(rows) == [(reply, mark, "", None)]


async def test_a_mark_on_an_answer_says_which_procedure_it_is_about(
    http: AsyncClient, rasa: StandIn, rows: Rows, make_procedure: Any, make_listing: Any
) -> None:
    procedure = make_procedure()
    rasa.says(answer(procedure, ["fee"], make_listing(procedure), today=date(2026, 7, 6)).as_json())
    session, (reply,) = await ask(http, "lệ phí bao nhiêu")
    await give(http, session, reply, "down", reason="Thông tin sai hoặc cũ")
    assert marks(rows) == [(reply, "down", "Thông tin sai hoặc cũ", "9.000001")]
    (kept,) = rows(tables.replies)
    assert (kept["card_type"], kept["procedure"], kept["aspects"]) == ("answer", "9.000001", "fee")


async def test_of_a_reply_neither_the_question_nor_the_words_are_kept(http: AsyncClient, rows: Rows) -> None:
    await ask(http, "chuyện riêng của tôi")
    (kept,) = rows(tables.replies)
    assert (kept["card_type"], kept["kind"]) == ("smalltalk", "thanks")
    assert "chuyện riêng" not in str(kept) and "Không có gì" not in str(kept)


async def test_whether_what_is_not_here_is_known_elsewhere_is_kept(
    http: AsyncClient, rasa: StandIn, rows: Rows, ward: Ward
) -> None:
    unknown, elsewhere = words("utter_unknown", ward), words("utter_unknown", ward)
    elsewhere["card"]["referral"] = {"name": "Đổi giấy phép lái xe", "office": "Phòng Cảnh sát giao thông", "url": "x"}
    rasa.says(unknown, elsewhere)
    await ask(http)
    assert [(row["card_type"], row["kind"]) for row in rows(tables.replies)] == [
        ("unknown", None),
        ("unknown", "elsewhere"),
    ]


async def test_the_last_mark_counts(http: AsyncClient, rows: Rows) -> None:
    session, (reply,) = await ask(http)
    for mark, reason in (("down", ""), ("down", "Khó hiểu"), ("up", "")):
        assert (await give(http, session, reply, mark, reason=reason)).status_code == 200
    assert marks(rows) == [(reply, "up", "", None)]


async def test_each_of_several_replies_has_its_mark(http: AsyncClient, rasa: StandIn, rows: Rows, ward: Ward) -> None:
    rasa.says(words("utter_thanks", ward), words("utter_unknown", ward))
    session, (first, second) = await ask(http)
    await give(http, session, first, "up")
    await give(http, session, second, "down")
    assert {reply: mark for reply, mark, _, _ in marks(rows)} == {first: "up", second: "down"}


async def test_an_earlier_reply_of_the_talk_can_still_be_marked(http: AsyncClient, rows: Rows) -> None:
    session, (first,) = await ask(http)
    await ask(http, session=session)
    assert (await give(http, session, first)).status_code == 200
    assert [reply for reply, _, _, _ in marks(rows)] == [first]


@pytest.mark.parametrize("message", ["", "ơ" * 501])
async def test_a_message_that_was_refused_can_be_marked_too(http: AsyncClient, rows: Rows, message: str) -> None:
    session, (reply,) = await ask(http, message)
    assert (await give(http, session, reply, "down")).status_code == 200
    assert [kept["card_type"] for kept in rows(tables.replies)] == ["refused"]


async def test_personal_numbers_of_a_reason_are_masked(http: AsyncClient, rows: Rows) -> None:
    session, (reply,) = await ask(http)
    await give(http, session, reply, "down", reason="sai rồi, gọi 0901234567, căn cước 079123456789")
    assert marks(rows) == [(reply, "down", "sai rồi, gọi [số điện thoại], căn cước [số định danh]", None)]


async def test_rasa_hears_nothing_of_it(http: AsyncClient, rasa: StandIn) -> None:
    session, (reply,) = await ask(http)
    await give(http, session, reply, "down", reason="sai")
    assert rasa.messages == ["chào"]


async def test_more_than_the_contract_names_does_no_harm(http: AsyncClient, rows: Rows) -> None:
    session, (reply,) = await ask(http)
    assert (await give(http, session, reply, conversation="c", procedure="1.001193", at="1999-01-01")).is_success
    assert marks(rows) == [(reply, "up", "", None)]


# Who may give one


async def test_a_reply_of_another_talk_cannot_be_marked(http: AsyncClient, rows: Rows) -> None:
    _, (theirs,) = await ask(http)
    mine, _ = await ask(http)
    assert_error(await give(http, mine, theirs), 400, "bad_mark")
    assert rows(tables.marks) == []


async def test_with_a_forged_session_nothing_can_be_marked(http: AsyncClient, rasa: StandIn, rows: Rows) -> None:
    session, (reply,) = await ask(http)
    said, when, signature = session.split(".")
    other = ("A" if signature[0] != "A" else "B") + signature[1:]
    for forged in ("", rasa.got[0]["sender"], f"{said}.{when}.{other}", f"{said}.{when}.", f"{session}x", "x" * 5000):
        assert_error(await give(http, forged, reply), 400, "bad_mark")
    assert rows(tables.marks) == []


async def test_the_session_of_another_gateway_is_worth_nothing(http: AsyncClient, rasa: StandIn, rows: Rows) -> None:
    _, (reply,) = await ask(http)
    foreign = sessions.Sessions("another secret")._serializer.dumps(rasa.got[0]["sender"])
    assert_error(await give(http, foreign, reply), 400, "bad_mark")
    assert rows(tables.marks) == []


async def test_a_session_that_has_ended_is_worth_nothing(
    http: AsyncClient, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, (reply,) = await ask(http)
    monkeypatch.setattr(sessions, "LIFETIME", -1)
    assert_error(await give(http, session, reply), 400, "bad_mark")
    assert rows(tables.marks) == []


# What is no mark


@pytest.mark.parametrize("reply", ["", "nothing", "0" * 32, "'; DROP TABLE marks; --", "\x00", "😀", "x" * 5000])
async def test_a_reply_that_was_never_given_cannot_be_marked(http: AsyncClient, rows: Rows, reply: str) -> None:
    session, _ = await ask(http)
    assert_error(await give(http, session, reply), 400, "bad_mark")
    assert rows(tables.marks) == []


@pytest.mark.parametrize("mark", ["", "UP", "meh", "up ", "1"])
async def test_a_mark_is_up_or_down(http: AsyncClient, rows: Rows, mark: str) -> None:
    session, (reply,) = await ask(http)
    assert_error(await give(http, session, reply, mark), 400, "bad_mark")
    assert rows(tables.marks) == []


async def test_a_reason_has_its_longest_length(http: AsyncClient, rows: Rows) -> None:
    session, (reply,) = await ask(http)
    for length in (LONGEST_REASON + 1, 5000):
        assert_error(await give(http, session, reply, "down", reason="ơ" * length), 400, "bad_mark")
    assert rows(tables.marks) == []
    assert (await give(http, session, reply, "down", reason="ơ" * LONGEST_REASON)).status_code == 200
    assert [len(reason) for _, _, reason, _ in marks(rows)] == [LONGEST_REASON]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"up",
        b"\xff\xfe\x00",
        b"null",
        b"7",
        b"[]",
        b"{}",
        b"[" * 60_000,
        b"1" * 60_000,
        b"mark=up&reply=x",
        b'{"reply": "x", "mark": "up"}',
        b'{"session": null, "reply": "x", "mark": "up"}',
        b'{"session": 7, "reply": "x", "mark": "up"}',
        b'{"session": ["x"], "reply": "x", "mark": "up"}',
        b'{"session": "\\ud800", "reply": "x", "mark": "up"}',
    ],
)
async def test_what_is_not_the_contract_is_refused_in_vietnamese(http: AsyncClient, body: bytes) -> None:
    assert_error(await http.post("/api/feedback", content=body), 400, "bad_mark")


WRONG = [None, 7, 1.5, True, [], ["up"], {}, {"$ne": ""}]


@pytest.mark.parametrize(
    "parts",
    [
        *({"reply": value} for value in WRONG),
        *({"mark": value} for value in WRONG),
        *({"reason": value} for value in WRONG),
        {"reply": "\ud800"},
        {"mark": "\ud800"},
        {"reason": "sai \ud83d"},
    ],
    ids=json.dumps,
)
async def test_a_part_of_another_kind_is_refused_in_vietnamese(
    http: AsyncClient, rows: Rows, parts: dict[str, Any]
) -> None:
    session, (reply,) = await ask(http)
    body = json.dumps({"session": session, "reply": reply, "mark": "up", **parts})
    assert_error(await http.post("/api/feedback", content=body), 400, "bad_mark")
    assert rows(tables.marks) == []


@pytest.mark.parametrize("part", ["session", "reply", "mark"])
async def test_only_the_reason_may_be_left_out(http: AsyncClient, rows: Rows, part: str) -> None:
    session, (reply,) = await ask(http)
    body = {"session": session, "reply": reply, "mark": "up"}
    del body[part]
    assert_error(await http.post("/api/feedback", json=body), 400, "bad_mark")
    assert rows(tables.marks) == []


async def test_a_huge_body_is_refused_and_not_read_to_its_end(http: AsyncClient) -> None:
    sent = 0

    async def endless() -> Any:
        nonlocal sent
        while sent < 1000:
            sent += 1
            yield b"a" * LARGEST_BODY

    response = await http.post("/api/feedback", content=endless())
    assert response.status_code in (400, 413) and assert_error(response, response.status_code, code_of(response))
    assert sent < 10


def code_of(response: Response) -> str:
    return str(response.json()["error"]["code"])


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ratings]:
    """The ratings of a database in which the reply "r" was given in the conversation "c"."""
    engine = connect(Settings(var=Path(tmp_path_factory.mktemp("var")), database=""))
    Replies(engine).add("r", "c", card_type="answer")
    yield Ratings(engine)
    engine.dispose()


ANYTHING = st.one_of(
    st.sampled_from(["r", "c", "up", "down", "", "\ud800", "\x00"]),
    st.text(max_size=LONGEST_REASON + 5),
    st.none() | st.booleans() | st.integers() | st.lists(st.text(max_size=3), max_size=2),
)


@given(st.dictionaries(st.sampled_from(["reply", "mark", "reason", "other"]), ANYTHING))
def test_whatever_is_sent_is_kept_or_refused(kept: Ratings, body: dict[str, Any]) -> None:
    fault = feedback.mark(kept, "c", body)
    reason = body.get("reason", "")
    is_one = body.get("reply") == "r" and body.get("mark") in ("up", "down") and isinstance(reason, str)
    if fault is None:
        assert is_one and len(reason) <= LONGEST_REASON
    else:
        assert fault == "bad_mark" and (not is_one or len(reason) > LONGEST_REASON or "\ud800" in reason)


# A database that fails


@pytest.mark.parametrize("table", [tables.marks, tables.replies], ids=str)
async def test_a_mark_that_cannot_be_kept_is_500_in_vietnamese_with_the_hotline(
    http: AsyncClient, engine: Engine, ward: Ward, caplog: pytest.LogCaptureFixture, table: Table
) -> None:
    session, (reply,) = await ask(http)
    break_off(engine, table)
    caplog.set_level(logging.DEBUG)
    response = await give(http, session, reply, "down", reason="chuyện riêng của tôi")
    assert ward.hotline in assert_error(response, 500, "internal")
    assert "no such table" in caplog.text and "chuyện riêng" not in caplog.text
    assert "no such table" not in response.text and "Traceback" not in response.text


async def test_a_reply_that_cannot_be_kept_is_said_all_the_same(
    http: AsyncClient, engine: Engine, ward: Ward, caplog: pytest.LogCaptureFixture
) -> None:
    break_off(engine, tables.replies)
    response = await http.post("/api/chat", json={"message": "chuyện riêng của tôi"})
    assert response.status_code == 200
    assert response.json()["replies"][0]["text"] == words("utter_thanks", ward)["text"]
    assert "a reply could not be kept" in caplog.text and "chuyện riêng" not in caplog.text


async def test_after_a_failure_marks_are_kept_again(http: AsyncClient, engine: Engine, rows: Rows) -> None:
    session, (reply,) = await ask(http)
    break_off(engine, tables.marks)
    assert_error(await give(http, session, reply), 500, "internal")
    tables.metadata.create_all(engine)
    assert (await give(http, session, reply)).status_code == 200
    assert marks(rows) == [(reply, "up", "", None)]
