"""How the search holds up with every procedure of the country: imported as drafts, indexed, searched beside ours."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import psutil
from rich.console import Console
from rich.table import Table

from bot.encoder.encoder import Encoder
from bot.evaluation.questions import QUESTIONS, Expect, load
from bot.knowledge import imports
from bot.knowledge import listing as listings
from bot.knowledge.clarifications import load_clarifications
from bot.knowledge.listing import Listing
from bot.knowledge.live import InForce
from bot.knowledge.official.read import read_official
from bot.knowledge.procedure import Draft
from bot.knowledge.ward import load_ward
from bot.search import index as indexes
from bot.search.corpus import Corpus, situations_of
from bot.search.decision import Calibration
from bot.search.finder import Finder
from bot.search.index import Vectors
from bot.settings import Settings
from bot.text import language

MOST_QUESTIONS = 200


@dataclass(frozen=True)
class Scale:
    """One index: procedures and passages in it, seconds to build, MB of memory it takes, and milliseconds a search."""

    procedures: int
    passages: int
    build_s: float
    memory_mb: float
    search_ms: float


def scale(settings: Settings, console: Console, source: Path) -> None:
    """Import a whole export into a scratch folder, index and search it; print one table."""
    known = [question for question in load(QUESTIONS / "development") if question.expect is Expect.answer]
    questions = [question.text for question in known[:MOST_QUESTIONS]]
    ours = listings.load(settings.knowledge)
    with tempfile.TemporaryDirectory() as scratch:
        started = time.monotonic()
        everything = _imported(source, ours, Path(scratch) / "drafts", console)
        console.print(f"imported and loaded in {time.monotonic() - started:.1f} s", highlight=False)
        listings_by_name = {"ours": ours, "all": everything}
        rows = {
            name: _measure(each, settings, Path(scratch) / name, questions) for name, each in listings_by_name.items()
        }
    table = Table("", *rows, "ratio", box=None, header_style="bold")
    for name in Scale.__dataclass_fields__:
        values = [getattr(row, name) for row in rows.values()]
        table.add_row(name, *(f"{value:,.1f}" for value in values), f"{values[1] / values[0]:.2f}")
    console.print(table)


def _imported(source: Path, ours: Listing, folder: Path, console: Console) -> Listing:
    """Our listing with a draft for everything else in the source."""
    planned = imports.plan_official(read_official(source).values(), ours, folder, today=date.today())
    imports.write(planned)
    size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
    refused = [each.code for each in planned if each.outcome is imports.Outcome.refused]
    console.print(
        f"{len(planned)} procedures read, {sum(each.is_written for each in planned)} drafts written ({size:.0f} MB), "
        f"refused: {', '.join(refused) or 'none'}",
        highlight=False,
    )
    drafts = {path.name: listings.load_procedure(path, Draft) for path in sorted(folder.glob("*.yml"))}
    return replace(ours, procedures={**ours.procedures, **{draft.code: draft for draft in drafts.values()}}, briefs={})


def _measure(listing: Listing, settings: Settings, scratch: Path, questions: Sequence[str]) -> Scale:
    """Build and search in processes of their own, so that memory is what the index takes and no leftovers."""
    # Vectors of the country must not push out ours; the encoder is the same.
    apart = replace(settings, var=scratch)
    apart.encoder_folder.parent.mkdir(parents=True)
    apart.encoder_folder.symlink_to(settings.encoder_folder.resolve())
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        passages, build_s = process.submit(_build, listing, settings, apart).result()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        memory_mb, search_ms = process.submit(_search, settings, apart, questions).result()
    return Scale(len(listing), passages, build_s, memory_mb, search_ms)


def _build(listing: Listing, settings: Settings, apart: Settings) -> tuple[int, float]:
    started = time.monotonic()
    ward = load_ward(settings.knowledge / "wards" / f"{settings.ward}.yml")
    clarifications = load_clarifications(settings.knowledge / "clarifications", listing.procedures)
    version = InForce(0, listing, ward, clarifications)
    passages = Corpus(settings)(version)
    features, lexicon = indexes.describe(passages, language.load(settings), Vectors(apart))
    indexes.write(indexes.assemble(passages, features, lexicon, situations_of(version)), apart.index)
    return len(passages), time.monotonic() - started


def _search(settings: Settings, apart: Settings, questions: Sequence[str]) -> tuple[float, float]:
    reader, encoder = language.load(settings), Encoder.of(settings)
    before = psutil.Process().memory_info().rss
    index = indexes.read(apart)
    finder = Finder(reader=reader, encoder=encoder, index=index, calibration=Calibration.load())
    memory = psutil.Process().memory_info().rss - before
    times = []
    for question in questions:
        started = time.perf_counter()
        finder(question)
        times.append(time.perf_counter() - started)
    return memory / 1e6, float(np.median(times)) * 1000
