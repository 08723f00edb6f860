"""Two rankers with one interface, such as a usual system would have.

The baselines get each question as typed, only cleaned: reading shorthand and putting diacritics back is our own work.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import bm25s
import numpy as np

from bot.encoder.build import load
from bot.encoder.encoder import PROMPT
from bot.knowledge.listing import Listing
from bot.search.finder import MOST_CANDIDATES
from bot.search.passages import passages_of
from bot.text.segmentation import Segmenter
from bot.text.unicode import clean

PASSAGE_PROMPT = "passage: "  # the packaged model's own for what is to be found
DEPTH = MOST_CANDIDATES  # as many codes for each question as our own search ranks


class Ranker(Protocol):
    """Ranks the procedures of the listing for each text: at most `DEPTH` codes, best first."""

    def __call__(self, texts: Sequence[str]) -> list[list[str]]: ...


class Bm25:
    """BM25 over segmented words, one document a record: the same texts of the record that our search reads."""

    def __init__(self, listing: Listing, *, k1: float = 1.5, b: float = 0.75) -> None:
        self._segmenter = Segmenter()
        self._codes = [procedure.code for procedure in listing]
        documents = ["\n".join(passage.text for passage in passages_of(procedure)) for procedure in listing]
        self._index = bm25s.BM25(k1=k1, b=b)
        self._index.index([self._words(document) for document in documents], show_progress=False)

    def __call__(self, texts: Sequence[str]) -> list[list[str]]:
        return [_best(self._codes, self._scores(self._words(text))) for text in texts]

    def _words(self, text: str) -> list[str]:
        return self._segmenter(clean(text))

    def _scores(self, words: list[str]) -> np.ndarray:
        return self._index.get_scores(words) if words else np.zeros(len(self._codes))


class EncoderAlone:
    """Nearest official name by the cosine of the packaged encoder, as it comes: untuned."""

    def __init__(self, listing: Listing, weights: str | Path) -> None:
        self._model = load(weights)
        self._codes = [procedure.code for procedure in listing]
        self._names = self._vectors(PASSAGE_PROMPT, [procedure.official_name for procedure in listing])

    def __call__(self, texts: Sequence[str]) -> list[list[str]]:
        cosines = self._vectors(PROMPT, [clean(text) for text in texts]) @ self._names.T
        return [_best(self._codes, row) for row in cosines]

    def _vectors(self, prompt: str, texts: Sequence[str]) -> np.ndarray:
        return self._model.encode([prompt + text for text in texts], normalize_embeddings=True, show_progress_bar=False)


def _best(codes: Sequence[str], scores: np.ndarray) -> list[str]:
    """Codes by falling score; what has no score at all (0: no word in common) is not ranked."""
    order = np.argsort(-scores, kind="stable")[:DEPTH]
    return [codes[place] for place in order if scores[place] != 0]
