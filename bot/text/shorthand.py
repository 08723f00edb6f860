"""Common shorthand written out: 'lm gks ntn' -> 'làm giấy khai sinh như thế nào'."""

from __future__ import annotations

import re
from collections.abc import Mapping

_TOKEN = re.compile(r"\w+|\W+")
_HOUR = re.compile(r"\b(\d{1,2})h(\d{2})?\b", re.IGNORECASE)
LONGEST_PHRASE = 5


class Shorthand:
    """Replaces whole words and short phrases by what they stand for. Case is ignored."""

    def __init__(self, entries: Mapping[str, str]) -> None:
        self._entries = {key.casefold(): value for key, value in entries.items()}

    def __call__(self, text: str) -> tuple[str, list[tuple[str, str]]]:
        """Return the text written out, and each (typed, meant)."""
        text, changes = _write_out_hours(text)
        tokens = _TOKEN.findall(text)
        words = [index for index, token in enumerate(tokens) if token[0].isalnum()]
        position = 0
        while position < len(words):
            position += self._replace(tokens, words, position, changes)
        return "".join(tokens), changes

    def _replace(self, tokens: list[str], words: list[int], position: int, changes: list[tuple[str, str]]) -> int:
        for length in range(min(LONGEST_PHRASE, len(words) - position), 0, -1):
            first, last = words[position], words[position + length - 1]
            if _in_a_number(tokens, first, last):
                continue
            typed = "".join(tokens[first : last + 1])
            meant = self._entries.get(typed.casefold())
            if meant is not None:
                tokens[first] = meant
                tokens[first + 1 : last + 1] = [""] * (last - first)
                changes.append((typed, meant))
                return length
        return 1


def _in_a_number(tokens: list[str], first: int, last: int) -> bool:
    """Whether the words are part of a law's number or the like: "85/2019/TT-BTC"."""
    before, after = tokens[first - 1] if first else "", tokens[last + 1] if last + 1 < len(tokens) else ""
    return before.endswith(("/", "-")) or after.startswith(("/", "-"))


def _write_out_hours(text: str) -> tuple[str, list[tuple[str, str]]]:
    """'7h30' -> '7 giờ 30', with each (typed, meant)."""
    changes = [(match[0], f"{match[1]} giờ {match[2] or ''}".rstrip()) for match in _HOUR.finditer(text)]
    meant = iter(changes)
    return _HOUR.sub(lambda match: next(meant)[1], text), changes
