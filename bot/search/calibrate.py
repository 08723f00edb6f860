"""Learns the decision's calibration: each labelled question judged by an index that has not seen it.

Run by `python -m bot calibrate` when the records or questions have changed much; the result is kept in the repository.
No evaluation set takes part.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from bot.knowledge import listing as listings
from bot.search.decision import Calibration
from bot.search.evidence import evidence
from bot.search.features import Features
from bot.search.index import Vectors, assemble, collect, describe
from bot.search.passages import NO_PROCEDURE, Kind, Passage
from bot.search.ranking import Ranking, rank
from bot.settings import Settings
from bot.text import language

FOLDS = 4
ASKED = (Kind.question, Kind.asked, Kind.outside)
# Of the questions that the listing answers, this share may be refused. The labelled ones are longer and odder than what
# people really ask: of the open development questions 0.013 are refused then.
FALSE_REFUSALS = 0.10
# Of the questions that were ranked right, this share may be asked back.
NEEDLESS_CHOICES = 0.06
# Of all labelled questions, this share may be taken for a procedure known in brief.
FALSE_BRIEFS = 0.002


def calibrate(settings: Settings, say: Callable[[str], None]) -> Calibration:
    """Learn from the questions of the records and of the training data."""
    listing = listings.load(settings.knowledge)
    passages = collect(listing, settings)
    features, lexicon = describe(passages, language.load(settings), Vectors(settings))
    asked = np.random.RandomState(0).permutation([n for n, passage in enumerate(passages) if passage.kind in ASKED])
    rankings: list[Ranking] = []
    for fold in range(FOLDS):
        held_out = asked[fold::FOLDS]
        kept = np.setdiff1d(np.arange(len(passages)), held_out)
        index = assemble([passages[n] for n in kept], _rows(features, kept), lexicon)
        rankings += [rank(index, _rows(features, [n])) for n in held_out]
        say(f"fold {fold + 1} of {FOLDS}: {len(held_out)} questions judged by an index without them")
    order = np.concatenate([asked[fold::FOLDS] for fold in range(FOLDS)])
    return _learn(rankings, [passages[n] for n in order], say)


def _rows(features: Features, rows: Sequence[int] | np.ndarray) -> Features:
    return Features(features.vectors[rows], features.words[rows], features.pieces[rows])


def _learn(rankings: list[Ranking], questions: list[Passage], say: Callable[[str], None]) -> Calibration:
    inside = np.array([question.code not in NO_PROCEDURE for question in questions])
    right = np.array([r.codes[0] == q.code for r, q in zip(rankings, questions)])
    table = np.stack([evidence(ranking) for ranking in rankings])
    scaler = StandardScaler().fit(table)
    model = LogisticRegression(class_weight="balanced").fit(scaler.transform(table), inside)
    fits = model.predict_proba(scaler.transform(table))[:, 1]
    least_fit = float(np.quantile(fits[inside], FALSE_REFUSALS))
    leads = np.array([ranking.scores[0] - ranking.scores[1] for ranking in rankings])
    close = float(np.quantile(leads[right], NEEDLESS_CHOICES))
    brief = float(np.quantile([ranking.brief_lead for ranking in rankings], 1 - FALSE_BRIEFS))
    say(
        f"{len(questions)} questions: top 1 {right[inside].mean():.3f}; at {FALSE_REFUSALS:.0%} false refusals "
        f"{(fits[~inside] < least_fit).mean():.3f} of those outside are refused "
        f"(least_fit {least_fit:.3f}, close {close:.3f}, brief {brief:.3f})"
    )
    return Calibration(
        mean=tuple(scaler.mean_),
        scale=tuple(scaler.scale_),
        weights=tuple(model.coef_[0]),
        bias=float(model.intercept_[0]),
        least_fit=least_fit,
        close=close,
        brief=brief,
    )
