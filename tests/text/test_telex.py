from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.listing import Listing
from bot.text.folding import has_diacritics, syllables
from bot.text.telex import as_chatted, decode, is_syllable


@pytest.mark.parametrize(
    ("keys", "meant"),
    [
        ("giaasy", "giấy"),
        ("giaays", "giấy"),
        ("phari", "phải"),
        ("hojc", "học"),
        ("keets", "kết"),
        ("hoon", "hôn"),
        ("vieecj", "việc"),
        ("tuooir", "tuổi"),
        ("nguyeexn", "nguyễn"),
        ("quar", "quả"),
        ("gif", "gì"),
        ("as", "á"),
        ("thuyr", "thủy"),
        ("hoaf", "hòa"),
    ],
)
def test_keys_left_undone_spell_a_syllable(keys: str, meant: str) -> None:
    assert decode(keys) == meant


@pytest.mark.parametrize("keys", ["dduwowngf", "dduowngf", "dduwongf", "duowngfd"])
def test_a_key_may_stand_behind_its_letter_or_at_the_end(keys: str) -> None:
    assert decode(keys) == "đường"


@pytest.mark.parametrize(
    ("keys", "meant"),
    [
        ("nuwowcs", "nước"),
        ("nuowcs", "nước"),
        ("nuwocs", "nước"),
        ("nguwoif", "người"),
        ("ruwouj", "rượu"),
        ("thuowr", "thuở"),
        ("thwcj", "thực"),
    ],
)
def test_one_horn_is_typed_for_two(keys: str, meant: str) -> None:
    assert decode(keys) == meant


@pytest.mark.parametrize(
    ("keys", "meant"), [("viêcj", "việc"), ("giâys", "giấy"), ("đươcj", "được"), ("tiênf", "tiền")]
)
def test_some_marks_may_be_there_already(keys: str, meant: str) -> None:
    assert decode(keys) == meant


@pytest.mark.parametrize(
    "word", ["nha", "xin", "nhà", "giấy", "làmf", "sinhh", "cccd", "zalo", "tooii", "quyets", "2s", ""]
)
def test_what_spells_no_syllable_or_leaves_nothing_undone_is_not_decoded(word: str) -> None:
    assert decode(word) is None


@given(st.text(alphabet="abcdeghiklmnopqrstuvxyđăâêôơưsfrxjwáạ", max_size=7))
def test_whatever_is_decoded_is_a_syllable(word: str) -> None:
    meant = decode(word)
    assert meant is None or (meant != word and is_syllable(meant))


@pytest.mark.parametrize(
    "word", ["người", "a", "y", "ủy", "quý", "gì", "giếng", "già", "khuỷu", "nguyễn", "quạnh", "nghề", "rượu", "đắk"]
)
def test_a_syllable_is_known_by_its_build(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word", ["ngừoi", "đựơc", "gìa", "hoà", "thuỷ", "zalo", "app", "fải", "nhữg", "khôgn", "đc", "gtờ", "ááo", "2", ""]
)
def test_what_is_built_otherwise_or_bears_its_tone_elsewhere_is_none(word: str) -> None:
    assert not is_syllable(word)


def test_every_marked_word_of_a_name_is_a_syllable(listing: Listing) -> None:
    words = {word for procedure in listing for word in syllables(procedure.name) if has_diacritics(word)}
    assert [word for word in words if not is_syllable(word)] == []


@pytest.mark.parametrize(
    ("word", "meant"),
    [("fải", {"phải"}), ("zậy", {"dậy", "vậy", "giậy"}), ("jờ", {"giờ"}), ("wa", {"qua"}), ("phải", set())],
)
def test_an_onset_as_chatted_stands_for_others(word: str, meant: set[str]) -> None:
    assert set(as_chatted(word)) == meant
