"""What the desk asks the action server: why a message is answered so, and what a version would answer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timezone
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Tracker

from actions import assistant as assistants_of
from actions.assistant import Assistants, acting_as, assistant
from bot.knowledge.candidates import Candidates
from bot.knowledge.overlay import NOTHING, read_overlay
from bot.knowledge.record_file import as_data, as_text, file_name
from bot.knowledge.versions import Change, Edit, Kind, Order, Versions
from bot.knowledge.yaml_lines import RecordError
from bot.settings import Settings
from tests.actions.talk import latest_message, run

CODE, QUESTION = "1.001193", "làm khai sinh cho con cần giấy tờ gì"
KITES = "xin phép thả diều khổng lồ ngoài đê"


@pytest.fixture(scope="module")
def town(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """This installation, with nothing published."""
    folder = tmp_path_factory.mktemp("town")
    return replace(settings, published=str(folder / "published"), database=f"sqlite:///{folder}/a.db")


@pytest.fixture(scope="module")
def assistants(town: Settings) -> Iterator[Assistants]:
    """Those of the installation, in place of this process' own."""
    mine = Assistants(town)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assistants_of, "assistants", lambda: mine)
        patch.setattr("actions.desk.assistants", lambda: mine)
        yield mine


def edited(**parts: Any) -> Edit:
    """The record of births with some parts changed."""
    record = assistant().listing[CODE]
    data = {**as_data(record), **parts}
    path = f"procedures/{record.field}/{file_name(CODE, str(data['name']))}"
    return Edit(Change(CODE, Kind.changed), path, as_text(data))


def candidate(town: Settings, *edits: Edit) -> str:
    return str(Candidates(town).folder(edits, Versions(town.published_folder).current()))


def publish(town: Settings, *edits: Edit) -> None:
    versions = Versions(town.published_folder)
    versions.publish(edits, Order(versions.current(), datetime.now(timezone.utc), "lan", "thử"))


def asked(action: str, message: dict[str, Any] | None = None, **slots: Any) -> dict[str, Any]:
    events, dispatcher = run(action, Tracker("desk", slots, message or {}, [], False, None, {}, None))
    (said,) = dispatcher.messages
    assert events == []
    return dict(said["custom"])


def tried(folder: str | None, *messages: str, act: str = "ask_procedure") -> dict[str, Any]:
    return asked("action_try", overlay=folder, messages=[latest_message(text, act) for text in messages])


def text_of(reply: dict[str, Any]) -> str:
    return str(reply["text"])


# Why


def test_it_says_what_was_read_what_was_near_and_by_what(assistants: Assistants) -> None:
    said = asked("action_explain", latest_message("lam khai sinh cho con can giay to gi", "ask_procedure"))
    found = assistants.now.finder("lam khai sinh cho con can giay to gi")
    assert said["decision"] == found.decision.value
    assert (said["reading"]["typed"], said["reading"]["text"]) == (
        "lam khai sinh cho con can giay to gi",
        found.reading.text,
    )
    first, *others = said["candidates"]
    assert first["code"] == found.candidates[0].code and first["behind"] == 0.0
    assert all(0 <= near["behind"] <= far["behind"] for near, far in pairwise(others))
    assert set(first["legs"]) >= {"meaning", "words", "pieces"}
    assert all(match["passage"]["code"] == first["code"] for match in first["matches"])
    assert "documents" in said["aspects"]["by_meaning"]
    assert set(said["took"]) == {"read", "encode", "search"} and said["version"] == 0


@pytest.mark.parametrize("text", ["", "🙂", "a" * 500, "1.001193", "/restart", "<b>"])
def test_whatever_is_typed_is_explained(assistants: Assistants, text: str) -> None:
    assert asked("action_explain", latest_message(text, "nlu_fallback"))["decision"] in ("answer", "choose", "unknown")


# What a version would answer


def test_without_a_candidate_the_version_in_force_answers(assistants: Assistants) -> None:
    said = tried(None, QUESTION, "giá vàng hôm nay bao nhiêu")
    assert [reply["card"]["type"] for reply in said["replies"]] == ["answer", "unknown"]
    assert said["version"] == 0


def test_a_candidate_answers_with_its_own_records_and_nobody_else_does(assistants: Assistants, town: Settings) -> None:
    summary = "Việc này để bé có giấy tờ đầu tiên."
    said = tried(candidate(town, edited(summary=summary)), QUESTION.replace("cần giấy tờ gì", ""))
    assert (said["version"], said.get("faults")) == (-1, None)
    assert said["replies"][0]["card"]["code"] == CODE
    assert assistants.now.listing[CODE].summary != summary


def test_words_that_an_editor_adds_are_found_in_the_candidate_alone(assistants: Assistants, town: Settings) -> None:
    record = assistant().listing[CODE]
    folder = candidate(town, edited(questions=[*record.questions, KITES, f"{KITES} thì sao"]))
    (there,), (here,) = tried(folder, KITES)["replies"], tried(None, KITES)["replies"]
    assert there["card"].get("code") == CODE
    assert here["card"].get("code") != CODE


def test_a_broken_candidate_says_where(assistants: Assistants, town: Settings) -> None:
    said = tried(candidate(town, edited(channels=[])), QUESTION)
    assert any(CODE in fault and "channels" in fault for fault in said["faults"]) and "replies" not in said


def test_words_of_the_domain_are_filled(assistants: Assistants) -> None:
    (reply,) = tried(None, "làm hộ chiếu ở đâu vậy", act="out_of_scope")["replies"]
    assert reply["card"]["referral"]["office"] in reply["text"] and "{" not in reply["text"]


def test_acts_that_need_no_knowledge_say_which_they_are(assistants: Assistants) -> None:
    (reply,) = tried(None, "xin chào", act="greet")["replies"]
    assert reply["card"] == {"type": "service", "kind": "greet"}


# In force


def test_what_is_published_is_in_force_after_the_next_look(assistants: Assistants, town: Settings) -> None:
    before = assistants.now
    assert not assistants.look()
    publish(town, edited(summary="Làm giấy cho bé."))
    assert assistants.now is before
    assert assistants.look() and not assistants.look()
    assert (assistants.now.version.number, assistants.now.listing[CODE].summary) == (1, "Làm giấy cho bé.")
    assert tried(None, QUESTION)["version"] == 1
    Versions(town.published_folder).roll_back(0, Order(1, datetime.now(timezone.utc), "lan", "nhầm"))
    assert assistants.look()
    assert assistants.now.listing[CODE].summary == before.listing[CODE].summary


def test_what_was_tried_is_put_in_force_as_it_was_tried(assistants: Assistants, town: Settings) -> None:
    change = edited(summary="Giấy của bé.")
    made = assistants.of(read_overlay(Path(candidate(town, change))))
    publish(town, change)
    assert assistants.look()
    assert assistants.now.finder is made.finder and assistants.now.listing is made.listing


def test_going_back_takes_what_was_in_force_before_as_it_was(assistants: Assistants, town: Settings) -> None:
    record, before = assistant().listing[CODE], assistants.now
    number = before.version.number
    publish(town, edited(questions=[*record.questions, KITES]))
    assert assistants.look() and assistants.now.finder is not before.finder
    Versions(town.published_folder).roll_back(number, Order(number + 1, datetime.now(timezone.utc), "lan", "nhầm"))
    assert assistants.look()
    assert assistants.now.finder is before.finder and assistants.now.version.number == number + 2


def test_a_broken_version_leaves_the_one_before(assistants: Assistants, town: Settings) -> None:
    before = assistants.now
    publish(town, edited(channels=[]))
    with pytest.raises(RecordError):
        assistants.look()
    assert assistants.now is before
    publish(town, edited())
    assert assistants.look()


def test_who_acts_for_another_version_does_so_alone(assistants: Assistants) -> None:
    other = replace(assistants.now, version=replace(assistants.now.version, number=77))
    seen: list[int] = []
    with acting_as(other):
        thread = threading.Thread(target=lambda: seen.append(assistant().version.number))
        thread.start()
        thread.join()
        seen.append(assistant().version.number)
    assert seen == [assistants.now.version.number, 77]
    assert assistant() is assistants.now


def test_citizens_are_answered_while_a_version_is_made(assistants: Assistants, town: Settings) -> None:
    record = assistant().listing[CODE]
    folder = candidate(town, edited(aliases=[*record.aliases, "tờ giấy đầu đời của bé"]))
    making = threading.Thread(target=assistants.of, args=[read_overlay(Path(folder))])
    making.start()
    answered = 0
    while making.is_alive():
        assert assistant().finder(QUESTION).candidates[0].code == CODE
        answered += 1
    making.join()
    assert answered >= 1 and assistants.of(NOTHING)
