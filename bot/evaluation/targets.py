"""What the project promised to reach, beside what was measured."""

from __future__ import annotations

from dataclasses import dataclass

from bot.evaluation.result import OURS, Result
from bot.evaluation.scores import ALL


@dataclass(frozen=True)
class Target:
    """A promise: at least `wanted`, or at most if `at_most`."""

    name: str
    wanted: float
    measured: float
    at_most: bool = False

    @property
    def met(self) -> bool:
        """Whether it is kept."""
        return self.measured <= self.wanted if self.at_most else self.measured >= self.wanted


def targets(result: Result) -> list[Target]:
    """The project's targets with this run's figures."""
    ours, folded = result.ranked(OURS)[ALL], result.without_diacritics(OURS)
    return [
        Target("search: top 1", 0.90, ours.top_1),
        Target("search: top 3", 0.97, ours.top_3),
        Target("search: points lost without diacritics", 3.0, points_lost(ours.top_1, folded.top_1), at_most=True),
        Target("chat: recall of unknown", 0.90, result.refused()[ALL].unknown_recall),
        Target("chat: false refusals", 0.05, result.talked()[ALL].refused_falsely, at_most=True),
    ]


def points_lost(before: float, after: float) -> float:
    """How many percentage points a share fell, rounded to what a set of hundreds can tell."""
    return round(100 * (before - after), 1)
