"""Sentences taken to pieces: numbers to call and addresses to open, which a page makes links, and what is between."""

from __future__ import annotations

import re
from dataclasses import dataclass

_URL = r"(?P<url>https://[^\s<>\"“”]*[^\s<>\"“”.,;:!?)\]])"
_PHONE = r"(?:\+84|0)(?:[ .-]?\d){8,10}|1[89]00(?:[ .]?\d){4,6}"
_EMERGENCY = r"11[1-5]"  # children, rescue, police, fire, ambulance
_LINK = re.compile(rf"{_URL}|(?<![\d.,/-])(?P<phone>{_PHONE})(?![ .-]?\d)")
_LINK_IN_EMERGENCY = re.compile(rf"{_URL}|(?<![\d.,/-])(?P<phone>{_PHONE}|{_EMERGENCY})(?![ .-]?\d)")


@dataclass(frozen=True)
class Piece:
    """A part of a sentence; `kind` is url, phone or nothing."""

    text: str
    kind: str = ""


def pieces(text: str, *, emergency: bool = False) -> list[Piece]:
    """The sentence in order. Three digits are a number to call only where somebody is in danger.

    >>> [piece.kind for piece in pieces("Gọi 0900 000 000 hoặc xem https://dichvucong.gov.vn.")]
    ['', 'phone', '', 'url', '']
    """
    found_in, end = [], 0
    for found in (_LINK_IN_EMERGENCY if emergency else _LINK).finditer(text):
        found_in += [Piece(text[end : found.start()]), Piece(found[0], found.lastgroup or "")]
        end = found.end()
    return [piece for piece in (*found_in, Piece(text[end:])) if piece.text]
