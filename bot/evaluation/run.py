"""One evaluation: ranks and asks every question, prints the tables and saves them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.progress import track

from bot import serve
from bot.evaluation.baselines import Bm25, EncoderAlone, Ranker
from bot.evaluation.conversation import Heard, ask, client
from bot.evaluation.questions import QUESTIONS, Question, load_answerable, load_briefs, load_unanswerable
from bot.evaluation.result import OURS, Result
from bot.evaluation.saved import save
from bot.evaluation.tables import tables
from bot.knowledge import listing as listings
from bot.search.encoder import Encoder
from bot.search.finder import Finder, Found
from bot.settings import ROOT, Settings
from bot.text.folding import fold


def run(settings: Settings, console: Console, *, questions: Path = QUESTIONS) -> None:
    """Measure on the question sets of a folder; the results go to `var/evaluation/`.

    Raises RecordError for a broken question, ServeError if the assistant cannot be started.
    """
    answerable, unanswerable = load_answerable(questions), load_unanswerable(questions)
    briefs = load_briefs(questions)
    with serve.running(settings) as address:  # first of all: it also prepares what all others read
        result = _measure(settings, console, answerable, unanswerable, briefs, address)
    for table in tables(result):
        table.show(console)
    shown = questions.relative_to(ROOT) if questions.is_relative_to(ROOT) else questions
    heading = f"Evaluation of {datetime.now():%Y-%m-%d %H:%M} on {shown}"
    save(result, settings.var / "evaluation", heading=heading)
    console.print(f"Saved in {settings.var / 'evaluation'}: latest.md, latest.json, questions.jsonl", soft_wrap=True)


def _measure(
    settings: Settings,
    console: Console,
    answerable: Sequence[Question],
    unanswerable: Sequence[Question],
    briefs: Sequence[Question],
    address: str,
) -> Result:
    texts = [question.text for question in (*answerable, *unanswerable)]
    folded = [fold(question.text) for question in answerable]
    finder = Finder.load(settings)
    found = [finder(text) for text in track(texts, "Searching", console=console, transient=True)]
    found_folded = [finder(text) for text in track(folded, "Searching, folded", console=console, transient=True)]
    listing = listings.load(settings.knowledge)
    baselines: dict[str, Ranker] = {"BM25": Bm25(listing), "encoder": EncoderAlone(listing, Encoder.of(settings))}
    return Result(
        answerable=answerable,
        unanswerable=unanswerable,
        rankings={OURS: _codes(found), **{name: ranker(texts) for name, ranker in baselines.items()}},
        folded={OURS: _codes(found_folded), **{name: ranker(folded) for name, ranker in baselines.items()}},
        found=found,
        heard=_ask_all(address, console, texts),
        fields={procedure.code: listing.fields[procedure.field] for procedure in listing},
        briefs=briefs,
        heard_of_briefs=_ask_all(address, console, [question.text for question in briefs]),
    )


def _codes(found: Sequence[Found]) -> list[list[str]]:
    return [[candidate.code for candidate in one.candidates] for one in found]


def _ask_all(address: str, console: Console, texts: Sequence[str]) -> list[Heard]:
    with client(address) as http:
        return [ask(http, text) for text in track(texts, "Asking in the chat", console=console, transient=True)]
