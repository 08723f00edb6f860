"""Pictures in a message say nothing about papers, and would make the encoder read another sentence."""

from __future__ import annotations

import re

# Pictographs, dingbats, flags, and what joins or colours them.
_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d]+")


def without_emoji(text: str) -> str:
    """The text without pictures: 'ở đâu 🙏🙏' -> 'ở đâu'."""
    return _EMOJI.sub(" ", text).strip()
