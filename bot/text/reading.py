"""How a message is read: what was typed, what it was taken to say, and every change between the two."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.text.folding import has_diacritics, syllables
from bot.text.numbers import write_numbers
from bot.text.restoration import Restorer, is_bare
from bot.text.segmentation import Segmenter
from bot.text.shorthand import Shorthand
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


class Reader:
    """Cleans, writes out shorthand, restores diacritics and segments: the one door for what people type."""

    def __init__(
        self, *, shorthand: Shorthand, restorer: Restorer, segmenter: Segmenter, synonyms: Synonyms | None = None
    ) -> None:
        self._shorthand, self._restorer, self._segmenter = shorthand, restorer, segmenter
        self._synonyms = synonyms or Synonyms(())

    def __call__(self, typed: str) -> Reading:
        """Read one message."""
        cleaned = squeeze(without_pictures(clean(typed)))
        if cleaned.isupper():  # caps lock says nothing, and the encoder would read other words
            cleaned = cleaned.lower()
        bare = is_bare(_words(cleaned))
        text, changes = self._shorthand(cleaned)
        if bare:
            text, restored = self._restore(text)
            changes += restored
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

    def _restore(self, text: str) -> tuple[str, list[tuple[str, str]]]:
        tokens = _TOKEN.findall(text)
        places = [index for index, token in enumerate(tokens) if token[0].isalnum()]
        words = [tokens[index].casefold() for index in places]
        restored = self._restorer(words, fixed=[has_diacritics(word) or not word.isalpha() for word in words])
        changes = []
        for index, word, meant in zip(places, words, restored):
            if meant != word:
                changes.append((tokens[index], meant))
                tokens[index] = meant
        return "".join(tokens), changes


def _words(text: str) -> list[str]:
    return [token.casefold() for token in _TOKEN.findall(text) if token[0].isalnum()]
