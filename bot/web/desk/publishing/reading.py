"""Two states of a record, read side by side: its parts that differ, and its lines for whoever wants those."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import yaml

from bot.knowledge.changes import Difference, differences, ward_differences
from bot.knowledge.listing import load_procedure
from bot.knowledge.procedure import Procedure
from bot.knowledge.record_file import differences as lines_between
from bot.knowledge.versions import Change, Kind, Versions
from bot.knowledge.ward import Ward, load_ward
from bot.knowledge.yaml_lines import RecordError
from bot.store.drafts import WARD
from bot.web.context import Context
from bot.web.desk.publishing.faults import Fault, in_words
from bot.web.desk.records import Records

Model = TypeVar("Model", Procedure, Ward)
KINDS = {"new": "thêm mới", "changed": "sửa", "removed": "bỏ khỏi danh mục", "same": "không đổi gì"}


@dataclass(frozen=True)
class Compared:
    """What becomes of one subject: `kind` is a key of `KINDS`; `faults` say why it could not be read by its parts."""

    subject: str
    name: str
    kind: str
    parts: tuple[Difference, ...]
    lines: tuple[str, ...]
    faults: tuple[Fault, ...] = ()

    @property
    def kind_text(self) -> str:
        """The kind as it is read."""
        return KINDS[self.kind]


class Reader:
    """Compares texts of records, and knows what they are called."""

    def __init__(self, context: Context, records: Records) -> None:
        self._context, self._records = context, records
        self._versions = Versions(context.settings.published_folder)

    def compare(self, subject: str, before: str, after: str) -> Compared:
        """Two texts of one subject; an empty one is a record that is not listed."""
        kind = "same" if before == after else "changed" if before and after else "new" if after else "removed"
        lines = tuple(lines_between(before, after, before_name="trước", after_name="sau"))
        name = self.name_of(subject, after or before)
        try:
            was, is_ = read(subject, before), read(subject, after)
        except RecordError as broken:
            return Compared(subject, name, kind, (), lines, tuple(in_words(str(broken).splitlines())))
        return Compared(subject, name, kind, tuple(self._parts(was, is_)), lines)

    def compare_in(self, subject: str, before: int, after: int) -> Compared:
        """A subject in two versions."""
        return self.compare(subject, self._records.text_of(subject, before), self._records.text_of(subject, after))

    def of_version(self, number: int, *, most: int | None = None) -> list[Compared]:
        """What a version changed, not more than `most`. Raises FileNotFoundError for one that is not there."""
        version = self._versions.version(number)
        return [self.compare_in(subject_of(change), version.parent, number) for change in version.changes[:most]]

    def name_of(self, subject: str, text: str = "") -> str:
        """What people call a subject; the code where nobody knows."""
        if subject == WARD:
            return "Thông tin phường"
        return name_in(text) or self._context.listing.names.get(subject, subject)

    def _parts(self, before: Procedure | Ward | None, after: Procedure | Ward | None) -> list[Difference]:
        if isinstance(before or after, Ward):
            return ward_differences(_only(Ward, before), _only(Ward, after))
        return differences(_only(Procedure, before), _only(Procedure, after), self._context.listing.fields)


def read(subject: str, text: str) -> Procedure | Ward | None:
    """The record, or the ward's profile, that a text holds. Raises RecordError, one line a fault."""
    if not text:
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("wards" if subject == WARD else "procedures") / f"{subject}.yml"
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
        return load_ward(path) if subject == WARD else load_procedure(path)


def name_in(text: str) -> str:
    """The name that the text of a record gives it; empty where it gives none."""
    for line in text.splitlines():
        if line.startswith("name:"):
            try:
                return str(yaml.safe_load(line)["name"] or "")
            except (yaml.YAMLError, KeyError, TypeError):
                return ""
    return ""


def subject_of(change: Change) -> str:
    """What drafts call the thing that a version changed."""
    return WARD if change.kind is Kind.ward else change.code


def _only(kind: type[Model], one: object) -> Model | None:
    return one if isinstance(one, kind) else None
