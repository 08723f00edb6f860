"""The measures, each named as the field names it: pure functions of what was got and what was expected.

A measure of no questions at all is NaN: neither good nor bad.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

import numpy as np

Rank = int  # 1 is the first place; 0 stands for "not among those ranked"


def rank_of(ranking: Sequence[str], acceptable: Collection[str]) -> Rank:
    """The best place of any acceptable code, 0 if none was ranked.

    >>> rank_of(["a", "b", "c"], {"c", "b"})
    2
    """
    return next((place for place, code in enumerate(ranking, 1) if code in acceptable), 0)


def share(hits: Sequence[bool]) -> float:
    """The share of hits: accuracy, recall and refusals alike, depending on which questions are handed in."""
    return sum(hits) / len(hits) if hits else math.nan


def top_k(ranks: Sequence[Rank], k: int) -> float:
    """Share of questions with an acceptable code among the first `k`; accuracy for k = 1."""
    return share([0 < rank <= k for rank in ranks])


def mean_reciprocal_rank(ranks: Sequence[Rank]) -> float:
    """Mean of 1 / rank, where what was not ranked counts 0."""
    return sum(1 / rank for rank in ranks if rank) / len(ranks) if ranks else math.nan


def precision(got: Sequence[Collection[str]], expected: Sequence[Collection[str]]) -> float:
    """Of all labels given, the share that was expected; sets are compared question by question."""
    given = sum(len(set(one)) for one in got)
    return _hits(got, expected) / given if given else math.nan


def recall(got: Sequence[Collection[str]], expected: Sequence[Collection[str]]) -> float:
    """Of all labels expected, the share that was given."""
    wanted = sum(len(set(one)) for one in expected)
    return _hits(got, expected) / wanted if wanted else math.nan


def micro_f1(got: Sequence[Collection[str]], expected: Sequence[Collection[str]]) -> float:
    """Harmonic mean of precision and recall over the labels of all questions together."""
    counted = sum(len(set(one)) for one in (*got, *expected))
    return 2 * _hits(got, expected) / counted if counted else math.nan


def exact_match(got: Sequence[Collection[str]], expected: Sequence[Collection[str]]) -> float:
    """Share of questions whose labels are exactly those expected, in any order."""
    return share([set(one) == set(other) for one, other in zip(got, expected, strict=True)])


def bootstrap_interval(
    values: Sequence[float], *, level: float = 0.95, draws: int = 5000, seed: int = 0
) -> tuple[float, float]:
    """Percentile interval of the mean, from samples drawn with replacement."""
    if not values:
        return math.nan, math.nan
    sample = np.asarray(values, dtype=float)
    means = np.random.RandomState(seed).choice(sample, size=(draws, len(sample))).mean(axis=1)
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def _hits(got: Sequence[Collection[str]], expected: Sequence[Collection[str]]) -> int:
    return sum(len(set(one) & set(other)) for one, other in zip(got, expected, strict=True))
