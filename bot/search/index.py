"""The search index on disk: built from the knowledge in one go, read by whoever searches.

`var/index/` holds `passages.json`, `dense.faiss` and `model.joblib` (lexicon, sparse matrices, classifier). Vectors of
texts that have not changed are kept in `var/vectors.npz`, so that a changed record costs seconds.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType

import joblib
import numpy as np
from joblib import cpu_count

from bot.encoder.encoder import BATCH, Encoder, identity
from bot.knowledge.live import load_version
from bot.search.corpus import Corpus, situations_of
from bot.search.features import Features, Lexicon
from bot.search.legs import ClassifierLeg, MeaningLeg, Owners, WordLeg
from bot.search.passages import FOLLOW_UP, NO_PROCEDURE, OPEN, OUTSIDE, Kind, Passage
from bot.settings import Settings
from bot.text import language
from bot.text.reading import Reader

Progress = Callable[[float], None]


@dataclass
class Index:
    """Everything the finder needs, ready in memory.

    `outside` numbers the passages that no procedure answers, `signposts` those of them that name who does it, `briefs`
    the names of procedures known in brief. Of the owners, `inside` numbers the procedures, `open` the situations that
    leave the procedure open; `situations` are the procedures that each of these offers.
    """

    passages: list[Passage]
    owners: Owners
    lexicon: Lexicon
    meaning: MeaningLeg
    words: WordLeg
    pieces: WordLeg
    classifier: ClassifierLeg
    situations: dict[str, tuple[str, ...]]

    def __post_init__(self) -> None:
        outside = [number for number, passage in enumerate(self.passages) if passage.code == OUTSIDE]
        self.outside = np.array(outside, int)
        self.signposts = np.array([number for number in outside if self.passages[number].topic], int)
        self.briefs = np.flatnonzero(self.owners.columns < 0)
        codes = self.owners.codes
        self.open = np.array([number for number, code in enumerate(codes) if code.startswith(OPEN)], int)
        none = set(NO_PROCEDURE)
        self.inside = np.setdiff1d([number for number, code in enumerate(codes) if code not in none], self.open)
        offered = [self.situations[codes[number].removeprefix(OPEN)] for number in self.open]
        # Which situation offers which owner, shape (situations, owners).
        self.offers = np.array([[code in some for code in codes] for some in offered], bool).reshape(-1, len(codes))
        self.outside_owner = codes.index(OUTSIDE) if OUTSIDE in codes else None
        self.follow_up_owner = codes.index(FOLLOW_UP) if FOLLOW_UP in codes else None


def build(settings: Settings, progress: Progress = lambda share: None) -> None:
    """Build the index of the version in force and swap it in. Raises RecordError if a record is broken."""
    version = load_version(settings)
    passages = Corpus(settings)(version)
    features, lexicon = describe(passages, language.load(settings), Vectors(settings), progress)
    write(assemble(passages, features, lexicon, situations_of(version)), settings.index)


def describe(
    passages: Sequence[Passage], reader: Reader, vectors: Vectors, progress: Progress = lambda share: None
) -> tuple[Features, Lexicon]:
    """Features of the passages, and the lexicon learnt from them."""
    readings = [reader(passage.text) for passage in passages]
    lexicon = Lexicon()
    words, pieces = lexicon.learn(readings)
    return Features(vectors([reading.text for reading in readings], progress), words, pieces), lexicon


def assemble(
    passages: Sequence[Passage],
    features: Features,
    lexicon: Lexicon,
    situations: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> Index:
    """Build the legs over the passages."""
    owners = owners_of(passages)
    classifier = ClassifierLeg()
    classifier.learn(features.joined(), learnable(passages, owners), len(owners.codes))
    return Index(
        passages=list(passages),
        owners=owners,
        lexicon=lexicon,
        meaning=MeaningLeg.build(features.vectors),
        words=WordLeg(features.words),
        pieces=WordLeg(features.pieces),
        classifier=classifier,
        situations=dict(situations),
    )


def learnable(passages: Sequence[Passage], owners: Owners) -> np.ndarray:
    """The owners' columns, -1 where nobody has written down how people ask (drafts, procedures known in brief)."""
    spoken = {passage.code for passage in passages if passage.is_spoken}
    return np.where([passage.code in spoken for passage in passages], owners.columns, -1)


def owners_of(passages: Sequence[Passage]) -> Owners:
    """Who owns which passage. Procedures known in brief do not compete with those written out."""
    return Owners([None if passage.kind is Kind.brief else passage.code for passage in passages])


def read(settings: Settings) -> Index:
    """Read the index as it was built. Raises FileNotFoundError if it was not."""
    if not settings.index.exists():
        raise FileNotFoundError(f"{settings.index} is missing: run 'python -m bot prepare'")
    return read_from(settings.index)


def read_from(folder: Path) -> Index:
    """Read what `write` wrote. Raises FileNotFoundError."""
    rows = json.loads((folder / "passages.json").read_text(encoding="utf-8"))
    passages = [Passage(**{**row, "kind": Kind(row["kind"])}) for row in rows]
    parts = joblib.load(folder / "model.joblib")
    return Index(
        passages=passages,
        owners=owners_of(passages),
        meaning=MeaningLeg.read(str(folder / "dense.faiss")),
        **parts,
    )


def write(index: Index, folder: Path) -> None:
    """Write the index and swap it in: until then what was there before stays whole."""
    partial = folder.with_name(folder.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    rows = [asdict(passage) for passage in index.passages]
    (partial / "passages.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    index.meaning.write(str(partial / "dense.faiss"))
    parts = {name: getattr(index, name) for name in ("lexicon", "words", "pieces", "classifier", "situations")}
    joblib.dump(parts, partial / "model.joblib")
    shutil.rmtree(folder, ignore_errors=True)
    partial.rename(folder)


# The passages of the search, and what Rasa learns acts from.
KEPT = ("vectors.npz", "acts.npz")


class Vectors:
    """Vectors by text, kept between builds; the encoder is loaded only if a text is new."""

    def __init__(self, settings: Settings, name: str = KEPT[0]) -> None:
        self._settings = settings
        self._path = settings.var / name
        # Vectors of another encoder are of no use.
        self._encoder = identity(settings)

    def __call__(self, texts: Sequence[str], progress: Progress = lambda share: None) -> np.ndarray:
        known = self._kept()
        keys = [self._key(text) for text in texts]
        new = {key: text for key, text in zip(keys, texts) if key not in known}
        if new:
            known |= self._encode(new, progress)
            self._path.parent.mkdir(parents=True, exist_ok=True)
            used = dict.fromkeys(keys)
            np.savez(self._path, keys=np.array(list(used)), vectors=np.stack([known[key] for key in used]))
        return np.stack([known[key] for key in keys])

    def _encode(self, texts: dict[str, str], progress: Progress) -> dict[str, np.ndarray]:
        encoder = Encoder.of(self._settings, threads=cpu_count())
        # Alike lengths side by side need little padding.
        keys = sorted(texts, key=lambda key: len(texts[key]))
        found: dict[str, np.ndarray] = {}
        for start in range(0, len(keys), BATCH):
            part = keys[start : start + BATCH]
            found.update(zip(part, encoder.vectors([texts[key] for key in part])))
            progress((start + len(part)) / len(keys))
        return found

    def _kept(self) -> dict[str, np.ndarray]:
        known: dict[str, np.ndarray] = {}
        for path in {self._path, *(self._path.with_name(name) for name in KEPT)}:  # many texts stand in both
            if path.exists():
                with np.load(path) as kept:
                    known |= dict(zip(kept["keys"].tolist(), kept["vectors"]))
        return known

    def _key(self, text: str) -> str:
        return hashlib.sha256(f"{self._encoder}\n{text}".encode()).hexdigest()[:24]
