"""The procedures that came near, as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from bot.knowledge.listing import Listing
from bot.web.desk.trying.names import LEGS, PASSAGES
from bot.web.pages.listing.addresses import page_of

NEARLY = 0.5  # points below the bound: so near that another word would have been enough
NEARLY_FITS = 0.5  # of the least chance that anything fits


class State(str, Enum):
    """What became of a candidate."""

    taken = "taken"  # answered with, or offered
    near = "near"  # just missed
    behind = "behind"


@dataclass(frozen=True)
class Match:
    """The text of a record that was most like the message, by one leg; `kind` says what text it is."""

    leg: str
    kind: str
    text: str
    score: float


@dataclass(frozen=True)
class Row:
    """A candidate: `behind` is how far it is behind the best, `missing` how much it lacks to be offered, and `legs` its
    score by leg in the order of `LEGS` (None where a leg has none)."""

    code: str
    name: str
    page: str
    state: State
    score: float
    behind: float
    missing: float
    legs: tuple[float | None, ...]
    matches: tuple[Match, ...]


def rows_of(explained: Mapping[str, Any], listing: Listing) -> Iterator[Row]:
    """Best first."""
    offered, bound = explained["offered"], explained["bounds"]["close"]
    for seen in explained["candidates"]:
        code, behind = seen["code"], seen["behind"]
        missing = 0.0 if code in offered else max(0.0, behind - bound)
        yield Row(
            code=code,
            name=listing.names.get(code, code),
            page=page_of(code) if code in listing else "",
            state=_state(explained, code in offered, missing),
            score=seen["score"],
            behind=behind,
            missing=missing,
            legs=tuple(seen["legs"].get(leg) for leg in LEGS),
            matches=tuple(_match(match) for match in seen["matches"]),
        )


def _state(explained: Mapping[str, Any], is_offered: bool, missing: float) -> State:
    if explained["decision"] == "unknown":  # a little more certain, it would have been answered with or offered
        is_close = explained["fits"] >= NEARLY_FITS * explained["bounds"]["least_fit"]
        return State.near if is_close and not missing else State.behind
    if is_offered:
        return State.taken
    return State.near if missing <= NEARLY else State.behind


def _match(match: Mapping[str, Any]) -> Match:
    passage = match["passage"]
    return Match(LEGS[match["leg"]][0], PASSAGES.get(passage["kind"], "câu khác"), passage["text"], match["score"])
