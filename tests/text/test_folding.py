from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.folding import fold, has_diacritics, syllables


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đăng ký", "dang ky"),
        ("ĐƯỜNG Nguyễn Huệ", "duong nguyen hue"),
        ("ước ượt ờ ỡ ẵ ẫ ỵ", "uoc uot o o a a y"),
        ("sổ hộ khẩu 2026!", "so ho khau 2026!"),
        ("da co san", "da co san"),
    ],
)
def test_folding_drops_every_mark_and_the_case(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_folding_sees_no_difference_between_composed_and_decomposed_letters() -> None:
    for text in ("Đăng ký kết hôn", "giấy ủy quyền", "trẻ dưới 14 tuổi"):
        assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(
    st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵĐẮỆ 19")
)
def test_folded_vietnamese_is_plain_ascii(text: str) -> None:
    assert fold(text).isascii()


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_folded_text_carries_no_diacritics(text: str) -> None:
    assert not has_diacritics(fold(text))


def test_a_single_d_with_stroke_counts_as_a_mark() -> None:
    assert has_diacritics("đi")
    assert not has_diacritics("DI")


def test_syllables_leave_out_punctuation_and_case() -> None:
    assert syllables("Giấy khai sinh, 2 bản (sao y)?") == ["giấy", "khai", "sinh", "2", "bản", "sao", "y"]
    assert syllables("...?!") == []
