"""What of an answer must not get lost: amounts and days, or the papers, as a golden question asks for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.answers.verdict import says

MOST, MOST_PAPERS = 4, 2
LONGEST = 80  # characters; longer lines are written anew too often
_AMOUNT = re.compile(r"\d[\d.,]*\s*(?:triệu đồng|nghìn đồng|đồng|%)")
_DAYS = re.compile(r"\d+\s*(?:ngày làm việc|ngày|giờ|tháng)")
_SAID = {"fee": _AMOUNT, "duration": _DAYS}


def facts_of(reply: Mapping[str, Any]) -> tuple[str, ...]:
    """The facts of the aspects that lie open in an answer, each as the answer's own text says it; else none."""
    card = reply["card"]
    if card.get("type") != "answer":
        return ()
    named = card.get("open", card.get("aspects", ()))
    sections = [section for section in card.get("sections", ()) if section["aspect"] in named]
    found = dict.fromkeys(fact for section in sections for fact in _of(section, alone=len(card["aspects"]) == 1))
    return tuple(fact for fact in found if says(reply["text"], fact))[:MOST]


def _of(section: Mapping[str, Any], *, alone: bool) -> Iterator[str]:
    lines = [item["text"] for item in section["items"]]
    if pattern := _SAID.get(section["aspect"]):
        found = list(dict.fromkeys(fact for line in lines for fact in pattern.findall(line)))
        yield from found or [line.rstrip(".") for line in lines[:1] if len(line) <= LONGEST]
    elif section["aspect"] == "documents" and alone:
        yield from [line.rstrip(".") for line in lines if len(line) <= LONGEST][:MOST_PAPERS]
