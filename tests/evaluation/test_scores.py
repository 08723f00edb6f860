import math

import pytest

from bot.evaluation.conversation import Heard
from bot.evaluation.questions import Question
from bot.evaluation.scores import by_style, ranked, refused, talked
from bot.evaluation.targets import Target, points_lost

QUESTIONS = [
    Question("q-1", "…", "plain", codes=("1",), aspects=("fee",)),
    Question("q-2", "…", "typo", codes=("2",), aspects=("who",)),
    Question("q-3", "…", "plain", codes=("3",), aspects=("fee", "place")),
    Question("q-4", "…", "story", codes=("4",), aspects=("overview",)),
    Question("q-5", "…", "story", codes=("5",), aspects=("overview",)),
]


def test_questions_are_grouped_by_style_and_once_more_all() -> None:
    assert by_style(QUESTIONS) == {"plain": [0, 2], "typo": [1], "story": [3, 4], "all": [0, 1, 2, 3, 4]}


def test_rankings() -> None:
    score = ranked(QUESTIONS, [["1"], ["1", "2"], ["9", "8", "7", "3"], [], ["5"]])
    assert (score.n, score.top_1, score.top_3) == (5, 2 / 5, 3 / 5)
    assert score.mean_reciprocal_rank == pytest.approx((1 + 1 / 2 + 1 / 4 + 0 + 1) / 5)


def test_the_shares_of_the_chat_add_up_and_aspects_count_where_the_right_procedure_was_answered() -> None:
    heard = [
        Heard("answer", ("1",), ("fee",)),
        Heard("answer", ("9",), ("fee",)),
        Heard("answer", ("3",), ("fee",)),
        Heard("choose", ("4", "9")),
        Heard("unknown"),
    ]
    score = talked(QUESTIONS, heard)
    assert score.names_first == pytest.approx(3 / 5)
    assert (score.answered_wrongly, score.asked_back, score.refused_falsely) == (1 / 5, 1 / 5, 1 / 5)
    assert score.taken_for_something_else == 0
    assert score.aspect_precision == 1
    assert score.aspect_recall == pytest.approx(2 / 3)
    assert score.aspect_f1 == pytest.approx(0.8)
    assert score.aspects_exact == pytest.approx(1 / 2)


def test_aspects_are_not_measured_where_nothing_was_answered() -> None:
    assert math.isnan(talked(QUESTIONS[:1], [Heard("unknown")]).aspect_f1)


def test_unanswerable() -> None:
    questions = [Question(f"u-{n}", "…", "plain", kind="far") for n in range(5)]
    heard = [Heard("unknown"), Heard("refused"), Heard("answer", ("1",)), Heard("choose", ("1",)), Heard("service")]
    score = refused(questions, heard)
    assert score.unknown_recall == 2 / 5
    assert (score.answered_wrongly, score.asked_back, score.taken_for_something_else) == (1 / 5, 1 / 5, 1 / 5)


def test_targets_bound_from_below_or_above() -> None:
    assert Target("top 1", 0.9, 0.9).met
    assert not Target("top 1", 0.9, 0.899).met
    assert Target("false refusals", 0.05, 0.05, at_most=True).met
    assert not Target("false refusals", 0.05, 0.051, at_most=True).met


def test_points_lost_are_percentage_points() -> None:
    assert points_lost(0.93, 0.90) == 3.0
    assert points_lost(0.90, 0.91) == -1.0
