"""The case that an address names: `?ca=<case>.<choice>`, repeated for each question of the record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.knowledge.procedure import Procedure


@dataclass(frozen=True)
class OwnCase:
    """Answers by case id in the order of the record, and whether something else was named, too."""

    answers: tuple[tuple[str, str], ...]
    strange: bool

    @property
    def refs(self) -> tuple[str, ...]:
        """The answers as they stand in the record and in addresses."""
        return tuple(f"{case}.{choice}" for case, choice in self.answers)


def own_case(procedure: Procedure, named: Iterable[str]) -> OwnCase:
    """Of what an address names, the answers that the record knows: one a question. An empty one leaves it open."""
    refs = set(named) - {""}
    known = [
        [(case.id, choice.id) for choice in case.choices if f"{case.id}.{choice.id}" in refs]
        for case in procedure.cases
    ]
    answers = tuple(answer for case in known for answer in case[:1])
    return OwnCase(answers, len(answers) < len(refs))
