"""What is kept of a turn, without personal numbers."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from bot.store import tables
from bot.store.replies import Replies
from bot.store.turns import Turns
from tests.store.rows import Rows
from tests.store.watch import Watch


@pytest.fixture(autouse=True)
def replied(replies: Replies) -> None:
    """A reply to whatever is kept below."""
    for reply, conversation in (("r", "c"), ("r2", "c"), ("theirs", "other")):
        replies.add(reply, conversation, card_type="answer", procedure="1.001193", aspects=["fee"])


def test_a_turn_is_kept_under_its_first_reply(turns: Turns, watch: Watch, rows: Rows) -> None:
    turns.add("r", "c", "lệ phí bao nhiêu", took_ms=83)
    assert rows(tables.turns) == [
        {"id": "r", "conversation": "c", "at": watch.time, "message": "lệ phí bao nhiêu", "took_ms": 83}
    ]


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ("gọi 0912345678, căn cước 079203001234", "gọi [số điện thoại], căn cước [số định danh]"),
        ("079203\u200b001234", "[số định danh]"),
        ("ma otp la 482913", "ma otp la [mã bí mật]"),
        ("thư a@b.vn", "thư [email]"),
        ("thủ  tục 1.001193", "thủ tục 1.001193"),
        ("", ""),
    ],
)
def test_it_is_kept_masked(turns: Turns, rows: Rows, message: str, kept: str) -> None:
    turns.add("r", "c", message, took_ms=1)
    assert [row["message"] for row in rows(tables.turns)] == [kept]


def test_a_turn_without_its_reply_is_refused_and_so_is_a_second_one(turns: Turns, rows: Rows) -> None:
    turns.add("r", "c", "hỏi", took_ms=1)
    for reply in ("unknown", "r"):
        with pytest.raises(IntegrityError) as caught:
            turns.add(reply, "c", "điều riêng tư", took_ms=1)
        assert "riêng tư" not in str(caught.value)
    assert len(rows(tables.turns)) == 1


def test_turns_of_one_conversation_are_forgotten(turns: Turns, rows: Rows) -> None:
    for reply, conversation in (("r", "c"), ("r2", "c"), ("theirs", "other")):
        turns.add(reply, conversation, "hỏi", took_ms=1)
    turns.forget("c")
    assert [row["id"] for row in rows(tables.turns)] == ["theirs"]
    assert len(rows(tables.replies)) == 3


def test_a_turn_goes_with_its_reply(turns: Turns, replies: Replies, rows: Rows) -> None:
    turns.add("r", "c", "hỏi", took_ms=1)
    replies.forget("c")
    assert rows(tables.turns) == []
