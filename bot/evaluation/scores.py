"""Scores of a group of questions, and the groups: each style, and all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.evaluation import metrics
from bot.evaluation.conversation import Heard
from bot.evaluation.questions import Question
from bot.evaluation.verdict import Verdict, judge, missing_facts, names_first

ALL = "all"
Ranked_ = tuple[Question, Sequence[str]]  # a question and the codes ranked for it
Answered = tuple[Question, Heard]


@dataclass(frozen=True)
class Ranked:
    """How well a ranker ordered the procedures of the listing."""

    n: int
    top_1: float
    top_3: float
    mean_reciprocal_rank: float
    interval: tuple[float, float]


@dataclass(frozen=True)
class Talked:
    """What came of questions with an answer: shares of all; aspects and facts judged on right answers only."""

    n: int
    answered_rightly: int
    names_first: float
    answered_wrongly: float
    asked_back: float
    refused_falsely: float
    taken_for_something_else: float
    aspect_f1: float
    aspects_exact: float
    several_aspects: int
    several_aspects_exact: float
    facts: int
    facts_said: float


@dataclass(frozen=True)
class AskedBack:
    """What came of questions that leave the procedure open."""

    n: int
    asked_back: float
    all_offered: float
    answered: float
    refused: float


@dataclass(frozen=True)
class Refused:
    """What came of questions that nothing answers."""

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


def ranked(pairs: Sequence[Ranked_]) -> Ranked:
    """Score rankings."""
    ranks = [metrics.rank_of(ranking, question.codes) for question, ranking in pairs]
    return Ranked(
        n=len(ranks),
        top_1=metrics.top_k(ranks, 1),
        top_3=metrics.top_k(ranks, 3),
        mean_reciprocal_rank=metrics.mean_reciprocal_rank(ranks),
        interval=metrics.bootstrap_interval([rank == 1 for rank in ranks]),
    )


def talked(pairs: Sequence[Answered]) -> Talked:
    """Score what was heard of questions with an answer."""
    verdicts = [judge(question, heard) for question, heard in pairs]
    right = [pair for pair, verdict in zip(pairs, verdicts, strict=True) if verdict is Verdict.right]
    several = [pair for pair in right if len(pair[0].aspects) > 1]
    facts = [not missing_facts(question, heard) for question, heard in right if question.must]
    got, expected = [heard.aspects for _, heard in right], [question.aspects for question, _ in right]
    return Talked(
        n=len(pairs),
        answered_rightly=len(right),
        names_first=metrics.share([names_first(question, heard) for question, heard in pairs]),
        answered_wrongly=_share(verdicts, Verdict.wrong_answer),
        asked_back=_share(verdicts, Verdict.asked_back),
        refused_falsely=_share(verdicts, Verdict.refused_falsely),
        taken_for_something_else=_share(verdicts, Verdict.elsewhere),
        aspect_f1=metrics.micro_f1(got, expected),
        aspects_exact=metrics.exact_match(got, expected),
        several_aspects=len(several),
        several_aspects_exact=metrics.exact_match([h.aspects for _, h in several], [q.aspects for q, _ in several]),
        facts=len(facts),
        facts_said=metrics.share(facts),
    )


def asked_back(pairs: Sequence[Answered]) -> AskedBack:
    """Score what was heard of questions that leave the procedure open."""
    verdicts = [judge(question, heard) for question, heard in pairs]
    return AskedBack(
        n=len(pairs),
        asked_back=_share(verdicts, Verdict.right, Verdict.offered_in_part),
        all_offered=_share(verdicts, Verdict.right),
        answered=_share(verdicts, Verdict.wrong_answer),
        refused=_share(verdicts, Verdict.refused_falsely, Verdict.elsewhere),
    )


def refused(pairs: Sequence[Answered]) -> Refused:
    """Score what was heard of questions that nothing answers."""
    verdicts = [judge(question, heard) for question, heard in pairs]
    return Refused(
        n=len(pairs),
        unknown_recall=_share(verdicts, Verdict.right),
        answered_wrongly=_share(verdicts, Verdict.wrong_answer),
        asked_back=_share(verdicts, Verdict.asked_back),
        taken_for_something_else=_share(verdicts, Verdict.elsewhere),
    )


def _share(verdicts: Sequence[Verdict], *wanted: Verdict) -> float:
    return metrics.share([verdict in wanted for verdict in verdicts])
