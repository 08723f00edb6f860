"""Days that people tell: of filing or of what happened; and what an answer then counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import pytest

from bot.answers.answer import answer
from bot.answers.dated import Computed, Dates, dates_told, with_dates
from bot.answers.deadline import last_day
from bot.answers.due_date import due
from bot.knowledge.calendar import Calendar
from bot.knowledge.listing import Listing
from bot.knowledge.ward import Ward
from bot.text.days import Said, days_in
from bot.text.folding import fold
from tests.contract import assert_said

NOW = datetime(2026, 11, 22, 10)  # a Sunday
BIRTH, RESIDENCE = "1.001193", "1.004194"


@pytest.fixture(scope="module")
def calendar(ward: Ward) -> Calendar:
    return Calendar(ward)


def told(message: str, event_before: date | None = None) -> Dates:
    return dates_told(message, days_in(message, NOW), event_before)


def day(said: Said | None) -> str | None:
    return f"{said.day:%d/%m}" if said else None


def said(on: str) -> Said:
    return Said(date.fromisoformat(on), None, "hôm đó", True)


# --- which day it is ----------------------------------------------------------------------------------------------

# Message, day of filing, day of the event.
MESSAGES = [
    ("thứ sáu này em nộp thì bao giờ có", "27/11", None),
    ("nộp 3/12/2026 thì khi nào lấy", "03/12", None),
    ("mai ra phường làm thì bao lâu", "23/11", None),
    ("4 giờ chiều mai mới tới nộp có kịp không", "23/11", None),
    ("đơn xin nộp thứ ba tuần sau thì sao", "24/11", None),
    ("nếu tôi mang hồ sơ ra ngày 10/12 thì hẹn hôm nào", "10/12", None),
    ("chuyển khoản lệ phí rồi, mai nộp thì bao giờ có", "23/11", None),
    ("bữa nay nộp", "22/11", None),
    ("thứ tư", "25/11", None),
    ("bé sinh 12/10/2026, hạn chót là ngày nào", None, "12/10"),
    ("ba em mất hôm qua thì phải khai trước ngày nào", None, "21/11"),
    ("con em đẻ ngày 20 tháng 10", None, "20/10"),
    ("chồng tôi qua đời 15/11, còn mấy ngày nữa hết hạn", None, "15/11"),
    ("em cưới hôm 1/11/2026", None, "01/11"),
    ("thằng cu sinh đúng hôm 20/10 đó", None, "20/10"),
    ("vừa chuyển về đây hôm 1/11/2026 thì phải đăng ký tới ngày nào", None, "01/11"),
    ("mua xe ngày 5/11/2026, hạn sang tên tới hôm nào", None, "05/11"),
    ("nhà bị cháy hôm 10/11", None, "10/11"),
    ("giấy hết hạn ngày 1/12/2026, phải xin trước hôm nào", None, "01/12"),
    ("ngày mai nộp, bé sinh hôm 12/10/2026", "23/11", "12/10"),
    ("bé sinh 12/10/2026, mai em nộp thì bao giờ có", "23/11", "12/10"),
    ("vợ sinh hôm 2/11, thứ sáu này em ra phường thì mấy hôm có", "27/11", "02/11"),
    # Without marks "bạn" reads as "bán", "để" as "đẻ", "đợi" as "đổi", "bị" stands in other words.
    ("bạn ơi thứ sáu này nộp thì khi nào lấy", "27/11", None),
    ("để mai em nộp thì hôm nào có", "23/11", None),
    ("đợi thứ hai nộp được không", "23/11", None),
    ("em bận quá, thứ năm mới rảnh, nộp luôn thì hôm nào có", "26/11", None),
    ("đổi ý rồi, thứ ba nộp được không", "24/11", None),
    ("tôi bị bận, thứ hai tuần sau nộp", "23/11", None),
    ("em mua hồ sơ rồi, thứ hai nộp nha", "23/11", None),
    ("lệ phí thì bao nhiêu", None, None),
]


@pytest.mark.parametrize(("message", "filing", "event"), MESSAGES)
def test_the_words_around_a_day_say_what_it_is_the_day_of(message: str, filing: str | None, event: str | None) -> None:
    dates = told(message)
    assert (day(dates.filing), day(dates.event)) == (filing, event)
    assert dates.event_is_new == (event is not None)


@pytest.mark.parametrize(
    ("message", "filing", "event"),
    [
        ("thu 6 nay nop thi bao gio co", "27/11", None),
        ("ban oi mai nop thi bao gio xong", "23/11", None),
        ("be nha e sinh 12/10 thi han chot la hom nao", None, "12/10"),
        ("ba em mat hom qua", None, "21/11"),
        ("the bi mat ngay 10/11 thi sao", None, "10/11"),
        ("em co mat hom 27/11 thi bao gio lay", "27/11", None),
        ("ngay mai nop, be sinh hom 12/10/2026", "23/11", "12/10"),
    ],
)
def test_and_so_they_do_without_marks(message: str, filing: str | None, event: str | None) -> None:
    dates = told(message)
    assert (day(dates.filing), day(dates.event)) == (filing, event)


def test_an_event_told_earlier_is_kept_until_another_is_told() -> None:
    before = date(2026, 10, 12)
    kept = told("mai em nộp thì có trễ không", before)
    assert (day(kept.filing), day(kept.event), kept.event_is_new) == ("23/11", "12/10", False)
    changed = told("à nhầm, bé sinh 15/10/2026", before)
    assert (day(changed.event), changed.event_is_new) == ("15/10", True)
    assert told("lệ phí bao nhiêu", before) == Dates(None, kept.event, False)
    assert told("lệ phí bao nhiêu") == Dates()


# --- what is counted ----------------------------------------------------------------------------------------------


def counted(
    listing: Listing,
    calendar: Calendar,
    code: str,
    asked: Sequence[str],
    *,
    filing: Said | None = None,
    event: Said | None = None,
) -> tuple[list[str], dict[str, Computed]]:
    return with_dates(listing[code], asked, Dates(filing, event), calendar, NOW.date())


@pytest.mark.parametrize("asked", [[], ["overview"], ["steps"], ["overview", "steps"]])
def test_who_tells_a_day_of_filing_and_asks_nothing_else_wants_to_know_when_it_is_ready(
    listing: Listing, calendar: Calendar, asked: list[str]
) -> None:
    filing = said("2026-11-27")
    answered, computed = counted(listing, calendar, RESIDENCE, asked, filing=filing)
    assert answered == ["duration"]
    ready = due(listing[RESIDENCE], filing, calendar)
    assert computed == {"duration": Computed(ready.items, {"due": ready.card})}


@pytest.mark.parametrize("asked", [["fee"], ["documents", "place"], ["who"]])
def test_what_has_no_days_is_answered_as_asked(listing: Listing, calendar: Calendar, asked: list[str]) -> None:
    assert counted(listing, calendar, RESIDENCE, asked, filing=said("2026-11-27")) == (asked, {})


def test_what_is_asked_beside_the_duration_is_answered_too(listing: Listing, calendar: Calendar) -> None:
    answered, computed = counted(listing, calendar, RESIDENCE, ["fee", "duration"], filing=said("2026-11-27"))
    assert answered == ["fee", "duration"] and set(computed) == {"duration"}


def test_the_last_day_is_counted_from_the_event_and_the_words_of_the_record_are_not_said_twice(
    listing: Listing, calendar: Calendar
) -> None:
    event = said("2026-10-12")
    asked, computed = counted(listing, calendar, BIRTH, ["deadline_to_apply"], event=event)
    assert asked == ["deadline_to_apply"] and set(computed) == {"deadline_to_apply"}
    record = listing[BIRTH].deadline_to_apply
    assert record is not None
    items = computed["deadline_to_apply"].items
    assert items == last_day(record, event, calendar, NOW.date())[1:]
    assert "thứ sáu 11/12/2026" in items[0].text
    assert record.text not in [item.text for item in items]


def test_a_day_that_no_word_explains_is_the_event_for_whom_asks_for_the_last_day(
    listing: Listing, calendar: Calendar
) -> None:
    asked, computed = counted(listing, calendar, BIRTH, ["deadline_to_apply"], filing=said("2026-10-12"))
    assert asked == ["deadline_to_apply"] and "11/12/2026" in computed["deadline_to_apply"].items[0].text
    assert "duration" not in computed


def test_with_a_day_of_filing_and_one_of_the_event_both_are_counted(listing: Listing, calendar: Calendar) -> None:
    asked, computed = counted(
        listing,
        calendar,
        BIRTH,
        ["deadline_to_apply", "duration"],
        event=said("2026-10-12"),
        filing=said("2026-11-23"),
    )
    assert asked == ["deadline_to_apply", "duration"] == list(computed)
    assert "12/10/2026" in computed["deadline_to_apply"].items[0].text
    assert "23/11/2026" in computed["duration"].items[0].text


def test_an_event_alone_asks_for_nothing(listing: Listing, calendar: Calendar) -> None:
    assert counted(listing, calendar, BIRTH, ["overview"], event=said("2026-10-12")) == (["overview"], {})
    assert counted(listing, calendar, BIRTH, ["duration"], event=said("2026-10-12")) == (["duration"], {})


def test_where_the_record_knows_no_last_day_none_is_counted(listing: Listing, calendar: Calendar) -> None:
    code = next(procedure.code for procedure in listing if procedure.deadline_to_apply is None)
    asked, computed = counted(listing, calendar, code, ["deadline_to_apply"], event=said("2026-10-12"))
    assert (asked, computed) == (["deadline_to_apply"], {})


# --- in the answer ------------------------------------------------------------------------------------------------


def test_what_was_counted_stands_first_in_its_section_for_every_record(listing: Listing, calendar: Calendar) -> None:
    dates = Dates(filing=said("2026-12-23"), event=said("2026-11-10"))
    for procedure in listing:
        asked, computed = with_dates(procedure, ["duration", "deadline_to_apply"], dates, calendar, NOW.date())
        plain = answer(procedure, asked, listing, today=NOW.date())
        reply = answer(procedure, asked, listing, today=NOW.date(), computed=computed)
        assert_said(reply.as_json())
        assert reply.card["due"]["filed"] == "2026-12-23"
        assert "due" not in plain.card
        for one, before in zip(reply.card["sections"], plain.card["sections"]):
            mine = computed.get(one["aspect"])
            first = [item.as_card() for item in mine.items] if mine else []
            assert one["items"] == [*first, *before["items"]], (procedure.code, one["aspect"])
            for item in mine.items if mine else ():
                assert item.as_text() in reply.text


def test_folding_the_words_finds_the_day_in_the_message_again() -> None:
    """The day's own words are looked for in the folded message."""
    for message, *_ in MESSAGES:
        for one in days_in(message, NOW):
            assert fold(one.words) in fold(message)
