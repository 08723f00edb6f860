"""Codes of procedures inside what somebody typed."""

from __future__ import annotations

import pytest

from bot.text.codes import codes_in
from bot.text.privacy import mask


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("1.001193", ("1.001193",)),
        ("thủ tục 1.001193 cần giấy tờ gì?", ("1.001193",)),
        ("mã 1.001193.", ("1.001193",)),
        ("1.001193.000.00.00.H15", ("1.001193",)),
        ("(2.000815), 1.001193 rồi 2.000815", ("2.000815", "1.001193")),
        ("11.001193", ()),
        ("1.0011930", ()),
        ("1,001193", ()),
        ("giá 1.200.000 đồng", ()),
        ("H12.34-261101-0007", ()),
        ("", ()),
    ],
)
def test_codes_are_found_where_they_stand_alone(text: str, codes: tuple[str, ...]) -> None:
    assert codes_in(text) == codes


def test_a_code_is_no_personal_number() -> None:
    assert mask("1.001193.000.00.00.H15 và 2.000815") == "1.001193.000.00.00.H15 và 2.000815"
