"""Everyday, regional and former names of things, read as what they stand for: 'bìa đỏ' also says the official words."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"\w+")


class Synonyms:
    """Finds names in a text and gives what each stands for. Case is ignored; whole words only, the longest first."""

    def __init__(self, groups: Iterable[tuple[Iterable[str], str]]) -> None:
        """Take groups of names, each with the official words that they stand for."""
        self._means = {tuple(_WORD.findall(name.casefold())): means for names, means in groups for name in names}
        self._longest = max(map(len, self._means), default=0)

    def __call__(self, text: str) -> tuple[str, ...]:
        """What the names in a text stand for, each once, in their order. A text that says it itself adds nothing."""
        said = text.casefold()
        words = _WORD.findall(said)
        found: list[str] = []
        position = 0
        while position < len(words):
            for length in range(min(self._longest, len(words) - position), 0, -1):
                meant = self._means.get(tuple(words[position : position + length]))
                if meant is not None:
                    if meant.casefold() not in said and meant not in found:
                        found.append(meant)
                    position += length - 1
                    break
            position += 1
        return tuple(found)
