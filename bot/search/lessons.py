"""What the encoder is taught: every text that the search knows, read as a message is read, in other forms, too.

Run by `python -m bot tune`; the adapter that comes of it is kept in the repository. No evaluation set takes part.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import numpy as np
from joblib import Parallel, delayed

from bot.encoder import adapter
from bot.encoder.build import load
from bot.encoder.encoder import PROMPT
from bot.encoder.tuning import Lesson, tune
from bot.knowledge.live import load_version
from bot.search.asked import labelled_aspects
from bot.search.corpus import Corpus
from bot.search.passages import OUTSIDE, Kind, Passage
from bot.settings import Settings
from bot.text import language
from bot.text.folding import fold

FOLDED = 0.6  # of the other forms; the rest have slips
MARKS_LOST, SLIPPED = 0.2, 0.1  # of the words of a text with slips
EXAMPLES = 6  # of a new record in the check on fields held out
Say = Callable[[str], None]


def tune_encoder(settings: Settings, say: Say, held_out: Collection[str] = ()) -> None:
    """Teach the packaged encoder. With fields held out nothing is kept: how well those are found is measured instead.

    Raises FileNotFoundError if the packaged weights were not unpacked.
    """
    version = load_version(settings)
    listing = version.listing
    if unknown := set(held_out) - set(listing.fields):
        raise FileNotFoundError(f"no such field: {', '.join(sorted(unknown))}; there are {', '.join(listing.fields)}")
    field = {procedure.code: procedure.field for procedure in listing}
    passages = [passage for passage in Corpus(settings)(version) if passage.kind is not Kind.brief]
    taught = [passage for passage in passages if field.get(passage.code) not in set(held_out)]
    say(f"reading {len(taught)} texts")
    labels = labelled_aspects(settings.nlu)
    aspects = sorted({name for names in labels.values() for name in names})
    lessons = _lessons(taught, labels, settings)
    model = load(settings.weights)
    untuned = _found_anew(model, passages, field, held_out, settings) if held_out else 0.0
    tensors = tune(model, lessons, aspects, say)
    if not held_out:
        adapter.save(tensors, aspects)
        say(f"kept {adapter.ADAPTER.name}, {adapter.ADAPTER.stat().st_size / 1e6:.1f} MB")
        return
    fresh = load(settings.weights)
    adapter.merge(fresh[0].auto_model, tensors)
    tuned = _found_anew(fresh, passages, field, held_out, settings)
    say(
        f"questions about {', '.join(held_out)}, none of them taught: theirs is first among all, each known by its "
        f"names and {EXAMPLES} questions, in {untuned:.3f} untuned, {tuned:.3f} tuned"
    )


def _lessons(passages: Sequence[Passage], aspects: Mapping[str, Sequence[str]], settings: Settings) -> list[Lesson]:
    aspects_only = [Passage(OUTSIDE, Kind.outside, text) for text in set(aspects) - {p.text for p in passages}]
    everything = [*passages, *sorted(aspects_only, key=lambda passage: passage.text)]
    dice = random.Random(0)
    typed = [_otherwise(passage.text, dice) if passage.is_spoken else "" for passage in everything]
    texts = [passage.text for passage in everything]
    halves = np.array_split(np.arange(len(texts)), 2)
    parts = Parallel(n_jobs=2)(
        delayed(_read)([texts[n] for n in half], [typed[n] for n in half], settings) for half in halves
    )
    readings = [pair for part in parts for pair in part]
    meanings = {name: number for number, name in enumerate(sorted({_meaning(p) for p in everything} - {""}))}
    return [
        Lesson(
            text=text,
            forms=(form,) if form else (),
            meaning=meanings.get(_meaning(passage)),
            aspects=frozenset(aspects[passage.text]) if passage.text in aspects else None,
            is_spoken=passage.is_spoken,
        )
        for passage, (text, form) in zip(everything, readings)
    ]


def _read(texts: Sequence[str], typed: Sequence[str], settings: Settings) -> list[tuple[str, str]]:
    reader = language.load(settings)
    return [(reader(text).text, reader(other).text if other else "") for text, other in zip(texts, typed)]


def _meaning(passage: Passage) -> str:
    """What a text has in common with others: its procedure, its situation or its signpost; empty if nothing."""
    return passage.code or (f"signpost {passage.topic}" if passage.topic else "")


def _otherwise(text: str, dice: random.Random) -> str:
    if dice.random() < FOLDED:
        return fold(text)
    return " ".join(_slipped(word, dice) for word in text.split())


def _slipped(word: str, dice: random.Random) -> str:
    chance = dice.random()
    if chance < MARKS_LOST:
        return fold(word)
    if chance < MARKS_LOST + SLIPPED and len(word) > 2:
        at = dice.randrange(len(word) - 1)
        first, second = word[at], word[at + 1]
        return word[:at] + dice.choice((second + first, second, first + first + second)) + word[at + 2 :]
    return word


def _found_anew(
    model: Any, passages: Sequence[Passage], field: dict[str, str], held_out: Collection[str], settings: Settings
) -> float:
    """How often questions of the fields held out find their procedure first among all, by meaning alone.

    Every procedure stands there as a new record would: by its names and a few example questions.
    """
    reader, dice = language.load(settings), random.Random(0)
    known = [p for p in passages if p.kind in (Kind.name, Kind.official_name)]
    asked: list[Passage] = []
    for code in sorted(field):
        examples = [p for p in passages if p.code == code and p.is_spoken]
        dice.shuffle(examples)
        known += examples[:EXAMPLES]
        asked += examples[EXAMPLES:] if field[code] in held_out else []
    vectors = [
        model.encode([PROMPT + reader(p.text).text for p in part], normalize_embeddings=True, show_progress_bar=False)
        for part in (known, asked)
    ]
    nearest = (vectors[1] @ vectors[0].T).argmax(axis=1)
    return float(np.mean([known[place].code == passage.code for place, passage in zip(nearest, asked)]))
