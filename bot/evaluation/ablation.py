"""What each part of the search adds: the same questions with one part taken away at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import track

from bot.encoder.encoder import Encoder
from bot.evaluation.metrics import rank_of, top_k
from bot.evaluation.noise import NOISES
from bot.evaluation.questions import Expect, load
from bot.evaluation.table import Table, number
from bot.knowledge.listing import load as load_listing
from bot.search import index as indexes
from bot.search.features import Features
from bot.search.index import Index
from bot.search.ranking import WEIGHTS, Ranking, rank
from bot.settings import Settings
from bot.text import language
from bot.text.reading import Reader, Reading

Order = Callable[[Ranking], Sequence[str]]


def ablate(settings: Settings, console: Console, folder: Path) -> Table:
    """Rank a set's answerable questions, as typed and with each noise, without one part after the other.

    Raises FileNotFoundError if the index was not built.
    """
    listing = load_listing(settings.knowledge)
    questions = [q for q in load(folder) if q.expect is Expect.answer and set(q.codes) & set(listing.procedures)]
    encoder, index = Encoder.of(settings), indexes.read(settings)
    texts = {"as typed": [q.text for q in questions], **{n: [f(q.text) for q in questions] for n, f in NOISES.items()}}
    reader = language.load(settings)
    rows: list[list[str]] = []
    for name, read, orders in track(_readings(reader), "Taking parts away", console=console, transient=True):
        ranked = [[_rank(index, encoder, read(text)) for text in typed] for typed in texts.values()]
        for part, order in orders.items():
            shares = [
                top_k([rank_of(order(one), q.codes) for one, q in zip(rankings, questions, strict=True)], 1)
                for rankings in ranked
            ]
            rows.append([name or part, *map(number, shares)])
    return Table(
        f"What each part adds: right procedure first, {len(questions)} questions of {folder.name}",
        ["", *texts],
        rows,
    )


def _rank(index: Index, encoder: Encoder, reading: Reading) -> Ranking:
    words, pieces = index.lexicon([reading])
    return rank(index, Features(encoder(reading.text).vector.reshape(1, -1), words, pieces))


def _readings(reader: Reader) -> list[tuple[str, Callable[[str], Reading], dict[str, Order]]]:
    """Ways of reading, each with ways of ordering what the legs then say; the usual way has no name."""
    usual: dict[str, Order] = {"everything": _best_first}
    return [
        (
            "",
            reader,
            {
                **usual,
                **{f"without the leg of {leg}": _without(leg) for leg in WEIGHTS},
                **{f"the leg of {leg} alone": _only(leg) for leg in WEIGHTS},
            },
        ),
        ("without mending of slips", reader.without(mending=True), usual),
        ("without mending and restoring of diacritics", reader.without(mending=True, restoring=True), usual),
        ("without synonyms", reader.without(synonyms=True), usual),
        ("without shorthand", reader.without(shorthand=True), usual),
    ]


def _best_first(ranking: Ranking) -> Sequence[str]:
    return ranking.codes


def _without(leg: str) -> Order:
    weights = {name: weight for name, weight in WEIGHTS.items() if name != leg}
    return lambda ranking: _ordered(ranking, weights)


def _only(leg: str) -> Order:
    return lambda ranking: _ordered(ranking, {leg: 1.0})


def _ordered(ranking: Ranking, weights: dict[str, float]) -> list[str]:
    scores = np.sum([weight * ranking.legs[leg] for leg, weight in weights.items()], axis=0)
    return [ranking.codes[place] for place in np.argsort(-scores, kind="stable")]
