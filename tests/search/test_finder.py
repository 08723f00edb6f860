"""The whole search on questions of our own: none stands in the records, the training data or the evaluation set."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answers.aspects import FOLLOW_UPS
from bot.knowledge.listing import Listing
from bot.search.decision import Decision
from bot.search.finder import MOST_CANDIDATES, Finder
from bot.search.passages import FOLLOW_UP
from bot.settings import Settings
from bot.text.folding import fold

pytestmark = pytest.mark.slow

ASKED = {
    "bé nhà mình chào đời tuần trước, đi làm giấy khai sinh thì đem theo những gì": "1.001193",
    "hai đứa mình tính tháng sau ra phường đăng ký kết hôn, tốn nhiêu tiền": "1.000894",
    "ông ngoại vừa qua đời, nhà cần đi khai tử": "1.000656",
    "xin tờ xác nhận độc thân để đi vay ngân hàng": "1.004873",
    "photo cái bằng tốt nghiệp rồi nhờ phường đóng dấu sao y": "2.000815",
    "mẹ muốn để lại nhà cho con út nên nhờ phường chứng thực di chúc": "2.001019",
    "mới thuê trọ gần trường, đăng ký tạm trú có lâu không": "1.004194",
    "hai vợ chồng muốn tách hộ ra khỏi sổ của ba mẹ": "1.010038",
    "căn cước rớt mất ngoài chợ, làm lại cái khác được không": "1.014064",
    "con trai học lớp hai đã làm thẻ căn cước được chưa": "1.014062",
    "tính mở tiệm bán tạp hóa ở nhà, xin giấy phép hộ kinh doanh thế nào": "1.001612",
    "quán ế quá, cho em tạm ngừng kinh doanh ba tháng": "1.001570",
}
NONSENSE = [
    "con mèo nhà tôi bỏ ăn hai ngày nay",
    "dịch giùm câu này sang tiếng Pháp",
    "bài hát đang hot trên mạng tên gì",
    "chỉ cách nấu canh chua cá lóc",
    "hom nay co tran bong da nao hay",
    "qwrt zxcvb plkj",
]


@pytest.mark.parametrize(("question", "code"), ASKED.items())
def test_what_people_ask_finds_its_procedure(finder: Finder, question: str, code: str) -> None:
    found = finder(question)
    assert (found.best, found.decision) == (code, Decision.answer)


@pytest.mark.parametrize(("question", "code"), ASKED.items())
def test_the_same_without_marks_finds_it_too(finder: Finder, question: str, code: str) -> None:
    assert finder(fold(question)).best == code


@pytest.mark.parametrize("question", NONSENSE)
def test_what_no_procedure_answers_is_not_answered(finder: Finder, question: str) -> None:
    found = finder(question)
    assert (found.decision, found.offered) == (Decision.unknown, ())


@pytest.mark.parametrize("message", ["", "   ", "...", "😀😀", "12345", "\u200b", "ạ", "aaaaaaaaaaaaaaaa", "?" * 400])
def test_what_says_nothing_is_not_answered(finder: Finder, message: str) -> None:
    assert finder(message).decision is not Decision.answer


def test_what_a_signpost_covers_names_it(finder: Finder) -> None:
    found = finder("mình muốn làm hộ chiếu để đi du lịch Nhật")
    assert (found.decision, found.topic) == (Decision.unknown, "ho_chieu")


@pytest.mark.parametrize("question", [*FOLLOW_UPS.values(), "hết bao nhiêu tiền vậy", "mấy ngày thì xong"])
def test_a_follow_up_that_names_no_procedure_is_not_answered_with_one(finder: Finder, question: str) -> None:
    found = finder(question)
    assert (found.decision, found.topic) == (Decision.unknown, FOLLOW_UP)


def test_the_name_on_a_button_finds_its_own_procedure(finder: Finder, listing: Listing) -> None:
    """Sending a button's message back means choosing it (contract 1)."""
    missed = {p.code: (f.best, f.decision.value) for p in listing if (f := finder(p.name)).offered != (p.code,)}
    assert missed == {}


@pytest.mark.parametrize(
    "message", ["{}", "cho hỏi thủ tục {} cần giấy tờ gì", "ma so {}.000.00.00.H15", "{} " * 60, "làm hộ chiếu {}"]
)
@pytest.mark.parametrize("code", ["1.001193", "3.000509", "1.115394"])
def test_a_code_finds_its_procedure(finder: Finder, message: str, code: str) -> None:
    """Two procedures known in brief share a name: their codes tell them apart."""
    found = finder(message.replace("{}", code))
    assert (found.best, found.decision, found.offered) == (code, Decision.answer, (code,))


def test_of_several_codes_one_is_asked_for(finder: Finder) -> None:
    found = finder("1.001193 và 1.000894 khác gì nhau, 9.999999")
    assert found.offered == ("1.001193", "1.000894")
    assert found.decision is Decision.choose


def test_a_code_that_is_not_ours_is_not_guessed_at(finder: Finder) -> None:
    assert finder("thủ tục 9.999999 đăng ký khai sinh").decision is Decision.unknown


def test_candidates_come_best_first_without_repeats(finder: Finder, listing: Listing) -> None:
    found = finder("xin giấy xác nhận")
    codes = [candidate.code for candidate in found.candidates]
    scores = [candidate.score for candidate in found.candidates]
    assert len(codes) == len(set(codes)) == MOST_CANDIDATES
    assert scores == sorted(scores, reverse=True)
    assert all(code in listing for code in codes)
    assert found.best == codes[0] and 0 <= found.fits <= 1


def test_the_reading_travels_with_the_result(finder: Finder) -> None:
    reading = finder("lam gks cho con").reading
    assert (reading.typed, reading.text) == ("lam gks cho con", "làm giấy khai sinh cho con")


def test_several_may_ask_at_once(finder: Finder) -> None:
    questions = list(ASKED)[:6] * 2
    with ThreadPoolExecutor(4) as pool:
        assert [found.best for found in pool.map(finder, questions)] == [ASKED[question] for question in questions]


def test_an_index_that_was_not_prepared_is_named(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="python -m bot prepare"):
        Finder.load(replace(settings, var=tmp_path))
