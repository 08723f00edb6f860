"""What became of the golden questions each time they were asked."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError

from bot.store import clock
from bot.store.database import reading
from bot.store.desk_tables import golden_runs

LARGEST = 2**31 - 1  # number of a row
CUT_OFF_AFTER = timedelta(minutes=2)  # a run that has not gone on for so long will not


@dataclass(frozen=True)
class Result:
    """What became of one golden question (its number and its revision then): `why` it failed and what was `said`."""

    id: int
    question: str
    passed: bool
    why: str
    said: str
    revision: int = 1


@dataclass(frozen=True)
class GoldenRun:
    """One run: of the version in force, or of a `candidate` (a fingerprint) made of it.

    `took_ms` is None until it has ended, and in one that was cut off; `fault` says why it was given up.
    """

    id: int
    version: int
    candidate: str
    by: str
    began_at: datetime
    took_ms: int | None
    total: int
    done: int
    passed: int
    fault: str
    is_running: bool
    results: tuple[Result, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether all questions were asked."""
        return self.took_ms is not None and not self.fault


class Busy(Exception):
    """Another run is going on."""


class GoldenRuns:
    """The runs of a database."""

    def __init__(self, engine: Engine, *, now: clock.Clock = clock.now) -> None:
        self._engine, self._now = engine, now

    def begin(self, version: int, total: int, *, candidate: str = "", by: str = "") -> int:
        """Note that a run begins; its number. Raises Busy while another one goes on."""
        now = self._now()
        with self._engine.begin() as connection:  # what was cut off holds up nobody
            cut_off = golden_runs.c.is_running == 1, golden_runs.c.seen_at < now - CUT_OFF_AFTER
            connection.execute(update(golden_runs).where(*cut_off).values(is_running=None))
        row = {
            **{"is_running": 1, "version": version, "candidate": candidate, "by": by, "began_at": now, "seen_at": now},
            **{"total": total, "done": 0, "passed": 0, "fault": "", "results": "[]"},
        }
        try:
            with self._engine.begin() as connection:
                return int(connection.execute(golden_runs.insert().values(**row)).inserted_primary_key[0])
        except IntegrityError as taken:
            raise Busy from taken

    def went_on(self, number: int, done: int) -> None:
        """Note how far a run is."""
        self._set(number, done=done, seen_at=self._now())

    def end(self, number: int, version: int, results: Sequence[Result], took_ms: int) -> None:
        """Note what became of a run; `version` is what answered."""
        said = json.dumps([asdict(result) for result in results], ensure_ascii=False)
        passed = sum(result.passed for result in results)
        values = {"version": version, "done": len(results), "passed": passed, "results": said, "took_ms": took_ms}
        self._set(number, is_running=None, seen_at=self._now(), **values)

    def give_up(self, number: int, fault: str) -> None:
        """Note that a run could not go on."""
        self._set(number, is_running=None, seen_at=self._now(), fault=fault)

    def get(self, number: int) -> GoldenRun:
        """One run with its results. Raises KeyError."""
        if number > LARGEST:
            raise KeyError(number)
        with reading(self._engine) as connection:
            row = connection.execute(select(golden_runs).where(golden_runs.c.id == number)).mappings().first()
        if row is None:
            raise KeyError(number)
        return self._run(row)

    def going_on(self) -> GoldenRun | None:
        """The run that goes on now, if any."""
        found = select(golden_runs).where(golden_runs.c.is_running == 1)
        with reading(self._engine) as connection:
            row = connection.execute(found).mappings().first()
        run = None if row is None else self._run(row)
        return run if run is not None and run.is_running else None

    def all(self, *, most: int | None = None, skip: int = 0) -> list[GoldenRun]:
        """The newest first, without their results."""
        columns = [column for column in golden_runs.c if column is not golden_runs.c.results]
        found = select(*columns).order_by(golden_runs.c.id.desc()).limit(most).offset(skip)
        with reading(self._engine) as connection:
            return [self._run(row) for row in connection.execute(found).mappings()]

    def last(self, *, version: int | None = None, before: int | None = None, candidate: str = "") -> GoldenRun | None:
        """The last whole run of what was in force (or of one candidate): of a version, or of any before one."""
        wanted = [golden_runs.c.candidate == candidate, golden_runs.c.took_ms.is_not(None), golden_runs.c.fault == ""]
        if version is not None:
            wanted.append(golden_runs.c.version == version)
        if before is not None:
            wanted.append(golden_runs.c.version < before)
        found = select(golden_runs).where(*wanted).order_by(golden_runs.c.id.desc()).limit(1)
        with reading(self._engine) as connection:
            row = connection.execute(found).mappings().first()
        return None if row is None else self._run(row)

    def _set(self, number: int, **values: Any) -> None:
        with self._engine.begin() as connection:
            if not connection.execute(update(golden_runs).where(golden_runs.c.id == number).values(**values)).rowcount:
                raise KeyError(number)

    def _run(self, row: Any) -> GoldenRun:
        results: Collection[Any] = json.loads(row["results"]) if "results" in row else ()
        values = {name: row[name] for name in GoldenRun.__dataclass_fields__ if name not in ("results", "is_running")}
        is_running = row["is_running"] == 1 and row["seen_at"] >= self._now() - CUT_OFF_AFTER
        return GoldenRun(**values, is_running=is_running, results=tuple(Result(**result) for result in results))
