"""Finding the procedure that a message means: the one call that everything above the search uses."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace

import numpy as np

from bot.encoder.encoder import Encoded, Encoder
from bot.knowledge.clarifications import MOST_OFFERED
from bot.knowledge.live import InForce, load_version
from bot.search.corpus import Corpus, situations_of
from bot.search.decision import Calibration, Decision
from bot.search.features import Features
from bot.search.index import Index
from bot.search.passages import FOLLOW_UP, NO_PROCEDURE, Passage
from bot.search.ranking import Ranking, rank, scores_by_passage
from bot.search.update import updated
from bot.search.updates_kept import keep, newest
from bot.settings import Settings
from bot.text import language
from bot.text.codes import codes_in
from bot.text.reading import Reader, Reading

MOST_CANDIDATES = 10
# A second core takes two fifths off a question's time; while one is searched for, Rasa and the gateway wait for it.
MOST_THREADS = 2


@dataclass(frozen=True)
class Candidate:
    """A procedure with its fused score: higher is better, and comparable within one question only."""

    code: str
    score: float


@dataclass(frozen=True)
class Found:
    """What a search came to: the reading, the decision, candidates best first and the codes to offer.

    `fits` is how likely it is that the listing answers at all, 0 to 1; `topic` the signpost meant if any, or
    `FOLLOW_UP` where the message names nothing. `over_procedures` and `over_chatter` are those of the ranking, `scores`
    the fused scores of all procedures. `legs` are the best candidates' scores by leg, `aspects` how likely
    each aspect is asked for, and `places` where in the reading.
    """

    reading: Reading
    decision: Decision
    candidates: tuple[Candidate, ...]
    offered: tuple[str, ...]
    fits: float
    topic: str
    legs: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    aspects: Mapping[str, float] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)
    scores: Mapping[str, float] = field(default_factory=dict)
    over_procedures: float = 0.0
    over_chatter: float = 0.0

    @property
    def best(self) -> str:
        """Code of the best candidate."""
        return self.candidates[0].code

    def score(self, code: str) -> float:
        """The fused score of a procedure; of one that is only known in brief, or not at all, the lowest there is."""
        return self.scores[code] if code in self.scores else min(self.scores.values(), default=0.0)


class Finder:
    """Reads, describes, ranks and decides. Loads once; safe to call from several threads."""

    def __init__(self, *, reader: Reader, encoder: Encoder, index: Index, calibration: Calibration) -> None:
        self._reader, self._encoder, self._index, self._calibration = reader, encoder, index, calibration
        follow_ups = (reader(passage.text) for passage in index.passages if passage.code == FOLLOW_UP)
        self._follow_up_words = _used_twice(word for reading in follow_ups for word in reading.words)
        self._known = _codes_in(index)

    @classmethod
    def of(cls, settings: Settings) -> Finder:
        """The finder of the version in force. Raises RecordError, FileNotFoundError naming what was not prepared."""
        version = load_version(settings)
        return cls.load(settings).over(Corpus(settings)(version), version)

    @classmethod
    def load(cls, settings: Settings) -> Finder:
        """The finder over the index as it was built or last kept. Raises FileNotFoundError naming what was not
        prepared."""
        return cls(
            reader=language.load(settings),
            encoder=Encoder.of(settings, threads=min(MOST_THREADS, os.cpu_count() or 1)),
            index=newest(settings),
            calibration=Calibration.load(),
        )

    def over(self, passages: Sequence[Passage], version: InForce) -> Finder:
        """A finder over the passages of another version; this one where nothing differs."""
        index = updated(
            self._index, passages, situations_of(version), reader=self._reader, encode=self._encoder.vectors
        )
        if index is self._index:
            return self
        # No version differs in what follow-ups are made of: reading them again would take a second.
        other = copy(self)
        other._index, other._known = index, _codes_in(index)
        return other

    def keep(self, settings: Settings) -> None:
        """Have the index on disk, so that the next start need not bring an older one up to date."""
        keep(self._index, settings)

    @property
    def encoder(self) -> Encoder:
        """The encoder of the questions, for whoever compares other texts with them."""
        return self._encoder

    @property
    def reader(self) -> Reader:
        """The reader of the questions."""
        return self._reader

    def __call__(self, message: str, encoded: Encoded | None = None) -> Found:
        """Search for one message; `encoded` is what the encoder made of its reading, where that is known already."""
        found = self._search(message, encoded)
        if codes := codes_in(message):
            return _named(found, [code for code in codes if code in self._known])
        return found

    def _search(self, message: str, encoded: Encoded | None) -> Found:
        reading = self._reader(message)
        encoded = encoded or self._encoder(reading.text)
        ranking = self._rank(reading, encoded)
        decision, offered = self._calibration.decide(ranking, reading.words)
        ranked = list(zip(ranking.codes, map(float, ranking.scores)))
        if self._calibration.names_brief(ranking):
            ranked.insert(0, (ranking.brief, ranked[0][1] + ranking.brief_lead))
        elif decision is Decision.choose:  # what is offered is as near as anything
            nearest = ranked[0][1]
            ranked = [*((code, nearest) for code in offered), *(pair for pair in ranked if pair[0] not in offered)]
        return Found(
            reading=reading,
            decision=decision,
            candidates=tuple(Candidate(code, round(score, 4)) for code, score in ranked[:MOST_CANDIDATES]),
            offered=offered,
            fits=self._calibration.fits(ranking),
            topic=FOLLOW_UP if self._names_nothing(reading) else ranking.topic,
            legs={
                code: {name: round(float(scores[place]), 3) for name, scores in ranking.legs.items()}
                for place, code in enumerate(ranking.codes[:MOST_CANDIDATES])
            },
            aspects=encoded.aspects,
            places=encoded.places,
            scores=dict(zip(ranking.codes, map(float, ranking.scores))),
            over_procedures=ranking.over_procedures,
            over_chatter=ranking.over_chatter,
        )

    def _names_nothing(self, reading: Reading) -> bool:
        """Whether every word is one that follow-ups are made of: "lệ phí", "mất mấy ngày"."""
        return bool(reading.words) and set(reading.words) <= self._follow_up_words

    def rank(self, reading: Reading) -> Ranking:
        """All procedures, best first, without a decision."""
        return self._rank(reading, self._encoder(reading.text))

    def look(self, reading: Reading, encoded: Encoded) -> tuple[Ranking, dict[str, np.ndarray]]:
        """The ranking, and how like each passage the message is by each leg, for whoever wants to know why."""
        features = self._features(reading, encoded)
        return rank(self._index, features), scores_by_passage(self._index, features)

    def passages_of(self, code: str) -> list[tuple[int, Passage]]:
        """The passages of a procedure with their places among all."""
        return [(place, passage) for place, passage in enumerate(self._index.passages) if passage.code == code]

    def bounds(self, reading: Reading) -> dict[str, float]:
        """The bounds of the decision on a message: see `Calibration`."""
        bounds = {name: getattr(self._calibration, name) for name in ("least_fit", "open", "brief")}
        return {**bounds, "close": self._calibration.lead_wanted(reading.words)}

    def _rank(self, reading: Reading, encoded: Encoded) -> Ranking:
        return rank(self._index, self._features(reading, encoded))

    def _features(self, reading: Reading, encoded: Encoded) -> Features:
        words, pieces = self._index.lexicon([reading])
        return Features(encoded.vector.reshape(1, -1), words, pieces)


def _codes_in(index: Index) -> frozenset[str]:
    return frozenset(passage.code for passage in index.passages) - NO_PROCEDURE


def _named(found: Found, codes: list[str]) -> Found:
    """A message with codes means the procedures of ours among them; where none is ours, nothing is guessed."""
    score = found.candidates[0].score + 1.0
    others = (candidate for candidate in found.candidates if candidate.code not in codes)
    return replace(
        found,
        decision=(Decision.unknown, Decision.answer, Decision.choose)[min(len(codes), 2)],
        candidates=(*(Candidate(code, score) for code in codes), *others)[:MOST_CANDIDATES],
        offered=tuple(codes[:MOST_OFFERED]),
        fits=float(bool(codes)),
        topic="",
    )


def _used_twice(words: Iterable[str]) -> set[str]:
    return {word for word, count in Counter(words).items() if count > 1}
