"""The records in force as files: what an editor begins from, and where what they wrote belongs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.knowledge import yaml_lines
from bot.knowledge.overlay import PROCEDURES, WARDS, Overlay, code_of
from bot.knowledge.record_file import file_name
from bot.knowledge.versions import Change, Edit, Kind, Versions
from bot.store.drafts import WARD, Draft
from bot.web.context import Context

CODE = re.compile(r"\d\.\d{6}", re.ASCII)  # of a procedure, as the country numbers them
_FILE_NAME = re.compile(r"[\w.]+", re.ASCII)


class Records:
    """The files of the version in force: the program's own, and in their place those that were published."""

    def __init__(self, context: Context) -> None:
        self._context = context
        knowledge, ward = context.settings.knowledge, context.settings.ward
        self._versions = Versions(context.settings.published_folder)
        self._profile = knowledge / "wards" / f"{ward}.yml"
        own = [*(knowledge / "procedures").rglob("*.yml"), *(knowledge / "wards" / ward).rglob("*.yml")]
        self._own = {code_of(path): path for path in own}

    def text_of(self, subject: str, number: int | None = None) -> str:
        """The file of a record, or of the ward's profile (`WARD`), in a version (None: that in force); empty if it is
        not listed there."""
        return self.text_in(self._versions.overlay(number), subject)

    def text_in(self, overlay: Overlay, subject: str) -> str:
        """The same in a version whose overlay was read already: for many subjects at once."""
        if subject == WARD:
            path: Path | None = overlay.wards.get(self._context.settings.ward, self._profile)
        elif subject in overlay.removed:
            path = None
        else:
            path = overlay.records.get(subject) or self._own.get(subject)
        return _text(path)

    def is_own(self, code: str) -> bool:
        """Whether the program brings a record of its own for this code."""
        return code in self._own

    def changed_upstream(self, *codes: str) -> Mapping[str, str]:
        """The ward's records (of these codes, or all) whose originals, the program's own, have changed since, as an
        upgrade brings it: what each original said then; empty where there was none."""
        overlay = self._versions.overlay()
        found = {}
        for code in overlay.records.keys() & codes if codes else overlay.records:
            then, now = _text(overlay.originals.get(code)), _text(self._own.get(code))
            if then != now and _data(then) != _data(now):
                found[code] = then
        return found

    def edit_of(self, draft: Draft) -> Edit:
        """What publishing a draft does. Raises ValueError for a text that tells neither name nor field."""
        if draft.subject == WARD:
            ward = self._context.settings.ward
            return Edit(Change(ward, Kind.ward), f"{WARDS}/{ward}.yml", draft.text)
        if not draft.text:
            return Edit(Change(draft.subject, Kind.removed))
        kind = Kind.changed if self.text_of(draft.subject) else Kind.new
        path, original = self.path_of(draft.subject, draft.text), _text(self._own.get(draft.subject))
        return Edit(Change(draft.subject, kind), path, draft.text, original)

    @staticmethod
    def path_of(code: str, text: str) -> str:
        """Where a record's text belongs in the folder of a version: 'procedures/<field>/<code>-<name>.yml'."""
        try:
            data = yaml_lines.parse(text, Path("draft.yml"))[0]
            field, name = str(data["field"]), str(data["name"])
        except (yaml_lines.RecordError, KeyError, TypeError) as broken:
            raise ValueError(f"{code}: no record with a name and a field") from broken
        # Whatever code and text say, the file lies within the version's folder.
        if not _FILE_NAME.fullmatch(code):
            raise ValueError(f"{code!r} is no code")
        folder = "".join(sign for sign in field if sign.isalnum() or sign in "-_") or "khac"
        return f"{PROCEDURES}/{folder}/{file_name(code, name)}"


def _text(path: Path | None) -> str:
    return path.read_text(encoding="utf-8") if path else ""


def _data(text: str) -> Any:
    """What a file says, however it is written; the text itself where it cannot be read."""
    try:
        return yaml_lines.parse(text, Path("record.yml"))[0] if text else None
    except yaml_lines.RecordError:
        return text
