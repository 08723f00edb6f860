"""Why a message was decided as it was: for the staff who test answers, not for citizens."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from bot.encoder.encoder import Encoded
from bot.search.finder import Finder, Found
from bot.search.passages import Passage
from bot.search.ranking import WEIGHTS, Ranking

MOST_EXPLAINED = 8  # candidates


@dataclass(frozen=True)
class Match:
    """The passage of a candidate that is most like the message by one leg, and its score there."""

    leg: str
    passage: Passage
    score: float


@dataclass(frozen=True)
class Explained:
    """A candidate: its fused score, how far it is behind the best, its score by leg and the passages that matched."""

    code: str
    score: float
    behind: float
    legs: dict[str, float]
    matches: tuple[Match, ...]


@dataclass(frozen=True)
class Explanation:
    """A search with its inner numbers: `bounds` are those of the decision, `measured` what is held against each (where
    there is anything), `weights` how much each leg counts, `took` milliseconds by step."""

    found: Found
    candidates: tuple[Explained, ...]
    outside: dict[str, float]
    bounds: dict[str, float]
    measured: dict[str, float]
    weights: dict[str, float]
    took: dict[str, float]


def explain(finder: Finder, message: str, encoded: Encoded | None = None) -> Explanation:
    """Search as for a citizen, and say what was seen on the way."""
    clock = [time.perf_counter()]
    reading = finder.reader(message)
    clock.append(time.perf_counter())
    encoded = encoded or finder.encoder(reading.text)
    clock.append(time.perf_counter())
    ranking, by_passage = finder.look(reading, encoded)
    found = finder(message, encoded)
    clock.append(time.perf_counter())
    best = float(ranking.scores[0])
    took = dict(zip(("read", "encode", "search"), np.diff(clock).tolist()))
    return Explanation(
        found=found,
        candidates=tuple(
            Explained(
                code=code,
                score=float(ranking.scores[place]),
                behind=best - float(ranking.scores[place]),
                legs={leg: float(scores[place]) for leg, scores in ranking.legs.items()},
                matches=_matches(finder, code, by_passage),
            )
            for place, code in enumerate(ranking.codes[:MOST_EXPLAINED])
        ),
        outside=dict(ranking.outside),
        bounds=finder.bounds(reading),
        measured=_measured(found, ranking),
        weights=dict(WEIGHTS),
        took={step: round(1000 * seconds, 1) for step, seconds in took.items()},
    )


def _measured(found: Found, ranking: Ranking) -> dict[str, float]:
    scores, opens = ranking.scores, ranking.open_scores
    return {
        "least_fit": found.fits,
        **({"close": float(scores[0] - scores[1])} if len(scores) > 1 else {}),
        **({"open": float(opens[0] - scores[0])} if len(opens) else {}),
        **({"brief": ranking.brief_lead} if ranking.brief else {}),
    }


def _matches(finder: Finder, code: str, by_passage: dict[str, np.ndarray]) -> tuple[Match, ...]:
    own = finder.passages_of(code)
    if not own:
        return ()
    places = np.array([place for place, _ in own])
    best = {leg: int(np.argmax(scores[places])) for leg, scores in by_passage.items()}
    return tuple(Match(leg, own[n][1], float(by_passage[leg][places[n]])) for leg, n in best.items())
