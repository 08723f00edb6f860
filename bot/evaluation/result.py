"""All that one run measured on one set, before anything is made of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bot.evaluation.conversation import Heard
from bot.evaluation.leakage import Leakage
from bot.evaluation.questions import Expect, Question
from bot.evaluation.scores import (
    ALL,
    Answered,
    AskedBack,
    Ranked,
    Refused,
    Talked,
    asked_back,
    by_style,
    groups,
    ranked,
    refused,
    talked,
)
from bot.search.finder import Found

OURS = "ours"
Ranking = Mapping[str, Sequence[str]]  # by question, codes best first


@dataclass(frozen=True)
class Result:
    """One set's questions, and by the id of each what was got for it.

    `baselines` are other rankers' rankings; `noisy` and `baselines_folded` those for questions typed by a less careful
    hand. `fields` names the field of each procedure, `briefs` the procedures known by their facts alone.
    """

    name: str
    questions: Sequence[Question]
    found: Mapping[str, Found]
    heard: Mapping[str, Heard]
    baselines: Mapping[str, Ranking] = field(default_factory=dict)
    baselines_folded: Mapping[str, Ranking] = field(default_factory=dict)
    noisy: Mapping[str, Ranking] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    briefs: frozenset[str] = frozenset()
    leakage: Leakage | None = None
    seconds: Sequence[float] = ()

    @cached_property
    def answerable(self) -> list[Question]:
        """Questions about procedures that are written out."""
        return [question for question in self._of(Expect.answer) if not self._is_brief(question)]

    @cached_property
    def rankings(self) -> dict[str, Ranking]:
        """By ranker, our own first."""
        ours = {id_: [candidate.code for candidate in one.candidates] for id_, one in self.found.items()}
        return {OURS: ours, **self.baselines}

    def ranked(self, ranker: str) -> dict[str, Ranked]:
        """A ranker's scores by style and over all."""
        return {
            style: self._ranked(self.rankings[ranker], [self.answerable[n] for n in places])
            for style, places in by_style(self.answerable).items()
        }

    def by_field(self) -> dict[str, Ranked]:
        """Our scores by the field of the procedure meant."""
        names = [self.fields.get(question.codes[0], "?") for question in self.answerable]
        return {
            name: self._ranked(self.rankings[OURS], [self.answerable[n] for n in places])
            for name, places in sorted(groups(names).items())
        }

    def ranked_noisy(self) -> dict[str, Ranked]:
        """Our scores over all questions, by the noise laid on them."""
        return {noise: self._ranked(ranking, self.answerable) for noise, ranking in self.noisy.items()}

    def ranked_folded(self, ranker: str) -> Ranked:
        """A baseline's scores over all questions without diacritics."""
        return self._ranked(self.baselines_folded[ranker], self.answerable)

    def talked(self) -> dict[str, Talked]:
        """The chat's scores by style and over all."""
        return {
            style: talked(self._answered([self.answerable[n] for n in places]))
            for style, places in by_style(self.answerable).items()
        }

    def talked_of_briefs(self) -> Talked:
        """The chat's scores on procedures known in brief."""
        return talked(self._answered([question for question in self._of(Expect.answer) if self._is_brief(question)]))

    def asked_back(self) -> AskedBack:
        """The chat's scores on questions that leave the procedure open."""
        return asked_back(self._answered(self._of(Expect.choose)))

    def refused(self) -> dict[str, Refused]:
        """The chat's scores on the unanswerable by kind and over all."""
        questions = self._of(Expect.unknown)
        places = {**groups([question.kind for question in questions]), ALL: list(range(len(questions)))}
        return {name: refused(self._answered([questions[n] for n in those])) for name, those in places.items()}

    def _of(self, expect: Expect) -> list[Question]:
        return [question for question in self.questions if question.expect is expect]

    def _is_brief(self, question: Question) -> bool:
        return question.codes[0] in self.briefs

    def _ranked(self, ranking: Ranking, questions: Sequence[Question]) -> Ranked:
        return ranked([(question, ranking[question.id]) for question in questions])

    def _answered(self, questions: Sequence[Question]) -> list[Answered]:
        return [(question, self.heard[question.id]) for question in questions]
