import re
from collections.abc import Callable

import pytest

from bot.evaluation import noise
from bot.evaluation.noise import NOISES, dictated, hurried, without_diacritics
from bot.evaluation.questions import QUESTIONS, load
from bot.text.folding import fold

TEXTS = [question.text for question in load(QUESTIONS / "development")]


@pytest.mark.parametrize("change", NOISES.values(), ids=NOISES)
def test_the_same_text_always_comes_out_the_same(change: Callable[[str], str]) -> None:
    assert [change(text) for text in TEXTS] == [change(text) for text in TEXTS]


@pytest.mark.parametrize("change", NOISES.values(), ids=NOISES)
def test_nearly_every_text_with_diacritics_is_changed_and_none_is_lost(change: Callable[[str], str]) -> None:
    marked = [text for text in TEXTS if fold(text) != text]
    assert sum(change(text) != text for text in marked) / len(marked) > 0.9
    assert all(change(text).strip() for text in TEXTS)


def test_without_diacritics_is_folded() -> None:
    assert [without_diacritics(text) for text in TEXTS] == [fold(text) for text in TEXTS]


def test_what_is_dictated_has_no_punctuation_no_capitals_and_no_digits() -> None:
    heard = [dictated(text) for text in TEXTS]
    assert [text for text in heard if re.search(r"[^\w ]|_|\d", text) or text != text.lower()] == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("7", "bảy"),
        ("10", "mười"),
        ("11", "mười một"),
        ("15", "mười lăm"),
        ("20", "hai mươi"),
        ("21", "hai mươi mốt"),
        ("34", "ba mươi bốn"),
        ("115", "một một năm"),
        ("giấy", "giấy"),
    ],
)
def test_numbers_are_said_in_words(typed: str, said: str) -> None:
    assert " ".join(noise._spoken(typed)) == said


@pytest.mark.parametrize(("typed", "said"), [("25t", "hai mươi lăm t"), ("ct07", "ct bảy"), ("1.014064", "một không")])
def test_a_number_within_a_word_is_said_too(typed: str, said: str) -> None:
    # Fillers and what is misheard are thrown by dice: these texts meet none within the number.
    assert said in dictated(typed)


def test_a_hurried_hand_leaves_the_text_readable() -> None:
    """Most words stay, and what is no word stays as it is."""
    text = "Tôi muốn hỏi, con tôi mới sinh thì làm giấy khai sinh ở đâu?"
    typed = hurried(text)
    kept = [word for word in text.split() if word in typed.split()]
    assert typed != text and len(kept) > len(text.split()) / 2
    assert re.findall(r"[,?]", typed) == [",", "?"]


@pytest.mark.parametrize(("word", "keys"), [("giấy", "giaays"), ("được", "dduwowcj"), ("khai", "khai")])
def test_keys_left_are_those_of_telex(word: str, keys: str) -> None:
    assert noise._keys_left(word, noise._dice(word)) == keys
