"""One spelling for one syllable: composed letters, tone marks in one place, nothing invisible."""

from __future__ import annotations

import re
import unicodedata

# Joiners, direction marks, soft hyphens, variation selectors: they change how text looks or hides, never what it says.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# Pictographs, dingbats and flags.
_PICTURES = re.compile(r"[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff]+")
_SPACES = re.compile(r"[^\S\n]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_ROMAN = re.compile(r"[IVXLCDM]+")
_CONSONANTS = frozenset("bcdđghklmnpqrstvx")
_REPEATED = re.compile(r"([^\W\d_])\1{2,}", re.IGNORECASE)

_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
# "hoà" and "hòa" are one word: with oa, oe, uy at the end of a syllable the mark goes on the first vowel, as most
# keyboards and the listing write it. "quý" stays: there the u belongs to the consonant.
_OLD_STYLE = re.compile(r"(?<![qQ])([oO])([aAeE])|(?<![qQ])([uU])([yY])")


def clean(text: str) -> str:
    """NFC, no invisible or control characters, single spaces, tone marks where the listing puts them.

    >>> clean("hoà\\u200b  giải")
    'hòa giải'
    """
    # Invisible letters first: one may stand between a letter and its mark.
    text = unicodedata.normalize("NFC", _CONTROL.sub(" ", _INVISIBLE.sub("", text)))
    text = _SPACES.sub(" ", text).strip()
    return _LETTERS.sub(lambda word: _place_tone(word[0]), text)


def without_pictures(text: str) -> str:
    """'ở đâu 🙏🙏' -> 'ở đâu': pictures say nothing about papers, and make the encoder see another sentence."""
    return _SPACES.sub(" ", _PICTURES.sub(" ", text)).strip()


def squeeze(text: str) -> str:
    """Shorten letters that were held down: 'ơiiii' -> 'ơi', 'khônggg' -> 'không'. 'cấp III' and 'cccd' stay."""
    return _LETTERS.sub(lambda word: word[0] if _ROMAN.fullmatch(word[0]) else _squeeze_word(word[0]), text)


def _squeeze_word(word: str) -> str:
    """A finger rests on the last letter or on a vowel; a word that begins with the same consonants is shorthand."""
    run = _REPEATED.match(word)
    start = run.end() if run and run.end() < len(word) and run[1].casefold() in _CONSONANTS else 0
    return word[:start] + _REPEATED.sub(r"\1", word[start:])


def _place_tone(word: str) -> str:
    if not _is_old_style(word):
        return word
    decomposed = unicodedata.normalize("NFD", word)
    tone = next(mark for mark in decomposed if mark in _TONES)
    bare = unicodedata.normalize("NFC", "".join(mark for mark in decomposed if mark != tone))
    match = next(iter(_OLD_STYLE.finditer(bare)), None)
    if match is None or match.end() < len(bare):
        return word
    at = match.start()
    return unicodedata.normalize("NFC", bare[: at + 1] + tone + bare[at + 1 :])


def _is_old_style(word: str) -> bool:
    return any(letter in "àáảãạèéẻẽẹỳýỷỹỵÀÁẢÃẠÈÉẺẼẸỲÝỶỸỴ" for letter in word)
