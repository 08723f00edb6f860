"""Words, not syllables: underthesea's segmenter with the fixed terms of our field."""

from __future__ import annotations

import importlib.util
import sys
import types
from collections.abc import Callable, Iterable
from functools import lru_cache


class Segmenter:
    """Splits text into words; a term of `fixed_words` is never taken apart."""

    def __init__(self, fixed_words: Iterable[str] = ()) -> None:
        # Longest first: the library takes the first alternative that matches.
        self._fixed_words = sorted({word.casefold() for word in fixed_words}, key=len, reverse=True)

    def __call__(self, text: str) -> list[str]:
        """Words in lower case, the syllables of one word joined by '_'."""
        words = _word_tokenize()(text.casefold(), fixed_words=self._fixed_words)
        return [word.replace(" ", "_") for word in words if any(letter.isalnum() for letter in word)]


@lru_cache(maxsize=1)
def _word_tokenize() -> Callable[..., list[str]]:
    # underthesea's own __init__ loads torch and transformers for its translator (8 s, 400 MB on two cores). Its
    # segmenter needs neither (0.4 s), so the package is entered without that file, unless someone loaded it already.
    if "underthesea" not in sys.modules:
        spec = importlib.util.find_spec("underthesea")
        if spec is None:
            raise ModuleNotFoundError("underthesea is not installed; run 'make setup'")
        package = types.ModuleType("underthesea")
        package.__path__ = list(spec.submodule_search_locations or [])
        package.__spec__ = spec
        sys.modules["underthesea"] = package
    import underthesea.pipeline.text_normalize  # noqa: F401 - first, else its two modules import each other in a circle
    from underthesea.pipeline.word_tokenize import word_tokenize

    return word_tokenize
