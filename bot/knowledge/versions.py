"""The versions of what editors published: each a folder of plain files, written whole before it counts.

    published/current                    the number of the version that counts, on one line
    published/versions/00012/            everything that differs from the program's own knowledge
        procedures/<field>/<code>-….yml  records, in the format of `knowledge/procedures`
        originals/<code>.yml             the program's own record as it was when the ward wrote one in its place
        wards/<ward>.yml                 a ward's profile
        removed.txt                      codes of procedures that are listed no more
        version.json                     who, when, why, and what changed since the version before

Version 0 is the program's own knowledge and has no folder. A version is written beside the others and renamed; only
then the line in `current` is replaced. Whatever is cut off in between leaves the version before in force.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any

from bot.knowledge.overlay import NOTHING, ORIGINALS, REMOVED, Overlay, read_overlay

CURRENT, FOLDERS, ABOUT, LOCK, PARTIAL = "current", "versions", "version.json", "lock", ".partial"


class PublishedElsewhere(Exception):
    """Somebody published meanwhile: what was checked is no longer what would be changed."""


class Kind(str, Enum):
    """What happened to a record, or to the profile of the ward."""

    new = "new"
    changed = "changed"
    removed = "removed"
    restored = "restored"  # the program's own record counts again
    ward = "ward"


@dataclass(frozen=True)
class Change:
    """One record of a publication, or the ward's profile (then `code` is the ward's name)."""

    code: str
    kind: Kind


@dataclass(frozen=True)
class Edit:
    """What one record, or the ward's profile, is to be: `text` the whole file at `path` (relative to the version).

    Without a text the file goes; a code in `removed` is listed no more, else the program's own record counts again.
    `original` is the program's own record that the text stands in place of.
    """

    change: Change
    path: str = ""
    text: str = ""
    original: str = ""


@dataclass(frozen=True)
class Order:
    """Who wants a version after `parent`, when (with its time zone) and why; what the golden questions said of it."""

    parent: int
    at: datetime
    by: str
    why: str
    golden: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Version:
    """What is known of a version; `at` in UTC; `golden` what the golden questions said before it was published."""

    number: int
    parent: int
    at: datetime
    by: str
    why: str
    changes: tuple[Change, ...]
    golden: Mapping[str, Any] = field(default_factory=dict)


class Versions:
    """The versions in a folder; it need not be there yet."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def current(self) -> int:
        """The number of the version in force; 0 before anything was published. Raises ValueError for a broken file, or
        one that is lost: to count from 0 again would write over what was published."""
        try:
            return int((self._folder / CURRENT).read_text(encoding="ascii"))
        except FileNotFoundError:
            if self.folder(2).exists():  # the first alone may have been cut off before it counted
                raise ValueError(
                    f"{self._folder / CURRENT} is missing: write the number of the version in force into it"
                ) from None
            return 0

    def overlay(self, number: int | None = None) -> Overlay:
        """The files of a version, of the one in force unless another is named."""
        number = self.current() if number is None else number
        return read_overlay(self.folder(number)) if number else NOTHING

    def folder(self, number: int) -> Path:
        """Where the files of a version lie."""
        return self._folder / FOLDERS / f"{number:05d}"

    def version(self, number: int) -> Version:
        """What is known of a version. Raises FileNotFoundError for one that is not there, or 0."""
        about = json.loads((self.folder(number) / ABOUT).read_text(encoding="utf-8"))
        changes = tuple(Change(change["code"], Kind(change["kind"])) for change in about.pop("changes"))
        return Version(**{**about, "at": datetime.fromisoformat(about["at"]), "changes": changes})

    def all(self) -> list[Version]:
        """The version in force and all before it, newest first."""
        found, number = [], self.current()
        while number:
            found.append(self.version(number))
            number = found[-1].parent
        return found

    def history(self, code: str) -> list[Version]:
        """The versions that changed a record (or the ward's profile, under the ward's name), newest first."""
        return [version for version in self.all() if code in {change.code for change in version.changes}]

    def changes(self, before: int, after: int) -> list[Change]:
        """What differs between two versions, neither of which need follow the other."""
        return list(differences(self.overlay(before), self.overlay(after)))

    def publish(self, edits: Sequence[Edit], order: Order) -> Version:
        """Write the next version and put it in force.

        Raises PublishedElsewhere where `order.parent` is no longer the version in force; nothing has changed then.
        """
        with self._next(order, like=order.parent, changes=[edit.change for edit in edits]) as (partial, version):
            apply(edits, partial)
        return version

    def roll_back(self, to: int, order: Order) -> Version:
        """Put all files of an earlier version (0: the program's own) in force again, as a new version.

        Raises PublishedElsewhere as `publish` does, FileNotFoundError for a version that is not there.
        """
        changes = self.changes(order.parent, to)
        with self._next(order, like=to, changes=changes) as (_, version):
            pass
        return version

    @contextmanager
    def _next(self, order: Order, *, like: int, changes: Sequence[Change]) -> Iterator[tuple[Path, Version]]:
        """A folder with the files of version `like`, to be changed; whole and in force at the end."""
        with self._alone():
            if self.current() != order.parent:
                raise PublishedElsewhere(f"version {self.current()} was published after {order.parent}")
            self._sweep()
            version = Version(**vars(order), number=order.parent + 1, changes=tuple(changes))
            folder = self.folder(version.number)
            partial = folder.with_name(folder.name + PARTIAL)
            if like:
                shutil.copytree(self.folder(like), partial)
            else:
                partial.mkdir()
            yield partial, version
            about = {**asdict(version), "at": version.at.isoformat()}
            (partial / ABOUT).write_text(json.dumps(about, ensure_ascii=False, indent=1), encoding="utf-8")
            _sync(partial)
            partial.rename(folder)
            _sync_folder(folder.parent)
            self._put_in_force(version.number)

    def _put_in_force(self, number: int) -> None:
        partial = self._folder / (CURRENT + PARTIAL)
        with partial.open("w", encoding="ascii") as file:
            file.write(f"{number}\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, self._folder / CURRENT)
        _sync_folder(self._folder)

    def _sweep(self) -> None:
        """What a publication that was cut off left behind was never in force; nothing else is touched."""
        next_one = self.folder(self.current() + 1)
        for path in (next_one, *next_one.parent.glob(f"*{PARTIAL}")):
            if path.exists():
                shutil.rmtree(path)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        (self._folder / FOLDERS).mkdir(parents=True, exist_ok=True)
        with (self._folder / LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def apply(edits: Sequence[Edit], folder: Path) -> None:
    """Change the files of an overlay in a folder as the edits say."""
    before = read_overlay(folder)
    removed = set(before.removed)
    for edit in edits:
        code, kind = edit.change.code, edit.change.kind
        old = (before.wards if kind is Kind.ward else before.records).get(code)
        if old:
            old.unlink()
        if original := before.originals.get(code):
            original.unlink()
        if edit.text:
            _write(folder / edit.path, edit.text)
        if edit.original:
            _write(folder / ORIGINALS / f"{code}.yml", edit.original)
        (removed.add if kind is Kind.removed else removed.discard)(code)
    _write_removed(folder, removed)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _write_removed(folder: Path, codes: set[str]) -> None:
    path = folder / REMOVED
    path.unlink(missing_ok=True)
    if codes:
        path.write_text("".join(f"{code}\n" for code in sorted(codes)), encoding="utf-8")


def differences(before: Overlay, after: Overlay) -> Iterator[Change]:
    """What a reader of the history sees changed between two versions."""
    for code in sorted({*before.records, *before.removed, *after.records, *after.removed}):
        was, is_ = _content(before.records.get(code)), _content(after.records.get(code))
        if code in after.removed:
            if code not in before.removed:
                yield Change(code, Kind.removed)
        elif not is_:
            yield Change(code, Kind.restored)
        elif was != is_ or code in before.removed:
            yield Change(code, Kind.changed)
    for ward in sorted({*before.wards, *after.wards}):
        if _content(before.wards.get(ward)) != _content(after.wards.get(ward)):
            yield Change(ward, Kind.ward)


def _content(path: Path | None) -> bytes:
    return path.read_bytes() if path else b""


def _sync(folder: Path) -> None:
    """Have all files of a folder on the disk, not in the machine's memory only."""
    for path in folder.rglob("*"):
        if path.is_dir():
            _sync_folder(path)
            continue
        with path.open("rb") as file:
            os.fsync(file.fileno())
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
