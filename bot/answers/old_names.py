"""A remark where somebody uses a name that no longer holds: 'KT3', 'sổ hộ khẩu', 'chứng minh nhân dân'."""

from __future__ import annotations

from collections.abc import Sequence

from bot.knowledge.words import OldName
from bot.text.folding import fold, syllables

MOST_REMARKS = 1


def remarks(message: str, old_names: Sequence[OldName]) -> list[str]:
    """What to say about old names in a message, with or without diacritics: at most one, the first that applies."""
    said = f" {' '.join(syllables(fold(message)))} "
    found = [old.today for old in old_names if any(f" {' '.join(syllables(fold(name)))} " in said for name in old.said)]
    return found[:MOST_REMARKS]
