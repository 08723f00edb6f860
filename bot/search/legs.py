"""The legs of the search: each gives every procedure a score for a question, independent of the others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import faiss
import numpy as np
from joblib import Parallel, cpu_count, delayed
from joblib.externals.loky import get_reusable_executor
from scipy.sparse import csr_matrix, vstack
from sklearn.svm import LinearSVC

# One passage may resemble a question by accident; three of one procedure rarely do.
BEST_PASSAGES = 3
NEAREST = 500
LARGE = 200
# As far from a border as most questions lie: for procedures about which there is nothing to learn from.
UNJUDGED = -1.0
# A passage of others is settled for a border once it lies beyond the margin. A border is begun from the nearest of them
# and one of so many of all; so many procedures are looked at together.
MARGIN, AROUND, EVERY, AT_ONCE = -1.0, 500, 50, 32
ALMOST = 0.02  # how far a border that is learnt again may move before what lay beyond it has to be heard


class Owners:
    """Which procedure each passage belongs to; turns scores of passages into scores of procedures.

    A passage without an owner (None) counts for no procedure.
    """

    def __init__(self, owners: Sequence[str | None]) -> None:
        self.codes = sorted({owner for owner in owners if owner is not None})
        place = {code: number for number, code in enumerate(self.codes)}
        self._columns = np.array([-1 if owner is None else place[owner] for owner in owners])
        rows = [np.flatnonzero(self._columns == number) for number in range(len(self.codes))]
        # Padded to one width, rows are looked at together; a few very long ones would make all of them long.
        self._large = {number: row for number, row in enumerate(rows) if len(row) > LARGE}
        small = [np.array([], int) if number in self._large else row for number, row in enumerate(rows)]
        self._rows = np.full((len(rows), max([BEST_PASSAGES, *map(len, small)])), len(owners))
        for number, row in enumerate(small):
            self._rows[number, : len(row)] = row

    @property
    def columns(self) -> np.ndarray:
        """For each passage the number of its procedure, or -1, shape (passages,)."""
        return self._columns

    def best(self, scores: np.ndarray) -> np.ndarray:
        """Mean of the best passages of each procedure: (passages,) -> (procedures,)."""
        means = _mean_of_best(np.append(scores, 0.0)[self._rows])
        for number, row in self._large.items():
            means[number] = _mean_of_best(scores[row])
        return means


def _mean_of_best(scores: np.ndarray) -> np.ndarray:
    return np.partition(scores, -BEST_PASSAGES, axis=-1)[..., -BEST_PASSAGES:].mean(axis=-1)


class MeaningLeg:
    """Nearest passages by the angle between vectors, in a FAISS index."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: np.ndarray) -> MeaningLeg:
        """Index unit vectors, shape (passages, dimension)."""
        # Half precision: a question reads every vector, and memory is what that waits for.
        half = faiss.ScalarQuantizer.QT_fp16
        index = faiss.IndexScalarQuantizer(vectors.shape[1], half, faiss.METRIC_INNER_PRODUCT)
        vectors = np.ascontiguousarray(vectors, dtype=np.float32)
        index.train(vectors)
        index.add(vectors)
        return cls(index)

    def vectors(self) -> np.ndarray:
        """What was indexed, in half precision, shape (passages, dimension)."""
        return np.asarray(self._index.reconstruct_n(0, self._index.ntotal))

    @classmethod
    def read(cls, path: str) -> MeaningLeg:
        """Read the index that `write` wrote."""
        return cls(faiss.read_index(path))

    def write(self, path: str) -> None:
        """Write the index in FAISS' own format."""
        faiss.write_index(self._index, path)

    def __call__(self, vector: np.ndarray) -> np.ndarray:
        """Cosine with every passage: (dimension,) -> (passages,). Beyond the nearest all count as the last of them."""
        cosines, numbers = self._index.search(vector.reshape(1, -1), min(NEAREST, self._index.ntotal))
        scores = np.full(self._index.ntotal, cosines[0, -1])
        scores[numbers[0]] = cosines[0]
        return scores


class WordLeg:
    """Shared terms, weighed by how rare they are; used once for words and once for folded pieces."""

    def __init__(self, passages: csr_matrix) -> None:
        # One row a term: a question then touches the passages of its own terms only, not all of them.
        self._by_term = passages.T.tocsr()

    def passages(self) -> csr_matrix:
        """What it was made of, shape (passages, vocabulary)."""
        return self._by_term.T.tocsr()

    def __call__(self, question: csr_matrix) -> np.ndarray:
        """Cosine of the weighed terms with every passage: (1, vocabulary) -> (passages,)."""
        return (question @ self._by_term).toarray()[0]


class ClassifierLeg:
    """A linear classifier over all families of features: it learns which words tell near twins apart.

    Fitted when the index is built, from the passages alone, in seconds: a new record needs no other training.
    """

    def __init__(self) -> None:
        self._weights = np.zeros((0, 0), dtype=np.float32)
        self._bias = np.zeros(0, dtype=np.float32)
        self._numbers, self._procedures = np.zeros(0, dtype=int), 0

    def learn(self, features: csr_matrix, columns: np.ndarray, procedures: int) -> None:
        """Fit on passages and the number of each one's procedure; passages to be left out have -1.

        Of `procedures` in all, those without a passage here stay unjudged.
        """
        lesson = Lesson.of(features, columns)
        fitted = Parallel(n_jobs=cpu_count())(delayed(_fit)(lesson, part) for part in _parts(lesson.numbers))
        # Idle workers would keep their memory for five minutes, and a child process from ending as long.
        get_reusable_executor().shutdown()
        # One row a feature, side by side in memory: a question touches few features and must not copy all of them.
        self._weights = np.ascontiguousarray(np.vstack([borders.weights for borders in fitted]).T)
        self._bias = np.concatenate([borders.bias for borders in fitted])
        self._numbers, self._procedures = lesson.numbers, procedures

    def relearnt(
        self, lesson: Lesson, before: Mapping[int, int], changed: Collection[int], procedures: int
    ) -> ClassifierLeg:
        """A leg for other passages: `before` are the procedures by the number they have there, with that they had here;
        of those that are not in `changed` there is nothing new to learn. The others are fitted on threads of this
        process."""
        place = {int(number): place for place, number in enumerate(self._numbers)}
        known = {now: place[was] for now, was in before.items() if was in place}
        stay = [number for number in known if number not in changed]
        learn = np.setdiff1d(lesson.numbers, stay)
        again = np.isin(learn, list(known))
        jobs: list[tuple[np.ndarray, Borders | None]]
        jobs = [(part, self._of(known[int(number)] for number in part)) for part in _parts(learn[again])]
        jobs += [(part, None) for part in _parts(learn[~again])]
        fitted = Parallel(n_jobs=cpu_count(), prefer="threads")(delayed(_fit)(lesson, *job) for job in jobs)
        leg, old = ClassifierLeg(), self._of(known[number] for number in stay)
        leg._weights = np.ascontiguousarray(np.vstack([old.weights, *(borders.weights for borders in fitted)]).T)
        leg._bias = np.concatenate([old.bias, *(borders.bias for borders in fitted)])
        leg._numbers, leg._procedures = np.array([*stay, *learn[again], *learn[~again]], dtype=int), procedures
        return leg

    def _of(self, places: Iterable[int]) -> Borders:
        chosen = list(places)
        return Borders(self._weights[:, chosen].T, self._bias[chosen])

    def __call__(self, features: csr_matrix) -> np.ndarray:
        """Distance to each procedure's border, positive inside: (1, all features) -> (procedures,)."""
        # Of another kind of number than the weights, the question would have all of them copied: 18 ms in place of 1.
        distances = np.full(self._procedures, UNJUDGED)
        distances[self._numbers] = np.asarray(features.astype(np.float32) @ self._weights)[0] + self._bias
        return distances


@dataclass(frozen=True)
class Lesson:
    """What the classifier learns from: features and the number of each passage's procedure, and how much one counts."""

    features: csr_matrix
    columns: np.ndarray
    numbers: np.ndarray
    balance: dict[int, float]

    @classmethod
    def of(cls, features: csr_matrix, columns: np.ndarray) -> Lesson:
        """Without the passages to be left out, which have -1."""
        owned = columns >= 0
        features, columns = features[owned], columns[owned]
        numbers, counts = np.unique(columns, return_counts=True)
        return cls(features, columns, numbers, dict(zip(numbers.tolist(), len(columns) / len(numbers) / counts)))


class Borders(NamedTuple):
    """Of some procedures: weights of the features, shape (procedures, features), and bias, shape (procedures,)."""

    weights: np.ndarray
    bias: np.ndarray


def _parts(numbers: np.ndarray) -> list[np.ndarray]:
    """One for each core, as far as there is something for it."""
    return [part for part in np.array_split(numbers, cpu_count()) if len(part)]


def _fit(lesson: Lesson, part: np.ndarray, old: Borders | None = None) -> Borders:
    """The borders of some procedures, each against all passages of all others; `old` are those they had before."""
    some = np.array_split(np.arange(len(part)), -(-len(part) // AT_ONCE))
    fitted = [_borders(lesson, part[at], old and Borders(old.weights[at], old.bias[at])) for at in some]
    return Borders(np.vstack([few.weights for few in fitted]), np.concatenate([few.bias for few in fitted]))


def _borders(lesson: Lesson, numbers: np.ndarray, old: Borders | None) -> Borders:
    """The same of a few procedures.

    A passage beyond the margin has no say in a border, and of a hundred passages hardly two lie within. So each border
    is learnt from those that are likely to, then once more with those that turned out to, until there are none: what
    comes out is what all passages give, in a quarter of the time.
    """
    features = lesson.features
    own = lesson.columns[:, np.newaxis] == numbers
    says = own | (_nearest(features, own) if old is None else _distances(features, old) > MARGIN - ALMOST)
    borders = Borders(*(np.zeros(shape, np.float32) for shape in ((len(numbers), features.shape[1]), len(numbers))))
    left = np.arange(len(numbers))
    while len(left):
        for one in left:
            heard, balance = says[:, one], lesson.balance[int(numbers[one])]
            borders.weights[one], borders.bias[one] = _border(features[heard], own[heard, one], balance)
        within = _distances(features, Borders(borders.weights[left], borders.bias[left])) > MARGIN
        missed = within & ~says[:, left]
        says[:, left] |= missed
        left = left[missed.any(axis=0)]
    return borders


def _distances(features: csr_matrix, borders: Borders) -> np.ndarray:
    """Of all passages from some borders, shape (passages, procedures)."""
    return np.asarray(features @ borders.weights.T) + borders.bias


def _nearest(features: csr_matrix, own: np.ndarray) -> np.ndarray:
    """The passages of others that lie nearest to what each procedure's own have in common, and a few of all."""
    centres = features.T @ (own / own.sum(axis=0)).astype(features.dtype)
    far = np.where(own, np.inf, -(features @ centres))
    last = min(AROUND, len(own)) - 1
    nearest = np.zeros_like(own)
    np.put_along_axis(nearest, np.argpartition(far, last, axis=0)[: last + 1], True, axis=0)
    nearest[::EVERY] = True
    return nearest


def _border(features: csr_matrix, own: np.ndarray, balance: float) -> tuple[np.ndarray, float]:
    if own.all():  # there is nothing else: a passage of nothing keeps the border one
        features, own = vstack([features, csr_matrix((1, features.shape[1]))]), np.append(own, False)
    model = LinearSVC(C=0.5, class_weight={True: balance}, random_state=0).fit(features, own)
    return model.coef_[0], float(model.intercept_[0])
