"""What a message means in the middle of a talk: the same procedure, another, one of those offered, one from before."""

from __future__ import annotations

import pytest

from bot.knowledge.listing import Listing
from bot.search.decision import Decision
from bot.search.finder import Finder
from bot.search.thread import (
    Thread,
    changed_to,
    corrected_to,
    gone_back_to,
    is_about_the_same,
    known_of_several,
    message_of,
    nearest,
    picked_by_telling,
    thread_before,
)

pytestmark = pytest.mark.slow
known_limit = pytest.mark.xfail(strict=True, reason="vectors of a few words mean little")

BIRTH, BIRTH_AGAIN, BIRTH_ABROAD, BIRTH_COPY = "1.001193", "1.004884", "2.000528", "2.000635"
MARRIAGE, MARRIAGE_ABROAD = "1.000894", "2.000806"
STAY, HOME = "1.004194", "1.004222"
CARD, FIRST_CARD = "1.014064", "1.014062"
NAMES = {
    BIRTH: "Đăng ký khai sinh cho trẻ em",
    MARRIAGE: "Đăng ký kết hôn",
    STAY: "Đăng ký tạm trú",
    CARD: "Làm lại căn cước khi mất hoặc hỏng",
}
ABOUT_BIRTH = Thread(BIRTH, "bé mới sinh, làm giấy khai sinh cần những gì", (BIRTH,))
ABOUT_MARRIAGE = Thread(MARRIAGE, "hai đứa em muốn đăng ký kết hôn", (MARRIAGE,))
ABOUT_STAY = Thread(STAY, "em đăng ký tạm trú ở phòng trọ", (STAY,))
ABOUT_CARD = Thread(CARD, "làm lại căn cước bị mất", (CARD,))


def test_the_procedures_meant_here_are_those_of_the_listing(listing: Listing) -> None:
    assert {code: listing[code].name for code in NAMES} == NAMES


# --- a follow-up --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("thread", [ABOUT_BIRTH, ABOUT_MARRIAGE, ABOUT_STAY, ABOUT_CARD])
@pytest.mark.parametrize(
    "message",
    [
        "còn lệ phí thì sao",
        "bao lâu có vậy bạn",
        "nop o dau vay",
        "thủ tục này làm qua mạng được hông",
        "cái đó cần mang theo gì nữa",
        "ông bà đi giùm được không",
        "hết nhiêu tiền",
    ],
)
def test_what_names_nothing_is_about_the_procedure_talked_about(finder: Finder, thread: Thread, message: str) -> None:
    assert is_about_the_same(finder(message), thread, finder, asks=True)


@pytest.mark.parametrize(
    ("thread", "message"),
    [
        (ABOUT_STAY, "chủ nhà không ký thì sao"),
        (ABOUT_MARRIAGE, "bên kia không tới thì sao"),
        (ABOUT_MARRIAGE, "em mười chín tuổi được chưa"),
        (ABOUT_STAY, "đăng ký tạm trú mất mấy ngày"),
        (ABOUT_BIRTH, "lam khai sinh cho be het bao nhieu tien"),
    ],
)
def test_so_is_what_names_it_or_belongs_to_it(finder: Finder, thread: Thread, message: str) -> None:
    assert is_about_the_same(finder(message), thread, finder, asks=True)


@pytest.mark.parametrize(
    ("thread", "message"),
    [
        (ABOUT_BIRTH, "đăng ký kết hôn cần giấy gì"),
        (ABOUT_STAY, "làm lại căn cước bị mất"),
        (ABOUT_BIRTH, "mình muốn làm hộ chiếu"),
        (ABOUT_MARRIAGE, "ly hôn nộp đơn ở đâu"),
        (ABOUT_STAY, "mo tiem tap hoa can giay gi"),
    ],
)
def test_what_names_another_is_not_nor_is_what_is_done_elsewhere(finder: Finder, thread: Thread, message: str) -> None:
    assert not is_about_the_same(finder(message), thread, finder, asks=True)


@pytest.mark.parametrize("message", ["giá vàng hôm nay bao nhiêu", "trời hôm nay có mưa không", "đội mình đá mấy giờ"])
def test_nor_is_chatter(finder: Finder, message: str) -> None:
    assert not is_about_the_same(finder(message), ABOUT_BIRTH, finder, asks=False)


@pytest.mark.parametrize("message", ["còn lệ phí thì sao", "đăng ký kết hôn cần giấy gì", "giá vàng hôm nay"])
def test_before_any_procedure_nothing_is_a_follow_up(finder: Finder, message: str) -> None:
    assert not is_about_the_same(finder(message), Thread(), finder, asks=True)


def test_a_follow_up_is_asked_for_without_a_second_search(finder: Finder) -> None:
    """Most turns are; a search takes longer than all else."""
    for message in ("còn lệ phí thì sao", "bao lâu có vậy bạn"):
        assert is_about_the_same(finder(message), ABOUT_BIRTH, lambda text: pytest.fail(text), asks=True)


def test_of_a_procedure_known_in_brief_follow_ups_are_about_it_too(finder: Finder, listing: Listing) -> None:
    brief = next(iter(listing.briefs.values()))
    thread = Thread(brief.code, brief.name, (brief.code,))
    assert is_about_the_same(finder("còn lệ phí thì sao"), thread, finder, asks=True)
    assert not is_about_the_same(finder("đăng ký kết hôn cần giấy gì"), thread, finder, asks=True)


# --- more told, or corrected --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("thread", "message", "code"),
    [
        (ABOUT_MARRIAGE, "một người là người Hàn Quốc", MARRIAGE_ABROAD),
        (ABOUT_BIRTH, "bố bé là người Nhật", BIRTH_ABROAD),
    ],
)
def test_a_detail_changes_what_is_talked_about(finder: Finder, thread: Thread, message: str, code: str) -> None:
    assert changed_to(finder(message), thread, finder) == code


@pytest.mark.parametrize("thread", [ABOUT_BIRTH, ABOUT_MARRIAGE, ABOUT_STAY])
@pytest.mark.parametrize(
    "message", ["lệ phí bao nhiêu", "nộp ở đâu", "mấy ngày có", "cần giấy gì", "ai đi cũng được hả"]
)
def test_a_bare_follow_up_changes_nothing(finder: Finder, thread: Thread, message: str) -> None:
    assert changed_to(finder(message), thread, lambda text: pytest.fail("searched once more")) is None


@pytest.mark.parametrize("thread", [Thread(), Thread(BIRTH), Thread(None, "làm giấy khai sinh")])
def test_where_no_question_led_there_nothing_can_change(finder: Finder, thread: Thread) -> None:
    assert changed_to(finder("bố bé là người Nhật"), thread, finder) is None


@pytest.mark.parametrize(
    ("thread", "message", "code"),
    [
        (ABOUT_MARRIAGE, "à em nhầm, chồng em là người Đài Loan", MARRIAGE_ABROAD),
        (ABOUT_MARRIAGE, "à, bên kia là người nước ngoài", MARRIAGE_ABROAD),
        (ABOUT_STAY, "ý em là thường trú", HOME),
        (ABOUT_CARD, "à không, bé nhà em chưa có căn cước bao giờ", FIRST_CARD),
        (ABOUT_BIRTH, "không, ý tôi là kết hôn cơ", MARRIAGE),
    ],
)
def test_a_correction_goes_to_what_it_means(finder: Finder, thread: Thread, message: str, code: str) -> None:
    assert corrected_to(finder(message), thread, finder) == code


@pytest.mark.parametrize(
    "message",
    [
        pytest.param("em nhầm, làm hai bản", marks=known_limit),
        pytest.param("à bé tên khác", marks=known_limit),
        "không, tôi nói hôm thứ ba",
    ],
)
def test_a_correction_that_only_adds_stays_with_it(finder: Finder, message: str) -> None:
    assert corrected_to(finder(message), ABOUT_BIRTH, finder) is None


def test_where_nothing_is_talked_about_nothing_is_corrected(finder: Finder) -> None:
    assert corrected_to(finder("à em nhầm, chồng em là người Đài Loan"), Thread(), finder) is None


def test_the_question_before_is_read_together_with_the_message(finder: Finder) -> None:
    asked: list[str] = []

    def find(text: str):
        asked.append(text)
        return finder(text)

    changed_to(finder("mot nguoi la nguoi han quoc"), ABOUT_MARRIAGE, find)
    assert asked == [f"{ABOUT_MARRIAGE.question}. một người là người hàn quốc"], "as read, not as typed"
    assert Thread().with_question("nộp ở đâu") == "nộp ở đâu"
    assert message_of(finder("lam gks cho con")) == "làm giấy khai sinh cho con"


# --- of those offered ---------------------------------------------------------------------------------------------

OFFER = Thread(None, "làm giấy khai sinh", (), (BIRTH, BIRTH_AGAIN, BIRTH_COPY))


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("bé mới sinh", BIRTH),
        ("con em vừa chào đời tuần rồi", BIRTH),
        ("cần bản sao thôi, trích lục ấy", BIRTH_COPY),
        ("mất bản chính rồi, sổ gốc trên xã cũng không còn", BIRTH_AGAIN),
    ],
)
def test_who_tells_more_picks_one_of_those_offered(finder: Finder, message: str, code: str) -> None:
    assert picked_by_telling(finder(message), OFFER, finder) == code


@pytest.mark.parametrize(
    ("message", "code"), [("đăng ký kết hôn cần giấy gì", MARRIAGE), ("làm lại căn cước bị mất", CARD)]
)
def test_another_far_ahead_of_them_is_taken(finder: Finder, message: str, code: str) -> None:
    assert picked_by_telling(finder(message), OFFER, finder) == code


@pytest.mark.parametrize(
    "message",
    [
        *("ừm", "để coi lại", "khó quá", "cái nào cũng được", "nhiều vậy", "tôi cũng không rõ nữa", "chờ chút nha"),
        *("để em hỏi chồng đã", "ý là sao", "mấy cái này khác nhau sao", "trời đất"),
        pytest.param("đang ở chợ", marks=known_limit),
    ],
)
def test_who_tells_nothing_picks_none(finder: Finder, message: str) -> None:
    """What is like a follow-up is not looked at for a pick (actions); of the rest none may be picked.

    What the question before had in common with one of them was known when they were offered.
    """
    found = finder(message)
    is_like_a_follow_up = found.over_procedures > 0 and found.over_chatter > 0
    assert is_like_a_follow_up or picked_by_telling(found, OFFER, finder) is None


@pytest.mark.parametrize("message", ["ừm", "trời đất", "kết hôn"])
@pytest.mark.parametrize("corrects", [False, True])
def test_in_fewer_than_three_syllables_nothing_is_told(finder: Finder, message: str, corrects: bool) -> None:
    found = finder(message)
    assert picked_by_telling(found, OFFER, lambda text: pytest.fail(text), corrects=corrects) is None


# --- back to something talked about -------------------------------------------------------------------------------

TALK = Thread(MARRIAGE, "hai đứa em muốn đăng ký kết hôn", (BIRTH, STAY, MARRIAGE))


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("quay lại chuyện khai sinh lúc nãy", BIRTH),
        ("nói tiếp vụ tạm trú hồi nãy đi", STAY),
        ("quay lai vu tam tru, le phi nhieu", STAY),
        ("cho hỏi lại cái khai sinh của bé", BIRTH),
        # Nothing named: the one before.
        ("quay lại cái trước", STAY),
        ("trở lại chuyện lúc nãy", STAY),
    ],
)
def test_a_return_is_to_the_one_named_or_to_the_one_before(finder: Finder, message: str, code: str) -> None:
    assert gone_back_to(finder(message), TALK, first=False, aside=False) == code


@pytest.mark.parametrize("aside", [False, True])
def test_the_first_is_the_first(finder: Finder, aside: bool) -> None:
    assert gone_back_to(finder("quay lại cái đầu tiên em hỏi"), TALK, first=True, aside=aside) == BIRTH


def test_after_something_that_nothing_answers_the_one_talked_about_is_meant(finder: Finder) -> None:
    for thread in (TALK, Thread(BIRTH, "", (BIRTH, STAY, BIRTH)), Thread(BIRTH, "", (BIRTH,))):
        assert gone_back_to(finder("thôi quay lại chuyện lúc nãy"), thread, first=False, aside=True) == thread.procedure


def test_where_nothing_else_was_talked_about_there_is_no_way_back(finder: Finder) -> None:
    for thread in (Thread(), Thread(BIRTH, "", (BIRTH,)), Thread(BIRTH, "", (BIRTH, BIRTH))):
        assert gone_back_to(finder("quay lại cái trước"), thread, first=False, aside=False) is None


@pytest.mark.parametrize("message", ["quay lại mở tiệm tạp hóa xin giấy phép gì", "trở lại vụ làm lại căn cước bị mất"])
def test_what_was_never_talked_about_is_no_return(finder: Finder, message: str) -> None:
    assert gone_back_to(finder(message), TALK, first=False, aside=False) is None


def test_the_one_before_is_the_last_that_is_another() -> None:
    assert thread_before(TALK) == STAY
    assert thread_before(Thread(BIRTH, "", (STAY, BIRTH, MARRIAGE, BIRTH))) == MARRIAGE


# --- of several, and nearly meant ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("offered", "known"),
    [
        ([MARRIAGE, MARRIAGE_ABROAD], MARRIAGE),
        ([HOME, STAY], STAY),
        ([BIRTH, STAY], None),  # both were talked about
        ([HOME, FIRST_CARD], None),
        ([], None),
    ],
)
def test_of_several_the_one_talked_about_is_known(offered: list[str], known: str | None) -> None:
    assert known_of_several(offered, TALK) == known


def test_the_nearest_are_the_best_but_for_those_known(finder: Finder) -> None:
    found = finder("làm giấy khai sinh cho bé mới sinh")
    assert found.decision is not Decision.unknown
    codes = [candidate.code for candidate in found.candidates]
    assert list(nearest(found, {codes[0]}, 3)) == codes[1:4]
    assert list(nearest(found, codes, 3)) == []
    assert list(nearest(found, (), 100)) == codes
