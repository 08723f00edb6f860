"""A talk begins with nothing remembered but the ward."""

from __future__ import annotations

import pytest
from rasa_sdk import Tracker

from actions.assistant import assistant
from bot.answers.services import of_the_ward
from tests.actions.talk import DOMAIN, Talk, run

pytestmark = pytest.mark.slow

OLD_TALK = {"procedure": "1.001193", "candidates": ["1.004194"], "topics": ["1.001193"], "misses": 1}


def test_a_session_starts_with_the_profile_of_the_ward_and_then_listens() -> None:
    events, dispatcher = run("action_session_start", Tracker("a", OLD_TALK, {}, [], False, None, {}, None))
    first, *slots, last = events
    assert first["event"] == "session_started"
    assert (last["event"], last["name"]) == ("action", "action_listen")
    assert {slot["name"]: slot["value"] for slot in slots} == of_the_ward(assistant().ward)
    assert dispatcher.messages == []


def test_whatever_the_profile_puts_in_is_known_to_rasa_and_not_empty() -> None:
    for name, value in of_the_ward(assistant().ward).items():
        assert name in DOMAIN["slots"]
        assert isinstance(value, str) and value.strip(), name


def test_nothing_is_carried_over_into_a_new_session() -> None:
    assert DOMAIN["session_config"]["carry_over_slots_to_new_session"] is False


def test_at_the_start_of_a_talk_nothing_but_the_ward_is_remembered() -> None:
    remembered = {name for name, value in Talk().slots.items() if value is not None}
    assert remembered == set(of_the_ward(assistant().ward))


def test_no_slot_decides_by_itself_what_is_said_next() -> None:
    assert all(slot["influence_conversation"] is False for slot in DOMAIN["slots"].values())
