"""What a ward changed of the program's own knowledge: records that stand in place of ours, or beside them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

PROCEDURES, WARDS, REMOVED, ORIGINALS = "procedures", "wards", "removed.txt", "originals"


@dataclass(frozen=True)
class Overlay:
    """The files of a version: records by code, profiles by the ward's name, and the codes that are listed no more.

    `originals` are the program's own records as they were when the ward wrote its own in their place.
    """

    records: Mapping[str, Path] = field(default_factory=dict)
    wards: Mapping[str, Path] = field(default_factory=dict)
    removed: frozenset[str] = frozenset()
    originals: Mapping[str, Path] = field(default_factory=dict)

    @cached_property
    def fingerprint(self) -> str:
        """The same for the same content in force, wherever its files lie."""
        digest = hashlib.sha256("\n".join(sorted(self.removed)).encode())
        for kind, files in (("record", self.records), ("ward", self.wards)):
            for name in sorted(files):
                content = files[name].read_bytes()
                digest.update(f"\0{kind} {name} {len(content)}\0".encode() + content)
        return digest.hexdigest()

    def over(self, ours: Sequence[Path]) -> list[Path]:
        """The files of records that count, in the order of the program's own; what the ward added comes last."""
        there = {code_of(path) for path in ours}
        kept = [self.records.get(code_of(path), path) for path in ours if code_of(path) not in self.removed]
        return [*kept, *(path for code, path in self.records.items() if code not in there)]


NOTHING = Overlay()


def read_overlay(folder: Path) -> Overlay:
    """The overlay that a folder holds; files of other kinds in it are left alone."""
    removed = folder / REMOVED
    return Overlay(
        records={code_of(path): path for path in _yaml_in(folder / PROCEDURES)},
        wards={path.stem: path for path in _yaml_in(folder / WARDS)},
        removed=frozenset(removed.read_text(encoding="utf-8").split()) if removed.exists() else frozenset(),
        originals={code_of(path): path for path in _yaml_in(folder / ORIGINALS)},
    )


def code_of(path: Path) -> str:
    """The code that the name of a record's file begins with: '1.001193-dang-ky-khai-sinh.yml' -> '1.001193'."""
    return path.name.partition("-")[0].removesuffix(".yml")


def _yaml_in(folder: Path) -> Iterator[Path]:
    yield from sorted(folder.rglob("*.yml")) if folder.exists() else ()
