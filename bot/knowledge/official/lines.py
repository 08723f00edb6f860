"""An export of many procedures, one JSON object a line, plain or packed with gzip."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pydantic import Field

from bot.knowledge.official.answers import CHANNELS
from bot.knowledge.official.procedure import (
    Official,
    OfficialDocument,
    OfficialFee,
    OfficialFiling,
    OfficialLaw,
    OfficialUnit,
    Scope,
)
from bot.knowledge.official.raw import Raw, SourceError, check_size, parse, tidy, tidy_all, time_of
from bot.knowledge.procedure import Level

MOST_BYTES = 500_000_000
LONGEST_LINE = 5_000_000


class _Fee(Raw):
    value: float | None
    currency_id: str | None
    desc: str | None


class _Method(Raw):
    channel: str
    time: float | str | None
    unit: OfficialUnit | None
    desc: str | None
    fees: tuple[_Fee, ...] = ()


class _Paper(Raw):
    name: str | None
    orig: int | None
    copies: int | None = Field(alias="copy")


class _Case(Raw):
    case: str | None
    items: tuple[_Paper, ...] = ()


class _Step(Raw):
    name: str | None
    desc: str | None


class _Law(Raw):
    code: str | None
    name: str | None


class _Line(Raw):
    code: str
    name: str
    url: str = ""
    linh_vuc: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    scope: Scope
    decision: str | None
    decision_date: date | None
    published: date | None
    executing: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    steps: tuple[_Step, ...] = ()
    methods: tuple[_Method, ...] = ()
    documents: tuple[_Case, ...] = ()
    results: tuple[str, ...] = ()
    conditions: str | None
    legal: tuple[_Law, ...] = ()


def read_lines(path: Path) -> Iterator[Official]:
    """Read every line. Raises SourceError naming file, line and part."""
    check_size(path, most_bytes=MOST_BYTES)
    opened = gzip.open if path.suffix == ".gz" else open
    number = 0
    try:
        with opened(path, "rb") as file:
            while line := file.readline(LONGEST_LINE):
                number += 1
                if len(line) == LONGEST_LINE:
                    raise SourceError(f"{path}: line {number}: longer than {LONGEST_LINE // 1_000_000} MB")
                if line.strip():
                    yield _official(_json(line, f"{path}: line {number}"), f"{path}: line {number}")
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise SourceError(f"{path}: after line {number}: damaged or cut off: {error}") from error


def _json(line: bytes, place: str) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{place}: not JSON, or cut off: {error}") from error


def _official(raw: object, place: str) -> Official:
    data = parse(_Line, raw, place)
    return Official(
        code=data.code.strip(),
        name=tidy(data.name),
        url=data.url,
        field=tidy(", ".join(data.linh_vuc)),
        levels=tuple(_level(level, place) for level in data.levels),
        scope=data.scope,
        decision=tidy(data.decision).rstrip(". "),
        published_on=data.published or data.decision_date,
        agencies=tidy_all(data.executing),
        subjects=tidy_all(data.subjects),
        steps=tidy_all(f"{step.name or ''}\n{step.desc or ''}" for step in data.steps),
        filings=tuple(_filing(method, place) for method in data.methods),
        documents=tuple(
            OfficialDocument(
                name=tidy(paper.name), case=tidy(case.case), originals=paper.orig or 0, copies=paper.copies or 0
            )
            for case in data.documents
            for paper in case.items
        ),
        results=tidy_all(data.results),
        conditions=tidy(data.conditions),
        legal_basis=tuple(OfficialLaw(code=tidy(law.code), name=tidy(law.name)) for law in data.legal),
    )


def _level(level: str, place: str) -> Level:
    try:
        return Level(level)
    except ValueError as error:
        allowed = ", ".join(each.value for each in Level)
        raise SourceError(f"{place}: levels: '{level}' is not one of {allowed}") from error


def _filing(method: _Method, place: str) -> OfficialFiling:
    if method.channel not in CHANNELS:
        raise SourceError(f"{place}: methods: '{method.channel}' is not one of {', '.join(sorted(CHANNELS))}")
    return OfficialFiling(
        channel=CHANNELS[method.channel],
        **time_of(method.time, method.unit, method.desc),
        fees=tuple(
            OfficialFee(amount=fee.value or 0, currency=fee.currency_id or "", text=tidy(fee.desc))
            for fee in method.fees
        ),
    )
