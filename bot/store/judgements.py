"""What the ward's people thought of answers that they tried."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.store import clock
from bot.store.database import insert_or_update, reading
from bot.store.desk_tables import OUTCOMES, judgements
from bot.text.privacy import mask
from bot.text.unicode import clean

VERDICTS = ("right", "wrong", "unclear")


@dataclass(frozen=True)
class Said:
    """What was asked and what the assistant did: `reply` is the reply's id, `version` the number of the version that
    answered, `before` what was asked before in the same talk; `outcome` is one of `OUTCOMES`."""

    reply: str
    version: int
    question: str
    outcome: str
    before: tuple[str, ...] = ()
    procedure: str = ""
    aspects: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """What somebody thought of it: `verdict` is one of `VERDICTS`; what would be right is empty where nobody said."""

    verdict: str
    right_outcome: str = ""
    right_procedure: str = ""
    right_aspects: tuple[str, ...] = ()
    remark: str = ""


@dataclass(frozen=True)
class Judgement:
    """One as it is kept."""

    id: int
    said: Said
    verdict: Verdict
    by: str
    at: datetime


class Judgements:
    """The judgements of a database."""

    def __init__(self, engine: Engine, *, now: clock.Clock = clock.now) -> None:
        self._engine, self._now = engine, now

    def add(self, said: Said, verdict: Verdict, *, by: str) -> Judgement:
        """Keep a judgement, masked; of one person the last on a reply counts.

        Raises ValueError for an empty question, another verdict or another outcome.
        """
        if verdict.verdict not in VERDICTS:
            raise ValueError(f"a verdict is one of {', '.join(VERDICTS)}, not '{verdict.verdict}'")
        if said.outcome not in OUTCOMES or verdict.right_outcome not in ("", *OUTCOMES):
            raise ValueError(f"an outcome is one of {', '.join(OUTCOMES)}")
        question = _masked(said.question)
        if not said.reply or not question:
            raise ValueError("nothing was asked")
        row = {
            "reply": said.reply,
            "at": self._now(),
            "by": by,
            "version": said.version,
            "question": question,
            "before": "\n".join(map(_masked, said.before)),
            "outcome": said.outcome,
            "procedure": said.procedure,
            "aspects": " ".join(said.aspects),
            "verdict": verdict.verdict,
            "right_outcome": verdict.right_outcome,
            "right_procedure": verdict.right_procedure,
            "right_aspects": " ".join(verdict.right_aspects),
            "remark": mask(clean(verdict.remark)),
        }
        with self._engine.begin() as connection:
            insert_or_update(connection, judgements, row, ["reply", "by"])
            mine = (judgements.c.reply == said.reply) & (judgements.c.by == by)
            return _judgement(connection.execute(select(judgements).where(mine)).mappings().one())

    def get(self, number: int) -> Judgement:
        """Raises KeyError where there is none of that number."""
        with reading(self._engine) as connection:
            row = connection.execute(select(judgements).where(judgements.c.id == number)).mappings().first()
        if row is None:
            raise KeyError(number)
        return _judgement(row)

    def all(self, *, verdict: str = "", procedure: str = "", most: int | None = None, skip: int = 0) -> list[Judgement]:
        """The newest first; those of one verdict, or about a procedure as answered or as it would be right."""
        found = select(judgements)
        if verdict:
            found = found.where(judgements.c.verdict == verdict)
        if procedure:
            about = (judgements.c.procedure == procedure) | (judgements.c.right_procedure == procedure)
            found = found.where(about)
        found = found.order_by(judgements.c.at.desc(), judgements.c.id.desc()).limit(most).offset(skip)
        with reading(self._engine) as connection:
            return [_judgement(row) for row in connection.execute(found).mappings()]

    def counts(self) -> Counter[str]:
        """How many there are of each verdict."""
        counted = select(judgements.c.verdict, func.count()).group_by(judgements.c.verdict)
        with reading(self._engine) as connection:
            return Counter({verdict: count for verdict, count in connection.execute(counted)})

    def remove(self, number: int) -> Judgement:
        """Drop one that was a mistake. Gives what it was; raises KeyError."""
        before = self.get(number)
        with self._engine.begin() as connection:
            connection.execute(judgements.delete().where(judgements.c.id == number))
        return before


def _masked(question: str) -> str:
    return " ".join(mask(clean(question)).split())


def _judgement(row: Any) -> Judgement:
    said = Said(
        reply=row["reply"],
        version=row["version"],
        question=row["question"],
        outcome=row["outcome"],
        before=tuple(row["before"].split("\n")) if row["before"] else (),
        procedure=row["procedure"],
        aspects=tuple(row["aspects"].split()),
    )
    verdict = Verdict(
        verdict=row["verdict"],
        right_outcome=row["right_outcome"],
        right_procedure=row["right_procedure"],
        right_aspects=tuple(row["right_aspects"].split()),
        remark=row["remark"],
    )
    return Judgement(row["id"], said, verdict, row["by"], row["at"])
