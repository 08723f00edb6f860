"""What a correction says, without what it denies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.corrections import what_is_meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("thẻ của tôi mất rồi chứ không phải hết hạn", "thẻ của tôi mất rồi"),
        ("không phải người chết!! khai sinh cho bé trễ 3 ngày", "khai sinh cho bé trễ 3 ngày"),
        ("khong phai, y la lam ket hon o tphcm", "y la lam ket hon o tphcm"),
        ("không phải tôi đi, bà ngoại đi làm thay", "bà ngoại đi làm thay"),
    ],
)
def test_what_is_denied_is_left_out(said: str, meant: str) -> None:
    assert what_is_meant(said) == meant


@pytest.mark.parametrize(
    "said", ["không phải", "không phải cái này", "à không phải rồi em ơi", "à em nhầm, chồng em người Hàn", ""]
)
def test_where_nothing_else_is_said_or_nothing_denied_all_of_it_stays(said: str) -> None:
    assert what_is_meant(said) == said


@given(st.text())
def test_something_is_always_left(said: str) -> None:
    assert what_is_meant(said) or not said
