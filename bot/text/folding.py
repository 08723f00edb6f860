"""Text without its diacritics, as many people type it."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"\w+")


def fold(text: str) -> str:
    """Drop every diacritic and the case: 'Đăng ký' -> 'dang ky'."""
    decomposed = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark))


def syllables(text: str) -> list[str]:
    """The syllables and numbers of a text, in lower case, punctuation left out."""
    return _WORD.findall(text.casefold())


def has_diacritics(text: str) -> bool:
    """Whether any letter of the text carries a mark (or is đ)."""
    return fold(text) != text.casefold()
