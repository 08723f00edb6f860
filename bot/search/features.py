"""A reading as numbers: words and pairs of words, pieces of folded words, and meaning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.text.folding import fold
from bot.text.reading import Reading

# How much meaning counts beside words in the classifier. Each family is a unit vector; of 0, 2, 4 and 8 tried on the
# open development questions, 2 ranked best.
WEIGHT_OF_MEANING = 2.0


def _pairs(words: Sequence[str]) -> list[str]:
    return [f"{first} {second}" for first, second in pairwise(words)]


@dataclass(frozen=True)
class Features:
    """Of n texts: vectors (n, dimension), and the two sparse matrices of words and of pieces (n, vocabulary)."""

    vectors: np.ndarray
    words: csr_matrix
    pieces: csr_matrix

    def joined(self) -> csr_matrix:
        """All families side by side, for the classifier."""
        return hstack([csr_matrix(self.vectors * WEIGHT_OF_MEANING), self.words, self.pieces]).tocsr()


class Lexicon:
    """The words and pieces of words seen in the passages, with their inverse document frequencies."""

    def __init__(self) -> None:
        self._words = TfidfVectorizer(analyzer=self._words_and_pairs, sublinear_tf=True, dtype=np.float32)
        self._pairs: frozenset[str] = frozenset()
        # Pieces of folded words stand in for typing errors, for marks wrongly restored and for joined words.
        self._pieces = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2, dtype=np.float32
        )

    def learn(self, readings: Sequence[Reading]) -> tuple[csr_matrix, csr_matrix]:
        """Take the vocabulary from the passages; return their words and pieces."""
        seen = Counter(pair for reading in readings for pair in set(_pairs(reading.words)))
        # Two thirds of all pairs stand in one passage only: they tell nothing, and make the classifier large and slow.
        self._pairs = frozenset(pair for pair, count in seen.items() if count > 1)
        words = self._words.fit_transform([list(reading.words) for reading in readings])
        pieces = self._pieces.fit_transform([fold(reading.text) for reading in readings])
        return words, pieces

    def _words_and_pairs(self, words: Sequence[str]) -> list[str]:
        return [*words, *(pair for pair in _pairs(words) if pair in self._pairs)]

    def __call__(self, readings: Sequence[Reading]) -> tuple[csr_matrix, csr_matrix]:
        """Words and pieces of questions; what no passage holds is left out."""
        words = self._words.transform([list(reading.words) for reading in readings])
        pieces = self._pieces.transform([fold(reading.text) for reading in readings])
        return words, pieces
