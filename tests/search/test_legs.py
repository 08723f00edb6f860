from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from bot.search.legs import (
    AT_ONCE,
    BEST_PASSAGES,
    LARGE,
    NEAREST,
    UNJUDGED,
    ClassifierLeg,
    Lesson,
    MeaningLeg,
    Owners,
    WordLeg,
)


def test_owners_are_sorted_and_every_passage_knows_its_own() -> None:
    owners = Owners(["b", "a", "b"])
    assert owners.codes == ["a", "b"]
    assert owners.columns.tolist() == [1, 0, 1]


def test_the_score_of_a_procedure_is_the_mean_of_its_three_best_passages() -> None:
    owners = Owners(["a", "a", "a", "a", "a", "b", "b", "b"])
    scores = np.array([0.1, 0.9, 0.2, 0.6, 0.3, 0.5, 0.5, 0.5])
    np.testing.assert_allclose(owners.best(scores), [(0.9 + 0.6 + 0.3) / 3, 0.5])


def test_one_passage_alike_by_accident_does_not_beat_three_that_fit() -> None:
    owners = Owners(["a", "b", "b", "b", "b"])
    a, b = owners.best(np.array([1.0, 0.7, 0.7, 0.7, 0.0]))
    assert BEST_PASSAGES == 3
    assert b > a


def test_the_order_of_passages_does_not_matter() -> None:
    names = ["a", "b", "a", "c", "b", "a", "a"]
    scores = np.array([0.4, 0.2, 0.9, 0.3, 0.8, 0.1, 0.7])
    order = np.random.RandomState(1).permutation(len(names))
    shuffled = Owners([names[n] for n in order]).best(scores[order])
    np.testing.assert_allclose(shuffled, Owners(names).best(scores))


def test_meaning_is_the_cosine_with_every_passage(tmp_path: Path) -> None:
    vectors = np.random.RandomState(0).randn(20, 8).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    leg = MeaningLeg.build(vectors)
    kept = vectors.astype(np.float16).astype(np.float32)
    np.testing.assert_allclose(leg(vectors[3]), kept @ vectors[3], atol=1e-6)
    leg.write(str(tmp_path / "dense.faiss"))
    np.testing.assert_allclose(MeaningLeg.read(str(tmp_path / "dense.faiss"))(vectors[3]), leg(vectors[3]))


def test_beyond_the_nearest_all_passages_count_as_the_last_of_them() -> None:
    angles = np.linspace(0, 3, NEAREST + 200)
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    scores = MeaningLeg.build(vectors)(np.array([1.0, 0.0], dtype=np.float32))
    assert scores.argmax() == 0
    np.testing.assert_allclose(scores[NEAREST:], scores[NEAREST - 1])


def test_words_count_by_what_question_and_passage_share() -> None:
    leg = WordLeg(csr_matrix([[1.0, 0.0], [0.6, 0.8], [0.0, 0.0]]))
    np.testing.assert_allclose(leg(csr_matrix([[0.0, 1.0]])), [0.0, 0.8, 0.0])


@pytest.mark.parametrize("codes", [2, 3])
def test_the_classifier_has_one_score_for_each_procedure(codes: int) -> None:
    leg = ClassifierLeg()
    leg.learn(csr_matrix(np.repeat(np.eye(codes), 3, axis=0)), np.repeat(np.arange(codes), 3), codes)
    for code in range(codes):
        scores = leg(csr_matrix(np.eye(codes)[[code]]))
        assert scores.shape == (codes,)
        assert scores.argmax() == code


def clouds(procedures: int, passages: int, seed: int) -> tuple[csr_matrix, np.ndarray]:
    """Passages about their procedure's centre, some of them nearer to others', and the number of each one's."""
    dice = np.random.RandomState(seed)
    columns = np.sort(dice.randint(0, procedures, passages))
    points = np.random.RandomState(0).randn(procedures, 60)[columns] + dice.randn(passages, 60)
    return csr_matrix(points / np.linalg.norm(points, axis=1, keepdims=True)), columns


def test_borders_learnt_from_few_passages_are_those_of_all() -> None:
    passages, columns = clouds(AT_ONCE + 3, 4000, seed=3)
    leg = ClassifierLeg()
    leg.learn(passages, columns, AT_ONCE + 3)
    for code in (0, 7, AT_ONCE + 2):
        balance = 4000 / (AT_ONCE + 3) / np.sum(columns == code)
        all_of_them = LinearSVC(C=0.5, class_weight={True: balance}, tol=1e-6, max_iter=10_000, random_state=0)
        all_of_them.fit(passages, columns == code)
        distances = [leg(passages[row])[code] for row in range(0, 4000, 50)]
        np.testing.assert_allclose(distances, all_of_them.decision_function(passages[::50]), atol=2e-3)


def test_borders_learnt_again_are_those_learnt_afresh() -> None:
    old, new = ClassifierLeg(), ClassifierLeg()
    old.learn(*clouds(6, 3000, seed=1), 6)
    # Another order of procedures, other passages, and one that is new.
    passages, columns = clouds(7, 3000, seed=2)
    new.learn(passages, columns, 7)
    before = {0: 1, 1: 0, 2: 2, 3: 3, 4: 4, 5: 5}
    again = old.relearnt(Lesson.of(passages, columns), before, set(before) - {4}, 7)
    for row in range(0, 3000, 50):
        afresh, learnt = new(passages[row]), again(passages[row])
        np.testing.assert_allclose(np.delete(learnt, 4), np.delete(afresh, 4), atol=2e-3)
        assert learnt[4] == old(passages[row])[4], "nothing new was to be learnt"


def test_what_nobody_asked_about_stays_unjudged() -> None:
    leg = ClassifierLeg()
    columns = np.array([0, 0, 2, 2, -1])
    leg.learn(csr_matrix(np.array([[1.0, 0], [1, 0], [0, 1], [0, 1], [1, 1]])), columns, 4)
    scores = leg(csr_matrix([[1.0, 0.0]]))
    assert scores.argmax() == 0 and scores[1] == scores[3] == UNJUDGED


def test_a_passage_without_an_owner_counts_for_no_procedure() -> None:
    owners = Owners(["a", None, "b"])
    assert owners.codes == ["a", "b"] and owners.columns.tolist() == [0, -1, 1]
    np.testing.assert_allclose(owners.best(np.array([0.3, 1.0, 0.6])), [0.1, 0.2])


def test_a_procedure_with_very_many_passages_is_judged_like_the_others() -> None:
    names = ["a"] * (LARGE + 5) + ["b"] * 4
    scores = np.random.RandomState(2).rand(len(names))
    best = [np.sort(scores[: LARGE + 5])[-3:].mean(), np.sort(scores[LARGE + 5 :])[-3:].mean()]
    np.testing.assert_allclose(Owners(names).best(scores), best)
