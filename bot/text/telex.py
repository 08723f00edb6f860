"""Keys of the Telex layout that an input method left undone: 'giaasy' -> 'giấy', 'ddawng' -> 'đăng'."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_SHAPES = {"aa": "â", "ee": "ê", "oo": "ô", "aw": "ă", "ow": "ơ", "uw": "ư", "dd": "đ"}
_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_VOWELS = "aăâeêioôơuưy"
# Onset, vowels and coda of a syllable once tone keys are taken out.
_SYLLABLE = re.compile(
    rf"(?P<onset>ngh|ng|nh|gh|gi(?=[{_VOWELS}])|qu(?=[{_VOWELS}])|kh|ph|th|tr|ch|[bcdđghklmnpqrstvx])?"
    rf"(?P<vowels>[{_VOWELS}]{{1,3}})(?P<coda>ng|nh|ch|[ckmnpt])?"  # k ends names of the highlands: Đắk Lắk
)
_NUCLEI = frozenset(
    """
    a ă â e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iê iu oa oă oe oi ôi ơi oo ua uâ uê ui uô uơ uy ưa ưi ươ ưu yê
    iêu yêu oai oao oay oeo uây uôi uya uyê uyu uêu ươi ươu
    """.split()
)
# One horn is typed for two, unless nothing follows: "nuwocs", "nuowcs" are "nước", but "thuowr" is "thuở".
_ONE_HORN = re.compile(r"(?:uơ|ưo)(?=[sfrxj]?[cimnptu])")


def decode(word: str) -> str | None:
    """The syllable that the keys spell, or None if they spell none or leave nothing undone. Lower case in and out.

    >>> decode("giaasy"), decode("phari"), decode("hojc"), decode("nha")
    ('giấy', 'phải', 'học', None)
    """
    letters, tones = _without_tone(word)
    shaped = letters
    for keys, letter in _SHAPES.items():
        shaped = _shape(shaped, keys, letter)
    shaped = _ONE_HORN.sub("ươ", shaped.replace("w", "ư"))
    # A tone key stands after the vowel, anywhere up to the end.
    found = re.search(rf"(?<=[{_VOWELS}])(?P<before>[{_VOWELS}]*(?:ng|nh|ch|[cmnpt])?)(?P<key>[sfrxj])", shaped)
    if found:
        tones.append(_TONES[found["key"]])
        shaped = shaped[: found.start("key")] + shaped[found.end("key") :]
    match = _SYLLABLE.fullmatch(shaped)
    if match is None or match["vowels"] not in _NUCLEI or len(tones) > 1 or (not found and shaped == letters):
        return None
    return (match["onset"] or "") + _toned(match["vowels"], bool(match["coda"]), tones) + (match["coda"] or "")


def is_syllable(word: str) -> bool:
    """Whether a word in lower case is built like a Vietnamese syllable, its tone on the right vowel.

    >>> is_syllable("người"), is_syllable("ngừoi"), is_syllable("zalo")
    (True, False, False)
    """
    letters, tones = _without_tone(word)
    match = _SYLLABLE.fullmatch(letters)
    if match is None or match["vowels"] not in _NUCLEI or len(tones) > 1:
        return False
    return (match["onset"] or "") + _toned(match["vowels"], bool(match["coda"]), tones) + (match["coda"] or "") == word


def _shape(text: str, keys: str, letter: str) -> str:
    """Apply a shape key right behind its letter, or at the end of the syllable ('dangd', 'giaya')."""
    if keys in text:
        return text.replace(keys, letter, 1)
    base, key = keys[0], keys[1]
    at = text.find(base)
    behind = text[at + 1 :] if at >= 0 else ""
    if (key == "w" and "w" in behind) or (len(behind) > 1 and base == key and key in "aeod" and behind.endswith(key)):
        place = behind.index(key) if key == "w" else len(behind) - 1
        return text[:at] + letter + behind[:place] + behind[place + 1 :]
    return text


def _without_tone(word: str) -> tuple[str, list[str]]:
    decomposed = unicodedata.normalize("NFD", word)
    tones = [mark for mark in decomposed if mark in _TONES.values()]
    return unicodedata.normalize("NFC", "".join(mark for mark in decomposed if mark not in _TONES.values())), tones


def _toned(vowels: str, closed: bool, tones: list[str]) -> str:
    """Put the tone on the vowel that carries it: a shaped one, the last of a closed syllable, else the last but one."""
    if not tones:
        return vowels
    shaped = [place for place, vowel in enumerate(vowels) if vowel in "ăâêôơư"]
    at = shaped[-1] if shaped else len(vowels) - 1 if closed or len(vowels) == 1 else len(vowels) - 2
    return unicodedata.normalize("NFC", vowels[: at + 1] + tones[0] + vowels[at + 1 :])


def as_chatted(word: str) -> Iterator[str]:
    """Onsets as the young spell them: 'fải' is 'phải', 'zậy' is 'dậy' or 'vậy'."""
    for onset, meant in (("f", "ph"), ("z", "d"), ("z", "v"), ("z", "gi"), ("j", "gi"), ("w", "qu")):
        if word.startswith(onset):
            yield meant + word[1:]
