"""Looking for a procedure in the listing: by the assistant's search, or by plain words while that rests."""

from __future__ import annotations

from dataclasses import dataclass

from bot.knowledge.listing import Listing
from bot.text.privacy import mask
from bot.text.unicode import clean
from bot.web.context import Context
from bot.web.pages.listing.ways import channels_of, ways_text
from bot.web.pages.listing.word_match import WordMatch
from bot.web.per_version import PerVersion
from bot.web.search import SearchUnavailable

LONGEST_QUESTION = 200  # characters
NEAREST = 3  # offered where nothing fits


@dataclass(frozen=True)
class Result:
    """One procedure found: where to, and a line on what it is."""

    code: str
    name: str
    line: str
    ways: str


@dataclass(frozen=True)
class Looked:
    """What a question came to: whether anything fits, what, best first, and whether only words were compared."""

    question: str
    fits: bool
    results: tuple[Result, ...]
    by_words: bool = False


class Looker:
    """Looks for procedures; the words for when the search rests are read once a version."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._words = PerVersion(context, lambda version: WordMatch(version.listing))

    async def __call__(self, question: str) -> Looked:
        """What fits a question; of a longer one only the beginning is read."""
        question = clean(question[:LONGEST_QUESTION])
        try:
            hits = await self._context.search.find(mask(question))
        except SearchUnavailable:
            found = self._results(self._words()(question))
            return Looked(question, bool(found), found, by_words=True)
        found = self._results(hits.codes)
        fits = hits.decision != "unknown" and bool(found)
        return Looked(question, fits, found if fits else found[:NEAREST])

    def _results(self, codes: tuple[str, ...]) -> tuple[Result, ...]:
        listing = self._context.listing
        return tuple(result_of(code, listing) for code in codes if code in listing.names)


def result_of(code: str, listing: Listing) -> Result:
    """A procedure as a line of results. Raises KeyError for a code that the listing doesn't know."""
    if code in listing:
        procedure = listing[code]
        first_sentence = procedure.summary.split(". ")[0].rstrip(".") + "."
        return Result(code, procedure.name, first_sentence, ways_text(channels_of(procedure)))
    brief = listing.briefs[code]
    line = f"Lĩnh vực {brief.field}. Tôi mới biết vài thông tin ngắn về việc này."
    return Result(code, brief.name, line, ways_text(brief.times) if brief.times else "")
