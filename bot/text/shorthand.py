"""Common shorthand written out: 'lm gks ntn' -> 'làm giấy khai sinh như thế nào'."""

from __future__ import annotations

import re
from collections.abc import Mapping

_TOKEN = re.compile(r"\w+|\W+")
LONGEST_PHRASE = 3


class Shorthand:
    """Replaces whole words and short phrases by what they stand for. Case is ignored."""

    def __init__(self, entries: Mapping[str, str]) -> None:
        self._entries = {key.casefold(): value for key, value in entries.items()}

    def __call__(self, text: str) -> tuple[str, list[tuple[str, str]]]:
        """Return the text written out, and each (typed, meant)."""
        tokens = _TOKEN.findall(_split_hours(text))
        words = [index for index, token in enumerate(tokens) if token[0].isalnum()]
        changes: list[tuple[str, str]] = []
        position = 0
        while position < len(words):
            position += self._replace(tokens, words, position, changes)
        return "".join(tokens), changes

    def _replace(self, tokens: list[str], words: list[int], position: int, changes: list[tuple[str, str]]) -> int:
        for length in range(min(LONGEST_PHRASE, len(words) - position), 0, -1):
            first, last = words[position], words[position + length - 1]
            typed = "".join(tokens[first : last + 1])
            meant = self._entries.get(typed.casefold())
            if meant is not None:
                tokens[first] = meant
                tokens[first + 1 : last + 1] = [""] * (last - first)
                changes.append((typed, meant))
                return length
        return 1


def _split_hours(text: str) -> str:
    return re.sub(r"\b(\d{1,2})h(\d{2})?\b", lambda match: f"{match[1]} giờ {match[2] or ''}".rstrip(), text)
