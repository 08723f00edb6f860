"""How likely a question asks for each aspect of a procedure, judged by its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import FeatureUnion

from bot.answers.aspects import ASPECTS
from bot.text.folding import fold

REGULARISATION = 30.0
# A story asks in one clause of many: besides the whole text, windows of syllables are judged, and the last of them,
# where the request usually stands. (On the open development questions exact match rose from 0.71 to 0.75.)
WINDOW, STRIDE = 10, 5
LONGEST_NGRAM = 3
_WORD = re.compile(r"\w+")


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _folded_words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


class AspectModel:
    """One logistic regression an aspect over n-grams of syllables, with marks and without."""

    def __init__(self) -> None:
        self._features = FeatureUnion(
            [("marked", _ngrams(_words, LONGEST_NGRAM)), ("folded", _ngrams(_folded_words, LONGEST_NGRAM - 1))]
        )
        self._classifier = OneVsRestClassifier(
            LogisticRegression(C=REGULARISATION, class_weight="balanced", max_iter=1000, solver="liblinear")
        )

    def learn(self, texts: Sequence[str], aspects: Sequence[Sequence[str]]) -> None:
        """Fit on texts and the aspects of each. Raises ValueError for an unknown aspect."""
        for name in {name for names in aspects for name in names}:
            if name not in ASPECTS:
                raise ValueError(f"'{name}' is no aspect; allowed: {', '.join(ASPECTS)}")
        wanted = np.array([[name in names for name in ASPECTS] for names in aspects], dtype=int)
        self._classifier.fit(self._features.fit_transform(texts), wanted)

    def probabilities(self, text: str) -> dict[str, float]:
        """Each aspect's probability: the mean of the whole, the best window and the last window."""
        shares = self._classifier.predict_proba(self._features.transform([text, *_windows(text)]))
        return dict(zip(ASPECTS, ((shares[0] + shares.max(axis=0) + shares[-1]) / 3).tolist()))


def _windows(text: str) -> list[str]:
    words = _words(text)
    return [" ".join(words[start : start + WINDOW]) for start in range(0, max(1, len(words) - STRIDE), STRIDE)]


def _ngrams(tokenizer: Callable[[str], list[str]], longest: int) -> TfidfVectorizer:
    return TfidfVectorizer(
        tokenizer=tokenizer, token_pattern=None, lowercase=False, ngram_range=(1, longest), sublinear_tf=True
    )
