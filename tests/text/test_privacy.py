from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.knowledge.listing import Listing
from bot.text.contacts import contacts_in
from bot.text.privacy import CITIZEN, CODE, EMAIL, LONG, NAMES, NO_PHONE, PAPER, PHONE, found_in, has_contact, mask
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
    assume(not any(name in text for name in NAMES))
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
        "500000 - 1000000 đồng",
        "15.000 - 20.000 đồng, 100000000đ",
        "các năm 2023 - 2024 - 2025",
        "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/019d2bfd-9daf-70da-8f48-223498332346",
    ],
)
def test_codes_dates_and_amounts_stay(text: str) -> None:
    assert mask(text) == text
    assert found_in(text) == []


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
    assume(not contacts_in(text))  # "84.500.000.000" is a phone number of Vietnam, too
    assert mask(text) == text


@given(st.text() | BROKEN_UP)
def test_masking_twice_changes_nothing_more(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@given(st.text(alphabet="aăbcđ ơ,.?!\n-"))
def test_text_without_digits_stays(text: str) -> None:
    assert mask(text) == text


# What the words beside a number give away


CODES = ["482913", "4829", "48291305", "482 913", "482-913", "48 29 13", "4 8 2 9 1 3"]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    "said",
    [
        "OTP {}",
        "mã OTP: {}",
        "ma otp la {}",
        "otp{} có đúng không",
        "mã xác nhận em vừa nhận được là {}",
        "ma xac thuc gui ve may toi la {} thi nhap o dau",
        "mã xác minh {} nhé",
        "mã PIN thẻ căn cước của tôi là {}",
        "mã OTP 6 số {}",
        "mật khẩu VNeID của em là {}",
        "{} là mã OTP của tôi",
        "tôi nhận được {} (mã xác nhận)",
        "{} mã xác thực",
    ],
)
def test_a_one_time_code_is_masked_beside_its_name(said: str, code: str) -> None:
    masked = mask(said.format(code))
    assert masked == said.format(CODE) and found_in(said.format(code)) == [CODE]


@pytest.mark.parametrize("said", ["cvv {}", "CVV2: {}", "thẻ có cvc {}", "{} là cvv"])
def test_the_code_of_a_card_is_masked(said: str) -> None:
    assert mask(said.format("321")) == said.format(CODE)


@pytest.mark.parametrize("said", ["mã PIN là 2001", "otp: 1999"])
def test_a_code_that_looks_like_a_year_is_one_where_it_is_said(said: str) -> None:
    assert found_in(said) == [CODE]


@pytest.mark.parametrize(
    "text",
    [
        "đổi mã PIN 2024",
        "mã xác nhận cấp năm 2021",
        "phí cấp lại mã PIN 15.000 đồng",
        "mã otp là 50000 đồng",
        "mã otp 500k",
        "mã PIN hết 2 triệu 500",
        "mã OTP gửi lúc 12.30",
        "mã OTP là 12/05/2026",
        "mã xác thực là 05-06-1990",
        "mã xác nhận của hồ sơ H12.34-261101-0007",
        "mã OTP 1.001193",
        "mã thủ tục 1.001193",
        "mã bưu điện 700000",
        "mã bưu điện 700000, mã OTP không về",
        "nghị định 123/2015/NĐ-CP mã OTP",
        "nhập mã OTP 3 lần không được",
        "xin giấy xác nhận cư trú số 1234",
        "pin điện thoại 5000",
        "tài khoản có 500.000.000 đồng",
        "căn cước cấp ngày 05 06 2021",
        "căn cước 05.06.2021",
    ],
)
def test_what_is_no_code_stays_beside_such_words(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("stk 12345678", "stk [dãy số]"),
        ("số tài khoản của tôi là 123 456", "số tài khoản của tôi là [dãy số]"),
        ("cmnd 271.234.567", "cmnd [số giấy tờ]"),
        ("chứng minh nhân dân số 271.234.567", "chứng minh nhân dân số [số giấy tờ]"),
    ],
)
def test_beside_its_name_a_number_is_masked_that_could_be_an_amount(text: str, masked: str) -> None:
    assert mask(text) == masked


# However a number is broken up

SEPARATORS = st.sampled_from(["", " ", ".", "-", "–", " - ", ",", "_"])


@st.composite
def in_groups(draw: st.DrawFn, digits: st.SearchStrategy[str], separators: st.SearchStrategy[str]) -> str:
    """A number in groups of whatever sizes, whatever stands between them."""
    number = draw(digits)
    written = number[0] + "".join(draw(separators) + digit for digit in number[1:])
    # What reads as a date, or as a whole number of another kind among the groups, is one: nobody could tell.
    assume(not re.search(r"\d{1,2}[ .–-]\d{1,2}[ .–-](19|20)\d\d|(19|20)\d\d[.–-]\d{1,2}[.–-]\d{1,2}", written))
    assume(len(number) == 12 or not re.search(r"(?<!\d)0\d{11}(?!\d)", written))
    assume(len(number) == 10 or not contacts_in(written))
    return written


def of_digits(first: str, fewest: int, most: int) -> st.SearchStrategy[str]:
    return st.builds(str.__add__, st.sampled_from(first), st.text(DIGITS, min_size=fewest - 1, max_size=most - 1))


@given(before=WORDS, number=in_groups(of_digits("0", 12, 12), SEPARATORS), after=WORDS)
def test_no_digit_of_an_identity_number_is_left(before: str, number: str, after: str) -> None:
    assert not re.search(r"\d", mask(clean(f"{before} {number} {after}")))


@given(before=WORDS, number=in_groups(of_digits("0", 9, 9), SEPARATORS), after=WORDS)
def test_no_digit_of_an_old_identity_number_is_left(before: str, number: str, after: str) -> None:
    assert not re.search(r"\d", mask(clean(f"{before} {number} {after}")))


@given(number=in_groups(of_digits("3456789", 16, 19), st.sampled_from(["", " ", "-", " - "])), after=WORDS)
def test_no_digit_of_a_card_is_left(number: str, after: str) -> None:
    assert not re.search(r"\d", mask(clean(f"thẻ {number} {after}")))


@given(number=in_groups(of_digits("0", 10, 10), SEPARATORS), before=WORDS)
def test_no_digit_of_what_looks_like_a_phone_number_is_left(before: str, number: str) -> None:
    assert not re.search(r"\d", mask(clean(f"{before} {number}")))


@given(
    said=st.sampled_from(["otp {}", "mã xác nhận của em là {}", "ma pin: {}", "{} là mã OTP"]),
    code=in_groups(of_digits("3456789", 4, 8), st.sampled_from(["", " ", "-"])),
)
def test_no_digit_of_a_one_time_code_is_left(said: str, code: str) -> None:
    assert not re.search(r"\d", mask(said.format(code)))


@given(st.integers(1, 99_999), st.sampled_from(["", " "]), st.sampled_from(["đồng", "vnđ", "nghìn", "triệu", "tỷ"]))
def test_no_amount_is_masked_beside_the_name_of_a_code(amount: int, between: str, unit: str) -> None:
    text = f"mã xác nhận hết {amount:,}{between}{unit}".replace(",", ".")
    assert mask(text) == text


# What is said about it


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("079203001234", [CITIZEN]),
        ("cmnd 123456789", [PAPER]),
        ("tk 1234567890123456", [LONG]),
        ("gọi 0912345678", [PHONE]),
        ("thư a@b.vn", [EMAIL]),
        ("số 0123456789", [NO_PHONE]),
        ("otp 482913, căn cước 079203001234, căn cước 079203001235", [CITIZEN, CODE]),
        ("con 5 tuổi", []),
        ("gõ [số định danh] là gì", []),
        ("", []),
    ],
)
def test_what_was_masked_is_named_once(text: str, found: list[str]) -> None:
    assert found_in(text) == found
