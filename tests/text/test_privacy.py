from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.privacy import has_identity_number, mask

DIGITS = "0123456789"
WORDS = st.text(alphabet="aăâbcdđêghnốợư ,;:!?()\n\"'/", max_size=12)


@pytest.mark.parametrize("number", ["0912345678", "0912 345 678", "0912.345.678", "+84912345678", "+84 912 345 678"])
def test_a_phone_number_is_masked(number: str) -> None:
    assert mask(f"gọi em số {number} nhé") == "gọi em số [số điện thoại] nhé"


@pytest.mark.parametrize("number", ["079203001234", "079 203 001 234", "079.203.001.234"])
def test_an_identity_number_is_masked(number: str) -> None:
    assert mask(f"căn cước {number}, cấp 2021") == "căn cước [số định danh], cấp 2021"


@pytest.mark.parametrize("number", ["079 203 001234", "079203 001234", "079-203-001-234", "0792 0300 1234"])
def test_an_identity_number_is_masked_however_its_digits_are_grouped(number: str) -> None:
    assert not re.search(r"\d", mask(f"căn cước {number} của tôi"))


@pytest.mark.parametrize(
    "text",
    ["cccd079203001234", "cccd.079203001234", "cmnd-123456789", "CMND123456789", "số_079203001234", "sđt0912345678"],
)
def test_a_number_glued_to_a_word_is_masked(text: str) -> None:
    assert not re.search(r"\d{9}", mask(text))


def test_an_old_identity_number_of_nine_digits_is_masked() -> None:
    assert mask("cmnd cũ 123456789.") == "cmnd cũ [số giấy tờ]."


@pytest.mark.parametrize("number", ["1234567890123456", "1234 5678 9012 3456", "19036789012345"])
def test_a_card_or_account_number_is_masked_whole(number: str) -> None:
    assert mask(f"chuyển vào {number} nhé") == "chuyển vào [dãy số] nhé"


def test_an_email_address_is_masked() -> None:
    assert mask("gửi vào nguyen.van+a@mail.example.vn nhé") == "gửi vào [email] nhé"


@pytest.mark.parametrize(
    "text",
    [
        "hồ sơ H12.34-261101-0007 tới đâu rồi",
        "mã 000.00.01.H12-261101-0007",
        "thủ tục 1.001193",
        "sinh ngày 12/05/2026, nặng 3.200 gam",
        "phí 1.500.000 đồng",
        "nghị định 123/2015/NĐ-CP",
        "từ 7 giờ 30 đến 11 giờ 30",
    ],
)
def test_codes_dates_and_amounts_stay(text: str) -> None:
    assert mask(text) == text
    assert not has_identity_number(text)


@given(
    before=WORDS,
    number=st.text(DIGITS, min_size=12, max_size=12) | st.text(DIGITS, min_size=9, max_size=9),
    after=WORDS,
)
def test_no_number_of_nine_or_twelve_digits_is_left(before: str, number: str, after: str) -> None:
    masked = mask(f"{before} {number}{after}")
    assert not re.search(r"\d{5}", masked)


@given(st.text())
def test_masking_twice_changes_nothing_more(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@given(st.text(alphabet="aăbcđ ơ,.?!\n-"))
def test_text_without_digits_stays(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize("text", ["079203001234", "cmnd 123456789", "tk 1234567890123456"])
def test_identity_and_account_numbers_are_noticed(text: str) -> None:
    assert has_identity_number(text)


@pytest.mark.parametrize("text", ["gọi 0912345678", "thư a@b.vn", "con 5 tuổi", ""])
def test_a_phone_number_or_address_is_no_identity_number(text: str) -> None:
    assert not has_identity_number(text)
