"""The knowledge as it is in force now: the program's own, with what editors published over it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.knowledge.clarifications import Clarifications, load_clarifications
from bot.knowledge.listing import Listing
from bot.knowledge.local import load_ward_listing
from bot.knowledge.overlay import Overlay
from bot.knowledge.versions import Versions
from bot.knowledge.ward import Ward
from bot.knowledge.yaml_lines import RecordError
from bot.settings import Settings


@dataclass(frozen=True)
class InForce:
    """One version of the knowledge, loaded; `number` 0 is the program's own."""

    number: int
    listing: Listing
    ward: Ward
    clarifications: Clarifications


def load_version(settings: Settings, number: int | None = None) -> InForce:
    """Load a version, the one in force unless another is named. Raises RecordError, one line a fault."""
    versions = Versions(settings.published_folder)
    number = versions.current() if number is None else number
    return load_overlay(settings, versions.overlay(number), number)


def load_overlay(settings: Settings, overlay: Overlay, number: int) -> InForce:
    """Load the program's knowledge with an overlay over it. Raises RecordError, one line a fault."""
    listing, ward = load_ward_listing(settings.knowledge, settings.ward, overlay)
    folder = settings.knowledge / "clarifications"
    return InForce(number, listing, ward, load_clarifications(folder, listing.procedures, overlay.removed))


class Live:
    """The version in force, loaded; looks for a newer one when told to."""

    def __init__(self, settings: Settings) -> None:
        """Raises RecordError if a record or the ward's profile is broken."""
        self._settings, self._versions = settings, Versions(settings.published_folder)
        self._now = load_version(settings)
        self._broken: int | None = None

    @property
    def now(self) -> InForce:
        """What is in force; the same object until `refresh` found another version."""
        return self._now

    def refresh(self) -> bool:
        """Load the version in force if it is another one now; whether it is. Raises RecordError, once, for a version
        that is broken: what was in force before stays then."""
        number = self._versions.current()
        if number in (self._now.number, self._broken):
            return False
        try:
            self._now = load_version(self._settings, number)
        except RecordError:
            self._broken = number
            raise
        return True
