"""What a file would change here, one part at a time: worked out anew whenever somebody looks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from enum import Enum
from typing import Any

from pydantic import BaseModel, ValidationError

from bot.knowledge.drafts import draft_of
from bot.knowledge.listing import in_words
from bot.knowledge.official.procedure import Official
from bot.knowledge.procedure import Draft
from bot.knowledge.record_file import as_data, as_text
from bot.knowledge.ward import Ward
from bot.store.drafts import WARD
from bot.store.imports import Decided, Decision, Item, ItemKind
from bot.web.desk.exchange.bases import Base, Bases
from bot.web.desk.exchange.facts import differing
from bot.web.desk.exchange.faults import all_in_vietnamese
from bot.web.desk.exchange.reading import as_json
from bot.web.desk.exchange.words import label_of, lines_of

WHOLE, GONE = "*", "-"  # the parts of what is new, and of what is to be listed no more
_NO_CODE = "Mã này không phải mã thủ tục. Mã đúng viết như 1.001193."
_BESIDE = 2  # lines read beside one that differs
Said = Mapping[tuple[str, str, str], Decided]


class State(str, Enum):
    """How what a file says of a subject stands to what is here."""

    differs = "differs"
    new = "new"
    same = "same"
    refused = "refused"


@dataclass(frozen=True)
class Line:
    """One line of a part; `other` if the other side has no such line."""

    text: str
    other: bool


@dataclass(frozen=True)
class Part:
    """One part that differs. `change` holds new values of the record's keys (None: the key goes); without a change a
    person has to write it. `value` is the fingerprint of what the file says, `writes` what the record will say."""

    key: str
    label: str
    ours: tuple[Line, ...]
    theirs: tuple[Line, ...]
    value: str
    change: Mapping[str, Any] | None
    note: str = ""
    writes: tuple[str, ...] = ()
    said: Decided | None = None

    @property
    def token(self) -> str:
        """What a form sends to name this part with this value."""
        return f"{self.key}:{self.value}"

    @property
    def is_open(self) -> bool:
        """Whether nobody has said anything to it that still holds: what was accepted may have been dropped again."""
        return self.said is None or self.said.decision is Decision.accepted


@dataclass(frozen=True)
class Proposal:
    """What a file says of one subject, beside what is here."""

    subject: str
    name: str
    state: State
    base: Base
    parts: tuple[Part, ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def open_parts(self) -> tuple[Part, ...]:
        """What is still to be decided."""
        return tuple(part for part in self.parts if part.is_open)

    @property
    def settled_parts(self) -> tuple[Part, ...]:
        """What was declined, or noted as work, now or in an earlier import."""
        return tuple(part for part in self.parts if not part.is_open)


def proposals(
    items: Iterable[Item], bases: Bases, said: Said, fields: Mapping[str, str], *, today: date
) -> list[Proposal]:
    """Everything that a file says, beside what is here now."""
    return [_proposal(item, bases.of(item.subject), said, fields, today) for item in items]


def _proposal(item: Item, base: Base, said: Said, fields: Mapping[str, str], today: date) -> Proposal:
    if item.kind is ItemKind.refused:
        return _refused(item, base, *item.data["faults"])
    if base.broken:
        return _refused(item, base, "Bản nháp đang có ở đây có chỗ sai. Bạn sửa bản nháp trước rồi mới nhận được.")
    try:
        parts = tuple(_heard(item.subject, part, said) for part in _parts(item, base, fields, today))
    except ValidationError as error:
        faults = [f"{'.'.join(map(str, fault['loc']))}: {in_words(fault)}" for fault in error.errors()]
        is_code = any(fault["loc"] == ("code",) for fault in error.errors())
        return _refused(item, base, *([_NO_CODE] if is_code else all_in_vietnamese(faults)))
    if not parts:
        return Proposal(item.subject, item.name, State.same, base)
    return Proposal(item.subject, item.name, State.new if parts[0].key == WHOLE else State.differs, base, parts)


def _refused(item: Item, base: Base, *faults: str) -> Proposal:
    return Proposal(item.subject, item.name, State.refused, base, faults=faults)


def _heard(subject: str, part: Part, said: Said) -> Part:
    decided = said.get((subject, part.key, part.value))
    return replace(part, said=decided) if decided else part


def _parts(item: Item, base: Base, fields: Mapping[str, str], today: date) -> Iterator[Part]:
    if item.kind is ItemKind.removed:
        if base.part is not None:
            name = getattr(base.part, "name", item.subject)
            yield Part(GONE, "Bỏ khỏi danh mục", (Line(name, True),), (), _value(None), {})
        return
    if item.kind is ItemKind.official:
        official = Official.parse_obj(item.data)
        if base.part is None:
            # What is new is the same new thing on whichever day it is read.
            drafted = draft_of(official, fields, checked_on=today)
            yield _whole(Draft.parse_obj(drafted), {**drafted, "source": None})
        else:
            for fact in differing(base.part, official, today=today):  # type: ignore[arg-type]
                ours, theirs = _lines(fact.ours, fact.theirs, marked=fact.alike)
                yield Part(fact.key, fact.label, ours, theirs, _value(fact.theirs), fact.change, fact.note, fact.writes)
        return
    is_ward = item.kind is ItemKind.ward
    record: BaseModel = (Ward if is_ward else Draft).parse_obj(item.data)
    if base.part is None and not is_ward:
        yield _whole(record, item.data)
        return
    before, after = as_json(base.part) if base.part else {}, as_json(record)
    plain = as_data(record)  # type: ignore[arg-type]
    for key in record.__fields__:
        was, new = before.get(key), after.get(key)
        if key != "code" and was != new:
            sides = _lines(lines_of(was, key), lines_of(new, key))
            yield Part(key, label_of(key, ward=is_ward), *sides, _value(new), {key: plain.get(key)})


def _whole(record: Any, value: Any) -> Part:
    lines = [line for key, part in as_json(record).items() for line in (f"{label_of(key)}:", *_set_in(part, key))]
    return Part(WHOLE, "Thủ tục mới", (), tuple(Line(line, False) for line in lines), _value(value), as_data(record))


def _set_in(part: Any, key: str) -> Iterator[str]:
    yield from (f"  {line}" for line in lines_of(part, key))


def _lines(
    ours: Iterable[str], theirs: Iterable[str], *, marked: bool = True
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Both sides; where they are written alike, what differs is marked and long runs of the same are cut short."""
    ours, theirs = list(ours), list(theirs)
    if not marked:
        return tuple(Line(line, False) for line in ours), tuple(Line(line, False) for line in theirs)
    left: list[Line] = []
    right: list[Line] = []
    for kind, start, end, other_start, other_end in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind == "equal":
            same = _shortened(ours[start:end], is_first=start == 0, is_last=end == len(ours))
            left += same
            right += same
        else:
            left += (Line(line, True) for line in ours[start:end])
            right += (Line(line, True) for line in theirs[other_start:other_end])
    return tuple(left), tuple(right)


def _shortened(lines: list[str], *, is_first: bool, is_last: bool) -> list[Line]:
    """Lines that both sides have: only those beside what differs are read."""
    before, after = (0 if is_first else _BESIDE), (0 if is_last else _BESIDE)
    cut = len(lines) - before - after
    if cut <= 1:
        return [Line(line, False) for line in lines]
    kept = [*lines[:before], f"… {cut} dòng giống nhau …", *lines[len(lines) - after :]]
    return [Line(line, False) for line in kept]


def _value(part: Any) -> str:
    text = json.dumps(part, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def text_with(item: Item, base: Base, keys: Iterable[str], fields: Mapping[str, str], *, today: date) -> str:
    """The file of a subject once these parts are taken; empty where it is to be listed no more.

    One after the other: the portal's time and its fee both stand in the channels. Raises KeyError for a part that no
    longer differs or that only a person can write.
    """
    for key in keys:
        part = next((part for part in _parts(item, base, fields, today) if part.key == key), None)
        if part is None or part.change is None:
            raise KeyError(key)
        if key == GONE:
            return ""
        data = {**(as_data(base.part) if base.part is not None else {}), **part.change}  # type: ignore[arg-type]
        model = Ward if item.subject == WARD else Draft
        base = replace(base, part=model.parse_obj({key: value for key, value in data.items() if value is not None}))
    assert base.part is not None  # somebody took at least one part
    return as_text(as_data(base.part))  # type: ignore[arg-type]
