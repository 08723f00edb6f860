"""What every action needs, loaded once when the action server starts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.answers.cases import Choices
from bot.answers.inside import Inside
from bot.knowledge.calendar import Calendar
from bot.knowledge.clarifications import Clarifications, load_clarifications
from bot.knowledge.listing import Listing
from bot.knowledge.local import load_ward_listing
from bot.knowledge.signposts import Signpost, load_signposts
from bot.knowledge.ward import Ward
from bot.knowledge.words import OldName, load_words
from bot.search.finder import Finder
from bot.settings import Settings
from bot.store.database import connect
from bot.store.messages import Messages
from bot.store.ratings import Ratings

WARM_UP = "đăng ký khai sinh cần giấy tờ gì"


@dataclass(frozen=True)
class Assistant:
    """The knowledge in memory, the finder over it, and where it is kept what people leave behind."""

    listing: Listing
    signposts: dict[str, Signpost]
    clarifications: Clarifications
    ward: Ward
    calendar: Calendar
    old_names: Sequence[OldName]
    finder: Finder
    inside: Inside
    choices: Choices
    messages: Messages
    ratings: Ratings


@lru_cache(maxsize=1)
def assistant() -> Assistant:
    """The one assistant of this process. The first search is done here, so that no citizen waits for it."""
    settings = Settings()
    listing, ward = load_ward_listing(settings.knowledge, settings.ward)
    finder = Finder.load(settings)
    database = connect(settings)
    ready = Assistant(
        listing=listing,
        signposts=load_signposts(settings.knowledge / "signposts.yml"),
        clarifications=load_clarifications(settings.knowledge / "clarifications", listing.procedures),
        ward=ward,
        calendar=Calendar(ward),
        old_names=load_words(settings.knowledge / "words.yml").old_names,
        finder=finder,
        inside=Inside(finder.encoder),
        choices=Choices(finder.encoder, finder.reader),
        messages=Messages(database),
        ratings=Ratings(database),
    )
    ready.finder(WARM_UP)
    return ready
