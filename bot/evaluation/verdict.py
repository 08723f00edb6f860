"""What became of one question that was asked through the chat."""

from __future__ import annotations

from enum import Enum

from bot.evaluation.conversation import Heard
from bot.evaluation.questions import Question

REFUSALS = ("unknown", "refused")


class Verdict(str, Enum):
    """Exactly one of these happens to a question; a wrong answer is the costliest."""

    right = "right"
    wrong_answer = "answered wrongly"
    asked_back = "asked back"
    refused_falsely = "refused falsely"
    elsewhere = "taken for something else"  # a service, small talk, or an error


def judge(question: Question, heard: Heard) -> Verdict:
    """Right is an answer about an acceptable procedure, or a refusal where none is acceptable."""
    if heard.card in REFUSALS:
        return Verdict.refused_falsely if question.codes else Verdict.right
    if heard.card == "choose":
        return Verdict.asked_back
    if heard.card == "answer":
        return Verdict.right if heard.codes[0] in question.codes else Verdict.wrong_answer
    return Verdict.elsewhere


def names_first(question: Question, heard: Heard) -> bool:
    """Whether the first procedure named, answered or offered, is acceptable."""
    return bool(heard.codes) and heard.codes[0] in question.codes


def in_words(question: Question, heard: Heard) -> str:
    """Right, or what went wrong, for whoever reads the questions one by one."""
    verdict = judge(question, heard)
    if verdict is Verdict.asked_back and question.codes:
        place = next((place for place, code in enumerate(heard.codes, 1) if code in question.codes), None)
        return f"asked back, right one at place {place}" if place else "asked back, right one not offered"
    if verdict is Verdict.elsewhere:
        return f"{verdict.value}: {heard.card}"
    if verdict is Verdict.right and question.codes and set(heard.aspects) != set(question.aspects):
        return "right procedure, other aspects"
    return verdict.value
