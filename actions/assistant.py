"""What every action needs: of the version in force loaded when the action server starts, of a newer one beside it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import lru_cache

from cachetools import LRUCache

from bot.answers.cases import Choices
from bot.answers.inside import Inside
from bot.knowledge.calendar import Calendar
from bot.knowledge.clarifications import Clarifications
from bot.knowledge.listing import Listing
from bot.knowledge.live import InForce, load_overlay, load_version
from bot.knowledge.overlay import Overlay
from bot.knowledge.signposts import Signpost, load_signposts
from bot.knowledge.versions import Versions
from bot.knowledge.ward import Ward
from bot.knowledge.words import OldName, load_words
from bot.search.corpus import Corpus
from bot.search.finder import Finder
from bot.settings import Settings
from bot.store.database import connect
from bot.store.messages import Messages
from bot.store.ratings import Ratings

WARM_UP = "đăng ký khai sinh cần giấy tờ gì"
LOOK_EVERY = 0.25  # seconds until a version that was published is seen
READY = 2  # assistants beside the one in force; each may take 200 MB
LONG = 10.0  # seconds to bring the index up to date that no further start should take
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Assistant:
    """One version of the knowledge in memory, the finder over it, and where it is kept what people leave behind."""

    version: InForce
    signposts: dict[str, Signpost]
    calendar: Calendar
    old_names: Sequence[OldName]
    finder: Finder
    inside: Inside
    choices: Choices
    messages: Messages
    ratings: Ratings

    @property
    def listing(self) -> Listing:
        """The procedures."""
        return self.version.listing

    @property
    def ward(self) -> Ward:
        """The ward."""
        return self.version.ward

    @property
    def clarifications(self) -> Clarifications:
        """The situations that leave the procedure open."""
        return self.version.clarifications


class Assistants:
    """The assistant of the version in force, and those of versions that somebody thinks of publishing."""

    def __init__(self, settings: Settings) -> None:
        """Raises RecordError if a record or the ward's profile is broken, FileNotFoundError, StoreError."""
        self._settings, self._versions = settings, Versions(settings.published_folder)
        self._corpus = Corpus(settings)
        self._making = threading.Lock()
        # By fingerprint: what somebody tries, and what was in force before, should somebody want it back.
        self._ready: LRUCache[str, Assistant] = LRUCache(READY)
        self._to_keep: Finder | None = None
        version = load_version(settings)
        self._fingerprint = self._versions.overlay(version.number).fingerprint
        finder = self._over(Finder.load(settings), version)
        database = connect(settings)
        self._now = Assistant(
            version=version,
            signposts=load_signposts(settings.knowledge / "signposts.yml"),
            calendar=Calendar(version.ward),
            old_names=load_words(settings.knowledge / "words.yml").old_names,
            finder=finder,
            inside=Inside(finder.encoder),
            choices=Choices(finder.encoder, finder.reader),
            messages=Messages(database),
            ratings=Ratings(database),
        )
        finder(WARM_UP)  # so that no citizen waits for it

    @property
    def now(self) -> Assistant:
        """That of the version in force."""
        return self._now

    def of(self, overlay: Overlay) -> Assistant:
        """That of an overlay nobody has published yet; once it is published, it is there already.

        Raises RecordError, one line a fault.
        """
        fingerprint = overlay.fingerprint
        with self._making:
            if fingerprint not in self._ready:
                self._ready[fingerprint] = self._made(load_overlay(self._settings, overlay, -1))
            return self._ready[fingerprint]

    def look(self) -> bool:
        """Put in force what was published since; whether there was anything. Raises as `of` does."""
        number = self._versions.current()
        if number == self._now.version.number:
            return False
        overlay = self._versions.overlay(number)
        made, before = self.of(overlay), self._now
        self._now = replace(made, version=replace(made.version, number=number))
        with self._making:
            self._ready[self._fingerprint] = before
            self._fingerprint = overlay.fingerprint
        return True

    def keep_looking(self) -> None:
        """Look again and again, in a thread of its own, for as long as the process lives."""
        threading.Thread(target=self._look_for_ever, name="versions", daemon=True).start()

    def _look_for_ever(self) -> None:
        while True:
            try:
                self.look()
                if self._to_keep:
                    self._to_keep.keep(self._settings)
                    self._to_keep = None
            except Exception:  # what was in force stays in force
                _log.exception("the published version cannot be used")
                time.sleep(LOOK_EVERY * 20)
            time.sleep(LOOK_EVERY)

    def _made(self, version: InForce) -> Assistant:
        finder = self._over(self._now.finder, version)
        return replace(self._now, version=version, calendar=Calendar(version.ward), finder=finder)

    def _over(self, finder: Finder, version: InForce) -> Finder:
        began = time.monotonic()
        finder = finder.over(self._corpus(version), version)
        if time.monotonic() - began > LONG:
            self._to_keep = finder  # of a candidate that is not published, too: nearer to most versions than none
        return finder


_instead: ContextVar[Assistant | None] = ContextVar("_instead", default=None)


@lru_cache(maxsize=1)
def assistants() -> Assistants:
    """The one set of them in this process."""
    return Assistants(Settings())


def assistant() -> Assistant:
    """That of the version in force; of another within `acting_as`."""
    return _instead.get() or assistants().now


@contextmanager
def acting_as(other: Assistant) -> Iterator[None]:
    """Actions run within take another assistant for the one in force."""
    token = _instead.set(other)
    try:
        yield
    finally:
        _instead.reset(token)
