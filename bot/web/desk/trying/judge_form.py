"""The form by which an answer is judged: filled from the turn, or as it was sent where something is missing."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.datastructures import FormData

from bot.store.judgements import Verdict
from bot.text.codes import codes_in
from bot.web.desk.sent import number_in
from bot.web.desk.trying.form import LONGEST, field, fields, first_code, verdict_in
from bot.web.desk.trying.turn import Turn

NOT_YET = Verdict("")
MOST_OFFERED = 5  # procedures to pick from before one looks for another


@dataclass(frozen=True)
class JudgeForm:
    """What is judged and what was filled in. `offered` are codes to pick from, `look` what somebody looks for, and
    `facts` what a golden question made of it would ask for."""

    reply: str
    version: int
    question: str
    outcome: str
    procedure: str
    aspects: tuple[str, ...]
    facts: tuple[str, ...]
    offered: tuple[str, ...]
    verdict: Verdict = NOT_YET
    look: str = ""
    fault: str = ""

    @classmethod
    def of_turn(cls, turn: Turn) -> JudgeForm:
        """Nothing judged yet."""
        near = [row.code for row in turn.why.candidates] if turn.why else []
        return cls(
            reply=turn.replies[0].id,
            version=turn.version,
            question=turn.question,
            outcome=turn.outcome,
            procedure=turn.procedure,
            aspects=turn.aspects,
            facts=turn.facts,
            offered=tuple(code for code in near if code != turn.procedure)[:MOST_OFFERED],
        )

    @classmethod
    def of(cls, form: FormData, *, fault: str = "", found: tuple[str, ...] = ()) -> JudgeForm:
        """As it was sent, with what was found for `look` before the others."""
        offered = [code for sent in fields(form, "ung-vien") for code in codes_in(sent)]
        return cls(
            reply=field(form, "tra-loi")[:64],
            version=number_in(field(form, "phien-ban"), 0),
            question=field(form, "cau")[:LONGEST],
            outcome=field(form, "da-lam"),
            procedure=first_code(field(form, "da-thu-tuc")),
            aspects=fields(form, "da-khia-canh"),
            facts=facts_in(form),
            offered=tuple(dict.fromkeys([*found, *offered]))[: 2 * MOST_OFFERED],
            verdict=verdict_in(form),
            look=field(form, "tim-thu-tuc")[:LONGEST],
            fault=fault,
        )


def facts_in(form: FormData) -> tuple[str, ...]:
    """The facts that travel along, one a line."""
    return tuple(line.strip()[:LONGEST] for line in field(form, "su-that").split("\n") if line.strip())
