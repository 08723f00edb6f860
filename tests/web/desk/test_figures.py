"""The page of the figures: chosen days, pictures with a table that says the same, and a spreadsheet."""

from __future__ import annotations

import io
from datetime import date, timedelta
from xml.etree.ElementTree import Element

import pytest
from openpyxl import load_workbook
from sqlalchemy.engine import Engine

from bot.knowledge.calendar import Calendar
from bot.knowledge.listing import Listing
from bot.knowledge.ward import Ward
from bot.store import clock
from bot.store.figures import Period
from bot.store.letters import Letter
from bot.store.ratings import Ratings
from bot.store.replies import Replies
from bot.store.turns import Turns
from bot.web.desk.figures.chapter import Chapter
from bot.web.desk.figures.chosen import LONGEST, period_of
from bot.web.desk.figures.drawing import columns, squares
from bot.web.desk.figures.letters import tally
from bot.web.desk.figures.workbook import as_workbook
from tests.web.desk.conftest import SignedIn
from tests.web.markup import assert_sound, of_class, read, text

PATH = "/ban-lam-viec/so-lieu"
BIRTH = "1.001193"
TODAY = date(2026, 11, 22)


@pytest.fixture
def asked(engine: Engine) -> None:
    """Three questions, one of them found bad; thanks; two who say how content they are."""
    replies, turns, ratings = Replies(engine), Turns(engine), Ratings(engine)
    for number, (card, procedure, aspects) in enumerate(
        (("answer", BIRTH, ["fee"]), ("answer", BIRTH, ["documents"]), ("unknown", None, []), ("smalltalk", None, []))
    ):
        replies.add(f"r{number}", "a", card_type=card, kind=None, procedure=procedure, aspects=aspects)
        turns.add(f"r{number}", "a", "câu hỏi", took_ms=1200)
    ratings.mark("r0", "a", "down")
    ratings.rate("a", 5)
    ratings.rate("b", 2)


def tables(tree: Element) -> dict[str, list[list[str]]]:
    """What stands in the tables by the title of their chapter, without the head."""
    return {
        text(next(chapter.iter("h2"))): [[text(cell) for cell in row] for row in list(chapter.iter("tr"))[1:]]
        for chapter in of_class(tree, "chapter")
    }


async def test_what_was_asked_is_told_in_pictures_and_tables(
    signed_in: SignedIn, asked: None, listing: Listing
) -> None:
    viewer = await signed_in("viewer")
    tree = assert_sound((await viewer.get(PATH)).text, with_script=True)
    told, name = tables(tree), listing[BIRTH].name
    assert told["Câu hỏi mỗi ngày"][0][1:] == ["2", "0", "1", "0", "3"] and len(told["Câu hỏi mỗi ngày"]) == 30
    assert told["Thủ tục được hỏi nhiều"] == [[BIRTH, name, "2", "1"]]
    assert told["Thủ tục nên rà soát để đơn giản hóa"] == [[BIRTH, name, "1", "1", "0", "2", "100,0"]]
    assert told["Mức hài lòng"][0] == ["Rất hài lòng", "1"]
    main = text(next(tree.iter("main")))
    assert "Chỉ số hài lòng 50,0%: 1 trong 2 lượt đánh giá" in main and "Điểm trung bình 3,50 trên 5" in main
    assert "(1 lượt)" in main and "1,2 giây" in main  # small talk, kept out


async def test_every_picture_says_what_it_shows(signed_in: SignedIn, asked: None) -> None:
    tree = assert_sound((await (await signed_in("viewer")).get(PATH)).text, with_script=True)
    pictures = of_class(tree, "picture")
    assert len(pictures) == 2
    assert all(one.get("role") == "img" and len(one.get("aria-label", "")) > 20 for one in pictures)
    assert all(one.get("aria-hidden") == "true" for one in of_class(tree, "bar") if one.tag == "svg")


async def test_days_without_anything_are_told_too(signed_in: SignedIn) -> None:
    response = await (await signed_in("viewer")).get(f"{PATH}?tu=2020-01-01&den=2020-01-02")
    told = tables(assert_sound(response.text, with_script=True))
    assert [row[0] for row in told["Câu hỏi mỗi ngày"]] == ["02/01/2020", "01/01/2020"]
    assert "Chưa ai đánh giá." in response.text


@pytest.mark.parametrize(
    ("first", "last", "expected", "is_wrong"),
    [
        ("", "", (date(2026, 10, 24), TODAY), False),
        ("2026-11-01", "2026-11-03", (date(2026, 11, 1), date(2026, 11, 3)), False),
        ("2026-11-03", "2026-11-01", (date(2026, 11, 1), date(2026, 11, 3)), False),
        ("2026-11-20", "", (date(2026, 11, 20), TODAY), False),
        ("hôm qua", "2026-11-03", (date(2026, 10, 24), TODAY), True),
        ("2001-01-01", "2026-11-22", (TODAY - timedelta(days=LONGEST - 1), TODAY), True),
        ("0001-01-01", "0001-01-02", (date(2026, 10, 24), TODAY), True),
        ("9999-12-31", "9999-12-31", (date(2026, 10, 24), TODAY), True),
    ],
)
def test_the_days_are_those_chosen(first: str, last: str, expected: tuple[date, date], is_wrong: bool) -> None:
    period, fault = period_of(first, last, TODAY)
    assert ((period.first, period.last), bool(fault)) == (expected, is_wrong)


async def test_the_spreadsheet_holds_the_same(signed_in: SignedIn, asked: None, listing: Listing) -> None:
    response = await (await signed_in("viewer")).get(f"{PATH}.xlsx")
    assert response.headers["cache-control"] == "no-store" and ".xlsx" in response.headers["content-disposition"]
    book = load_workbook(io.BytesIO(response.content))
    assert len(book.sheetnames) == 9 and book.sheetnames[1] == "Câu hỏi mỗi ngày"
    row = [cell.value for cell in book["Thủ tục được hỏi nhiều"][2]]
    assert row == [BIRTH, listing[BIRTH].name, 2, 1]
    day = book["Câu hỏi mỗi ngày"]["A2"]
    assert day.is_date and day.value.date() == clock.now().astimezone(clock.VIETNAM).date()


def test_what_begins_like_a_formula_stays_a_text() -> None:
    chapter = Chapter("x", "Thử", "", ("Tên", "Lượt"), (("=1+1", 2), ("@a", None), ("-3", 4), ("+84", 5)))
    sheet = load_workbook(io.BytesIO(as_workbook([chapter], Period(TODAY, TODAY))))["Thử"]
    assert [(cell.data_type, cell.value) for cell in sheet["A"][1:]] == [
        ("s", "=1+1"),
        ("s", "@a"),
        ("s", "-3"),
        ("s", "+84"),
    ]


def test_what_stands_in_a_picture_is_text() -> None:
    tree = read(str(columns({TODAY: [1, 2]}, ("a", "b"), '"><script>')))
    assert tree.get("aria-label") == '"><script>' and not list(tree.iter("script"))


def test_columns_are_as_high_as_their_numbers() -> None:
    tree = read(str(columns({TODAY: [30, 10], TODAY + timedelta(days=1): [0, 20]}, ("a", "b"), "hình")))
    high = [(box.get("class"), float(box.get("height", 0))) for box in tree.iter("rect")]
    assert [name for name, _ in high] == ["a", "b", "b"]
    assert high[0][1] == pytest.approx(3 * high[1][1], abs=0.1) and high[2][1] == pytest.approx(2 * high[1][1], abs=0.1)


def test_of_many_days_a_column_is_a_week() -> None:
    days = {TODAY - timedelta(days=number): [1] for number in range(366)}
    assert len(list(read(str(columns(dict(sorted(days.items())), ("a",), "hình"))).iter("rect"))) == 53


def test_the_hour_with_most_is_darkest_and_one_without_any_is_empty() -> None:
    boxes = [box.get("class") for box in read(str(squares({(0, 8): 100, (6, 23): 1}, "hình"))).iter("rect")]
    assert len(boxes) == 7 * 24
    assert (boxes[8], boxes[-1], boxes[0]) == ("shade-5", "shade-1", "shade-0")


def test_letters_are_in_time_late_or_still_waiting(ward: Ward) -> None:
    def letter(state: str, sent: int, answered: int | None = None) -> Letter:
        moment = clock.now().replace(year=2026, month=11, day=sent, hour=2)
        at = moment.replace(day=answered) if answered else None
        return Letter("CH-1", "question", "x", None, state, moment, at, "y", None, None, 0, None, None, None)

    letters = [
        letter("answered", 2, 5),
        letter("answered", 2, 6),
        letter("new", 20),
        letter("taken", 20),
        letter("new", 2),
        letter("taken", 2),
    ]
    counted = tally(letters, Period(date(2026, 11, 1), TODAY), Calendar(ward), TODAY)
    assert dict(counted.by_kind["Câu hỏi"]) == {"on_time": 1, "late": 1, "waiting": 1, "in_work": 1, "overdue": 2}
    assert (counted.count, counted.due) == (6, 4)
    assert tally(letters, Period(TODAY, TODAY), Calendar(ward), TODAY).count == 0
