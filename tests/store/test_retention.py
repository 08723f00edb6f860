"""What is older than it may be goes, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot.store import tables
from bot.store.messages import Messages
from bot.store.ratings import Ratings
from bot.store.replies import Replies
from bot.store.retention import delete_older_than
from bot.store.turns import Turns
from tests.store.rows import Rows
from tests.store.watch import Watch

CONVERSATIONAL = (tables.turns, tables.replies, tables.marks)


def ratings_by_id(rows: Rows) -> list[dict[str, Any]]:
    return sorted(rows(tables.ratings), key=lambda row: row["id"])


@pytest.fixture
def talk(turns: Turns, replies: Replies, ratings: Ratings, messages: Messages, watch: Watch) -> None:
    """Two talks with all that can be left behind: "old", and a day later "new"."""
    for conversation in ("old", "new"):
        replies.add(f"{conversation}-1", conversation, card_type="answer")
        turns.add(f"{conversation}-1", conversation, "hỏi", took_ms=1)
        ratings.mark(f"{conversation}-1", conversation, "down", reason="khó hiểu")
        ratings.rate(conversation, 4)
        messages.draft(conversation, "question", "Nộp ở đâu?")
        messages.send(conversation)
        watch.time += timedelta(days=1)


def test_turns_replies_and_marks_from_before_are_deleted(talk: None, engine: Engine, watch: Watch, rows: Rows) -> None:
    counts = delete_older_than(engine, watch.time - timedelta(days=1))
    assert counts == {"turns": 1, "marks": 1, "replies": 1, "ratings": 1}
    for table in CONVERSATIONAL:
        assert [row["conversation"] for row in rows(table)] == ["new"]


def test_what_is_just_young_enough_stays(talk: None, engine: Engine, watch: Watch, rows: Rows) -> None:
    assert set(delete_older_than(engine, watch.time - timedelta(days=2)).values()) == {0}
    assert [len(rows(table)) for table in CONVERSATIONAL] == [2, 2, 2]


def test_a_rating_stays_and_no_longer_says_whose_it_was(talk: None, engine: Engine, watch: Watch, rows: Rows) -> None:
    before = ratings_by_id(rows)
    delete_older_than(engine, watch.time - timedelta(days=1))
    after = ratings_by_id(rows)
    assert [(row["day"], row["level"]) for row in after] == [(row["day"], row["level"]) for row in before]
    assert [row["conversation"] for row in after] == [str(after[0]["id"]), "new"]


def test_many_ratings_of_one_day_all_stay(ratings: Ratings, engine: Engine, watch: Watch, rows: Rows) -> None:
    for conversation in "abcde":
        ratings.rate(conversation, 5)
    assert delete_older_than(engine, watch.time + timedelta(seconds=1))["ratings"] == 5
    assert [row["level"] for row in rows(tables.ratings)] == [5] * 5
    assert not {row["conversation"] for row in rows(tables.ratings)} & set("abcde")


def test_what_was_sent_to_the_ward_stays(talk: None, engine: Engine, watch: Watch, rows: Rows) -> None:
    before = rows(tables.messages)
    delete_older_than(engine, watch.time + timedelta(days=1000))
    assert rows(tables.messages) == before and len(before) == 2


def test_a_young_mark_goes_with_its_old_reply(
    replies: Replies, ratings: Ratings, engine: Engine, watch: Watch, rows: Rows
) -> None:
    replies.add("r", "c", card_type="answer")
    watch.time += timedelta(hours=2)
    ratings.mark("r", "c", "up")
    delete_older_than(engine, watch.time - timedelta(hours=1))
    assert rows(tables.marks) == rows(tables.replies) == []


def test_to_do_it_again_finds_nothing_more(talk: None, engine: Engine, watch: Watch) -> None:
    delete_older_than(engine, watch.time)
    assert set(delete_older_than(engine, watch.time).values()) == {0}
