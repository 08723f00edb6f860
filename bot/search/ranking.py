"""The legs' scores fused into one ranking of procedures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from bot.search.features import Features
from bot.search.index import Index
from bot.search.passages import OPEN

NEAREST_SIGNPOSTS, NEARLY, AS_NEAR = 5, 0.75, 0.95
NEAREST_OPEN = 5
# A situation that offers none of the best procedures is hardly the one meant. Chosen on the development questions.
AGREEING, DISAGREES = 2, 0.8
# Chosen on the open development questions; see docs/decisions/002.
WEIGHTS = {"classifier": 1.0, "meaning": 3.0, "words": 1.0, "pieces": 1.0}


@dataclass(frozen=True)
class Ranking:
    """Procedures best first with fused scores, and each leg's scores in the same order.

    `outside` is each leg's score of what nothing in the listing answers; `topic` the signpost that such a question
    most likely means, or empty. `brief` is the procedure known in brief whose name is nearest (or empty), and
    `brief_lead` how much nearer it is than anything else. `opens` are the procedures of each of the nearest
    situations that leave it open, best first, and `open_scores` theirs on the scale of `scores`; `open_legs` are the
    scores of the best of them by leg. `over_procedures` and `over_chatter` are how much nearer the message is to
    follow-ups that name nothing ("lệ phí bao nhiêu") than to the best procedure, and than to what nothing answers.
    """

    codes: tuple[str, ...]
    scores: np.ndarray
    legs: dict[str, np.ndarray]
    outside: dict[str, float]
    topic: str
    brief: str = ""
    brief_lead: float = 0.0
    opens: tuple[tuple[str, ...], ...] = ()
    open_scores: np.ndarray = field(default_factory=lambda: np.zeros(0))
    open_legs: Mapping[str, float] = field(default_factory=dict)
    over_procedures: float = 0.0
    over_chatter: float = 0.0


def scores_by_passage(index: Index, question: Features) -> dict[str, np.ndarray]:
    """How like each passage a question is, for every leg that compares with passages; each of shape (passages,)."""
    return {
        "meaning": index.meaning(question.vectors[0]),
        "words": index.words(question.words),
        "pieces": index.pieces(question.pieces),
    }


def rank(index: Index, question: Features) -> Ranking:
    """Rank all procedures for one question (features of one text)."""
    by_passage = scores_by_passage(index, question)
    legs = {name: index.owners.best(scores) for name, scores in by_passage.items()}
    legs["classifier"] = index.classifier(question.joined())
    codes = index.owners.codes
    fused = np.sum([weight * legs[name] for name, weight in WEIGHTS.items()], axis=0)
    order = index.inside[np.argsort(-fused[index.inside], kind="stable")]
    open_scores = fused[index.open] - DISAGREES * ~index.offers[:, order[:AGREEING]].any(axis=1)
    nearest = np.argsort(-open_scores, kind="stable")[:NEAREST_OPEN]
    opens = index.open[nearest]
    outside, follow_up = index.outside_owner, index.follow_up_owner
    near = np.sum([WEIGHTS[name] * scores for name, scores in by_passage.items()], axis=0)
    return Ranking(
        codes=tuple(codes[number] for number in order),
        scores=fused[order],
        legs={name: scores[order] for name, scores in legs.items()},
        outside={name: 0.0 if outside is None else float(scores[outside]) for name, scores in legs.items()},
        topic=_topic(index, near),
        opens=tuple(index.situations[codes[number].removeprefix(OPEN)] for number in opens),
        open_scores=open_scores[nearest],
        open_legs={name: float(scores[opens[0]]) for name, scores in legs.items()} if len(opens) else {},
        over_procedures=0.0 if follow_up is None else float(fused[follow_up] - fused[order[0]]),
        over_chatter=0.0 if follow_up is None or outside is None else float(fused[follow_up] - fused[outside]),
        **_brief(index, near),
    )


def _brief(index: Index, scores: np.ndarray) -> dict[str, Any]:
    """Nobody has written out how people ask for these: only a name that is nearer than all else counts."""
    if not len(index.briefs):
        return {}
    nearest = index.briefs[np.argmax(scores[index.briefs])]
    others = np.delete(scores, index.briefs)
    return {
        "brief": index.passages[nearest].code,
        "brief_lead": float(scores[nearest] - others.max(initial=0.0)),
    }


def _topic(index: Index, scores: np.ndarray) -> str:
    """The signpost of at least two of the nearest passages of signposts, if it is nearly as near as anything outside.

    One passage alone may be an accident; where chatter, or another signpost, is much nearer, it is that.
    """
    if not len(index.signposts):
        return ""
    nearest = index.signposts[np.argsort(-scores[index.signposts])[:NEAREST_SIGNPOSTS]]
    topic, votes = Counter(index.passages[number].topic for number in nearest).most_common(1)[0]
    best = max(scores[number] for number in nearest if index.passages[number].topic == topic)
    is_near = best > NEARLY * scores[index.outside].max() and best > AS_NEAR * scores[nearest[0]]
    return topic if votes > 1 and is_near else ""
