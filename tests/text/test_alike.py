"""Which questions ask the same in nearly the same words."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from bot.text.alike import content_words, groups

SAME = [
    "Làm giấy khai sinh cần những giấy tờ gì?",
    "dạ cho em hỏi làm giấy khai sinh cần những giấy tờ gì ạ",
    "lam giay khai sinh can nhung giay to gi",
    "Làm giấy khai sinh cho bé cần những giấy tờ gì",
]
OTHERS = [
    "Làm giấy khai tử cần những giấy tờ gì?",
    "Làm giấy khai sinh mất mấy ngày?",
    "Đăng ký tạm trú ở đâu?",
]


def leaders(*questions: str) -> list[int]:
    return groups([content_words(question) for question in questions])


def test_courtesy_case_and_diacritics_make_no_other_question() -> None:
    assert leaders(*SAME) == [0] * len(SAME)


def test_one_word_that_names_another_thing_makes_another_question() -> None:
    assert leaders("làm giấy khai sinh", "làm giấy khai tử", "làm giấy khai sinh ạ") == [0, 1, 0]
    assert leaders(SAME[0], *OTHERS) == [0, 1, 2, 3]


def test_the_same_words_in_another_order_are_the_same_question() -> None:
    assert leaders("khai sinh ở đâu", "ở đâu khai sinh") == [0, 0]


def test_nothing_but_courtesy_and_nothing_at_all_are_questions_too() -> None:
    assert content_words("Dạ ạ") == ("da", "a")
    assert leaders("", "???", "Dạ ạ", "😀") == [0, 0, 2, 0]


def test_what_only_looks_like_courtesy_without_its_diacritics_counts() -> None:
    assert content_words("cho em hỏi nuôi chó với bò") == ("nuoi", "cho", "bo")
    assert content_words("cho em hoi nuoi heo voi") == ("nuoi", "heo")


def test_the_wording_that_is_asked_most_leads() -> None:
    often = "đăng ký tạm trú cho người thuê nhà"
    assert leaders("đăng ký tạm trú cho người thuê nhà trọ", often, often) == [1, 1, 1]


@pytest.mark.parametrize("seed", range(3))
def test_no_leader_that_is_alike_is_overlooked(seed: int) -> None:
    """The rare parts that are compared are enough: every follower is near its leader, no two leaders are."""
    draw = random.Random(seed)
    questions = [tuple(draw.choices("ab ac ad ae af ag ah".split(), k=draw.randint(1, 6))) for _ in range(300)]

    def is_alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
        mine, theirs = ({*words, *pairwise(words)} for words in (one, other))
        says_more = set(one) <= set(other) or set(other) <= set(one)
        return len(mine & theirs) / len(mine | theirs) >= (0.6 if says_more else 0.75)

    found = groups(questions)
    led = [questions[place] for place in dict.fromkeys(found)]
    assert len(led) > 20
    first = {frozenset(words): words for words in reversed(questions)}
    assert all(is_alike(first[frozenset(words)], questions[leader]) for words, leader in zip(questions, found))
    assert not any(is_alike(one, other) for one in led for other in led if one is not other)
