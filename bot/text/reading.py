"""How a message is read: what was typed, what it was taken to say, and every change between the two."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.text.folding import has_diacritics, syllables
from bot.text.numbers import write_numbers
from bot.text.restoration import Restorer, is_bare
from bot.text.segmentation import Segmenter
from bot.text.shorthand import Shorthand
from bot.text.spelling import Speller
from bot.text.synonyms import Synonyms
from bot.text.unicode import clean, squeeze, without_pictures

# Restored text less likely than this has 13 % of its syllables wrong (elsewhere 4 %, on the open questions); then words
# would be put together from wrong syllables, and the syllables alone say more.
UNSURE = -6.0
_TOKEN = re.compile(r"\w+|\W+")


@dataclass(frozen=True)
class Reading:
    """One message: as typed, and as read. `changes` holds each (typed, read) pair that differs.

    `meant` is what everyday names in it stand for; its words count beside those of the text.
    """

    typed: str
    text: str
    words: tuple[str, ...]
    restored: bool
    changes: tuple[tuple[str, str], ...]
    meant: tuple[str, ...] = ()


class Mend(Protocol):
    """Gives each syllable as it was meant; see `Speller`."""

    def __call__(self, words: Sequence[str], *, bare: bool, fixed: Sequence[bool]) -> list[str]: ...


class Reader:
    """Cleans, writes out shorthand, restores diacritics and segments: the one door for what people type."""

    def __init__(
        self, *, shorthand: Shorthand, restorer: Restorer, segmenter: Segmenter, synonyms: Synonyms | None = None
    ) -> None:
        self._shorthand, self._restorer, self._segmenter = shorthand, restorer, segmenter
        self._mend_words: Mend = Speller(restorer)
        self._synonyms = synonyms or Synonyms(())

    def without(
        self, *, mending: bool = False, restoring: bool = False, synonyms: bool = False, shorthand: bool = False
    ) -> Reader:
        """The same reader with parts taken away, to measure what they add."""
        other = copy.copy(self)
        if mending:
            other._mend_words = self._restore
        if restoring:
            other._mend_words = lambda words, *, bare, fixed: list(words)
        if synonyms:
            other._synonyms = Synonyms(())
        if shorthand:
            other._shorthand = Shorthand({})
        return other

    def _restore(self, words: Sequence[str], *, bare: bool, fixed: Sequence[bool]) -> list[str]:
        return self._restorer(list(words), fixed=list(fixed)) if bare else list(words)

    def __call__(self, typed: str) -> Reading:
        """Read one message."""
        cleaned = squeeze(without_pictures(clean(typed)))
        if cleaned.isupper():  # caps lock says nothing, and the encoder would read other words
            cleaned = cleaned.lower()
        bare = is_bare(_words(cleaned))
        text, changes = self._shorthand(cleaned)
        text, mended = self._mend(text, bare)
        changes += mended
        text, numbers = write_numbers(text)
        changes += numbers
        meant = self._synonyms(text)
        words = [*self._words(text, bare), *(word for name in meant for word in self._segmenter(name))]
        return Reading(typed=typed, text=text, words=tuple(words), restored=bare, changes=tuple(changes), meant=meant)

    def _words(self, text: str, restored: bool) -> list[str]:
        """Segmented words; plain syllables where restoring was unsure."""
        spoken = [syllable for syllable in syllables(text) if any(map(str.isalnum, syllable))]
        if restored and self._restorer.likelihood(spoken) < UNSURE:
            return spoken
        return self._segmenter(text)

    def _mend(self, text: str, bare: bool) -> tuple[str, list[tuple[str, str]]]:
        tokens = _TOKEN.findall(text)
        places = [index for index, token in enumerate(tokens) if token[0].isalnum()]
        words = [tokens[index].casefold() for index in places]
        # A capital within a sentence begins a name; where marks were left out, so were most capitals.
        names = [not bare and index > 0 and tokens[index][0].isupper() for index in places]
        fixed = [
            is_name or not word.isalpha() or (bare and has_diacritics(word)) for word, is_name in zip(words, names)
        ]
        changes = []
        for index, word, meant in zip(places, words, self._mend_words(words, bare=bare, fixed=fixed)):
            if meant != word:
                changes.append((tokens[index], meant))
                tokens[index] = meant
        return "".join(tokens), changes


def _words(text: str) -> list[str]:
    return [token.casefold() for token in _TOKEN.findall(text) if token[0].isalnum()]
