"""Files that editors brought in: what each says of every procedure, and what was said to it, one value at a time."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.store import clock
from bot.store.database import reading
from bot.store.desk_tables import import_decisions, import_items, imports
from bot.text.privacy import mask
from bot.text.unicode import clean

_LONGEST_NAME = 120


class ItemKind(str, Enum):
    """What a file has for a subject, and so what `data` of its item holds."""

    official = "official"  # facts of the portal: `bot.knowledge.official.procedure.Official`
    record = "record"  # a whole record
    ward = "ward"  # the ward's profile
    removed = "removed"  # the code is listed no more; no data
    refused = "refused"  # {"faults": [lines]}


class Decision(str, Enum):
    """What was said to one value."""

    accepted = "accepted"  # it stands in a draft since
    declined = "declined"
    to_do = "to_do"  # somebody has to write it
    done = "done"  # and has


@dataclass(frozen=True)
class Item:
    """One procedure of a file, or the ward's profile, as plain data."""

    subject: str
    name: str
    kind: ItemKind
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Import:
    """One file that was brought in; `accepted` and `declined` count values, `items` procedures, `left_out`
    those of the file that no ward has."""

    id: int
    at: datetime
    by: str
    file: str
    kind: str
    left_out: int
    items: int
    accepted: int
    declined: int


@dataclass(frozen=True)
class Decided:
    """What was said to one value of one part; `note` is what is left to do."""

    id: int
    import_id: int
    subject: str
    part: str
    value: str
    decision: Decision
    note: str
    by: str
    at: datetime


class Imports:
    """The imports of a database."""

    def __init__(self, engine: Engine, *, now: clock.Clock = clock.now) -> None:
        self._engine, self._now = engine, now

    def add(self, *, by: str, file: str, kind: str, items: Sequence[Item], left_out: int = 0) -> int:
        """Keep what a file says, all of it or nothing; its number."""
        name = mask(clean(file))[:_LONGEST_NAME]
        row = {"at": self._now(), "by": by, "file": name, "kind": kind, "left_out": left_out}
        with self._engine.begin() as connection:
            key = connection.execute(imports.insert().values(**row)).inserted_primary_key
            assert key is not None  # it is the number that was given just now
            number = int(key[0])
            rows = [
                {
                    "import_id": number,
                    "position": position,
                    "subject": item.subject,
                    "name": item.name,
                    "kind": item.kind.value,
                    "data": json.dumps(item.data, ensure_ascii=False),
                }
                for position, item in enumerate(items)
            ]
            if rows:
                connection.execute(import_items.insert(), rows)
        return number

    def all(self, *, most: int | None = None) -> list[Import]:
        """The newest first."""
        return self._found(select(imports).order_by(imports.c.id.desc()).limit(most))

    def get(self, number: int) -> Import | None:
        """One import, if there is one of this number."""
        return next(iter(self._found(select(imports).where(imports.c.id == number))), None)

    def items(self, number: int, subject: str = "") -> list[Item]:
        """What a file says, in the order of the file; of one subject where one is named."""
        wanted = [import_items.c.import_id == number, *([import_items.c.subject == subject] if subject else [])]
        with reading(self._engine) as connection:
            rows = connection.execute(select(import_items).where(*wanted).order_by(import_items.c.position)).mappings()
            return [Item(row["subject"], row["name"], ItemKind(row["kind"]), json.loads(row["data"])) for row in rows]

    def decide(
        self, number: int, subject: str, part: str, value: str, decision: Decision, *, by: str, note: str = ""
    ) -> None:
        """Say something to a value; what was said to it before no longer holds."""
        same = (
            (import_decisions.c.subject == subject)
            & (import_decisions.c.part == part)
            & (import_decisions.c.value == value)
        )
        row = {"import_id": number, "subject": subject, "part": part, "value": value, "decision": decision.value}
        with self._engine.begin() as connection:
            connection.execute(import_decisions.delete().where(same))
            connection.execute(import_decisions.insert().values(**row, note=note, by=by, at=self._now()))

    def decided(self) -> dict[tuple[str, str, str], Decided]:
        """All that was ever said, by subject, part and value."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(import_decisions).order_by(import_decisions.c.id)).mappings()
            found = [Decided(**{**row, "decision": Decision(row["decision"])}) for row in rows]
        return {(each.subject, each.part, each.value): each for each in found}

    def to_do(self) -> list[Decided]:
        """What somebody still has to write, the oldest first."""
        return [each for each in self.decided().values() if each.decision is Decision.to_do]

    def done(self, decided: int) -> Decided | None:
        """What was to do is done; None where nothing of this number was."""
        found = next((each for each in self.to_do() if each.id == decided), None)
        if found:
            change = import_decisions.update().where(import_decisions.c.id == decided)
            with self._engine.begin() as connection:
                connection.execute(change.values(decision=Decision.done.value))
        return found

    def _found(self, wanted: Any) -> list[Import]:
        said = select(import_decisions.c.import_id, import_decisions.c.decision, func.count()).group_by(
            import_decisions.c.import_id, import_decisions.c.decision
        )
        held = select(import_items.c.import_id, func.count()).group_by(import_items.c.import_id)
        with reading(self._engine) as connection:
            rows = connection.execute(wanted).mappings().all()
            counts = {(number, Decision(decision)): count for number, decision, count in connection.execute(said)}
            items = {number: count for number, count in connection.execute(held)}
        return [
            Import(
                **row,
                items=items.get(row["id"], 0),
                accepted=counts.get((row["id"], Decision.accepted), 0),
                declined=counts.get((row["id"], Decision.declined), 0),
            )
            for row in rows
        ]
