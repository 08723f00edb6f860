from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.picking import only_picks, picked
from bot.answers.choose import choose
from bot.knowledge.listing import Listing
from bot.text.folding import fold

NAMES = ["Đăng ký khai sinh", "Làm lại Giấy khai sinh", "Xin bản sao trích lục", "Cải chính hộ tịch", "Đăng ký khai tử"]


@pytest.mark.parametrize(
    ("reply", "position"),
    [
        ("2", 1),
        ("1.", 0),
        ("so 1", 0),
        ("Số 3 nhé", 2),
        ("cái thứ hai", 1),
        ("cai thu nhat", 0),
        ("thứ tư", 3),
        ("chọn 3", 2),
        ("mục 5 ạ", 4),
        ("việc số 2", 1),
        ("trường hợp 4", 3),
        ("cái thứ năm", 4),
        ("b", 1),
        ("C", 2),
        ("cuối", 4),
        ("cái cuối cùng", 4),
        ("cái chót", 4),
        ("cái đầu", 0),
        ("đầu tiên", 0),
        ("cái trên cùng", 0),
        ("cái giữa", 2),
        ("cái thứ hai từ trên xuống", 1),
    ],
)
def test_a_short_reply_picks_by_number_or_place(reply: str, position: int) -> None:
    assert picked(reply, NAMES) == position


@pytest.mark.parametrize("position", range(len(NAMES)))
def test_the_name_picks_whatever_its_marks_case_and_end(position: int) -> None:
    name = NAMES[position]
    for reply in (name, name.upper(), fold(name), f" {name}. ", f"{fold(name)}!"):
        assert picked(reply, NAMES) == position


@pytest.mark.parametrize("reply", ["6", "0", "số 9", "10", "12", "f"])
def test_what_is_not_on_offer_is_not_picked(reply: str) -> None:
    assert picked(reply, NAMES) is None


def test_a_number_beyond_a_short_offer_is_not_picked() -> None:
    assert [picked(reply, NAMES[:2]) for reply in ("3", "cái thứ ba", "giữa", "c")] == [None, None, None, None]
    assert [picked(reply, NAMES[:2]) for reply in ("2", "cuối")] == [1, 1]


@pytest.mark.parametrize(
    "reply", ["", "   ", "?!", "xyz", "không biết", "cảm ơn bạn", "ngoài giờ có làm không", "2026", "1.001193"]
)
def test_nonsense_picks_nothing(reply: str) -> None:
    assert picked(reply, NAMES) is None


@pytest.mark.parametrize(
    "reply",
    [
        "ba em mới mất hôm qua",
        "con em 2 tuổi",
        "hai vợ chồng em ở trọ",
        "cháu dưới 14 tuổi",
        "người từ 14 tuổi",
        "bé sinh năm 2020",
        "chồng em không phải người Việt Nam",
        "làm trên mạng được không",
        "em làm lần đầu",
        "cuối tháng em cưới",
        "tôi cần 3 bản",
        "nộp ở đâu",
    ],
)
def test_a_sentence_that_happens_to_hold_a_number_picks_nothing(reply: str) -> None:
    assert picked(reply, NAMES) is None


def test_nothing_can_be_picked_where_nothing_is_offered() -> None:
    assert [picked(reply, []) for reply in ("1", "cuối", "đầu", "giữa", "")] == [None] * 5


def test_pressing_a_button_picks_the_procedure_on_it_and_the_last_one_none(listing: Listing) -> None:
    codes = ["1.001193", "1.004884", "2.000635"]
    names = [listing[code].name for code in codes]
    assert [picked(choice.message, names) for choice in choose(codes, listing).choices] == [0, 1, 2, None]


def test_every_name_of_the_listing_picks_itself(listing: Listing) -> None:
    names = [procedure.name for procedure in listing]
    assert [picked(name, names) for name in names] == list(range(len(names)))
    assert [picked(fold(name), names) for name in names] == list(range(len(names)))


@given(st.text(max_size=40), st.integers(0, 5))
def test_whatever_is_said_a_pick_is_one_of_the_offered(reply: str, count: int) -> None:
    position = picked(reply, NAMES[:count])
    assert position is None or 0 <= position < count


@pytest.mark.parametrize("reply", ["2", "số 3", "cái đầu tiên", "cai cuoi"])
def test_a_bare_pick_is_known_without_an_offer(reply: str) -> None:
    assert only_picks(reply)


@pytest.mark.parametrize("reply", ["con em 2 tuổi", "nộp ở đâu", "làm khai sinh", ""])
def test_a_sentence_is_no_bare_pick(reply: str) -> None:
    assert not only_picks(reply)
