from __future__ import annotations

import pytest

from bot.answers.aspects import ALSO_ASKED, ASPECTS, DEFAULT, ESSENTIALS, FOLLOW_UPS, IN_GENERAL, asked_for


def test_the_likeliest_aspect_is_asked_for_however_unlikely() -> None:
    assert asked_for({"fee": 0.9, "place": 0.2, DEFAULT: 0.1}, {}, {}) == ["fee"]
    assert asked_for({"fee": 0.2, "place": 0.1}, {}, {}) == ["fee"]


def test_another_is_asked_for_beside_it_if_it_is_likely_enough() -> None:
    assert asked_for({"fee": 0.9, "place": ALSO_ASKED}, {}, {}) == ["fee", "place"]
    assert asked_for({"fee": 0.9, "place": ALSO_ASKED - 0.01}, {}, {}) == ["fee"]


def test_two_opinions_count_alike() -> None:
    assert asked_for({"fee": 0.6, "place": 0.1}, {"fee": 0.1, "place": 0.8}, {}) == ["place"]
    assert asked_for({"fee": 0.9, "place": 0.8}, {"fee": 0.9, "place": 0.1}, {}) == ["fee"]
    assert asked_for({"fee": 0.9}, {"place": 0.8}, {}) == ["fee"], "what an opinion does not name it holds for unlikely"


@pytest.mark.parametrize("opinion", [{"fee": 0.9, "place": 0.6}, {"fee": 0.6, "place": 0.9}])
def test_an_opinion_that_is_not_there_counts_for_nothing(opinion: dict[str, float]) -> None:
    assert set(asked_for(opinion, {}, {})) == set(asked_for({}, opinion, {})) == {"fee", "place"}


def test_without_any_opinion_the_question_is_one_in_general() -> None:
    assert asked_for({}, {}, {}) == [DEFAULT]
    assert asked_for({}, {}, {"fee": 3}) == [DEFAULT]


def test_aspects_come_in_the_order_asked() -> None:
    chances = {"documents": 0.9, "fee": 0.8, "place": 0.7}
    assert asked_for(chances, {}, {"place": 1, "fee": 5, "documents": 9}) == ["place", "fee", "documents"]
    assert asked_for(chances, {}, {"place": 9, "fee": 5, "documents": 1}) == ["documents", "fee", "place"]


def test_where_no_place_is_known_the_likeliest_comes_first() -> None:
    assert asked_for({"documents": 0.6, "fee": 0.9, "place": 0.7}, {}, {})[0] == "fee"


def test_a_question_in_general_asks_for_nothing_else() -> None:
    assert asked_for({DEFAULT: 0.9, "fee": 0.8}, {}, {}) == [DEFAULT]
    assert asked_for({DEFAULT: 0.8, "fee": 0.9}, {}, {}) == ["fee"], "nor is it asked beside another"


@pytest.mark.parametrize("aspect", ASPECTS)
def test_every_aspect_can_be_asked_for_alone(aspect: str) -> None:
    assert asked_for({aspect: 1.0}, {aspect: 1.0}, {aspect: 4}) == [aspect]


def test_what_is_no_aspect_is_not_asked_for() -> None:
    assert asked_for({"price": 1.0, "fee": 0.5}, {"price": 1.0}, {"price": 0}) == ["fee"]


def test_sending_an_offered_follow_up_asks_for_one_aspect_each() -> None:
    assert set(FOLLOW_UPS) <= set(ASPECTS)
    assert len(set(FOLLOW_UPS.values())) == len(FOLLOW_UPS)


def test_what_is_told_in_general_begins_with_what_it_is() -> None:
    assert ESSENTIALS[0] == DEFAULT and DEFAULT in IN_GENERAL
    assert set(ESSENTIALS) | set(IN_GENERAL) <= set(ASPECTS)
