"""Taking procedures in as drafts: first everything is planned and can be shown, then all of it is written or nothing.

A draft file begins with a line that holds a fingerprint of what the import wrote. Where the rest of the file no longer
matches it, a person has worked on the draft, and it is kept.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

from bot.knowledge.drafts import draft_of
from bot.knowledge.drift import State, compare
from bot.knowledge.listing import Listing
from bot.knowledge.official.procedure import Official
from bot.knowledge.procedure import Procedure
from bot.knowledge.record_file import as_data, as_text, differences, file_name

FOLDER = "drafts"
_HEAD = "# Draft made by an import; edit it freely. fingerprint:"


class Outcome(str, Enum):
    """What an import does with one procedure."""

    new = "new draft"
    changed = "draft renewed"
    same = "unchanged"
    kept = "kept, a person wrote here"
    recorded = "has a record"
    refused = "refused"


@dataclass(frozen=True)
class Planned:
    """One procedure of an import: the file, what happens to it, its new text if it is written, and what differs."""

    code: str
    path: Path
    outcome: Outcome
    text: str = ""
    lines: tuple[str, ...] = ()

    @property
    def is_written(self) -> bool:
        """Whether the file is written."""
        return self.outcome in (Outcome.new, Outcome.changed)


def plan_official(officials: Iterable[Official], listing: Listing, folder: Path, *, today: date) -> list[Planned]:
    """Plan drafts of published procedures. What has a record gets none: its facts that differ are shown instead."""
    return [_plan_official(official, listing, folder, today) for official in officials]


def _plan_official(official: Official, listing: Listing, folder: Path, today: date) -> Planned:
    path = folder / file_name(official.code, official.name)
    if official.code in listing:
        rows = [row for row in compare(listing[official.code], official) if row.state is State.differs]
        lines = tuple(line for row in rows for line in (f"-{row.fact}: {row.ours}", f"+{row.fact}: {row.official}"))
        return Planned(official.code, path, Outcome.recorded, lines=lines)
    try:
        data = draft_of(official, listing.fields, checked_on=today)
    except ValueError as error:
        return Planned(official.code, path, Outcome.refused, lines=(str(error).splitlines()[-1].strip(),))
    return _plan(official.code, path, data)


def plan_records(records: Iterable[Procedure], listing: Listing, folder: Path) -> list[Planned]:
    """Plan drafts of whole records, as our spreadsheet holds them. One equal to the listing's own needs none."""
    planned = []
    for record in records:
        path, data = folder / file_name(record.code, record.name), as_data(record)
        if record.code not in listing:
            planned.append(_plan(record.code, path, data))
            continue
        ours = as_text(as_data(listing[record.code]))
        lines = tuple(differences(ours, as_text(data), before_name="record", after_name="import"))
        if not lines:
            planned.append(Planned(record.code, path, Outcome.same))
        else:
            draft = _plan(record.code, path, data)
            planned.append(Planned(record.code, path, draft.outcome, draft.text, lines))
    return planned


def _plan(code: str, path: Path, data: Mapping[str, Any]) -> Planned:
    body = as_text(data)
    text = f"{_HEAD} {_fingerprint(body)}\n{body}"
    before = next(iter(sorted(path.parent.glob(f"{code}-*.yml"))), None)
    if before is None:
        return Planned(code, path, Outcome.new, text, tuple(f"+{line}" for line in body.splitlines()))
    was = before.read_text(encoding="utf-8")
    lines = tuple(differences(was, text, before_name="draft", after_name="import"))
    if not lines:
        return Planned(code, before, Outcome.same)
    return Planned(code, before, Outcome.changed if _is_untouched(was) else Outcome.kept, text, lines)


def _fingerprint(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()[:16]


def _is_untouched(text: str) -> bool:
    head, _, body = text.partition("\n")
    return head == f"{_HEAD} {_fingerprint(body)}"


def write(planned: Iterable[Planned]) -> None:
    """Write what is planned to be written; each file whole or not at all."""
    for each in planned:
        if each.is_written:
            each.path.parent.mkdir(parents=True, exist_ok=True)
            partial = each.path.with_suffix(".partial")
            partial.write_text(each.text, encoding="utf-8")
            os.replace(partial, each.path)
