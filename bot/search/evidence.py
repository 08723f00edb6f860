"""What a ranking says about whether anything fits at all, as numbers for the decision."""

from __future__ import annotations

import numpy as np

from bot.search.ranking import Ranking

LEGS = ("classifier", "meaning", "words", "pieces")


def evidence(ranking: Ranking) -> np.ndarray:
    """For each leg, how far the best procedure, or situation, is ahead of what nothing answers, shape (4,).

    Scores themselves are left out: held against a lead they make a question that reads like a record the less likely.
    """
    is_open = len(ranking.open_scores) > 0 and ranking.open_scores[0] > ranking.scores[0]
    best = ranking.open_legs if is_open else {leg: float(ranking.legs[leg][0]) for leg in LEGS}
    return np.array([best[leg] - ranking.outside[leg] for leg in LEGS])
