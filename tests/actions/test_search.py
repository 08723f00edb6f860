"""The search as the public listing asks for it: the same as that of a talk, without a talk."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.assistant import assistant
from actions.search import ActionSearch


def found(question: str | None) -> dict[str, Any]:
    """What the action says."""
    tracker = Tracker("search", {}, {"text": question}, [], False, None, {}, None)
    dispatcher = CollectingDispatcher()
    assert ActionSearch().run(dispatcher, tracker, {}) == []
    (message,) = dispatcher.messages
    return dict(message["custom"])


def test_it_finds_what_the_search_finds() -> None:
    question = "vợ mới sinh, làm giấy cho bé"
    expected = assistant().finder(question)
    said = found(question)
    assert said["decision"] == expected.decision.value
    assert [hit["code"] for hit in said["candidates"]] == [hit.code for hit in expected.candidates]
    assert said["candidates"][0]["code"] == "1.001193"


@pytest.mark.parametrize("question", ["", None, "🙂", "a" * 500])
def test_what_means_nothing_is_unknown(question: str | None) -> None:
    assert found(question)["decision"] == "unknown"
