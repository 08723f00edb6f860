"""The list of golden questions: filtered, a page at a time, each with what became of it last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.store.golden import GoldenQuestion
from bot.store.golden_runs import GoldenRun, Result
from bot.text.folding import fold
from bot.text.unicode import clean
from bot.web.desk.golden.names import FAILED, NOT_ASKED, PASSED
from bot.web.desk.golden.procedures import Procedures

ON_A_PAGE = 50


@dataclass(frozen=True)
class Filter:
    """Which golden questions are looked for; what is empty lets all pass."""

    words: str = ""
    procedure: str = ""
    field: str = ""
    outcome: str = ""
    last: str = ""


@dataclass(frozen=True)
class Row:
    """One golden question: its procedure and field by name, what became of it last, what it repeats (a code)."""

    question: GoldenQuestion
    procedure: str
    field: str
    last: str
    result: Result | None


def rows_of(questions: Iterable[GoldenQuestion], run: GoldenRun | None, procedures: Procedures) -> list[Row]:
    """All questions, the newest first. A result counts as long as nobody has changed the question since."""
    known = {(result.id, result.revision): result for result in (run.results if run else ())}
    rows = []
    for one in questions:
        result = known.get((one.id, one.revision))
        last = NOT_ASKED if result is None else PASSED if result.passed else FAILED
        name = procedures.shown(one.procedure) if one.procedure else ""
        rows.append(Row(one, name, procedures.fields.get(one.procedure, ""), last, result))
    return rows[::-1]


def filtered(rows: Iterable[Row], wanted: Filter) -> list[Row]:
    """Those that pass."""
    words = fold(clean(wanted.words)).split()
    exact: Mapping[str, str] = {"field": wanted.field, "last": wanted.last}
    return [
        row
        for row in rows
        if all(getattr(row, name) == value for name, value in exact.items() if value)
        and wanted.procedure in ("", row.question.procedure)
        and wanted.outcome in ("", row.question.outcome)
        and all(word in fold(f"{row.question.question} {row.procedure} {row.question.note}") for word in words)
    ]
