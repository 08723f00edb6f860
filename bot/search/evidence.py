"""What a ranking says about whether anything fits at all, as numbers for the decision."""

from __future__ import annotations

import numpy as np

from bot.search.ranking import Ranking

# For each leg: the best procedure's score, and how far it is ahead of what nothing in the listing answers.
_LEGS = ("classifier", "meaning", "words", "pieces")


def evidence(ranking: Ranking) -> np.ndarray:
    """Two numbers a leg, shape (8,)."""
    return np.array([value for leg in _LEGS for value in _of_leg(ranking, leg)])


def _of_leg(ranking: Ranking, leg: str) -> tuple[float, float]:
    best = float(ranking.legs[leg][0])
    return best, best - ranking.outside[leg]
