"""Finding the procedure that a message means: the one call that everything above the search uses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.search import index as indexes
from bot.search.decision import Calibration, Decision
from bot.search.encoder import Encoder
from bot.search.features import Features
from bot.search.index import Index
from bot.search.passages import FOLLOW_UP
from bot.search.ranking import Ranking, rank
from bot.settings import Settings
from bot.text import language
from bot.text.reading import Reader, Reading

MOST_CANDIDATES = 10


@dataclass(frozen=True)
class Candidate:
    """A procedure with its fused score: higher is better, and comparable within one question only."""

    code: str
    score: float


@dataclass(frozen=True)
class Found:
    """What a search came to: the reading, the decision, candidates best first and how many of them to offer.

    `fits` is how likely it is that the listing answers at all, 0 to 1; `topic` the signpost meant if any, or
    `FOLLOW_UP` where the message names nothing.
    """

    reading: Reading
    decision: Decision
    candidates: tuple[Candidate, ...]
    offered: int
    fits: float
    topic: str

    @property
    def best(self) -> str:
        """Code of the best candidate."""
        return self.candidates[0].code


class Finder:
    """Reads, describes, ranks and decides. Loads once; safe to call from several threads."""

    def __init__(self, *, reader: Reader, encoder: Encoder, index: Index, calibration: Calibration) -> None:
        self._reader, self._encoder, self._index, self._calibration = reader, encoder, index, calibration
        follow_ups = (reader(passage.text) for passage in index.passages if passage.code == FOLLOW_UP)
        self._follow_up_words = _used_twice(word for reading in follow_ups for word in reading.words)

    @classmethod
    def load(cls, settings: Settings) -> Finder:
        """The finder of this installation. Raises FileNotFoundError naming what was not prepared."""
        encoder = Encoder.of(settings)
        encoder.use_one_thread()
        return cls(
            reader=language.load(settings),
            encoder=encoder,
            index=indexes.read(settings),
            calibration=Calibration.load(),
        )

    def __call__(self, message: str) -> Found:
        """Search for one message."""
        reading = self._reader(message)
        ranking = self.rank(reading)
        said = len(reading.words)
        decision, offered = self._calibration.decide(ranking, said) if said else (Decision.unknown, 0)
        ranked = list(zip(ranking.codes, map(float, ranking.scores)))
        if self._calibration.names_brief(ranking):
            ranked.insert(0, (ranking.brief, ranked[0][1] + ranking.brief_lead))
        return Found(
            reading=reading,
            decision=decision,
            candidates=tuple(Candidate(code, round(score, 4)) for code, score in ranked[:MOST_CANDIDATES]),
            offered=offered,
            fits=self._calibration.fits(ranking),
            topic=FOLLOW_UP if self._names_nothing(reading) else ranking.topic,
        )

    def _names_nothing(self, reading: Reading) -> bool:
        """Whether every word is one that follow-ups are made of: "lệ phí", "mất mấy ngày"."""
        return bool(reading.words) and set(reading.words) <= self._follow_up_words

    def rank(self, reading: Reading) -> Ranking:
        """All procedures, best first, without a decision."""
        words, pieces = self._index.lexicon([reading])
        return rank(self._index, Features(self._encoder.queries([reading.text]), words, pieces))


def _used_twice(words: Iterable[str]) -> set[str]:
    return {word for word, count in Counter(words).items() if count > 1}
