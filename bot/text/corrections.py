"""What a correction says: "không phải hết hạn, thẻ bị mất" is about the loss, not about what it denies."""

from __future__ import annotations

import re

from bot.text.folding import syllables

_DENIED = re.compile(
    r"(?:\b(?:chứ|chu|mà|ma) )?\b(?:không|khong|ko|hông|hong|chả|chẳng) (?:phải|phai|có phải)(?: là| la)?\b"
    r"[^,.;!?]*[,.;!?]*",
    re.IGNORECASE,
)
# What a correction begins with, and what says nothing by itself.
_OPENING = (
    "à ah ủa ý y em tôi toi tui mình minh chị anh cô con nói noi nhầm nham quên quen lộn lon rồi roi là la khoan mà ma"
)
_INTRODUCED = re.compile(rf"^\W*(?:(?:{'|'.join(_OPENING.split())})\b[ ,.]*)+", re.IGNORECASE)
_LEAST = 2  # syllables that still say something


def what_is_meant(correction: str) -> str:
    """A correction without what it denies; the whole of it where nothing else is said.

    >>> what_is_meant("thẻ của tôi mất rồi chứ không phải hết hạn")
    'thẻ của tôi mất rồi'
    """
    rest = _DENIED.sub(" ", correction).strip(" ,.;!?")
    return rest if len(syllables(_INTRODUCED.sub("", rest))) >= _LEAST else correction
