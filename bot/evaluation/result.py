"""All that one run measured, before anything is made of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.evaluation import metrics
from bot.evaluation.conversation import Heard
from bot.evaluation.questions import Question
from bot.evaluation.scores import Ranked, Refused, Talked, by_style, groups, ranked, refused, talked
from bot.search.finder import Found

OURS = "ours"
Rankings = Mapping[str, Sequence[Sequence[str]]]  # by ranker, a ranking for each question


@dataclass(frozen=True)
class Result:
    """Questions and what was got for each: first the answerable, then the unanswerable.

    `folded` are the rankings for the answerable questions with their diacritics left out. `fields` names the field of
    each procedure; `briefs` are questions about procedures known in brief, and `heard_of_briefs` what the chat said.
    """

    answerable: Sequence[Question]
    unanswerable: Sequence[Question]
    rankings: Rankings
    folded: Rankings
    found: Sequence[Found]
    heard: Sequence[Heard]
    fields: Mapping[str, str] = field(default_factory=dict)
    briefs: Sequence[Question] = ()
    heard_of_briefs: Sequence[Heard] = ()

    def by_field(self) -> dict[str, Ranked]:
        """Our scores by the field of the procedure meant."""
        names = [self.fields.get(question.codes[0], "?") for question in self.answerable]
        return {
            name: ranked([self.answerable[n] for n in places], [self.rankings[OURS][n] for n in places])
            for name, places in sorted(groups(names).items())
        }

    def talked_of_briefs(self) -> Talked:
        """The chat's scores on procedures known in brief."""
        return talked(self.briefs, self.heard_of_briefs)

    def ranked(self, ranker: str) -> dict[str, Ranked]:
        """A ranker's scores by style and over all."""
        return {
            style: ranked([self.answerable[n] for n in places], [self.rankings[ranker][n] for n in places])
            for style, places in by_style(self.answerable).items()
        }

    def without_diacritics(self, ranker: str) -> Ranked:
        """A ranker's scores over all questions, folded."""
        return ranked(self.answerable, self.folded[ranker])

    def interval(self, ranker: str) -> tuple[float, float]:
        """The 95 % bootstrap interval of the top 1 over all."""
        pairs = zip(self.answerable, self.rankings[ranker], strict=False)  # the unanswerable stand behind
        ranks = [metrics.rank_of(ranking, question.codes) for question, ranking in pairs]
        return metrics.bootstrap_interval([rank == 1 for rank in ranks])

    def talked(self) -> dict[str, Talked]:
        """The chat's scores by style and over all."""
        return {
            style: talked([self.answerable[n] for n in places], [self.heard[n] for n in places])
            for style, places in by_style(self.answerable).items()
        }

    def refused(self) -> dict[str, Refused]:
        """The chat's scores on the unanswerable by kind, by style and over all."""
        heard = self.heard[len(self.answerable) :]
        kinds = groups([question.kind for question in self.unanswerable])
        return {
            name: refused([self.unanswerable[n] for n in places], [heard[n] for n in places])
            for name, places in {**kinds, **by_style(self.unanswerable)}.items()
        }
