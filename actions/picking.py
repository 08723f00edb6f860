"""Which of the offered procedures a short reply picks: by number, by place, by name."""

from __future__ import annotations

from collections.abc import Sequence

from bot.text.folding import fold, syllables

_NUMBERS = {"mot": 1, "nhat": 1, "hai": 2, "nhi": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5}
_PLACES = {"dau": 0, "tren": 0, "cuoi": -1, "chot": -1, "duoi": -1}
LONGEST_OFFER = 9
_MIDDLE = "giua"
_COUNTED_FROM = "tu tren xuong"
# Words that may stand around a pick and mean nothing by themselves. Any other word makes it no pick but a sentence.
_FILLERS = frozenset(
    """
    a ah ad ay ban cai cho chon co chu cung da di do dong em hang ha hon kia la lay luon minh muc nay nha nhe o oi ok
    phuong an so thoi thu tien toi truong hop u uh vang viec vay y
    """.split()
)


def picked(reply: str, names: Sequence[str]) -> int | None:
    """The position (from 0) that a reply picks among the offered names, or None if it picks none of them."""
    said = fold(reply).strip(" .,!?")
    for position, name in enumerate(names):
        if said == fold(name):
            return position
    place = _position(reply, len(names))
    return place if place is not None and 0 <= place < len(names) else None


def only_picks(reply: str) -> bool:
    """Whether a reply says nothing but a number or a place: without an offer it means no procedure at all."""
    return _position(reply, LONGEST_OFFER) is not None


def _position(reply: str, count: int) -> int | None:
    """The one number or place in a reply that says nothing else."""
    if "đâu" in reply.casefold():
        return None  # "ở đâu" asks where; folded it would read "ở đầu"
    words = syllables(fold(reply).replace(_COUNTED_FROM, ""))
    picks = [word for word in words if word not in _FILLERS]
    if words == ["o", "dau"] or len(set(picks)) != 1:
        return None
    word = picks[0]
    if word.isdecimal():
        return int(word) - 1
    if word in _NUMBERS:
        return _NUMBERS[word] - 1
    if len(words) == 1 and len(word) == 1 and word in "bcde":
        return "abcde".index(word)
    if word == _MIDDLE:
        return count // 2 if count % 2 else None
    return _PLACES[word] % count if word in _PLACES and count else None
