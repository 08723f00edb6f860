"""Talks in which somebody of the ward tries the assistant: nothing of them stays."""

from __future__ import annotations

import pytest

from bot.store import tables
from bot.store.messages import Messages
from bot.store.ratings import Ratings
from bot.store.trials import is_trial, new_trial
from tests.store.rows import Rows


def test_each_is_another_one() -> None:
    made = {new_trial() for _ in range(100)}
    assert len(made) == 100 and all(map(is_trial, made))


@pytest.mark.parametrize("conversation", ["", "thu-", "thu-abcdefghijkl", "thu-" + "a" * 17, "xthu-abcdefghijklmnop"])
def test_no_conversation_of_a_citizen_is_taken_for_one(conversation: str) -> None:
    assert not is_trial(conversation)


def test_it_is_not_rated(ratings: Ratings, rows: Rows) -> None:
    ratings.rate(new_trial(), 1)
    ratings.mark_last(new_trial(), "down", "sai")
    assert rows(tables.ratings) == rows(tables.marks) == []


def test_what_is_sent_to_the_ward_gets_a_number_and_is_gone(messages: Messages, rows: Rows) -> None:
    trial = new_trial()
    messages.draft(trial, "question", "Thử gửi.")
    number = messages.send(trial)
    assert messages.find(number) is None
    assert rows(tables.messages) == []


def test_without_a_draft_nothing_is_sent(messages: Messages) -> None:
    with pytest.raises(KeyError):
        messages.send(new_trial())
