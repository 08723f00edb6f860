"""Questions that the assistant was taught with: as golden questions they prove little."""

from __future__ import annotations

from bot.knowledge.listing import Listing
from bot.text.folding import syllables
from bot.text.unicode import clean


class Examples:
    """The names, other names and example questions of all records of one version."""

    def __init__(self, listing: Listing) -> None:
        self._codes = {
            _key(text): procedure.code
            for procedure in listing
            for text in (procedure.name, procedure.official_name, *procedure.aliases, *procedure.questions)
        }

    def code_of(self, question: str) -> str:
        """The procedure that was taught with this very question; empty if none was. Case and punctuation are nothing
        to go by, but without its diacritics it is another question."""
        return self._codes.get(_key(question), "")


def _key(text: str) -> str:
    return " ".join(syllables(clean(text)))
