from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from bot.search.evidence import evidence
from bot.search.features import Features
from bot.search.index import Index
from bot.search.passages import NO_PROCEDURE
from bot.search.ranking import WEIGHTS, rank

Small = tuple[Index, Callable[[str], Features]]
CODES = {"9.000001", "9.000002", "9.000003"}


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("làm giấy khai sinh cho bé", "9.000001"),
        ("muốn kết hôn thì sao", "9.000002"),
        ("ở trọ khai báo tạm trú", "9.000003"),
        ("lam giay khai sinh cho con", "9.000001"),
    ],
)
def test_the_procedure_whose_passages_resemble_the_question_comes_first(small: Small, question: str, code: str) -> None:
    index, describe = small
    assert rank(index, describe(question)).codes[0] == code


def test_every_procedure_is_ranked_once_and_what_is_none_never(small: Small) -> None:
    index, describe = small
    assert NO_PROCEDURE.isdisjoint(CODES)
    for question in ("đăng ký kết hôn", "giá vàng hôm nay", "hết bao nhiêu tiền", ""):
        codes = rank(index, describe(question)).codes
        assert len(codes) == len(CODES) and set(codes) == CODES


def test_scores_fall_and_are_the_weighed_sum_of_the_legs(small: Small) -> None:
    index, describe = small
    ranking = rank(index, describe("đăng ký tạm trú cho con"))
    assert list(ranking.scores) == sorted(ranking.scores, reverse=True)
    np.testing.assert_allclose(ranking.scores, sum(weight * ranking.legs[leg] for leg, weight in WEIGHTS.items()))


def test_each_leg_speaks_of_the_procedures_in_the_order_of_the_ranking(small: Small) -> None:
    index, describe = small
    question = describe("đăng ký kết hôn")
    ranking = rank(index, question)
    words = dict(zip(index.owners.codes, index.owners.best(index.words(question.words)), strict=True))
    np.testing.assert_allclose(ranking.legs["words"], [words[code] for code in ranking.codes])


def test_what_is_outside_the_listing_scores_beside_the_ranking(small: Small) -> None:
    index, describe = small
    inside, outside = rank(index, describe("đăng ký khai sinh")), rank(index, describe("giá vàng hôm nay"))
    for leg in WEIGHTS:
        assert inside.outside[leg] < inside.legs[leg][0], leg
        assert outside.outside[leg] > outside.legs[leg][0], leg


def test_a_question_outside_names_the_signpost_of_its_nearest_passages(small: Small) -> None:
    index, describe = small
    assert rank(index, describe("giá vàng hôm nay")).topic == "khac"


def test_words_of_a_follow_up_do_not_hide_the_procedure(small: Small) -> None:
    index, describe = small
    assert rank(index, describe("đăng ký khai sinh hết bao nhiêu tiền")).codes[0] == "9.000001"


def test_the_evidence_is_each_leg_s_lead_over_what_is_outside(small: Small) -> None:
    index, describe = small
    ranking = rank(index, describe("đăng ký khai sinh"))
    found = evidence(ranking)
    lead = [ranking.legs[leg][0] - ranking.outside[leg] for leg in ("classifier", "meaning", "words", "pieces")]
    np.testing.assert_allclose(found, lead)
