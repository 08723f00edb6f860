from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.listing import Listing
from bot.text.folding import fold, syllables
from bot.text.reading import Reader
from bot.text.restoration import OFTEN, Restorer, is_bare

# Lighter than 1: written with care, so that each syllable counts as known.
LINES = [("đăng ký khai sinh cho con", 0.9), ("con đang học", 0.9), ("đăng ký tạm trú", 0.9), ("khai tử cho ông", 0.5)]


@pytest.fixture
def restorer() -> Restorer:
    return Restorer.learn(LINES)


def restore(restorer: Restorer, text: str) -> str:
    words = text.split()
    return " ".join(restorer(words, fixed=[False] * len(words)))


def test_marks_are_put_back_by_the_company_a_syllable_keeps(restorer: Restorer) -> None:
    assert restore(restorer, "dang ky khai sinh cho con") == "đăng ký khai sinh cho con"
    assert restore(restorer, "con dang hoc") == "con đang học"


def test_a_syllable_never_seen_stays_as_typed(restorer: Restorer) -> None:
    assert restore(restorer, "dang ky xyz") == "đăng ký xyz"


def test_what_is_fixed_stays_and_guides_its_neighbours(restorer: Restorer) -> None:
    assert restorer(["dang", "ky"], fixed=[True, False]) == ["dang", "ký"]
    assert restorer(["con", "dang", "học"], fixed=[False, False, True]) == ["con", "đang", "học"]


def test_a_heavier_line_outweighs_a_lighter_one() -> None:
    assert restore(Restorer.learn([("má", 0.9), ("mạ", 0.1)]), "ma") == "má"
    assert restore(Restorer.learn([("má", 0.1), ("mạ", 0.9)]), "ma") == "mạ"


def test_restoring_nothing_gives_nothing(restorer: Restorer) -> None:
    assert restorer([], fixed=[]) == []


def test_what_was_learnt_can_be_kept(restorer: Restorer, tmp_path: Path) -> None:
    restorer.save(tmp_path / "counts.json")
    kept = Restorer.load(tmp_path / "counts.json")
    assert restore(kept, "dang ky tam tru") == "đăng ký tạm trú"
    assert kept.known == restorer.known


def typed(line: str, times: int = OFTEN) -> Restorer:
    """Learnt from what was written with care, and a line that people typed."""
    return Restorer.learn([*LINES, *[(line, 1.0)] * times])


def test_what_was_written_with_care_is_known(restorer: Restorer) -> None:
    assert restorer.known == {word for line, _ in LINES for word in line.split()}


@pytest.mark.parametrize("word", ["giấy", "app", "online", "vneid", "gas"])
def test_a_syllable_or_foreign_word_is_known_once_it_is_typed_often(word: str) -> None:
    assert word in typed(f"đăng ký {word}").known
    assert word not in typed(f"đăng ký {word}", OFTEN - 1).known


@pytest.mark.parametrize(
    "slip",
    [
        "khôgn",  # no syllable
        "đựơc",  # a tone out of its place
        "dang",  # one of ours without its marks
        "fải",  # as chatted, with marks
    ],
)
def test_a_slip_is_never_known_however_often_it_is_typed(slip: str) -> None:
    assert slip not in typed(f"con {slip}", 50).known


def test_keys_left_undone_are_a_slip_of_what_is_typed_more_often() -> None:
    often = [("phải làm gì", 1.0)] * 9
    assert "phari" not in Restorer.learn([*LINES, *often, *[("phari làm gì", 1.0)] * OFTEN]).known
    assert "gas" in Restorer.learn([*LINES, ("gá", 0.02), *[("bình gas", 1.0)] * OFTEN]).known, "'gá' is hardly said"


def test_what_is_not_known_teaches_nothing() -> None:
    restorer = typed("con hocj khôgn")
    assert (restorer.marked("khogn"), restorer.marked("hoc")) == ([], ["học"])
    assert restore(restorer, "con khogn") == "con khogn"


def test_the_syllables_seen_are_found_whatever_the_marks(restorer: Restorer) -> None:
    assert sorted(restorer.marked("dang")) == sorted(restorer.marked("đằng")) == ["đang", "đăng"]
    assert restorer.marked("xyz") == []


def test_among_readings_the_company_decides_unless_the_cost_is_too_high(restorer: Restorer) -> None:
    def second(cost: float) -> str:
        return restorer.likeliest([[("đăng", 0.0)], [("kỳ", 0.0), ("ký", cost)], [("khai", 0.0)]])[1]

    assert second(1.0) == "ký"
    assert second(50.0) == "kỳ"
    assert restorer.likeliest([]) == []


@given(st.lists(st.text(alphabet="abcdeghiklmnopqrstuvxyđấệ12", min_size=1, max_size=6), max_size=8))
def test_only_marks_are_ever_added(words: list[str]) -> None:
    restored = Restorer.learn(LINES)(words, fixed=[False] * len(words))
    assert [fold(word) for word in restored] == [fold(word) for word in words]


@pytest.mark.parametrize("text", ["lam giay khai sinh", "toi muon dang ky tạm tru o day", "ok"])
def test_text_typed_without_marks_is_noticed(text: str) -> None:
    assert is_bare(text.split())


@pytest.mark.parametrize("text", ["làm giấy khai sinh", "con tôi sinh ngày", "12 2026", ""])
def test_text_with_marks_or_without_letters_is_not_bare(text: str) -> None:
    assert not is_bare(text.split())


def test_at_least_97_of_100_syllables_of_our_own_sentences_come_back(reader: Reader, listing: Listing) -> None:
    said = [question for procedure in listing for question in procedure.questions]
    # Shorthand is written out before marks are put back; it has tests of its own.
    plain = [text for text in said if not is_bare(syllables(text)) and not reader(text).changes]
    wrong, total = [], 0
    for text in random.Random(2026).sample(plain, 300):
        meant, restored = syllables(reader(text).text), syllables(reader(fold(text)).text)
        total += len(meant)
        wrong += [(was, now) for was, now in zip(meant, restored, strict=True) if was != now]
    assert len(wrong) <= 0.03 * total, f"{len(wrong)} of {total} wrong: {wrong[:40]}"


@pytest.mark.parametrize(
    "meant",
    [
        "tôi muốn đăng ký kết hôn với người nước ngoài",
        "con gái tôi mới sinh hôm qua ở bệnh viện huyện",
        "giấy khai sinh của tôi bị mất rồi làm lại ở đâu",
        "phường có chứng thực chữ ký vào ngày thứ bảy không",
        "mẹ tôi đã mất cách đây hai tháng chưa khai tử",
        "em thuê nhà trọ thì đăng ký tạm trú cần giấy tờ gì",
        "căn cước hết hạn đổi mất bao nhiêu tiền",
        "tôi bán tạp hóa nhỏ tại nhà có phải đăng ký hộ kinh doanh không",
    ],
)
def test_new_sentences_come_back_whole(reader: Reader, meant: str) -> None:
    assert reader(fold(meant)).text == meant
