"""A reading as numbers: words and pairs of words, pieces of folded words, and meaning."""

from __future__ import annotations

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


def _words_and_pairs(words: Sequence[str]) -> list[str]:
    return [*words, *(f"{first} {second}" for first, second in pairwise(words))]


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
        # A word or pair that only one passage holds tells nothing, and two thirds of all are such.
        self._words = TfidfVectorizer(analyzer=_words_and_pairs, sublinear_tf=True, min_df=2)
        # Pieces of folded words stand in for typing errors, for marks wrongly restored and for joined words.
        self._pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2)

    def learn(self, readings: Sequence[Reading]) -> tuple[csr_matrix, csr_matrix]:
        """Take the vocabulary from the passages; return their words and pieces."""
        words = self._words.fit_transform([list(reading.words) for reading in readings])
        pieces = self._pieces.fit_transform([fold(reading.text) for reading in readings])
        return words, pieces

    def __call__(self, readings: Sequence[Reading]) -> tuple[csr_matrix, csr_matrix]:
        """Words and pieces of questions; what no passage holds is left out."""
        words = self._words.transform([list(reading.words) for reading in readings])
        pieces = self._pieces.transform([fold(reading.text) for reading in readings])
        return words, pieces
