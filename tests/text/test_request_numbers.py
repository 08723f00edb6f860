"""Request numbers inside what somebody typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.privacy import mask
from bot.text.request_numbers import DIGITS, LETTERS, PREFIXES, as_number, number_in

HALVES = st.text(DIGITS + LETTERS, min_size=3, max_size=3).filter(
    lambda half: any(sign in DIGITS for sign in half) and any(sign in LETTERS for sign in half)
)
NUMBERS = st.builds("{}-{}-{}".format, st.sampled_from(sorted(PREFIXES.values())), HALVES, HALVES)


@pytest.mark.parametrize(
    "message",
    [
        "CH-4K7-M2P",
        "câu hỏi CH-4K7-M2P tới đâu rồi",
        "ch-4k7-m2p",
        "cho em hỏi ch4k7m2p với ạ",
        "so ch 4k7 m2p",
        "mã:Ch 4k7-m2p.",
        "(CH-4K7M2P)",
        "CH.4K7.M2P.Cảm ơn",
        "CH – 4K7 – M2P, gửi hôm qua",
        "CH\u20114K7\u2011M2P",
        "- CH-4K7-M2P\n- PA-2B3-C4D",
        "ch con xin hỏi về ch 4k7 m2p",
    ],
)
def test_a_number_is_found_however_it_is_typed(message: str) -> None:
    assert number_in(message) == "CH-4K7-M2P"


@pytest.mark.parametrize(
    "message",
    [
        "",
        "CH",
        "thủ tục 1.001193",
        "hồ sơ H12.34-261101-0007",
        "mã 000.00.01.CH2-261101-0007",
        "PA12.34-261101-0007",
        "PA-261101-0007",
        "nghị định 118/2025/NĐ-CP",
        "công văn 12/2026/CH-4K7-M2P",
        "quyết định 12/CH-4K7-M2P/2026",
        "ch con xin hỏi",
        "pa con gái nói",
        "ch 500 con gà",
        "gy 250 340",
        "bch4k7m2p",
        "CH-4K7-M2PX",
        "CH-4K7-M2",
        "ngay ch4k7",
        "gọi 0912345678",
        "căn cước 079203001234",
        "chú 4k7 m2p",
    ],
)
def test_other_codes_and_words_are_no_numbers(message: str) -> None:
    assert number_in(message) is None


def test_a_number_that_was_misread_is_still_seen_as_one() -> None:
    assert number_in("số ch 4ko m1p") == "CH-4KO-M1P"


@pytest.mark.parametrize("typed", ["CH-4K7-M2P", "ch4k7m2p", " c h 4 k 7 m 2 p ", "CH_4K.7M – 2P", "ch 4k 7m 2p\n"])
def test_a_number_alone_may_be_grouped_in_any_way(typed: str) -> None:
    assert as_number(typed) == "CH-4K7-M2P"


@pytest.mark.parametrize("typed", ["", "4K7-M2P", "số CH-4K7-M2P", "XX-4K7-M2P", "CH-444-M2P", "CH-4K7-MMP"])
def test_what_is_not_a_number_alone_is_none(typed: str) -> None:
    assert as_number(typed) is None


@given(
    number=NUMBERS, before=st.sampled_from(["", "số ", "mã:", "hỏi (", "ơi, "]), after=st.sampled_from(["", " ạ", "."])
)
def test_every_number_is_found_and_never_masked(number: str, before: str, after: str) -> None:
    typed = [number, number.lower(), number.replace("-", ""), number.replace("-", " ")]
    for each in typed:
        message = f"{before}{each}{after}"
        assert number_in(message) == number
        assert mask(message) == message


@given(st.text(), st.text(alphabet="chpagyCHPAGY 0123456789-./kmO"))
def test_whatever_is_typed_a_number_has_its_form(text: str, alike: str) -> None:
    for message in (text, alike):
        number = number_in(message)
        assert number is None or as_number(number) == number
