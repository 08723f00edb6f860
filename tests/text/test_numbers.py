"""Numbers in words beside a class or an age."""

from __future__ import annotations

import pytest

from bot.text.numbers import write_numbers
from bot.text.reading import Reader


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("con học lớp hai rồi", "con học lớp 2 rồi"),
        ("Lớp Mười Hai", "Lớp 12"),
        ("bé mới một tuổi", "bé mới 1 tuổi"),
        ("đủ mười bốn tuổi", "đủ 14 tuổi"),
        ("ông mười tuổi mồ côi", "ông 10 tuổi mồ côi"),
        ("sáu mươi tuổi", "60 tuổi"),
        ("bà tám chục tuổi", "bà 80 tuổi"),
        ("bảy mươi lăm tuổi", "75 tuổi"),
        ("bảy lăm tuổi", "75 tuổi"),
        ("hai mươi mốt tuổi, lớp ba", "21 tuổi, lớp 3"),
    ],
)
def test_a_class_or_an_age_is_written_in_figures(typed: str, meant: str) -> None:
    assert write_numbers(typed)[0] == meant


@pytest.mark.parametrize(
    "typed",
    [
        "hai ba tuổi",
        "ba mẹ đi làm",
        "lớp học",
        "tuổi ba mươi",
        "lớp bảyy",
        "sau tuổi nghỉ hưu",
        "mất hai lần",
        "lớp",
        "",
    ],
)
def test_other_numbers_stay_words(typed: str) -> None:
    assert write_numbers(typed) == (typed, [])


def test_each_change_is_kept() -> None:
    assert write_numbers("mười sáu tuổi học lớp mười")[1] == [("mười sáu", "16"), ("mười", "10")]


def test_a_message_is_read_so_with_and_without_its_marks(reader: Reader) -> None:
    assert "80 tuổi" in reader("bà ngoại tám chục tuổi").text
    assert "lớp 2" in reader("con trai hoc lop hai").text
    assert ("hai", "2") in reader("con học lớp hai").changes
