"""The same question as somebody else would have typed or dictated it: what a measure loses by that is its robustness.

Each kind of noise is a pure function of the text (the text seeds its dice), so that two runs measure the same. The
lists are the evaluation's own: taking the reader's shorthand would only show that it reads what it knows.
"""

from __future__ import annotations

import random
import re
import unicodedata
import zlib
from collections.abc import Callable

from bot.text.folding import fold

_WORD = re.compile(r"\w+|\W+")
_SAID = re.compile(r"\d+|[^\W\d_]+")  # "25t" is said as a number and a letter
_SHORTHAND = {
    **{"không": "k", "được": "đc", "gì": "j", "vậy": "v", "rồi": "r", "muốn": "mún", "làm": "lm", "giờ": "h"},
    **{"người": "ng", "vợ": "vk", "chồng": "ck", "mình": "mk", "với": "vs", "biết": "bít", "nhiêu": "nhiu"},
    **{"trước": "trc", "phải": "fải", "những": "nhg", "bạn": "bn", "trong": "trg", "cũng": "cg", "nhưng": "nhg"},
}
_NEIGHBOURS = {
    **{"a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "g": "fh", "h": "gj", "i": "uo", "k": "jl", "l": "k"},
    **{"m": "n", "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et", "s": "ad", "t": "ry", "u": "yi", "v": "cb"},
    **{"x": "zc", "y": "tu"},
}
_TONE_KEYS = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
_SHAPE_KEYS = {"â": "aa", "ê": "ee", "ô": "oo", "ă": "aw", "ơ": "ow", "ư": "uw", "đ": "dd"}
# What a recognizer takes one sound for, where speakers of one region or another do not tell them apart.
_HEARD_AS = (("tr", "ch"), ("ch", "tr"), ("s", "x"), ("x", "s"), ("d", "gi"), ("gi", "d"), ("r", "d"), ("v", "d"))
_TONES_MIXED = str.maketrans("ảẻỉỏủẩểổẳởửãẽĩõũẫễỗẵỡữ", "ãẽĩõũẫễỗẵỡữảẻỉỏủẩểổẳởử")
_FILLERS = ("à", "ờ", "ừm", "thì là", "cái", "kiểu như")
_OPENINGS = ("alo", "a lô cho hỏi", "ờ cho tôi hỏi", "cho mình hỏi với", "")
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def without_diacritics(text: str) -> str:
    """All marks and capitals left out."""
    return fold(text)


def hurried(text: str) -> str:
    """Shorthand, marks left out here and there, and a slip of the finger in about every eighth word."""
    dice = _dice(text)
    return "".join(_hurried_word(word, dice) if word[0].isalpha() else word for word in _WORD.findall(text))


def dictated(text: str) -> str:
    """As speech recognition writes: no punctuation or capitals, numbers in words, fillers, now and then misheard."""
    dice = _dice(text)
    words = [spoken for word in _SAID.findall(text.casefold()) for spoken in _spoken(word)]
    words = [_misheard(word) if dice.random() < 0.06 else word for word in words]
    for _ in range(1 + len(words) // 15):
        words.insert(dice.randrange(len(words) + 1), dice.choice(_FILLERS))
    return " ".join([dice.choice(_OPENINGS), *words]).strip()


NOISES: dict[str, Callable[[str], str]] = {
    "without diacritics": without_diacritics,
    "shorthand and typing errors": hurried,
    "as speech-to-text": dictated,
}


def _dice(text: str) -> random.Random:
    return random.Random(zlib.crc32(text.encode()))


def _hurried_word(word: str, dice: random.Random) -> str:
    short = _SHORTHAND.get(word.casefold())
    if short is not None and dice.random() < 0.6:
        return short
    chance = dice.random()
    if chance < 0.15:
        return fold(word)
    if chance < 0.27 and len(word) > 2:
        return dice.choice((_keys_left, _swapped, _left_out, _doubled, _other_key))(word, dice)
    return word


def _keys_left(word: str, dice: random.Random) -> str:
    """The input method was off: 'giấy' -> 'giaays'."""
    letters, tone = "", ""
    for letter in unicodedata.normalize("NFC", word):
        parts = unicodedata.normalize("NFD", letter)
        tone += "".join(_TONE_KEYS[part] for part in parts if part in _TONE_KEYS)
        bare = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONE_KEYS))
        letters += _SHAPE_KEYS.get(bare, bare)
    return letters + tone


def _swapped(word: str, dice: random.Random) -> str:
    at = dice.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _left_out(word: str, dice: random.Random) -> str:
    at = dice.randrange(len(word))
    return word[:at] + word[at + 1 :]


def _doubled(word: str, dice: random.Random) -> str:
    at = dice.randrange(len(word))
    return word[: at + 1] + word[at:]


def _other_key(word: str, dice: random.Random) -> str:
    at = dice.randrange(len(word))
    return word[:at] + dice.choice(_NEIGHBOURS.get(fold(word[at]), word[at])) + word[at + 1 :]


def _spoken(word: str) -> list[str]:
    if not word.isdecimal():
        return [word]
    number = int(word)
    if number < 10:
        return [_DIGITS[number]]
    if number < 100:
        tens, ones = divmod(number, 10)
        head = ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
        ending = {1: "mốt" if tens > 1 else "một", 5: "lăm"}.get(ones, _DIGITS[ones])
        return [*head, ending] if ones else head
    return [_DIGITS[int(digit)] for digit in word]


def _misheard(word: str) -> str:
    for onset, other in _HEARD_AS:
        if word.startswith(onset):
            return other + word[len(onset) :]
    return word.translate(_TONES_MIXED)
