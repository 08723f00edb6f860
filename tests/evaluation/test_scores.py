import math

import pytest

from bot.evaluation.conversation import Heard
from bot.evaluation.questions import Expect, Question
from bot.evaluation.scores import asked_back, by_style, ranked, refused, talked
from bot.evaluation.targets import Target, points_lost

QUESTIONS = [
    Question("q-1", "…", "plain", Expect.answer, codes=("1",), aspects=("fee",), must=("miễn phí",)),
    Question("q-2", "…", "typo", Expect.answer, codes=("2",), aspects=("who",), must=("ai cũng được",)),
    Question("q-3", "…", "plain", Expect.answer, codes=("3",), aspects=("fee", "place"), must=("quầy",)),
    Question("q-4", "…", "story", Expect.answer, codes=("4",), aspects=("overview",)),
    Question("q-5", "…", "story", Expect.answer, codes=("5",), aspects=("overview",)),
]


def test_questions_are_grouped_by_style_and_once_more_all() -> None:
    assert by_style(QUESTIONS) == {"plain": [0, 2], "typo": [1], "story": [3, 4], "all": [0, 1, 2, 3, 4]}


def test_rankings() -> None:
    score = ranked(list(zip(QUESTIONS, [["1"], ["1", "2"], ["9", "8", "7", "3"], [], ["5"]])))
    assert (score.n, score.top_1, score.top_3) == (5, 2 / 5, 3 / 5)
    assert score.mean_reciprocal_rank == pytest.approx((1 + 1 / 2 + 1 / 4 + 0 + 1) / 5)
    assert score.interval[0] < 2 / 5 < score.interval[1]


def test_the_shares_of_the_chat_add_up_and_aspects_count_where_the_right_procedure_was_answered() -> None:
    heard = [
        Heard("answer", ("1",), ("fee",), "Miễn phí"),
        Heard("answer", ("9",), ("fee",)),
        Heard("answer", ("3",), ("fee",)),
        Heard("choose", ("4", "9")),
        Heard("unknown"),
    ]
    score = talked(list(zip(QUESTIONS, heard)))
    assert (score.n, score.answered_rightly) == (5, 2)
    assert score.names_first == pytest.approx(3 / 5)
    assert (score.answered_wrongly, score.asked_back, score.refused_falsely) == (1 / 5, 1 / 5, 1 / 5)
    assert score.taken_for_something_else == 0
    assert score.aspect_f1 == pytest.approx(0.8)  # of 3 labels expected 2 were given, and nothing else
    assert score.aspects_exact == pytest.approx(1 / 2)
    assert (score.several_aspects, score.several_aspects_exact) == (1, 0)
    assert (score.facts, score.facts_said) == (2, 1 / 2)


def test_aspects_and_facts_are_not_measured_where_nothing_was_answered() -> None:
    score = talked([(QUESTIONS[0], Heard("unknown"))])
    assert math.isnan(score.aspect_f1) and math.isnan(score.facts_said)


def test_what_leaves_the_procedure_open() -> None:
    heard = [
        Heard("choose", ("2", "1", "3")),
        Heard("choose", ("1", "3")),
        Heard("answer", ("1",), ("fee",)),
        Heard("unknown"),
        Heard("error"),
    ]
    question = Question("m-1", "…", "plain", Expect.choose, codes=("1", "2"))
    score = asked_back([(question, one) for one in heard])
    assert (score.n, score.asked_back, score.all_offered, score.answered, score.refused) == (5, 0.4, 0.2, 0.2, 0.4)


def test_unanswerable() -> None:
    heard = [Heard("unknown"), Heard("refused"), Heard("answer", ("1",)), Heard("choose", ("1",)), Heard("service")]
    question = Question("u-1", "…", "plain", Expect.unknown, kind="far")
    score = refused([(question, one) for one in heard])
    assert score.unknown_recall == 2 / 5
    assert (score.answered_wrongly, score.asked_back, score.taken_for_something_else) == (1 / 5, 1 / 5, 1 / 5)


def test_targets_bound_from_below_or_above() -> None:
    assert Target("top 1", 0.9, 0.9, n=9).met
    assert not Target("top 1", 0.9, 0.899, n=9).met
    assert Target("false refusals", 0.05, 0.05, n=9, at_most=True).met
    assert not Target("false refusals", 0.05, 0.051, n=9, at_most=True).met


def test_points_lost_are_percentage_points() -> None:
    assert points_lost(0.93, 0.90) == 3.0
    assert points_lost(0.90, 0.91) == -1.0
