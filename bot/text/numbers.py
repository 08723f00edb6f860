"""Numbers in words, where they tell who it is about: a class at school, an age."""

from __future__ import annotations

import re

_ONES = {
    **{"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9},
    **{"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5, "bẩy": 7},
}
_ONE = "|".join(_ONES)
# "bảy mươi lăm", "bảy chục", "mười tám", "bảy lăm", "bảy"; two bare digits side by side are a guess: "hai ba tuổi".
_NUMBER = rf"(?<!\w)(?:(?:{_ONE}) (?:mươi|chục)(?: (?:{_ONE}))?|mười(?: (?:{_ONE}))?|(?:{_ONE})(?: (?:{_ONE}))?)(?!\w)"
_TOLD = re.compile(rf"(?<=lớp ){_NUMBER}|{_NUMBER}(?= tuổi\b)", re.IGNORECASE)
_ENDS = frozenset({"mốt", "tư", "lăm", "nhăm"})


def write_numbers(text: str) -> tuple[str, list[tuple[str, str]]]:
    """'con học lớp hai' -> 'con học lớp 2', with each (typed, meant); the text must have its diacritics."""
    changes: list[tuple[str, str]] = []

    def written(match: re.Match[str]) -> str:
        value = _value(match[0].casefold().split())
        if value is None:
            return match[0]
        changes.append((match[0], str(value)))
        return str(value)

    return _TOLD.sub(written, text), changes


def _value(words: list[str]) -> int | None:
    """The number, or None for two digits side by side that may be "two or three"."""
    *tens, last = words
    if last in ("mươi", "chục", "mười"):
        return 10 * (_ONES[tens[0]] if tens else 1)
    if not tens:
        return _ONES[last]
    if len(tens) == 1 and tens[0] != "mười":
        return 10 * _ONES[tens[0]] + _ONES[last] if last in _ENDS else None
    return 10 * (1 if tens[0] == "mười" else _ONES[tens[0]]) + _ONES[last]
