"""A message that names no aspect, and the place in the record that speaks of it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from bot.answers.aspects import ASPECTS
from bot.answers.inside import Inside
from bot.answers.sections import NOT_STATED, sections_of
from bot.encoder.encoder import Encoder
from bot.knowledge.listing import Listing
from bot.knowledge.procedure import Procedure
from bot.settings import Settings

pytestmark = pytest.mark.slow

MARRIAGE, BIRTH, RESIDENCE, DEATH, COPY, SHOP, CARD = (
    "1.000894",
    "1.001193",
    "1.004194",
    "1.000656",
    "2.000815",
    "1.001612",
    "1.014064",
)
# What people say in the middle of a talk, and where a fair reader would look for it (any of these).
SAID = [
    (MARRIAGE, "bên kia không tới thì sao", {"steps", "who"}),
    (MARRIAGE, "chồng em không ra được hôm đó", {"steps", "who"}),
    (MARRIAGE, "lỡ bữa đó hai đứa không cùng ra được", {"steps", "who"}),
    (MARRIAGE, "em mới mười bảy tuổi", {"conditions", "who"}),
    (MARRIAGE, "chưa ly hôn xong với người trước", {"conditions", "documents"}),
    (MARRIAGE, "đã có giấy xác nhận độc thân rồi", {"documents"}),
    (BIRTH, "ông bà ngoại đi giùm", {"who"}),
    (BIRTH, "bé sinh ba tháng rồi", {"deadline_to_apply"}),
    (BIRTH, "bé sinh ở nhà thì sao", {"documents"}),
    (BIRTH, "không có giấy chứng sinh", {"documents"}),
    (BIRTH, "tụi em chưa đăng ký kết hôn", {"documents", "conditions"}),
    (RESIDENCE, "chủ nhà không ký", {"documents", "conditions"}),
    (RESIDENCE, "nhà trọ chưa có hợp đồng thuê", {"documents", "conditions"}),
    (DEATH, "có giấy báo tử của bệnh viện rồi", {"documents"}),
    (DEATH, "để lâu quá mới khai", {"deadline_to_apply"}),
    (COPY, "giấy bị ép dẻo", {"conditions"}),
    (COPY, "bản chính bị rách", {"conditions"}),
    (COPY, "giấy viết bằng tiếng Anh", {"conditions", "documents"}),
    (SHOP, "đăng nhập bằng VNeID", {"online", "steps"}),
    (CARD, "thẻ rớt mất ở chợ", {"steps", "conditions", "overview"}),
]
LEAST_RIGHT = 0.33  # measured: 7 of 20
CHATTER = [
    "trời hôm nay đẹp quá",
    "ừ",
    "asdf qwer",
    "giá vàng hôm nay",
    "đội tuyển đá mấy giờ",
    "",
]


@pytest.fixture(scope="module")
def encoder(settings: Settings) -> Encoder:
    return Encoder.of(settings)


@pytest.fixture(scope="module")
def inside(encoder: Encoder) -> Inside:
    return Inside(encoder)


def test_a_line_of_the_record_is_found_in_its_own_section(inside: Inside, listing: Listing) -> None:
    for code in (MARRIAGE, BIRTH, RESIDENCE, COPY):
        sections = sections_of(listing[code])
        lines = [
            (aspect, " ".join([item.text, item.note, *item.sub]))
            for aspect, section in sections.items()
            if aspect not in ("overview", "legal_basis")
            for item in section.items
            if item.text != NOT_STATED  # says nothing, and stands in several sections
        ]
        assert lines
        for _, text in lines:
            (found,) = inside(listing[code], text)
            assert found in {aspect for aspect, other in lines if other == text}, (code, text)


def test_it_is_one_aspect_or_none_and_never_the_summary_or_the_laws(inside: Inside, listing: Listing) -> None:
    for procedure in list(listing)[::25]:
        for message in ("cái này tôi không rành lắm", "bên kia không chịu", *CHATTER):
            found = inside(procedure, message)
            assert len(found) <= 1 and set(found) <= set(ASPECTS) - {"overview", "legal_basis"}


def test_what_people_say_leads_where_the_record_speaks_of_it(
    inside: Inside, listing: Listing, capsys: pytest.CaptureFixture[str]
) -> None:
    found = [(message, inside(listing[code], message), fair) for code, message, fair in SAID]
    right = [message for message, aspects, fair in found if aspects and set(aspects) <= fair]
    nowhere = [message for message, aspects, _ in found if not aspects]
    with capsys.disabled():
        print(f"\n  of {len(found)} led rightly {len(right)}, nowhere {len(nowhere)}")
    assert len(right) / len(found) >= LEAST_RIGHT


@pytest.mark.parametrize(
    "message",
    [
        *CHATTER,
        pytest.param(
            "cảm ơn nhiều nha", marks=pytest.mark.xfail(strict=True, reason="0.425; small talk stays outside")
        ),
    ],
)
def test_what_no_record_speaks_of_leads_nowhere(inside: Inside, listing: Listing, message: str) -> None:
    assert inside(listing[MARRIAGE], message) == []


def test_a_section_that_says_nothing_is_never_the_place(inside: Inside, listing: Listing) -> None:
    """ "Cổng Dịch vụ công không ghi mục này" is like many a message, and answers none."""
    procedure = next(one for one in listing if sections_of(one)["conditions"].items[0].text == NOT_STATED)
    stated = {
        aspect
        for aspect, section in sections_of(procedure).items()
        if [item.text for item in section.items] != [NOT_STATED]
    }
    for message in (NOT_STATED, "cổng dịch vụ công không ghi", "hỏi quầy trước khi đi hả", "mục này không ghi"):
        assert set(inside(procedure, message)) <= stated


def test_each_record_is_compared_by_its_own_lines(encoder: Encoder, make_procedure: Callable[..., Procedure]) -> None:
    """Also when one record is read anew, and the old one is gone."""
    kept = Inside(encoder)
    for number in range(30):
        text = "Chồng và vợ phải cùng có mặt để ký."
        parts = {"conditions": [text]} if number % 2 else {"steps": [text, "Nhận kết quả."]}
        assert kept(make_procedure(**parts), text) == (["conditions"] if number % 2 else ["steps"])


def test_a_record_is_encoded_once(encoder: Encoder, listing: Listing, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    vectors = encoder.vectors

    def counted(texts: list[str]) -> np.ndarray:
        calls.append(len(texts))
        return vectors(texts)

    monkeypatch.setattr(encoder, "vectors", counted)
    kept = Inside(encoder)
    for _ in range(3):
        kept(listing[MARRIAGE], "bên kia không tới thì sao")
    assert len(calls) == 1
