"""What became of one question that was asked through the chat."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum

from bot.evaluation.conversation import Heard
from bot.evaluation.questions import Expect, Question

REFUSALS = ("unknown", "refused")


class Verdict(str, Enum):
    """Exactly one of these happens to a question; a wrong answer is the costliest."""

    right = "right"
    wrong_answer = "answered wrongly"
    asked_back = "asked back"
    offered_in_part = "asked back, not all offered"
    refused_falsely = "refused falsely"
    elsewhere = "taken for something else"  # a service, small talk, or an error


def judge(question: Question, heard: Heard) -> Verdict:
    """What happened, seen from what was expected."""
    if heard.card in REFUSALS:
        return Verdict.right if question.expect is Expect.unknown else Verdict.refused_falsely
    if heard.card == "choose":
        if question.expect is not Expect.choose:
            return Verdict.asked_back
        return Verdict.right if set(question.codes) <= set(heard.codes) else Verdict.offered_in_part
    if heard.card == "answer":
        is_right = question.expect is Expect.answer and heard.codes[0] in question.codes
        return Verdict.right if is_right else Verdict.wrong_answer
    return Verdict.right if heard.card == question.expect.value else Verdict.elsewhere


def names_first(question: Question, heard: Heard) -> bool:
    """Whether the first procedure named, answered or offered, is acceptable."""
    return bool(heard.codes) and heard.codes[0] in question.codes


def missing_facts(question: Question, heard: Heard) -> list[str]:
    """The patterns that a right answer's text matches and this one does not."""
    text = unicodedata.normalize("NFC", heard.text)
    return [pattern for pattern in question.must if not re.search(pattern, text, re.IGNORECASE | re.DOTALL)]


def in_words(question: Question, heard: Heard) -> str:
    """Right, or what went wrong, for whoever reads the questions one by one."""
    verdict = judge(question, heard)
    if verdict is Verdict.asked_back and question.codes:
        place = next((place for place, code in enumerate(heard.codes, 1) if code in question.codes), None)
        return f"asked back, right one at place {place}" if place else "asked back, right one not offered"
    if verdict is Verdict.elsewhere:
        return f"{verdict.value}: {heard.card}"
    if verdict is Verdict.right and question.expect is Expect.answer:
        if set(heard.aspects) != set(question.aspects):
            return "right procedure, other aspects"
        if missing := missing_facts(question, heard):
            return f"right procedure and aspects, not said: {', '.join(missing)}"
    return verdict.value
