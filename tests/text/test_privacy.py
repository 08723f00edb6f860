from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.listing import Listing
from bot.text.contacts import contacts_in
from bot.text.privacy import has_contact, has_identity_number, mask
from bot.text.unicode import clean

DIGITS = "0123456789"
WORDS = st.text(alphabet="aăâbcdđêghnốợư ,;:!?()\n\"'/", max_size=12)
# Numbers as people break them up, and all that may stand between: nearly every such text has something to mask.
BROKEN_UP = st.text(alphabet="0123456789" * 4 + " .-" * 4 + "()+·–@avn")


@pytest.mark.parametrize(
    "number",
    [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "+84912345678",
        "+84 912 345 678",
        "09 12 34 56 78",
        "0 9 1 2 3 4 5 6 7 8",
        "(0912) 345-678",
        "(+84) 912 345 678",
        "(024) 3825 1234",
        "0912 - 345 - 678",
        "0912–345–678",
        "0084 912 345 678",
        "+84 (0) 912 345 678",
        "84912345678",
        "024.3825.1234",
    ],
)
def test_a_phone_number_is_masked(number: str) -> None:
    assert mask(f"gọi em số {number} nhé") == "gọi em số [số điện thoại] nhé"


@pytest.mark.parametrize("number", ["079203001234", "079 203 001 234", "079.203.001.234"])
def test_an_identity_number_is_masked(number: str) -> None:
    assert mask(f"căn cước {number}, cấp 2021") == "căn cước [số định danh], cấp 2021"


@pytest.mark.parametrize(
    "number",
    [
        "079 203 001234",
        "079203 001234",
        "079-203-001-234",
        "0792 0300 1234",
        "07 92 03 00 12 34",
        "0 7 9 2 0 3 0 0 1 2 3 4",
        "07920300 1234",
    ],
)
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


@pytest.mark.parametrize("address", ["nguyen.van+a@mail.example.vn", "0912345678@example.vn", "a%b@example.vn"])
def test_an_email_address_is_masked(address: str) -> None:
    assert mask(f"gửi vào {address} nhé") == "gửi vào [email] nhé"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("0912 345 678 0987 654 321", "[số điện thoại] [số điện thoại]"),
        ("gọi 0912345678/0987.654.321.", "gọi [số điện thoại]/[số điện thoại]."),
        ("a@b.vn,0912345678", "[email],[số điện thoại]"),
        ("0912345678, cccd 079203001234", "[số điện thoại], cccd [số định danh]"),
    ],
)
def test_each_of_several_is_masked_by_itself(text: str, masked: str) -> None:
    assert mask(text) == masked


# Who asks for a way to answer must not take for one what could not be kept as one.


@pytest.mark.parametrize(
    "text",
    ["01234567890", "0123456789", "0912 345 678 3", "+84 123 456 789", "079203001234 0912 345 678", "nguyễn@mail.vn"],
)
def test_what_nobody_can_be_reached_by_is_masked_and_is_no_contact(text: str) -> None:
    assert contacts_in(text) == []
    assert has_contact(mask(text)) is None
    assert not re.search(r"\d{3}|@", mask(text))


@pytest.mark.parametrize(
    ("text", "contact"),
    [("gọi 09 12 34 56 78 nhé", "số điện thoại"), ("thư a@b.vn", "email"), ("bỏ qua", None), ("079203001234", None)],
)
def test_a_masked_text_still_says_which_way_to_answer_was_left(text: str, contact: str | None) -> None:
    assert has_contact(mask(text)) == contact


@given(st.text() | BROKEN_UP)
def test_whatever_is_read_as_a_contact_is_masked_as_one_and_nothing_else_is(text: str) -> None:
    text = clean(text)
    masked = mask(text)
    assert (has_contact(masked) is not None) == bool(contacts_in(text))
    assert contacts_in(masked) == []


@pytest.mark.parametrize(
    "text",
    [
        "hồ sơ H12.34-261101-0007 tới đâu rồi",
        "mã 000.00.01.H12-261101-0007",
        "H26.19-260703-0912 nộp 03.07.2026",
        "thủ tục 1.001193",
        "mã 1.001193.000.00.00.H15",
        "1.001193, 1.000894 và 2.000635",
        "câu CH-4K7-M2P tới đâu rồi",
        "pa 2b3 c4d",
        "sinh ngày 12/05/2026, nặng 3.200 gam",
        "05-06-1990 12 giờ",
        "05 06 1990, 36 tuổi",
        "ngày 03.05.2026 12 giờ 30",
        "từ 07-08-2026 - 09-09-2026",
        "07 08 2026 đến 09 09 2026",
        "2026-12-24 15:00",
        "phí 1.500.000 đồng",
        "vay 100.000.000 đồng, trả 3.500.000",
        "1.234.567.890 đồng",
        "nghị định 123/2015/NĐ-CP",
        "thông tư 01/2026/TT-BTP, 02/2026/TT-BTP",
        "từ 7 giờ 30 đến 11 giờ 30",
        "07:30-11:30, 13:30-17:00",
        "07.30 - 11.30",
        "thửa 0123, tờ bản đồ số 45, 60.5 m2",
        "gọi 113, 114, 115 hay 1900 1234",
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


def test_no_code_of_a_procedure_is_masked(listing: Listing) -> None:
    for code in listing.names:
        text = f"thủ tục {code} - 0912"
        assert mask(text) == text
    for code in listing.procedures:
        text = f"mã {code}.000.00.00.H15, phí 8.000 đồng"
        assert mask(text) == text


@given(
    day=st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    form=st.sampled_from(["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %m %Y", "%Y-%m-%d"]),
    hour=st.integers(1, 12),
)
def test_no_date_is_masked(day: date, form: str, hour: int) -> None:
    for text in (
        day.strftime(form),
        f"sinh {day.strftime(form)} {hour} giờ",
        f"từ {day.strftime(form)} - tháng {hour}",
    ):
        assert mask(text) == text


@given(st.integers(1, 99_999_999_999))
def test_no_amount_of_money_is_masked(amount: int) -> None:
    text = f"lệ phí {amount:,} đồng".replace(",", ".")
    assert mask(text) == text


@given(st.text() | BROKEN_UP)
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
