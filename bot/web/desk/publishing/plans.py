"""What is to be published: drafts, one record as it was, or the whole listing as it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.knowledge.candidates import Candidates
from bot.knowledge.overlay import PROCEDURES, WARDS
from bot.knowledge.versions import Change, Edit, Kind, Order, Version, Versions
from bot.store.drafts import WARD, Draft
from bot.web.context import Context
from bot.web.desk.publishing.reading import subject_of
from bot.web.desk.records import Records


@dataclass(frozen=True)
class Plan:
    """A version to be, after `parent`: `edits` over it, or all files of the version `back_to`.

    `drafts` holds what is to be dropped once it is published: the revision of each subject.
    """

    parent: int
    edits: tuple[Edit, ...] = ()
    back_to: int | None = None
    drafts: Mapping[str, int] = field(default_factory=dict)

    @property
    def subjects(self) -> list[str]:
        """What the edits are of."""
        return [subject_of(edit.change) for edit in self.edits]

    def folder(self, candidates: Candidates) -> Path:
        """All its files, not yet published."""
        return candidates.folder(self.edits, self.parent if self.back_to is None else self.back_to)

    def publish(self, versions: Versions, order: Order) -> Version:
        """Put it in force. Raises PublishedElsewhere, FileNotFoundError."""
        if self.back_to is not None:
            return versions.roll_back(self.back_to, order)
        return versions.publish(self.edits, order)


class Planner:
    """Makes plans after the version that is in force when it is asked."""

    def __init__(self, context: Context, records: Records) -> None:
        self._ward, self._records = context.settings.ward, records
        self._versions = Versions(context.settings.published_folder)

    def of_drafts(self, drafts: Iterable[Draft]) -> Plan:
        """Publish these. Raises ValueError for one that tells neither name nor field."""
        parent = self._versions.current()
        drafts = sorted(drafts, key=lambda draft: draft.subject)
        edits = tuple(self._records.edit_of(draft) for draft in drafts)
        return Plan(parent, edits, drafts={draft.subject: draft.revision for draft in drafts})

    def of_record(self, subject: str, number: int) -> Plan:
        """Put one record, or the ward's profile, back to what it was in a version. Raises FileNotFoundError."""
        self._expect(number)
        overlay = self._versions.overlay(number)
        if subject == WARD:
            path, folder = overlay.wards.get(self._ward), WARDS
            change = Change(self._ward, Kind.ward)
        else:
            path, folder = overlay.records.get(subject), PROCEDURES
            change = Change(subject, Kind.changed if path else Kind.restored)
        if subject in overlay.removed:
            return Plan(self._versions.current(), (Edit(Change(subject, Kind.removed)),))
        if path is None:
            return Plan(self._versions.current(), (Edit(change),))
        within = path.relative_to(self._versions.folder(number)).as_posix()
        assert within.startswith(folder)  # an edit never leaves the version's folder
        stood_for = overlay.originals.get(subject)
        original = stood_for.read_text(encoding="utf-8") if stood_for else ""
        return Plan(self._versions.current(), (Edit(change, within, path.read_text(encoding="utf-8"), original),))

    def of_version(self, number: int) -> Plan:
        """Put the whole listing back to what it was in a version (0: the program's own). Raises FileNotFoundError."""
        self._expect(number)
        return Plan(self._versions.current(), back_to=number)

    def _expect(self, number: int) -> None:
        """Raise FileNotFoundError for a version that never was in force."""
        if not 0 <= number <= self._versions.current():
            raise FileNotFoundError(f"no version {number}")
        if number:
            self._versions.version(number)
