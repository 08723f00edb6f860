import math

import pytest

from bot.evaluation import metrics


def test_rank_is_the_best_place_of_any_acceptable_code() -> None:
    assert metrics.rank_of(["a", "b", "c"], ["c", "b"]) == 2
    assert metrics.rank_of(["a"], ["a", "b"]) == 1
    assert metrics.rank_of(["a"], ["z"]) == 0
    assert metrics.rank_of([], ["z"]) == 0
    assert metrics.rank_of(["a"], []) == 0


def test_top_k_counts_what_is_ranked_in_time() -> None:
    ranks = [1, 2, 3, 0, 4]
    assert metrics.top_k(ranks, 1) == pytest.approx(1 / 5)
    assert metrics.top_k(ranks, 3) == pytest.approx(3 / 5)
    assert metrics.top_k(ranks, 100) == pytest.approx(4 / 5), "what was not ranked is never a hit"


def test_mean_reciprocal_rank_takes_unranked_for_zero() -> None:
    assert metrics.mean_reciprocal_rank([1, 2, 0, 4]) == pytest.approx((1 + 0.5 + 0 + 0.25) / 4)


def test_micro_f1_pools_the_labels_of_all_questions() -> None:
    got = [{"fee"}, {"fee", "place"}, set(), {"who"}]
    expected = [{"fee"}, {"fee"}, {"steps"}, {"form", "online"}]
    # 2 of the 4 labels given are right, 2 of the 5 expected were given.
    assert metrics.precision(got, expected) == pytest.approx(2 / 4)
    assert metrics.recall(got, expected) == pytest.approx(2 / 5)
    assert metrics.micro_f1(got, expected) == pytest.approx(2 * 0.5 * 0.4 / (0.5 + 0.4))


def test_micro_f1_is_zero_without_a_hit_and_one_without_a_miss() -> None:
    assert metrics.micro_f1([{"fee"}], [{"who"}]) == 0
    assert metrics.micro_f1([{"fee", "who"}], [{"who", "fee"}]) == 1


def test_labels_are_sets_order_and_repetition_do_not_count() -> None:
    assert metrics.exact_match([["fee", "who", "fee"], ["fee"]], [["who", "fee"], ["who", "fee"]]) == 0.5
    assert metrics.micro_f1([["fee", "fee"]], [["fee"]]) == 1


def test_lists_of_different_lengths_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="zip"):
        metrics.exact_match([{"fee"}], [])


def test_no_questions_measure_nothing() -> None:
    assert math.isnan(metrics.share([]))
    assert math.isnan(metrics.top_k([], 1))
    assert math.isnan(metrics.mean_reciprocal_rank([]))
    assert math.isnan(metrics.micro_f1([], []))
    assert math.isnan(metrics.micro_f1([set()], [set()]))
    assert math.isnan(metrics.precision([set()], [{"fee"}]))
    assert math.isnan(metrics.recall([{"fee"}], [set()]))
    assert all(map(math.isnan, metrics.bootstrap_interval([])))


def test_bootstrap_interval_lies_around_the_mean_and_is_the_same_each_time() -> None:
    values = [1.0] * 90 + [0.0] * 10
    low, high = metrics.bootstrap_interval(values)
    # The normal approximation says 0.9 ± 1.96 · √(0.9 · 0.1 / 100) = 0.841 to 0.959.
    assert low == pytest.approx(0.841, abs=0.015)
    assert high == pytest.approx(0.959, abs=0.015)
    assert metrics.bootstrap_interval(values) == (low, high)


def test_bootstrap_interval_of_certainty_is_a_point() -> None:
    assert metrics.bootstrap_interval([1.0, 1.0, 1.0]) == (1.0, 1.0)
