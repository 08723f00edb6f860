"""The procedures of the listing, as somebody names one in a form: by code or by name."""

from __future__ import annotations

import re

from bot.knowledge.listing import Listing
from bot.text.folding import fold, syllables
from bot.text.unicode import clean
from bot.web.pages.listing.word_match import WordMatch

MOST_SUGGESTED = 8
_CODE = re.compile(r"\d\.\d{6}")


class Procedures:
    """All procedures of one version."""

    def __init__(self, listing: Listing) -> None:
        self.names = listing.names
        self.fields = {
            **{code: brief.field for code, brief in listing.briefs.items()},
            **{procedure.code: listing.fields[procedure.field] for procedure in listing},
        }
        self._match = WordMatch(listing)
        self._by_name: dict[str, list[str]] = {}
        for code, name in self.names.items():
            self._by_name.setdefault(_key(name), []).append(code)

    def choices(self) -> list[str]:
        """All as a field offers them."""
        return sorted(map(self.shown, self.names), key=fold)

    def shown(self, code: str) -> str:
        """What stands in a field for a code: "Đăng ký khai sinh (1.001193)"."""
        return f"{self.names[code]} ({code})" if code in self.names else code

    def named(self, typed: str) -> str:
        """The code of what somebody typed: a code, a name, or both. Raises LookupError unless it is exactly one."""
        if codes := [code for code in _CODE.findall(typed) if code in self.names]:
            return codes[-1]
        found = self._by_name.get(_key(typed), [])
        if len(found) != 1:
            raise LookupError(typed)
        return found[0]

    def like(self, typed: str) -> list[str]:
        """Codes that may be meant, best first."""
        same = self._by_name.get(_key(typed), [])
        return [*same, *(code for code in self._match(clean(typed)) if code not in same)][:MOST_SUGGESTED]


def _key(name: str) -> str:
    return " ".join(syllables(fold(clean(name))))
