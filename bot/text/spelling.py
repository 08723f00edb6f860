"""Slips of the finger mended: keys left undone, marks missing or wrong, letters swapped, doubled or left out.

A noisy channel: each word that is no syllable anybody uses has readings, each with a cost, and the syllables around it
decide. Words that are in use stay, except where others show that the typist's marks cannot be trusted.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence

from bot.text import telex
from bot.text.folding import fold, has_diacritics
from bot.text.restoration import Restorer

# Costs in the unit of the restorer's log probabilities; chosen on the open development questions.
KEYS_UNDONE, OTHER_MARKS, ONE_SLIP = 1.0, 2.0, 6.0
# A syllable in use may still lack its marks, or carry wrong ones, where others do.
MARKS_MISSING, MARKS_WRONG = 4.0, 7.0
SHORTEST = 3  # of two letters nearly everything is one slip away
_VOWELS = frozenset("aeiouy")


class Speller:
    """Mends a text's syllables with what the restorer has learnt of usage."""

    def __init__(self, restorer: Restorer) -> None:
        self._restorer = restorer
        # Two words are one slip apart if leaving out one letter of each, or of one, makes them the same.
        self._nearly: defaultdict[str, set[str]] = defaultdict(set)
        # Shorthand ("dc", "hkd") is near everything, and nothing is a slip of it.
        for syllable in {fold(word) for word in restorer.known if word.isalpha() and _VOWELS & set(fold(word))}:
            for form in _with_a_letter_less(syllable):
                self._nearly[form].add(syllable)

    def __call__(self, words: Sequence[str], *, bare: bool, fixed: Sequence[bool]) -> list[str]:
        """Mend syllables in lower case; `bare` if all marks were left out, `fixed` for those that are context only."""
        strange = [not is_fixed and self._is_strange(word, bare) for word, is_fixed in zip(words, fixed)]
        if not bare and not any(strange):
            return list(words)
        return self._restorer.likeliest(
            [
                [(word, 0.0)] if is_fixed else list(self._readings(word, is_strange, bare))
                for word, is_strange, is_fixed in zip(words, strange, fixed)
            ]
        )

    def _is_strange(self, word: str, bare: bool) -> bool:
        if not word.isalpha() or len(word) < 2:
            return False
        return not self._restorer.marked(word) if bare else word not in self._restorer.known

    def _readings(self, word: str, is_strange: bool, bare: bool) -> Iterator[tuple[str, float]]:
        marked = [other for other in self._restorer.marked(word) if other in self._restorer.known and other != word]
        if not is_strange:
            yield word, 0.0
            if word.isalpha():
                cost = 0.0 if bare else MARKS_WRONG if has_diacritics(word) else MARKS_MISSING
                yield from ((other, cost) for other in marked)
            return
        yield word, 0.0
        yield from ((other, OTHER_MARKS) for other in marked)
        for form in (telex.decode(word), *telex.as_chatted(word)):
            if form is not None:
                yield from ((other, KEYS_UNDONE) for other in self._meant(form))
        if len(word) >= SHORTEST:
            marks = _marks(word)
            for form in self._one_slip_away(fold(word)):
                for other in self._restorer.marked(form):
                    if other in self._restorer.known:
                        yield other, ONE_SLIP + (0.0 if bare or _marks(other) == marks else OTHER_MARKS)

    def _meant(self, form: str) -> list[str]:
        """The syllables in use that a form stands for: itself, or itself with marks if it has none."""
        if has_diacritics(form):
            return [form] if form in self._restorer.known else []
        return [other for other in self._restorer.marked(form) if other in self._restorer.known]

    def _one_slip_away(self, word: str) -> set[str]:
        """Syllables reached by one letter more, less, other, or two swapped."""
        near: set[str] = set()
        for form in _with_a_letter_less(word):
            near |= self._nearly.get(form, set())
        return {other for other in near if other != word and _is_one_slip(word, other)}


def _marks(word: str) -> list[str]:
    """The marks of a syllable, in order: 'đường' has three."""
    decomposed = unicodedata.normalize("NFD", word.replace("đ", "d\u0335"))
    return [letter for letter in decomposed if unicodedata.combining(letter)]


def _with_a_letter_less(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def _is_one_slip(word: str, other: str) -> bool:
    """Whether the two differ by one letter more, less or other, or by two neighbours swapped."""
    if abs(len(word) - len(other)) == 1:
        return True  # they share a form with a letter less: one of them is that form
    differing = [at for at, (one, two) in enumerate(zip(word, other)) if one != two]
    if len(differing) == 1:
        return True
    return (
        len(differing) == 2
        and differing[1] == differing[0] + 1
        and word[differing[0]] == other[differing[1]]
        and (word[differing[1]] == other[differing[0]])
    )
