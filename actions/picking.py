"""Which of the offered procedures a short reply picks: by number, by place, by name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.text.folding import fold

_NUMBERS = {"mot": 1, "nhat": 1, "hai": 2, "nhi": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5}
_FIRST = re.compile(r"\b(dau|dau tien|tren cung|tren)\b")
_LAST = re.compile(r"\b(cuoi|cuoi cung|chot|duoi cung|duoi)\b")
_MIDDLE = re.compile(r"\bgiua\b")
_NUMBER = re.compile(r"\b(?:so|thu|cai|chon|y|muc|dong|viec|truong hop|phuong an)?\s*(\d|mot|nhat|hai|ba|bon|tu|nam)\b")


def picked(reply: str, names: Sequence[str]) -> int | None:
    """The position (from 0) that a reply picks among the offered names, or None if it picks none of them."""
    said = fold(reply).strip(" .,!?")
    for position, name in enumerate(names):
        if said == fold(name):
            return position
    place = _position(said, len(names))
    return place if place is not None and 0 <= place < len(names) else None


def _position(said: str, count: int) -> int | None:
    if match := _NUMBER.search(said):
        word = match[1]
        return (int(word) if word.isdigit() else _NUMBERS[word]) - 1
    if len(said) == 1 and said in "abcde":
        return "abcde".index(said)
    if _LAST.search(said):
        return count - 1
    if _MIDDLE.search(said):
        return count // 2 if count % 2 else None
    return 0 if _FIRST.search(said) else None
