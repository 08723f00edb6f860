"""Answer, choose or unknown: the ranking judged by a calibration learnt from labelled questions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path

import numpy as np

from bot.knowledge.clarifications import MOST_OFFERED
from bot.search.evidence import evidence
from bot.search.ranking import Ranking

CALIBRATION = Path(__file__).with_name("calibration.json")
# "Giấy khai sinh" alone may mean four things: of fewer words than these a procedure must lead by more to be the one.
ENOUGH_WORDS, WIDER = 3, 4
LEAST_PIECES = 0.05
# Beside the procedures of a situation, others as near as this to the best are offered, up to so many in all.
ALSO_NEAR, ENOUGH_OFFERED = 1.0, 4


class Decision(str, Enum):
    """What to do with a ranking."""

    answer = "answer"
    choose = "choose"
    unknown = "unknown"


@dataclass(frozen=True)
class Calibration:
    """A logistic regression on the evidence, and the thresholds of the decision.

    `fits` below `least_fit` means that nothing in the listing fits. `close` is the lead over the next procedure under
    which both are offered, `open` the lead over the best procedure with which a situation that leaves the procedure
    open is taken for meant, `brief` the lead over all else with which the name of a procedure known in brief wins.
    """

    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float
    least_fit: float
    close: float
    open: float
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

    def lead_wanted(self, words: Sequence[str]) -> float:
        """The lead under which the next procedure is offered, too: `close`, or more of it where little was said."""
        return self.close * (1 if len(words) >= ENOUGH_WORDS else WIDER)

    def decide(self, ranking: Ranking, words: Sequence[str]) -> tuple[Decision, tuple[str, ...]]:
        """The decision on a question of these words, and the procedures to answer with or to offer."""
        # Not a word and hardly a piece of one in common with anything: no message of ours, whatever its vector.
        is_foreign = ranking.legs["words"][0] <= 0 and ranking.legs["pieces"][0] < LEAST_PIECES
        if not words or is_foreign:
            return Decision.unknown, ()
        if self.names_brief(ranking):
            return Decision.answer, (ranking.brief,)
        if self.fits(ranking) < self.least_fit:
            return Decision.unknown, ()
        if open_ := self._left_open(ranking):
            return Decision.choose, open_
        close = self.lead_wanted(words)
        count = int(np.sum(ranking.scores[:MOST_OFFERED] > ranking.scores[0] - close))
        return (Decision.choose if count > 1 else Decision.answer), ranking.codes[:count]

    def _left_open(self, ranking: Ranking) -> tuple[str, ...]:
        """The procedures of the situation that is meant, best first; none where a procedure is."""
        if not len(ranking.open_scores) or ranking.open_scores[0] - ranking.scores[0] <= self.open:
            return ()
        offered = sorted(ranking.opens[0], key=ranking.codes.index)
        near = ranking.codes[: int(np.sum(ranking.scores > ranking.scores[0] - ALSO_NEAR))]
        also = [code for code in near if code not in offered]
        return (*offered, *also[: max(0, ENOUGH_OFFERED - len(offered))])
