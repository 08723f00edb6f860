"""An index brought to another version of the knowledge: only what differs is read, encoded and learnt.

Editing a fee changes no passage and costs nothing here; a new record, or other words to ask by, cost about a second.
The words and pieces known, and how rare each is, stay those of the last whole build.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import vstack

from bot.search.features import Features
from bot.search.index import Index, learnable, owners_of
from bot.search.legs import Lesson, MeaningLeg, WordLeg
from bot.search.passages import Passage
from bot.text.reading import Reader

Encode = Callable[[Sequence[str]], np.ndarray]


@dataclass(frozen=True)
class Plan:
    """Which passages stay (their places in the old index), which are added, and who has others than before."""

    kept: np.ndarray
    added: tuple[Passage, ...]
    changed: frozenset[str]


def plan(index: Index, passages: Sequence[Passage]) -> Plan:
    """What has to be done for the index to hold these passages."""
    places: dict[Passage, list[int]] = defaultdict(list)
    for place, passage in enumerate(index.passages):
        places[passage].append(place)
    kept, added = [], []
    for passage in passages:
        if places[passage]:
            kept.append(places[passage].pop())
        else:
            added.append(passage)
    gone = [index.passages[place] for left in places.values() for place in left]
    changed = frozenset(passage.code for passage in (*added, *gone))
    return Plan(np.array(sorted(kept), int), tuple(added), changed)


def updated(
    index: Index,
    passages: Sequence[Passage],
    situations: Mapping[str, tuple[str, ...]],
    *,
    reader: Reader,
    encode: Encode,
) -> Index:
    """An index over these passages; the one given stays as it is, and is returned where nothing differs."""
    todo = plan(index, passages)
    if not todo.changed:
        return index if index.situations == dict(situations) else replace(index, situations=dict(situations))
    features = _features(index, todo, reader, encode)
    now = [*(index.passages[place] for place in todo.kept), *todo.added]
    owners = owners_of(now)
    lesson = Lesson.of(features.joined(), learnable(now, owners))
    numbers = {code: number for number, code in enumerate(index.owners.codes)}
    before = {number: numbers[code] for number, code in enumerate(owners.codes) if code in numbers}
    changed = {number for number, code in enumerate(owners.codes) if code in todo.changed}
    return Index(
        passages=now,
        owners=owners,
        lexicon=index.lexicon,
        meaning=MeaningLeg.build(features.vectors),
        words=WordLeg(features.words),
        pieces=WordLeg(features.pieces),
        classifier=index.classifier.relearnt(lesson, before, changed, len(owners.codes)),
        situations=dict(situations),
    )


def _features(index: Index, todo: Plan, reader: Reader, encode: Encode) -> Features:
    readings = [reader(passage.text) for passage in todo.added]
    words, pieces = index.lexicon(readings) if readings else (None, None)
    vectors = encode([reading.text for reading in readings])
    parts = [(index.words.passages()[todo.kept], words), (index.pieces.passages()[todo.kept], pieces)]
    return Features(
        np.concatenate([index.meaning.vectors()[todo.kept], vectors]),
        *(old if new is None else vstack([old, new]).tocsr() for old, new in parts),
    )
