from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.text.folding import fold
from bot.text.unicode import clean, squeeze, without_pictures


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("hoà giải", "hòa giải"),
        ("thuỷ sản", "thủy sản"),
        ("khoẻ", "khỏe"),
        ("chìa khoá", "chìa khóa"),
        ("uỷ quyền", "ủy quyền"),
        ("tuỳ", "tùy"),
        ("HOÀ", "HÒA"),
        ("Thuý", "Thúy"),
        ("xin huỷ, toà án", "xin hủy, tòa án"),
        ("(hoà)", "(hòa)"),
        ("khoẻ…", "khỏe…"),
    ],
)
def test_the_tone_mark_stands_on_the_first_vowel_of_an_open_oa_oe_uy(typed: str, written: str) -> None:
    assert clean(typed) == written


@pytest.mark.parametrize("typed", ["hoà\ngiải", "giấy uỷ quyền,hoà", "uỷ\nquyền", "hoà/giải", "hoà-giải"])
def test_the_tone_mark_moves_wherever_the_syllable_ends(typed: str) -> None:
    assert not set(clean(typed)) & set("àỷ")


@pytest.mark.parametrize(
    "word", ["quý", "Quỳnh", "hoàn", "tuyển", "khuỷu", "oái", "quà", "thoại", "nguyễn", "của", "mùa"]
)
def test_a_tone_mark_that_stands_right_stays(word: str) -> None:
    assert clean(word) == word


@pytest.mark.parametrize("text", ["Đăng ký khai sinh", "hoà giải ở uỷ ban", "trẻ dưới 14 tuổi, người nước ngoài"])
def test_decomposed_and_composed_letters_become_the_same_text(text: str) -> None:
    decomposed = clean(unicodedata.normalize("NFD", text))
    assert decomposed == clean(unicodedata.normalize("NFC", text))
    assert unicodedata.is_normalized("NFC", decomposed)


@pytest.mark.parametrize("hidden", ["\u200b", "\u200d", "\u202e", "\u2066", "\ufeff", "\u00ad", "\ufe0f", "\u180e"])
def test_invisible_characters_disappear(hidden: str) -> None:
    assert clean(f"khai{hidden} si{hidden}nh") == "khai sinh"


def test_a_mark_behind_an_invisible_character_still_joins_its_letter() -> None:
    assert clean("ma\u200b\u0301") == "má"


@pytest.mark.parametrize("control", ["\x00", "\x07", "\x1b", "\x7f", "\x85"])
def test_control_characters_become_spaces(control: str) -> None:
    assert clean(f"khai{control}sinh") == "khai sinh"


def test_any_run_of_spaces_becomes_one_but_lines_stay() -> None:
    assert clean("  giấy \t\u00a0 khai\u2003sinh \n của con ") == "giấy khai sinh \n của con"


@given(st.text())
@example("a\u200b\u0301")
@example("o\u00ad\u0300a")
def test_cleaning_any_text_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(alphabet=st.characters(codec="utf-16", exclude_categories=())))
def test_cleaning_never_fails_and_leaves_nothing_that_cannot_be_seen(text: str) -> None:
    cleaned = clean(text)
    assert not set(cleaned) & set("\x00\x07\u200b\u200d\u202e\u2069\ufeff\u00ad")
    assert "  " not in cleaned


@given(st.lists(st.sampled_from(["hoà", "uỷ", "quý", "khoẻ", "tuyển", "giấy", "Hoàng", "loè", "thuở"]), min_size=1))
def test_moving_tone_marks_never_changes_the_letters(words: list[str]) -> None:
    text = " ".join(words)
    assert fold(clean(text)) == fold(text)


@pytest.mark.parametrize(
    ("typed", "meant"), [("ơiiii", "ơi"), ("khônggg", "không"), ("ALOOOO", "ALO"), ("đượccccc ạạạạ", "được ạ")]
)
def test_letters_held_down_are_shortened(typed: str, meant: str) -> None:
    assert squeeze(typed) == meant


@pytest.mark.parametrize("text", ["xoong", "2000 đồng", "079000111222", "!!!", "...", "rõ ràng"])
def test_doubled_letters_digits_and_punctuation_are_not_held_down(text: str) -> None:
    assert squeeze(text) == text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("đăng ký kết hôn ở đâu 🙏🙏", "đăng ký kết hôn ở đâu"),
        ("❤ cảm ơn ☀ nhiều", "cảm ơn nhiều"),
        ("👨👩👧", ""),
        ("15.000 đồng, 85/2019/TT-BTC – “ạ”?", "15.000 đồng, 85/2019/TT-BTC – “ạ”?"),
    ],
)
def test_pictures_go_and_words_stay(typed: str, kept: str) -> None:
    assert without_pictures(typed) == kept


@pytest.mark.parametrize("text", ["cccd", "Cái CCCD của em", "tt cccd", "cccd-cccd"])
def test_shorthand_that_begins_with_one_consonant_thrice_stays(text: str) -> None:
    assert squeeze(text) == text


@pytest.mark.parametrize("text", ["công trình cấp III", "Quận III", "thương binh hạng VIII"])
def test_a_roman_number_is_no_letter_held_down(text: str) -> None:
    assert squeeze(text) == text


@given(st.text())
def test_squeezing_twice_changes_nothing_more(text: str) -> None:
    assert squeeze(squeeze(text)) == squeeze(text)
