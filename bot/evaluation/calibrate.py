"""Learns the decision's calibration on the development set: how likely anything fits, and the leads that decide.

Run by `python -m bot calibrate` when records, questions or the encoder have changed much; the result is kept in the
repository. The training questions will not do: the encoder has learnt them by heart, and real ones would seem not to
fit beside them. What it is worth is told by the frozen set, which takes no part.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from bot.evaluation.questions import QUESTIONS, Expect, Question, load
from bot.knowledge.live import load_version
from bot.search.decision import Calibration
from bot.search.evidence import evidence
from bot.search.finder import Finder
from bot.search.ranking import Ranking
from bot.settings import Settings
from bot.text import language

# Of the questions that the listing answers, this share may be refused.
FALSE_REFUSALS = 0.008
# Of those ranked right, these shares may be asked back: because the next procedure is as near, or because a situation
# is nearer that leaves the procedure open.
NEEDLESS_CHOICES, NEEDLESSLY_OPEN = 0.006, 0.03
# Of all questions, this share may be taken for a procedure known in brief.
FALSE_BRIEFS = 0.001


def calibrate(settings: Settings, say: Callable[[str], None]) -> Calibration:
    """Learn from the development set, by the index as it stands. Raises FileNotFoundError if it was not built."""
    listing = load_version(settings).listing
    reader, finder = language.load(settings), Finder.of(settings)
    questions = [
        question
        for question in load(QUESTIONS / "development")
        if question.expect in (Expect.answer, Expect.choose, Expect.unknown)
        and not set(question.codes) & set(listing.briefs)
    ]
    return _learn([finder.rank(reader(question.text)) for question in questions], questions, say)


def _learn(rankings: Sequence[Ranking], questions: Sequence[Question], say: Callable[[str], None]) -> Calibration:
    expects = np.array([question.expect.value for question in questions])
    inside, single, open_ = (
        expects != Expect.unknown.value,
        expects == Expect.answer.value,
        expects == Expect.choose.value,
    )
    right = single & np.array([r.codes[0] in q.codes for r, q in zip(rankings, questions, strict=True)])
    table = np.stack([evidence(ranking) for ranking in rankings])
    scaler = StandardScaler().fit(table)
    model = LogisticRegression(class_weight="balanced").fit(scaler.transform(table), inside)
    fits = model.predict_proba(scaler.transform(table))[:, 1]
    least_fit = float(np.quantile(fits[single], FALSE_REFUSALS))
    leads = np.array([ranking.scores[0] - ranking.scores[1] for ranking in rankings])
    close = float(np.quantile(leads[right], NEEDLESS_CHOICES))
    open_leads = np.array([ranking.open_scores[0] - ranking.scores[0] for ranking in rankings])
    least_open = float(np.quantile(open_leads[right], 1 - NEEDLESSLY_OPEN))
    brief = float(np.quantile([ranking.brief_lead for ranking in rankings], 1 - FALSE_BRIEFS))
    say(
        f"{len(questions)} questions: right first {right[single].mean():.3f}; at {FALSE_REFUSALS:.1%} false refusals "
        f"{(fits[~inside] < least_fit).mean():.3f} of those that nothing answers are refused; of those that leave the "
        f"procedure open {((open_leads > least_open) & (fits >= least_fit))[open_].mean():.3f} are asked back "
        f"(least_fit {least_fit:.3f}, close {close:.3f}, open {least_open:.3f}, brief {brief:.3f})"
    )
    return Calibration(
        mean=tuple(scaler.mean_),
        scale=tuple(scaler.scale_),
        weights=tuple(model.coef_[0]),
        bias=float(model.intercept_[0]),
        least_fit=least_fit,
        close=close,
        open=least_open,
        brief=brief,
    )
