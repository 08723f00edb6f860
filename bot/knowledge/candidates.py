"""Versions that nobody has published yet: whole, in a folder, so that they can be loaded, tried and asked.

    published/candidates/<fingerprint>/   as a version's folder, without its version.json

Named after what they are made of: the same edits over the same version lie in the same folder.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from bot.knowledge import checks
from bot.knowledge.live import InForce, load_overlay
from bot.knowledge.overlay import read_overlay
from bot.knowledge.versions import ABOUT, Edit, Versions, apply
from bot.knowledge.yaml_lines import RecordError
from bot.settings import Settings

FOLDER = "candidates"
KEPT = 24 * 60 * 60  # seconds since it was last asked for


class Candidates:
    """The candidates of an installation."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = settings.published_folder / FOLDER
        self._versions = Versions(settings.published_folder)

    def folder(self, edits: Sequence[Edit], parent: int) -> Path:
        """The files of version `parent` (0: none) with the edits over them; written if they are not there yet."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._sweep()
        there = self._folder / _name(edits, parent)
        if not there.exists():
            partial = Path(tempfile.mkdtemp(prefix=".", dir=self._folder))
            if parent:
                shutil.copytree(self._versions.folder(parent), partial, dirs_exist_ok=True)
                (partial / ABOUT).unlink()
            apply(edits, partial)
            try:
                partial.rename(there)
            except OSError:  # another one was first
                shutil.rmtree(partial)
        os.utime(there)
        return there

    def check(self, folder: Path) -> InForce:
        """Load a candidate as the gateway and the action server would, and check how it reads.

        Raises RecordError, one line a fault: "<file>:<line>: …", or "<code>: …".
        """
        version = load_overlay(self._settings, read_overlay(folder), -1)
        if faults := checks.faults(version.listing):
            raise RecordError("\n".join(faults))
        return version

    def _sweep(self) -> None:
        for path in self._folder.iterdir():
            with suppress(FileNotFoundError):  # somebody else sweeps, too
                if time.time() - path.stat().st_mtime > KEPT:
                    shutil.rmtree(path, ignore_errors=True)


def _name(edits: Sequence[Edit], parent: int) -> str:
    digest = hashlib.sha256(str(parent).encode())
    for edit in sorted(edits, key=lambda edit: edit.change.code):
        for part in (edit.change.code, edit.change.kind.value, edit.path, edit.text):
            digest.update(f"\0{len(part)} {part}".encode())
    return digest.hexdigest()[:24]
