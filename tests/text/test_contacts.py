"""Phone numbers and e-mail addresses inside what somebody typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.contacts import contacts_in, is_contact

DIGITS = "0123456789"
MOBILE = st.builds("0{}{}".format, st.sampled_from("35789"), st.text(DIGITS, min_size=8, max_size=8))
LANDLINE = st.builds("02{}".format, st.text(DIGITS, min_size=9, max_size=9))


@pytest.mark.parametrize(
    "typed",
    [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "0912-345-678",
        "091 234 5678",
        "09 1234 5678",
        "09 12 34 56 78",
        "0912 - 345 - 678",
        "(0912) 345 678",
        "0 9 1 2 3 4 5 6 7 8",
        "\u202d0912\u00a0345\u00a0678\u202c",
    ],
)
def test_a_phone_number_is_read_in_any_grouping(typed: str) -> None:
    assert contacts_in(f"gọi {typed} nhé") == contacts_in(typed) == ["0912345678"]
    assert is_contact(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "+84912345678",
        "+84 912 345 678",
        "(+84) 912 345 678",
        "+84 (0) 912 345 678",
        "0084 912 345 678",
        "84912345678",
    ],
)
def test_a_number_with_its_country_keeps_it(typed: str) -> None:
    assert contacts_in(typed) == ["+84912345678"]
    assert is_contact(typed)


@pytest.mark.parametrize(
    ("typed", "contacts"),
    [
        ("024 3825 1234", ["02438251234"]),
        ("(0225) 3.842.612", ["02253842612"]),
        ("sđt0912345678nhé", ["0912345678"]),
        ("0912345678 lúc 3 giờ", ["0912345678"]),
        ("0912 345 678, 2 giờ chiều", ["0912345678"]),
        ("1. 0912345678\n2. 0987654321", ["0912345678", "0987654321"]),
        ("0912345678/0987 654 321", ["0912345678", "0987654321"]),
        ("0912 345 678 0987 654 321", ["0912345678", "0987654321"]),
        ("0912.345.678 - 0987.654.321", ["0912345678", "0987654321"]),
        ("0912345678, nhắc lại 0912 345 678", ["0912345678"]),
        ("thư nguyen.van+a@mail.example.vn.", ["nguyen.van+a@mail.example.vn"]),
        ("a@b.vn hoặc 0912345678", ["a@b.vn", "0912345678"]),
        ("0912345678@gmail.com", ["0912345678@gmail.com"]),
    ],
)
def test_contacts_are_given_in_the_order_said_none_twice(typed: str, contacts: list[str]) -> None:
    assert contacts_in(typed) == contacts


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "bỏ qua",
        "079203001234",
        "079 203 001 234",
        "0792 0300 1234",
        "07 92 03 00 12 34",
        "079 2030012 34",
        "03 03 00 12 34 56",
        "842 345 678 901",
        "842345678901",
        "cmnd 123456789",
        "19036789012345",
        "091234567",
        "09123456789",
        "0123456789",
        "1900 1234",
        "gọi 114",
        "ngày 03.05.2026 12 giờ",
        "03-05-2026 10:30",
        "sinh 05 06 1990, 36 tuổi",
        "1.500.000 đồng",
        "thủ tục 1.003583",
        "H12.34-261101-0007",
        "118/2025/NĐ-CP",
        "CH-4K7-M2P",
        "a@b",
        "@nguyenvana",
        "nguyenvana.gmail.com",
    ],
)
def test_other_numbers_and_words_are_no_contacts(typed: str) -> None:
    assert contacts_in(typed) == []
    assert not is_contact(typed)


@pytest.mark.parametrize(
    "typed",
    ["gọi 0912345678", "0912345678 a@b.vn", "0912345678 0987654321", "0912 345 678 0912 345 678", "0912345678."],
)
def test_a_contact_with_something_beside_it_is_more_than_a_contact(typed: str) -> None:
    assert contacts_in(typed)
    assert not is_contact(typed)


@given(number=MOBILE | LANDLINE, cuts=st.sets(st.integers(1, 9)), between=st.sampled_from(" .-"))
def test_every_phone_number_in_groups_that_look_like_no_date_is_read(number: str, cuts: set[int], between: str) -> None:
    cuts = {cut for cut in cuts if cut >= 3}
    grouped = "".join(f"{between if at in cuts else ''}{digit}" for at, digit in enumerate(number))
    assert contacts_in(f"số {grouped}, cảm ơn") == [number]


@given(
    number=st.text(DIGITS, min_size=12, max_size=12),
    size=st.sampled_from([1, 2, 3, 4, 6, 12]),
    between=st.sampled_from(" .-"),
)
def test_no_identity_number_is_taken_for_a_phone(number: str, size: int, between: str) -> None:
    grouped = between.join(number[at : at + size] for at in range(0, 12, size))
    assert contacts_in(f"số {grouped} của tôi") == []


@given(st.text() | st.text(alphabet="0123456789 .-+()@ab"))
def test_what_is_read_is_a_contact_itself(text: str) -> None:
    for contact in contacts_in(text):
        assert is_contact(contact)
        assert contacts_in(contact) == [contact]
