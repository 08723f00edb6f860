"""What the project promised to reach, beside what was measured."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from bot.evaluation.result import OURS, Result
from bot.evaluation.scores import ALL


@dataclass(frozen=True)
class Target:
    """A promise: at least `wanted`, or at most if `at_most`; `n` questions tell."""

    name: str
    wanted: float
    measured: float
    n: int
    at_most: bool = False

    @property
    def met(self) -> bool:
        """Whether it is kept."""
        return self.measured <= self.wanted if self.at_most else self.measured >= self.wanted


# Points of the top 1 that each noise may cost.
_MAY_LOSE = {"without diacritics": 1.0, "shorthand and typing errors": 2.0, "as speech-to-text": 2.0}
SLOWEST_MEDIAN = 25.0  # milliseconds


def targets(result: Result) -> list[Target]:
    """The targets that this set can tell something about."""
    return [target for target in _targets(result) if target.n]


def _targets(result: Result) -> Iterator[Target]:
    ranked, talked, refused = result.ranked(OURS), result.talked(), result.refused()
    everything, said, open_ = ranked[ALL], talked[ALL], result.asked_back()
    yield Target("search: right procedure first", 0.95, everything.top_1, everything.n)
    if "story" in ranked:
        yield Target("search: the same in stories", 0.90, ranked["story"].top_1, ranked["story"].n)
    yield Target("search: in the first three", 0.99, everything.top_3, everything.n)
    for noise, score in result.ranked_noisy().items():
        lost = points_lost(everything.top_1, score.top_1)
        yield Target(f"search: points lost {noise}", _MAY_LOSE[noise], lost, score.n, at_most=True)
    yield Target("chat: aspects exactly right", 0.95, said.aspects_exact, said.answered_rightly)
    yield Target("chat: two aspects or more, exactly", 0.90, said.several_aspects_exact, said.several_aspects)
    yield Target("chat: unknown recall", 0.95, refused[ALL].unknown_recall, refused[ALL].n)
    yield Target("chat: false refusals", 0.02, said.refused_falsely, said.n, at_most=True)
    yield Target("chat: several fit, all of them offered", 0.90, open_.all_offered, open_.n)
    yield Target("chat: asked back needlessly", 0.05, said.asked_back, said.n, at_most=True)
    if result.seconds:
        median = float(np.median(result.seconds)) * 1000
        yield Target("search: median (ms)", SLOWEST_MEDIAN, median, len(result.seconds), at_most=True)


def points_lost(before: float, after: float) -> float:
    """How many percentage points a share fell, rounded to what a set of hundreds can tell."""
    return round(100 * (before - after), 1)
