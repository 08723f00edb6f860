"""Diacritics put back where they were left out, by the syllables people use side by side.

A syllable trigram model with fixed interpolation and a beam search. What it learns from matters more than how it
searches: people's own words (example questions, dialogue data), then the records, then a word list.
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from bot.text import telex
from bot.text.folding import fold, has_diacritics, syllables

INTERPOLATION = (0.55, 0.30, 0.15)  # trigram, bigram, unigram
BEAM = 24
OFTEN = 4  # typed so often, a foreign word is no slip
START = "<s>"
# Natural text carries a mark on about three of four syllables; below this share marks were left out on purpose.
BARE_SHARE = 0.34


class Restorer:
    """Restores the diacritics of a text that was typed without them."""

    def __init__(
        self,
        unigrams: dict[str, float],
        bigrams: dict[str, float],
        trigrams: dict[str, float],
        known: Collection[str] = (),
    ) -> None:
        self.known = frozenset(known)
        self._unigrams, self._bigrams, self._trigrams = unigrams, bigrams, trigrams
        self._total = sum(unigrams.values()) or 1.0
        self._before_bigram: dict[str, float] = defaultdict(float)
        for pair, count in bigrams.items():
            self._before_bigram[pair.split(" ", 1)[0]] += count
        self._before_trigram: dict[str, float] = defaultdict(float)
        for triple, count in trigrams.items():
            self._before_trigram[triple.rsplit(" ", 1)[0]] += count
        self._candidates: dict[str, list[str]] = defaultdict(list)
        for syllable in unigrams:
            self._candidates[fold(syllable)].append(syllable)

    @classmethod
    def learn(cls, weighted_lines: Iterable[tuple[str, float]]) -> Restorer:
        """Count syllables, pairs and triples of lines with diacritics; a line counts with its weight.

        Lines that weigh less than 1 were written with care; of the others, slips are left out.
        """
        lines = [(syllables(line), weight) for line, weight in weighted_lines]
        known = _known(lines)
        unigrams: defaultdict[str, float] = defaultdict(float)
        bigrams: defaultdict[str, float] = defaultdict(float)
        trigrams: defaultdict[str, float] = defaultdict(float)
        for line, weight in lines:
            chain = [START, START, *line]
            for index in range(2, len(chain)):
                first, second, third = chain[index - 2 : index + 1]
                if third not in known:
                    continue
                unigrams[third] += weight
                bigrams[f"{second} {third}"] += weight
                trigrams[f"{first} {second} {third}"] += weight
        return cls(dict(unigrams), dict(bigrams), dict(trigrams), known)

    @classmethod
    def load(cls, path: Path) -> Restorer:
        """Read what `save` wrote."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))

    def save(self, path: Path) -> None:
        """Write the counts as JSON."""
        counts = {
            "unigrams": self._unigrams,
            "bigrams": self._bigrams,
            "trigrams": self._trigrams,
            "known": sorted(self.known),
        }
        path.write_text(json.dumps(counts, ensure_ascii=False), encoding="utf-8")

    def __call__(self, words: list[str], *, fixed: list[bool]) -> list[str]:
        """Restore a sequence of syllables in lower case; those marked `fixed` are context only."""
        return self.likeliest(
            [
                [(word, 0.0)] if is_fixed else [(one, 0.0) for one in self.marked(word) or [word]]
                for word, is_fixed in zip(words, fixed)
            ]
        )

    def marked(self, word: str) -> list[str]:
        """The syllables seen that are `word` once folded."""
        return self._candidates.get(fold(word), [])

    def likeliest(self, readings: Sequence[Sequence[tuple[str, float]]]) -> list[str]:
        """The likeliest sequence that takes one reading at each place; each has a cost (a log probability, negated)."""
        beam: list[tuple[float, str, str, tuple[str, ...]]] = [(0.0, START, START, ())]
        for candidates in readings:
            # Paths that end in the same two syllables have the same future: keep the best of each.
            best: dict[tuple[str, str], tuple[float, str, str, tuple[str, ...]]] = {}
            for score, first, second, path in beam:
                for candidate, cost in candidates:
                    grown = score - cost + self._log_probability(first, second, candidate)
                    key = (second, candidate)
                    if key not in best or grown > best[key][0]:
                        best[key] = (grown, second, candidate, (*path, candidate))
            beam = sorted(best.values(), key=lambda item: -item[0])[:BEAM]
        return list(beam[0][3])

    def likelihood(self, words: list[str]) -> float:
        """How usual a sequence of syllables is: the mean log probability of one of them (0 is certain)."""
        chain = [START, START, *words]
        chances = [self._log_probability(*chain[index - 2 : index + 1]) for index in range(2, len(chain))]
        return sum(chances) / len(chances) if chances else 0.0

    def _log_probability(self, first: str, second: str, third: str) -> float:
        tri, bi, uni = INTERPOLATION
        probability = uni * (self._unigrams.get(third, 0.0) + 0.01) / self._total
        if seen := self._before_bigram.get(second):
            probability += bi * self._bigrams.get(f"{second} {third}", 0.0) / seen
        if seen := self._before_trigram.get(f"{first} {second}"):
            probability += tri * self._trigrams.get(f"{first} {second} {third}", 0.0) / seen
        return math.log(probability)


def _known(lines: Iterable[tuple[list[str], float]]) -> set[str]:
    """Syllables written with care, and those that people type often and that are no slip."""
    known: set[str] = set()
    typed = Counter[str]()
    for line, weight in lines:
        known.update(line) if weight < 1.0 else typed.update(line)
    often = [word for word, count in typed.items() if count >= OFTEN and word not in known]
    folded = {fold(syllable) for syllable in known}
    known.update(word for word in often if has_diacritics(word) and telex.is_syllable(word))
    # A word without marks is foreign ("app", "gas"), unless it is one of ours with its marks left out, or with its keys
    # undone and typed more often with them done.
    known.update(
        word
        for word in often
        if not has_diacritics(word)
        and typed[word] > typed[telex.decode(word) or ""]
        and folded.isdisjoint((word, *telex.as_chatted(word)))
    )
    return known


def is_bare(words: list[str]) -> bool:
    """Whether marks were left out: almost none of the syllables carries one."""
    letters = [word for word in words if word.isalpha()]
    return bool(letters) and sum(map(has_diacritics, letters)) < BARE_SHARE * len(letters)
