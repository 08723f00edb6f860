"""Scores of a group of questions, and the groups: each style, and all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.evaluation import metrics
from bot.evaluation.conversation import Heard
from bot.evaluation.questions import Question
from bot.evaluation.verdict import Verdict, judge, names_first

ALL = "all"


@dataclass(frozen=True)
class Ranked:
    """How well a ranker ordered the procedures of the listing."""

    n: int
    top_1: float
    top_3: float
    mean_reciprocal_rank: float


@dataclass(frozen=True)
class Talked:
    """What came of answerable questions in the chat: shares of all; aspects judged on right answers only."""

    n: int
    names_first: float
    answered_wrongly: float
    asked_back: float
    refused_falsely: float
    taken_for_something_else: float
    aspect_f1: float
    aspect_precision: float
    aspect_recall: float
    aspects_exact: float


@dataclass(frozen=True)
class Refused:
    """What came of unanswerable questions in the chat."""

    n: int
    unknown_recall: float
    answered_wrongly: float
    asked_back: float
    taken_for_something_else: float


def groups(names: Sequence[str]) -> dict[str, list[int]]:
    """Positions by name, in the order of first appearance.

    >>> groups(["plain", "typo", "plain"])
    {'plain': [0, 2], 'typo': [1]}
    """
    return {name: [n for n, other in enumerate(names) if other == name] for name in dict.fromkeys(names)}


def by_style(questions: Sequence[Question]) -> dict[str, list[int]]:
    """Positions of each style's questions, and of all."""
    return {**groups([question.style for question in questions]), ALL: list(range(len(questions)))}


def ranked(questions: Sequence[Question], rankings: Sequence[Sequence[str]]) -> Ranked:
    """Score rankings, one a question."""
    ranks = [metrics.rank_of(ranking, question.codes) for question, ranking in zip(questions, rankings, strict=True)]
    return Ranked(
        n=len(ranks),
        top_1=metrics.top_k(ranks, 1),
        top_3=metrics.top_k(ranks, 3),
        mean_reciprocal_rank=metrics.mean_reciprocal_rank(ranks),
    )


def talked(questions: Sequence[Question], heard: Sequence[Heard]) -> Talked:
    """Score what was heard of answerable questions."""
    verdicts = [judge(question, one) for question, one in zip(questions, heard, strict=True)]
    right = [n for n, verdict in enumerate(verdicts) if verdict is Verdict.right]
    got, expected = [heard[n].aspects for n in right], [questions[n].aspects for n in right]
    return Talked(
        n=len(questions),
        names_first=metrics.share([names_first(question, one) for question, one in zip(questions, heard, strict=True)]),
        answered_wrongly=_share(verdicts, Verdict.wrong_answer),
        asked_back=_share(verdicts, Verdict.asked_back),
        refused_falsely=_share(verdicts, Verdict.refused_falsely),
        taken_for_something_else=_share(verdicts, Verdict.elsewhere),
        aspect_f1=metrics.micro_f1(got, expected),
        aspect_precision=metrics.precision(got, expected),
        aspect_recall=metrics.recall(got, expected),
        aspects_exact=metrics.exact_match(got, expected),
    )


def refused(questions: Sequence[Question], heard: Sequence[Heard]) -> Refused:
    """Score what was heard of unanswerable questions."""
    verdicts = [judge(question, one) for question, one in zip(questions, heard, strict=True)]
    return Refused(
        n=len(questions),
        unknown_recall=_share(verdicts, Verdict.right),
        answered_wrongly=_share(verdicts, Verdict.wrong_answer),
        asked_back=_share(verdicts, Verdict.asked_back),
        taken_for_something_else=_share(verdicts, Verdict.elsewhere),
    )


def _share(verdicts: Sequence[Verdict], wanted: Verdict) -> float:
    return metrics.share([verdict is wanted for verdict in verdicts])
