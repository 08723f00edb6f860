from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bot.knowledge.listing import Listing
from bot.text.folding import fold, has_diacritics
from bot.text.reading import Reader

BARE = ["toi", "muon", "dang", "ky", "khai", "sinh", "cho", "con", "gai", "o", "phuong", "nao", "gan", "nhat"]


def test_what_was_typed_is_kept_as_it_was(reader: Reader) -> None:
    typed = "  ad ơiiii lam\u200b gks ntn  "
    assert reader(typed).typed == typed


def test_every_step_happens_in_one_reading(reader: Reader) -> None:
    reading = reader("lm gks cho bé mới đẻ thì cần giấy j zậyyyy")
    assert reading.text == "làm giấy khai sinh cho bé mới đẻ thì cần giấy gì vậy"
    assert "giấy_khai_sinh" in reading.words
    assert not reading.restored


def test_a_message_without_marks_gets_them_back(reader: Reader) -> None:
    reading = reader("dang ky tam tru o dau")
    assert reading.restored
    assert reading.text == "đăng ký tạm trú ở đâu"


def test_changes_are_kept_beside_what_was_typed(reader: Reader) -> None:
    assert reader("Lam gks o dau").changes == (
        ("gks", "giấy khai sinh"),
        ("Lam", "làm"),
        ("o", "ở"),
        ("dau", "đâu"),
    )


def test_shorthand_does_not_hide_that_marks_are_missing(reader: Reader) -> None:
    assert reader("lam gks cho be o phuong").text == "làm giấy khai sinh cho bé ở phường"


@pytest.mark.parametrize(
    "text",
    [
        "Con tôi mới sinh, làm giấy khai sinh ở đâu?",
        "Tôi tên Nguyễn Thị Lan, muốn sao y bằng đại học.",
        "Căn cước của mẹ hết hạn ngày 12/05/2026!",
    ],
)
def test_text_with_marks_is_left_untouched(reader: Reader, text: str) -> None:
    reading = reader(text)
    assert (reading.text, reading.changes, reading.restored) == (text, (), False)


def test_a_few_syllables_without_marks_among_many_with_them_stay(reader: Reader) -> None:
    assert reader("làm giấy khai sinh cho con o phường").text == "làm giấy khai sinh cho con o phường"


def test_slips_are_mended_among_marks_and_kept_beside_what_was_typed(reader: Reader) -> None:
    reading = reader("Con tôi cần giaasy khai sinhh, nộp ở đâu?")
    assert reading.text == "Con tôi cần giấy khai sinh, nộp ở đâu?"
    assert reading.changes == (("giaasy", "giấy"), ("sinhh", "sinh"))
    assert not reading.restored
    assert "giấy_khai_sinh" in reading.words


def test_slips_are_mended_where_marks_were_left_out(reader: Reader) -> None:
    reading = reader("lam giay khai sihn cho con, nop o ddaau")
    assert reading.restored
    assert reading.text == "làm giấy khai sinh cho con, nộp ở đâu"


def test_one_slip_shows_that_other_marks_may_be_missing(reader: Reader) -> None:
    assert reader("đăng ky khai sinhh cho con").text == "đăng ký khai sinh cho con"


def test_a_capital_begins_a_name_within_a_sentence_and_a_sentence_at_its_start(reader: Reader) -> None:
    assert reader("Keets hôn với anh Keets").text == "kết hôn với anh Keets"
    assert reader("Xe Honda Wave của tôi").text == "Xe Honda Wave của tôi"


def test_in_capitals_alone_slips_are_mended_too(reader: Reader) -> None:
    assert reader("ĐĂNG KÝ KHAI SINHH").text == "đăng ký khai sinh"


def test_shorthand_is_written_out_before_slips_are_looked_for(reader: Reader) -> None:
    assert reader("cần giaasy gì để lm gks").text == "cần giấy gì để làm giấy khai sinh"


@pytest.mark.parametrize(
    ("parts", "typed", "read"),
    [
        ({}, "xin giaasy bằng gks, làm bìa đỏ", "xin giấy bằng giấy khai sinh, làm bìa đỏ"),
        ({"mending": True}, "xin giaasy bằng gks", "xin giaasy bằng giấy khai sinh"),
        ({"mending": True}, "xin giay khai sinh", "xin giấy khai sinh"),
        ({"restoring": True}, "xin giay khai sinh", "xin giay khai sinh"),
        ({"mending": True, "shorthand": True}, "xin giaasy bằng gks", "xin giaasy bằng gks"),
    ],
)
def test_parts_can_be_taken_away_to_see_what_they_add(
    reader: Reader, parts: dict[str, bool], typed: str, read: str
) -> None:
    assert reader.without(**parts)(typed).text == read


def test_what_is_taken_away_is_taken_from_a_copy(reader: Reader) -> None:
    assert reader.without(synonyms=True)("làm bìa đỏ").meant == ()
    assert reader("làm bìa đỏ").meant


def test_numbers_and_punctuation_stay_where_they_are(reader: Reader) -> None:
    reading = reader("con toi 14 tuoi, lam can cuoc (lan dau) het 50.000 a?")
    assert fold(reading.text) == "con toi 14 tuoi, lam can cuoc (lan dau) het 50.000 a?"


def test_decomposed_letters_are_read_like_composed_ones(reader: Reader) -> None:
    text = "uỷ quyền đăng ký khai sinh"
    assert reader(unicodedata.normalize("NFD", text)).text == reader(text).text == "ủy quyền đăng ký khai sinh"


def test_the_questions_of_the_records_lose_nothing_but_marks_and_shorthand(reader: Reader, listing: Listing) -> None:
    for procedure in listing:
        reading = reader(procedure.name)
        assert reading.text == procedure.name, "a name is written with all its marks"
        assert reading.words


@hypothesis_settings(max_examples=150)
@given(st.text(max_size=120))
@example("")
@example("\x00\u200b\u202e")
@example("😀👨‍👩‍👧 🇻🇳")
@example("مرحبا 你好 Ελλ ﷽")
@example("a\u0301\u0301\u0301\u0323")
@example("https://example.org/?q=1&r=2")
@example("_ __ ___")
@example("²³¼ Ⅷ ① ㍿")
def test_no_message_is_too_strange(reader: Reader, text: str) -> None:
    reading = reader(text)
    assert reading.typed == text
    assert all(typed != meant for typed, meant in reading.changes)
    assert all(any(letter.isalnum() for letter in word) for word in reading.words)


@given(st.lists(st.sampled_from(BARE), min_size=1))
def test_restoring_adds_marks_and_nothing_else(reader: Reader, words: list[str]) -> None:
    text = " ".join(words)
    reading = reader(text)
    assert fold(reading.text) == text
    assert all(not has_diacritics(typed) and fold(meant) == fold(typed) for typed, meant in reading.changes)


def test_words_are_put_together_only_where_restoring_was_sure(reader: Reader) -> None:
    assert "khai_sinh" in reader("lam khai sinh cho con").words
    unheard_of = reader("xyloqu brefta khai sinh zwonk grolb")
    assert unheard_of.restored
    assert "khai_sinh" not in unheard_of.words
    assert {"khai", "sinh"} <= set(unheard_of.words)
