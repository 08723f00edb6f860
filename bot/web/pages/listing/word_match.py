"""Procedures whose names and other names say the words of a question: what is left while the search rests."""

from __future__ import annotations

import math
from collections import Counter
from statistics import fmean

from bot.knowledge.listing import Listing
from bot.text.folding import fold, syllables

MOST = 10
LEAST = 0.5  # how much of the question's weight a name must say


class WordMatch:
    """Knows every word of the listing without its diacritics; a rare word counts more than one that many names say."""

    def __init__(self, listing: Listing) -> None:
        texts = {
            **{brief.code: [brief.name] for brief in listing.briefs.values()},
            **{procedure.code: [procedure.name, *procedure.aliases] for procedure in listing},
        }
        self._names = {
            code: [set(syllables(fold(f"{code} {name}"))) for name in names] for code, names in texts.items()
        }
        counts = Counter(word for names in self._names.values() for word in set().union(*names))
        self._weights = {word: math.log1p(len(texts) / count) for word, count in counts.items()}

    def __call__(self, question: str) -> tuple[str, ...]:
        """The codes that say at least half of a question, best first; none if no name says any of it."""
        said = set(syllables(fold(question))) & self._weights.keys()
        if not said:
            return ()
        # Of two whose names say the same, the one that says it in more of them is meant.
        shares = {
            code: (self._share(said, set().union(*names)), fmean(self._share(said, name) for name in names))
            for code, names in self._names.items()
        }
        best = sorted(shares, key=shares.__getitem__, reverse=True)
        return tuple(code for code in best[:MOST] if shares[code][0] >= LEAST)

    def _share(self, said: set[str], words: set[str]) -> float:
        return self._weight(said & words) / self._weight(said)

    def _weight(self, words: set[str]) -> float:
        return sum(self._weights[word] for word in words)
