"""Answer, choose or unknown: the ranking judged by a calibration learnt from labelled questions."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path

import numpy as np

from bot.search.evidence import evidence
from bot.search.ranking import Ranking

CALIBRATION = Path(__file__).with_name("calibration.json")
MOST_OFFERED = 4
# "Giấy khai sinh" alone may mean four things: of fewer words than these a procedure must lead by more to be the one.
ENOUGH_WORDS, WIDER = 3, 4
LEAST_PIECES = 0.05


class Decision(str, Enum):
    """What to do with a ranking."""

    answer = "answer"
    choose = "choose"
    unknown = "unknown"


@dataclass(frozen=True)
class Calibration:
    """A logistic regression on the evidence, and the thresholds of the decision.

    `fits` below `least_fit` means that nothing in the listing fits. `close` is the lead over the next procedure under
    which both are offered, `brief` the lead over all else with which the name of a procedure known in brief wins.
    """

    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float
    least_fit: float
    close: float
    brief: float

    @classmethod
    def load(cls, path: Path = CALIBRATION) -> Calibration:
        """Read what `save` wrote."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))

    def save(self, path: Path = CALIBRATION) -> None:
        """Write as JSON, rounded so that a diff shows what changed."""
        rounded = {key: np.round(value, 4).tolist() for key, value in asdict(self).items()}
        path.write_text(json.dumps(rounded, indent=1) + "\n", encoding="utf-8")

    def fits(self, ranking: Ranking) -> float:
        """How likely it is that some procedure of the listing is meant, from 0 to 1."""
        standardized = (evidence(ranking) - np.array(self.mean)) / np.array(self.scale)
        return float(1 / (1 + np.exp(-(standardized @ np.array(self.weights) + self.bias))))

    def names_brief(self, ranking: Ranking) -> bool:
        """Whether the question names a procedure known in brief."""
        return bool(ranking.brief) and ranking.brief_lead > self.brief

    def decide(self, ranking: Ranking, words: int = ENOUGH_WORDS) -> tuple[Decision, int]:
        """The decision on a question of so many words, and how many of the ranking's procedures to offer."""
        if self.names_brief(ranking):
            return Decision.answer, 1
        # Not a word and hardly a piece of one in common with anything: no message of ours, whatever its vector.
        is_foreign = ranking.legs["words"][0] <= 0 and ranking.legs["pieces"][0] < LEAST_PIECES
        if is_foreign or self.fits(ranking) < self.least_fit:
            return Decision.unknown, 0
        close = self.close * (1 if words >= ENOUGH_WORDS else WIDER)
        offered = int(np.sum(ranking.scores[:MOST_OFFERED] > ranking.scores[0] - close))
        return (Decision.choose, offered) if offered > 1 else (Decision.answer, 1)
