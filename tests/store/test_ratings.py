"""Ratings of a conversation, marks on a reply, and what is kept of a reply."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import IntegrityError

from bot.store import tables
from bot.store.ratings import Ratings
from bot.store.replies import Replies
from tests.store.rows import Rows
from tests.store.watch import Watch


def levels(rows: Rows) -> list[tuple[str, int]]:
    return sorted((row["conversation"], row["level"]) for row in rows(tables.ratings))


# Ratings


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_a_conversation_is_rated_from_one_to_five(ratings: Ratings, watch: Watch, rows: Rows, level: int) -> None:
    ratings.rate("c", level)
    (row,) = rows(tables.ratings)
    assert (row["conversation"], row["level"], row["said_at"]) == ("c", level, watch.time)


@pytest.mark.parametrize("level", [0, 6, -1, 2.5])
def test_other_levels_are_refused(ratings: Ratings, rows: Rows, level: int) -> None:
    with pytest.raises(ValueError, match="from 1 to 5"):
        ratings.rate("c", level)
    assert rows(tables.ratings) == []


def test_on_one_day_the_last_word_of_a_conversation_counts(ratings: Ratings, watch: Watch, rows: Rows) -> None:
    ratings.rate("c", 2)
    ratings.rate("other", 1)
    watch.time += timedelta(hours=1)
    ratings.rate("c", 5)
    assert levels(rows) == [("c", 5), ("other", 1)]
    assert max(row["said_at"] for row in rows(tables.ratings)) == watch.time


def test_the_day_ends_at_midnight_in_vietnam(ratings: Ratings, watch: Watch, rows: Rows) -> None:
    watch.time = datetime(2026, 11, 22, 16, 59, tzinfo=timezone.utc)  # 23:59
    ratings.rate("c", 1)
    watch.time += timedelta(minutes=1)
    ratings.rate("c", 4)
    watch.time = datetime(2026, 11, 23, 0, 30, tzinfo=timezone.utc)  # 07:30 of the same new day
    ratings.rate("c", 5)
    assert levels(rows) == [("c", 1), ("c", 5)]


def test_ratings_given_at_once_are_one(ratings: Ratings, rows: Rows) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: ratings.rate("c", n % 5 + 1), range(40)))
    assert len(rows(tables.ratings)) == 1


# Replies and marks


def test_of_a_reply_is_kept_what_it_was_about(replies: Replies, watch: Watch, rows: Rows) -> None:
    replies.add("r", "c", card_type="answer", procedure="1.001193", aspects=["documents", "fee"])
    replies.add("s", "c", card_type="service", kind="hours")
    about = {row.pop("id"): row for row in rows(tables.replies)}
    assert about["r"] == {
        **{"conversation": "c", "at": watch.time, "card_type": "answer", "kind": None},
        **{"procedure": "1.001193", "aspects": "documents fee"},
    }
    assert (about["s"]["card_type"], about["s"]["kind"], about["s"]["aspects"]) == ("service", "hours", "")


def test_an_id_is_given_once(replies: Replies) -> None:
    replies.add("r", "c", card_type="answer")
    with pytest.raises(IntegrityError):
        replies.add("r", "other", card_type="answer")


def test_a_mark_says_which_procedure_it_is_about(ratings: Ratings, replies: Replies, watch: Watch, rows: Rows) -> None:
    replies.add("r", "c", card_type="answer", procedure="1.001193")
    ratings.mark("r", "c", "down", "sai lệ phí, gọi 0912345678")
    assert rows(tables.marks) == [
        {
            **{"reply": "r", "conversation": "c", "mark": "down", "procedure": "1.001193", "at": watch.time},
            "reason": "sai lệ phí, gọi [số điện thoại]",
        }
    ]


def test_the_last_mark_on_a_reply_counts(ratings: Ratings, replies: Replies, rows: Rows) -> None:
    for reply in ("r", "s"):
        replies.add(reply, "c", card_type="answer")
        ratings.mark(reply, "c", "down", "khó hiểu")
    ratings.mark("r", "c", "up")
    kept = sorted((row["reply"], row["mark"], row["reason"]) for row in rows(tables.marks))
    assert kept == [("r", "up", ""), ("s", "down", "khó hiểu")]


@pytest.mark.parametrize(("reply", "conversation"), [("nothing", "c"), ("r", "other"), ("", "")])
def test_only_a_reply_of_ones_own_conversation_can_be_marked(
    ratings: Ratings, replies: Replies, rows: Rows, reply: str, conversation: str
) -> None:
    replies.add("r", "c", card_type="answer")
    with pytest.raises(KeyError):
        ratings.mark(reply, conversation, "up")
    assert rows(tables.marks) == []


@pytest.mark.parametrize("mark", ["", "UP", "meh"])
def test_a_mark_is_up_or_down(ratings: Ratings, replies: Replies, mark: str) -> None:
    replies.add("r", "c", card_type="answer")
    with pytest.raises(ValueError, match="up, down"):
        ratings.mark("r", "c", mark)


# Forgetting


def test_ratings_and_marks_of_one_conversation_are_forgotten(ratings: Ratings, replies: Replies, rows: Rows) -> None:
    for conversation in ("c", "other"):
        replies.add(f"r-{conversation}", conversation, card_type="answer")
        ratings.rate(conversation, 3)
        ratings.mark(f"r-{conversation}", conversation, "up")
    ratings.forget("c")
    for table in (tables.ratings, tables.marks):
        assert [row["conversation"] for row in rows(table)] == ["other"]
    assert len(rows(tables.replies)) == 2


def test_replies_are_forgotten_with_the_marks_on_them(ratings: Ratings, replies: Replies, rows: Rows) -> None:
    for conversation in ("c", "other"):
        replies.add(f"r-{conversation}", conversation, card_type="answer")
        ratings.mark(f"r-{conversation}", conversation, "up")
    replies.forget("c")
    for table in (tables.replies, tables.marks):
        assert [row["conversation"] for row in rows(table)] == ["other"]
