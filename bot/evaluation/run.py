"""An evaluation: every question of each set ranked and asked, the tables printed and saved."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.progress import track

from bot import serve
from bot.evaluation.baselines import Bm25, EncoderAlone, Ranker
from bot.evaluation.conversation import ask, client
from bot.evaluation.flips import flip_table
from bot.evaluation.leakage import leakage, texts_learnt_from
from bot.evaluation.noise import NOISES, without_diacritics
from bot.evaluation.questions import QUESTIONS, Expect, Question, load
from bot.evaluation.result import Ranking, Result
from bot.evaluation.saved import load_rows, question_rows, save
from bot.evaluation.tables import tables
from bot.knowledge import listing as listings
from bot.knowledge.listing import Listing
from bot.search.finder import Finder, Found
from bot.settings import Settings

# To look at while building; and one that is reported only, so that nobody fits the bot to it.
FROZEN = QUESTIONS / "frozen"
SETS = (QUESTIONS / "development", FROZEN)


def run(settings: Settings, console: Console, folders: Sequence[Path] = SETS) -> list[Result]:
    """Measure on the sets, one a folder; the results go to `var/evaluation/<folder's name>/`.

    Raises RecordError for a broken question, ServeError if the assistant cannot be started.
    """
    sets = {folder.name: load(folder) for folder in folders}
    results = []
    with serve.running(settings) as address:  # first of all: it also prepares what all others read
        measure = _Measure.load(settings, console, address)
        for name, questions in sets.items():
            console.rule(name)
            results.append(result := measure(name, questions))
            _report(result, settings.var / "evaluation" / name, console)
    return results


def _report(result: Result, folder: Path, console: Console) -> None:
    for table in tables(result):
        table.show(console)
    if before := load_rows(folder / "questions.jsonl"):
        changed = flip_table(before, list(question_rows(result)))
        if result.name == FROZEN.name:  # how many flipped, not which
            console.print(changed.note)
        elif changed.rows:
            changed.show(console)
    save(result, folder, heading=f"Evaluation of {datetime.now():%Y-%m-%d %H:%M} on {result.name}")
    console.print(f"Saved in {folder}: report.md, figures.json, questions.jsonl", soft_wrap=True)


@dataclass(frozen=True)
class _Measure:
    """What measuring needs, loaded once for all sets."""

    console: Console
    address: str
    finder: Finder
    listing: Listing
    baselines: dict[str, Ranker]
    learnt: list[str]

    @classmethod
    def load(cls, settings: Settings, console: Console, address: str) -> _Measure:
        listing = listings.load(settings.knowledge)
        return cls(
            console=console,
            address=address,
            finder=Finder.of(settings),
            listing=listing,
            baselines={"BM25": Bm25(listing), "encoder": EncoderAlone(listing, settings.encoder or settings.weights)},
            learnt=[text for _, text in texts_learnt_from(settings.knowledge, settings.nlu, listing)],
        )

    def __call__(self, name: str, questions: Sequence[Question]) -> Result:
        seconds: list[float] = []
        answerable = [question for question in questions if question.expect is Expect.answer]
        found = {question.id: self._timed(question.text, seconds) for question in self._track(questions, "Searching")}
        with client(self.address) as http:
            heard = {question.id: ask(http, question.text) for question in self._track(questions, "Asking in the chat")}
        return Result(
            name=name,
            questions=questions,
            found=found,
            heard=heard,
            seconds=seconds,
            noisy={
                noise: {
                    question.id: _codes(self.finder(change(question.text)))
                    for question in self._track(answerable, f"Searching, {noise}")
                }
                for noise, change in NOISES.items()
            },
            baselines={name: _ranking(ranker, questions) for name, ranker in self.baselines.items()},
            baselines_folded={
                name: _ranking(ranker, answerable, without_diacritics) for name, ranker in self.baselines.items()
            },
            fields={procedure.code: self.listing.fields[procedure.field] for procedure in self.listing},
            briefs=frozenset(self.listing.briefs),
            leakage=leakage([question.text for question in questions], self.learnt),
        )

    def _timed(self, text: str, seconds: list[float]) -> Found:
        began = time.perf_counter()
        found = self.finder(text)
        seconds.append(time.perf_counter() - began)
        return found

    def _track(self, questions: Sequence[Question], what: str) -> Iterable[Question]:
        return track(questions, what, console=self.console, transient=True)


def _codes(found: Found) -> list[str]:
    return [candidate.code for candidate in found.candidates]


def _ranking(ranker: Ranker, questions: Sequence[Question], change: Callable[[str], str] = str) -> Ranking:
    ranked = ranker([change(question.text) for question in questions])
    return {question.id: codes for question, codes in zip(questions, ranked, strict=True)}
