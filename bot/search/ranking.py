"""The legs' scores fused into one ranking of procedures."""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bot.search.features import Features
from bot.search.index import Index
from bot.search.passages import OUTSIDE

# Chosen on the open development questions; see docs/quality.md.
WEIGHTS = {"classifier": 0.5, "meaning": 3.0, "words": 1.0, "pieces": 1.0}


@dataclass(frozen=True)
class Ranking:
    """Procedures best first with fused scores, and each leg's scores in the same order."""

    codes: tuple[str, ...]
    scores: np.ndarray
    legs: dict[str, np.ndarray]
    outside: dict[str, float]


def rank(index: Index, question: Features) -> Ranking:
    """Rank all procedures for one question (features of one text)."""
    legs = {
        "meaning": index.owners.best(index.meaning(question.vectors[0])),
        "words": index.owners.best(index.words(question.words)),
        "pieces": index.owners.best(index.pieces(question.pieces)),
        "classifier": index.classifier(question.joined()),
    }
    codes = np.array(index.owners.codes)
    inside = np.flatnonzero(codes != OUTSIDE)
    fused = sum(weight * legs[name][inside] for name, weight in WEIGHTS.items())
    order = inside[np.argsort(-fused, kind="stable")]
    outside = np.flatnonzero(codes == OUTSIDE)
    return Ranking(
        codes=tuple(codes[order]),
        scores=np.sort(fused)[::-1],
        legs={name: scores[order] for name, scores in legs.items()},
        outside={name: float(scores[outside[0]]) if len(outside) else 0.0 for name, scores in legs.items()},
    )
