"""The number of what a citizen has sent to the ward, as "CH-4K7-M2P": how it is made up, and found in a message."""

from __future__ import annotations

import re

# By what was sent: a question (câu hỏi), a complaint (phản ánh), feedback (góp ý).
PREFIXES = {"question": "CH", "complaint": "PA", "feedback": "GY"}
DIGITS = "23456789"
# Nothing that is heard or read as something else (0 O 1 I L), and nothing that a Vietnamese keyboard turns into another
# letter on the way: vowels take tone marks, "dd" is đ, "w" is ư.
LETTERS = "BCFGHJKMNPQRSTVXZ"

_BETWEEN = r"[\s._\-\u2010-\u2015\u2212]"
# Each half mixes digits and letters: no word ("ch con xin"), amount or code looks like that. Any letter or digit is
# let through, so that somebody who misread one hears that there is no such number.
_HALF = r"(?=[A-Za-z]{0,2}[0-9])(?=[0-9]{0,2}[A-Za-z])[0-9A-Za-z]{3}"
_PREFIX = r"[Cc][Hh]|[Pp][Aa]|[Gg][Yy]"
_COMPACT = re.compile(rf"({_PREFIX})({_HALF})({_HALF})")
_IN_MESSAGE = re.compile(
    rf"(?<!\w)(?<!\w[./-])(?:{_PREFIX}){_BETWEEN}{{0,3}}{_HALF}{_BETWEEN}{{0,3}}{_HALF}(?!\w)(?![/-]\w)(?!\.\d)"
)


def as_number(text: str) -> str | None:
    """A number as we write it, however it was typed: " ch 4k7m 2p" -> "CH-4K7-M2P"; None if it is none."""
    match = _COMPACT.fullmatch(re.sub(_BETWEEN, "", text))
    return "-".join(match.groups()).upper() if match else None


def number_in(message: str) -> str | None:
    """The first number that a message names, as we write it: "câu ch4k7 m2p tới đâu rồi" -> "CH-4K7-M2P"."""
    match = _IN_MESSAGE.search(message)
    return as_number(match[0]) if match else None
