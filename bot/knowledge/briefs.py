"""Procedures known by their facts alone: the rest of the commune's listing, one row each in `knowledge/briefs.csv`.

They can be found and their facts be said, with the link; nobody has written them out yet. The file is made from an
export of the portal (`python -m bot kb briefs`) and may be edited with any spreadsheet program.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError, constr, validator

from bot.knowledge.official.procedure import Official, OfficialFiling, OfficialUnit
from bot.knowledge.procedure import Channel, Level, Part, Text, Url
from bot.knowledge.yaml_lines import RecordError

FILE = "briefs.csv"
NOT_STATED = "không ghi"
if TYPE_CHECKING:
    AnyCode = str
else:
    AnyCode = constr(regex=r"^\d\.\d{6,9}$")  # a few codes of the portal are longer than the usual six digits
_UNITS = {
    OfficialUnit.working_day: "ngày làm việc",
    OfficialUnit.day: "ngày",
    OfficialUnit.hour: "giờ",
    OfficialUnit.month: "tháng",
    OfficialUnit.year: "năm",
}


class Brief(Part):
    """The facts of one procedure. A channel without a time is not offered; texts are ready to be read."""

    code: AnyCode
    name: Text
    field: Text
    levels: tuple[Level, ...]
    counter: str
    online: str
    post: str
    fee: Text
    result: str
    url: Url
    decision: str
    checked_on: date

    @validator("levels", pre=True)
    def levels_from_words(cls, levels: object) -> object:
        return tuple(levels.split()) if isinstance(levels, str) else levels

    @property
    def times(self) -> dict[Channel, str]:
        """Processing time by channel."""
        times = {Channel.counter: self.counter, Channel.online: self.online, Channel.post: self.post}
        return {channel: time for channel, time in times.items() if time}


COLUMNS = tuple(Brief.__fields__)


def load_briefs(path: Path) -> dict[str, Brief]:
    """All briefs by code; none where there is no file. Raises RecordError, one line a fault."""
    if not path.exists():
        return {}
    rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")))
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise RecordError(f"{path}:1: the columns must be {','.join(COLUMNS)}")
    briefs: dict[str, Brief] = {}
    faults: list[str] = []
    for row in rows:
        try:
            brief = Brief.parse_obj({key: value or "" for key, value in row.items() if key})
        except ValidationError as error:
            faults += [f"{path}:{rows.line_num}: {fault['loc'][0]}: {fault['msg']}" for fault in error.errors()]
            continue
        if brief.code in briefs:
            faults.append(f"{path}:{rows.line_num}: the code {brief.code} stands here twice")
        briefs[brief.code] = brief
    if faults:
        raise RecordError("\n".join(faults))
    return briefs


def briefs_as_csv(briefs: Iterable[Brief]) -> str:
    """The file's text, sorted by field and code so that a diff shows what changed."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for brief in sorted(briefs, key=lambda brief: (brief.field, brief.code)):
        row = brief.dict()
        writer.writerow([" ".join(row[key]) if key == "levels" else row[key] for key in COLUMNS])
    return out.getvalue()


def briefs_of(officials: Mapping[str, Official], recorded: Iterable[str], *, checked_on: date) -> dict[str, Brief]:
    """Briefs of all procedures that communes handle for citizens everywhere and that have no record."""
    without = {code: each for code, each in officials.items() if each.is_for_communes and code not in set(recorded)}
    return {code: _brief(official, checked_on) for code, official in without.items()}


def _brief(official: Official, checked_on: date) -> Brief:
    times = {filing.channel.value: _time(filing) for filing in official.filings}
    return Brief(
        code=official.code,
        name=plain_name(official.name),
        field=official.field.replace("\n", " "),
        levels=official.levels,
        counter=times.get("counter", ""),
        online=times.get("online", ""),
        post=times.get("post", ""),
        fee=_fee(official),
        result="; ".join(_short(result) for result in official.results if _short(result)),
        url=official.url,
        decision=official.decision.removeprefix("Quyết định ").removeprefix("số "),
        checked_on=checked_on,
    )


def _time(filing: OfficialFiling) -> str:
    if not filing.amount or filing.unit is OfficialUnit.other:
        return NOT_STATED
    return f"{filing.amount:g} {_UNITS[filing.unit]}"


def _fee(official: Official) -> str:
    amounts = official.amounts
    if not amounts:
        return NOT_STATED  # zero may mean anything
    return "; ".join(f"{amount:,} đồng".replace(",", ".") for amount in sorted(amounts))


def _short(result: str) -> str:
    """A result if it is a title; explanations stay on the portal's page."""
    title = result.replace("\n", " ").strip(" -.;+")
    return title if len(title.split()) <= 20 else ""


def plain_name(name: str) -> str:
    """A name on one line, without a full stop, and not in capitals throughout: 'THỦ TỤC THỬ.' -> 'Thủ tục thử'."""
    name = name.replace("\n", " ").rstrip(" .")
    letters = [letter for letter in name if letter.isalpha()]
    if sum(map(str.isupper, letters)) < 0.7 * len(letters):
        return name
    return name.capitalize()
