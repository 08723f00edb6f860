"""What citizens asked, beside what became of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.store.asked_turns import ANSWERED, ASKED_BACK, OUTSIDE, SERVICE, SMALL_TALK, UNKNOWN, AskedTurns, decision_of
from bot.store.messages import Messages
from bot.store.ratings import Ratings
from bot.store.replies import Replies
from bot.store.turns import Turns
from tests.store.watch import Watch

SECOND = timedelta(seconds=1)


@pytest.fixture
def asked(engine: Engine, replies: Replies, turns: Turns, watch: Watch) -> AskedTurns:
    """Two conversations that go on at the same time: "a" with three turns (two replies each), "b" with one."""
    for number, conversation in enumerate("aaba"):
        for part in (1, 2):
            replies.add(
                f"{conversation}{number}-{part}",
                conversation,
                card_type="answer",
                procedure="1.001193",
                aspects=["fee"],
            )
            watch.time += SECOND
        turns.add(f"{conversation}{number}-1", conversation, f"câu {number}, 0912345678", took_ms=40)
        watch.time += SECOND
    return AskedTurns(engine)


@pytest.mark.parametrize(
    ("card", "kind", "decision"),
    [
        ("answer", "", ANSWERED),
        ("choose", "", ASKED_BACK),
        ("ask", "", ASKED_BACK),
        ("smalltalk", "which_procedure", ASKED_BACK),
        ("smalltalk", "thanks", SMALL_TALK),
        ("unknown", "", UNKNOWN),
        ("unknown", "elsewhere", OUTSIDE),
        ("refused", "", UNKNOWN),
        ("service", "hours", SERVICE),
    ],
)
def test_what_became_of_a_question(card: str, kind: str, decision: str) -> None:
    assert decision_of(card, kind) == decision


def test_turns_are_read_newest_first_with_what_was_replied(asked: AskedTurns) -> None:
    found = asked.between()
    assert [turn.id for turn in found] == ["a3-1", "b2-1", "a1-1", "a0-1"]
    assert (found[0].decision, found[0].procedure, found[0].aspects) == (ANSWERED, "1.001193", ("fee",))
    assert found[0].message == "câu 3, [số điện thoại]" and not found[0].needs_work


def test_a_span_begins_with_its_first_moment_and_ends_before_its_last(asked: AskedTurns) -> None:
    times = [turn.at for turn in asked.between()]
    assert [turn.at for turn in asked.between(times[2], times[0])] == times[1:3]


def test_a_mark_on_any_reply_of_a_turn_is_one_on_the_turn(asked: AskedTurns, ratings: Ratings) -> None:
    ratings.mark("a1-2", "a", "down", "không đúng ý")
    ratings.mark("b2-1", "b", "up")
    found = {turn.id: turn for turn in asked.between()}
    assert [(mark.mark, mark.reason) for mark in found["a1-1"].marks] == [("down", "không đúng ý")]
    assert found["a1-1"].needs_work and found["a1-1"].downs == 1
    assert (found["b2-1"].ups, found["b2-1"].needs_work) == (1, False)
    assert not found["a0-1"].marks and not found["a3-1"].marks


def test_a_conversation_is_read_from_its_beginning_and_nobody_elses(asked: AskedTurns) -> None:
    assert [turn.id for turn in asked.conversation("a1-1")] == ["a0-1", "a1-1", "a3-1"]
    assert asked.conversation("a1-2") == [] == asked.conversation("nothing")


def test_what_was_sent_from_a_conversation_is_found_drafts_are_not(asked: AskedTurns, messages: Messages) -> None:
    messages.draft("a", "question", "một")
    assert asked.letters_of("a") == [] and asked.letters() == {}
    number = messages.send("a")
    messages.draft("c", "question", "từ nơi không có câu nào")
    messages.send("c")
    assert asked.letters_of("a") == [number] and asked.letters() == {"a": number}


def test_the_stamp_changes_with_each_turn_mark_and_deletion(
    asked: AskedTurns, turns: Turns, ratings: Ratings, watch: Watch
) -> None:
    stamps = [asked.stamp()]
    assert asked.stamp() == stamps[0]
    ratings.mark("a1-2", "a", "down")
    stamps.append(asked.stamp())
    watch.time += SECOND
    ratings.mark("a1-2", "a", "up")
    stamps.append(asked.stamp())
    turns.forget("b")
    stamps.append(asked.stamp())
    assert len(set(stamps)) == 4
