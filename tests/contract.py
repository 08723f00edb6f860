"""Contract 1 as one check, for every reply that any test gets to see."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from bot.answers.aspects import ASPECTS

PARTS = {
    "answer": {"code", "name", "aspects", "sections", "source", "notes"},
    "choose": {"candidates"},
    "ask": {"question"},
    "unknown": {"referral"},
    "service": {"kind"},
    "smalltalk": {"kind"},
    "refused": {"reason"},
}
# What a card may carry besides: what lies open, days counted, the papers of one's own case, how far a form has come.
BESIDES = {
    "answer": {"open", "due", "checklist"},
    "ask": {"code", "number", "count"},
    "service": {"step", "number"},
}
SERVICES = {
    "hours",
    "address",
    "hotline",
    "human",
    "dossier_status",
    "complaint",
    "feedback",
    "appointment",
    "capabilities",
    "list_procedures",
    "emergency",
}


def assert_reply(reply: dict[str, Any]) -> dict[str, Any]:
    """Fail unless this is a reply of the chat endpoint; returns its card."""
    assert set(reply) == {"id", "text", "card", "choices"}, set(reply)
    assert reply["id"] and isinstance(reply["id"], str)
    return assert_said({key: value for key, value in reply.items() if key != "id"})


def assert_said(reply: dict[str, Any]) -> dict[str, Any]:
    """Fail unless this is a reply as the actions make it, before it gets its id; returns its card."""
    assert set(reply) == {"text", "card", "choices"}, set(reply)
    assert json.loads(json.dumps(reply)) == reply
    text, card, choices = reply["text"], reply["card"], reply["choices"]
    assert isinstance(text, str) and text.strip()
    assert card["type"] in PARTS, card["type"]
    required = {"type"} | PARTS[card["type"]]
    assert required <= set(card) <= required | BESIDES.get(card["type"], set()), set(card)
    for choice in choices:
        assert set(choice) == {"label", "message"} and all(isinstance(said, str) and said for said in choice.values())
    if check := _CHECKS.get(card["type"]):
        check(card, text)
    return card


def _assert_answer(card: dict[str, Any], text: str) -> None:
    assert card["aspects"] and set(card["aspects"]) <= set(ASPECTS)
    told = [section["aspect"] for section in card["sections"]]
    assert len(set(told)) == len(told) and set(told) <= set(ASPECTS)
    assert told[: len(card["aspects"])] == card["aspects"], "what was asked comes first, in the order asked"
    for section in card["sections"]:
        assert section["title"] and section["items"], section
    lies_open = card.get("open", card["aspects"])
    assert set(card["aspects"]) <= set(lies_open) <= set(told)
    for section in card["sections"]:
        assert section["aspect"] not in lies_open or section["title"] in text, "the text alone says what lies open"
    source = card["source"]
    assert set(source) == {"url", "decision", "checked_on"}
    assert source["url"].startswith("https://") and source["url"] in text and source["decision"] in text
    assert date.fromisoformat(source["checked_on"]) <= date.today()
    assert card["name"] in text and all(isinstance(note, str) and note in text for note in card["notes"])


def _assert_choose(card: dict[str, Any], text: str) -> None:
    codes = [candidate["code"] for candidate in card["candidates"]]
    assert 2 <= len(codes) == len(set(codes))
    for candidate in card["candidates"]:
        assert set(candidate) == {"code", "name"} and candidate["name"] in text


def _assert_unknown(card: dict[str, Any], text: str) -> None:
    assert set(card["referral"]) == {"name", "office", "url"} and all(card["referral"].values())
    assert card["referral"]["office"] in text


def _assert_service(card: dict[str, Any], text: str) -> None:
    assert card["kind"] in SERVICES


_CHECKS = {
    "answer": _assert_answer,
    "choose": _assert_choose,
    "unknown": _assert_unknown,
    "service": _assert_service,
}
