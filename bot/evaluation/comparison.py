"""The figures of two bots side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from bot.evaluation.contestant import Start, Turn
from bot.evaluation.table import number


@dataclass
class Measured:
    """What was measured of one bot; `memory` in bytes by process."""

    starts: list[Start] = field(default_factory=list)
    rounds: list[list[Turn]] = field(default_factory=list)
    memory: dict[str, int] = field(default_factory=dict)

    @property
    def turns(self) -> list[Turn]:
        """Of all rounds."""
        return [turn for one in self.rounds for turn in one]


def compare(
    ours: Measured, other: Measured, *, searches: Sequence[float], questions: Sequence[str]
) -> list[Sequence[str]]:
    """Rows of name, ours, the other's and ours ÷ the other's.

    `searches` are the seconds of our search alone, `questions` the messages that need it.
    """
    asked = set(questions)
    searching = [turn for turn in ours.turns if turn.message in asked]
    others = [turn for turn in ours.turns if turn.message not in asked]
    rounds = [_median(mine) / _median(theirs) for mine, theirs in zip(ours.rounds, other.rounds, strict=True)]
    return [
        _row("turn, median (ms)", _median(ours.turns), _median(other.turns)),
        _row("turn, 95th percentile (ms)", _percentile_95(ours.turns), _percentile_95(other.turns)),
        ["turn, median by round, lowest and highest", "", "", f"{min(rounds):.2f} to {max(rounds):.2f}"],
        _row("turn that searches, median (ms)", _median(searching)),
        _row("other turns (follow-up, thanks), median (ms)", _median(others)),
        _row("search alone, median (ms)", float(np.median(searches)) * 1000),
        _row("search alone, 95th percentile (ms)", float(np.percentile(searches, 95)) * 1000),
        _row("start until ready, best (s)", _best_ready(ours), _best_ready(other)),
        _row("start until the first answer, best (s)", _best_answer(ours), _best_answer(other)),
        _row("memory, all processes (MB)", _megabytes(*ours.memory.values()), _megabytes(*other.memory.values())),
        *(
            _row(
                f"memory, {name} (MB)",
                _megabytes(size),
                _megabytes(other.memory[name]) if name in other.memory else None,
            )
            for name, size in ours.memory.items()
        ),
    ]


def _row(name: str, ours: float, other: float | None = None) -> list[str]:
    if other is None:
        return [name, number(ours, places=1), "", ""]
    return [name, number(ours, places=1), number(other, places=1), f"{ours / other:.2f}"]


def _median(turns: Sequence[Turn]) -> float:
    return float(np.median([turn.seconds for turn in turns])) * 1000


def _percentile_95(turns: Sequence[Turn]) -> float:
    return float(np.percentile([turn.seconds for turn in turns], 95)) * 1000


def _best_ready(bot: Measured) -> float:
    return min(start.ready for start in bot.starts)


def _best_answer(bot: Measured) -> float:
    return min(start.first_answer for start in bot.starts)


def _megabytes(*sizes: int) -> float:
    return sum(sizes) / 1e6
