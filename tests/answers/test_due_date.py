from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.day_words import OUT_OF_RANGE, not_counted
from bot.answers.due_date import SLIP, Due, due
from bot.answers.section import Item
from bot.knowledge.calendar import Calendar
from bot.knowledge.listing import Listing
from bot.knowledge.procedure import Procedure, TimeUnit
from bot.knowledge.ward import Ward
from bot.text.days import Said

MakeProcedure = Callable[..., Procedure]
SAME_DAY = {"unit": "same_day", "text": "Trong ngày. Nộp sau 15 giờ thì hẹn trả hôm sau."}
BY_TEXT = {"unit": "by_text", "text": "Nguồn không ghi bao lâu."}
FEES = [{"basis": "not_stated", "text": "Nguồn không ghi mức thu."}]
FILING_DAYS = [
    ("2026-07-17", time(16)),  # Friday afternoon
    ("2027-02-05", None),  # New Year's Eve of Tết
    ("2026-08-29", time(9, 30)),  # the Saturday before Quốc khánh
]


@pytest.fixture(scope="module")
def calendar(ward: Ward) -> Calendar:
    return Calendar(ward)


def said(day: str, hour: time | None = None) -> Said:
    return Said(day=date.fromisoformat(day), hour=hour, words="hôm đó", has_year=True)


def counted(unit: str, amount: int, text: str = "") -> dict[str, Any]:
    return {"unit": unit, "amount": amount, "text": text or f"{amount} {unit}."}


def channel(name: str, *times: dict[str, Any]) -> dict[str, Any]:
    return {"channel": name, "how": "Nộp.", "times": list(times), "fees": FEES}


@pytest.fixture(scope="module")
def due_of(make_procedure: MakeProcedure, calendar: Calendar) -> Callable[..., Due]:
    """What is said of a record with these times at the counter, filed on a day."""

    def counted_from(day: str, *times: dict[str, Any], hour: time | None = None) -> Due:
        return due(make_procedure(channels=[channel("counter", *times)]), said(day, hour), calendar)

    return counted_from


DueOf = Callable[..., Due]


def text_of(result: Due) -> str:
    return "\n".join(item.as_text() for item in result.items)


# --- which day ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filed", "number", "ready"),
    [
        ("2026-07-20", 7, "2026-07-29"),
        ("2026-07-27", 5, "2026-08-03"),
        ("2026-08-03", 25, "2026-09-09"),  # 01/09 and 02/09 are off
        ("2026-12-23", 1, "2026-12-25"),  # over the ward's own day off
        ("2027-02-03", 3, "2027-02-15"),  # over Tết: Thursday, Friday, Monday
        ("2027-04-29", 1, "2027-05-04"),
        ("2026-07-18", 1, "2026-07-21"),  # Saturday: received on Monday
    ],
)
def test_working_days(due_of: DueOf, filed: str, number: int, ready: str) -> None:
    assert due_of(filed, counted("working_day", number)).card["dates"][0]["due"] == ready


@pytest.mark.parametrize(
    ("filed", "number", "ready"),
    [
        ("2026-07-20", 3, "2026-07-23"),
        ("2026-07-20", 15, "2026-08-04"),
        ("2026-07-20", 12, "2026-08-03"),  # 01/08 is a Saturday
        ("2026-08-31", 2, "2026-09-03"),  # 02/09
        ("2026-12-21", 3, "2026-12-25"),  # 24/12
        ("2026-07-18", 1, "2026-07-21"),  # received on Monday
    ],
)
def test_days_that_end_on_a_day_off_are_handed_out_on_the_next_working_day(
    due_of: DueOf, filed: str, number: int, ready: str
) -> None:
    assert due_of(filed, counted("day", number)).card["dates"][0]["due"] == ready


@pytest.mark.parametrize(
    ("filed", "hour", "ready"),
    [
        ("2026-07-17", time(16), "2026-07-20"),
        ("2026-07-17", time(15), "2026-07-20"),
        ("2026-07-17", time(14, 59), "2026-07-17"),
        ("2026-07-17", None, "2026-07-17"),
        ("2026-08-31", time(15), "2026-09-03"),
        ("2026-12-23", time(15), "2026-12-25"),
        ("2027-02-03", time(15, 30), "2027-02-11"),
        ("2026-07-18", time(16), "2026-07-20"),  # a Saturday: received on Monday morning, not after 15:00 on Monday
        ("2026-07-18", None, "2026-07-20"),
    ],
)
def test_the_same_day_until_three_in_the_afternoon(due_of: DueOf, filed: str, hour: time | None, ready: str) -> None:
    assert due_of(filed, SAME_DAY, hour=hour).card["dates"][0]["due"] == ready


def test_hours_from_a_known_hour_end_at_an_hour(due_of: DueOf) -> None:
    result = due_of("2026-07-20", counted("hour", 12), hour=time(14, 30))
    assert result.card["dates"][0]["due"] == "2026-07-21"
    assert "Tại quầy: 2 giờ 30 thứ ba 21/07/2026" in text_of(result)


def test_hours_from_an_unknown_hour_are_left_in_words(due_of: DueOf) -> None:
    result = due_of("2026-07-20", counted("hour", 12))
    assert result.card["dates"][0]["due"] is None
    assert "Tại quầy: sau 12 giờ kể từ lúc nộp" in text_of(result)


@pytest.mark.parametrize(("number", "ready"), [(24, "2026-07-21"), (48, "2026-07-22")])
def test_whole_days_of_hours_are_given_as_a_day_too(due_of: DueOf, number: int, ready: str) -> None:
    result = due_of("2026-07-20", counted("hour", number))
    assert result.card["dates"][0]["due"] == ready
    assert f"sau {number} giờ kể từ lúc nộp, tức là thứ" in text_of(result)


def test_hours_by_the_clock_wait_for_no_working_day(due_of: DueOf) -> None:
    result = due_of("2026-07-18", counted("hour", 12), hour=time(22, 30))
    assert result.items[0] == Item("Nộp thứ bảy 18/07/2026, lúc 22 giờ 30")
    assert result.card["received"] == "2026-07-18"
    assert "10 giờ 30 chủ nhật 19/07/2026" in text_of(result)


def test_beside_hours_by_the_clock_the_other_times_wait(due_of: DueOf) -> None:
    result = due_of("2026-07-18", counted("hour", 24), counted("working_day", 3))
    assert result.card["received"] == "2026-07-20"
    assert [line["due"] for line in result.card["dates"]] == ["2026-07-19", "2026-07-23"]


def test_working_hours_are_promised_no_hour(due_of: DueOf) -> None:
    text = "Trong 8 giờ làm việc kể từ khi nhận đủ giấy tờ."
    result = due_of("2026-07-17", counted("hour", 8, text), hour=time(14))
    assert result.card["dates"][0]["due"] is None
    assert "sau 8 giờ làm việc kể từ lúc nhận hồ sơ" in text_of(result) and "thứ hai 20/07/2026" in text_of(result)
    assert "22 giờ" not in text_of(result)


# --- what is said -------------------------------------------------------------------------------------------------


def test_a_friday_afternoon_reads_like_this(make_procedure: MakeProcedure, calendar: Calendar) -> None:
    procedure = make_procedure(channels=[channel("counter", SAME_DAY), channel("online", SAME_DAY)])
    assert text_of(due(procedure, said("2026-07-17", time(16)), calendar)).splitlines() == [
        "- Nộp thứ sáu 17/07/2026, lúc 16 giờ",
        "- Tại quầy, qua mạng: thứ hai 20/07/2026. Trong ngày. Nộp sau 15 giờ thì hẹn trả hôm sau.",
        "  + Nộp từ 15 giờ trở đi thì tính sang ngày làm việc tiếp theo.",
        "- Ngày chắc chắn là ngày ghi trên giấy hẹn. Ngày tính ở trên là khi giấy tờ đã đủ và đúng.",
    ]


def test_the_card_holds_the_same(make_procedure: MakeProcedure, calendar: Calendar) -> None:
    procedure = make_procedure(channels=[channel("counter", counted("working_day", 7, "7 ngày làm việc."), BY_TEXT)])
    assert due(procedure, said("2026-07-19"), calendar).card == {
        "filed": "2026-07-19",
        "received": "2026-07-20",
        "dates": [
            {
                "channels": ["counter"],
                "due": "2026-07-29",
                "text": "7 ngày làm việc.",
                "how": "Tính 7 ngày làm việc từ thứ ba 21/07/2026, không tính thứ bảy, chủ nhật.",
            },
            {"channels": ["counter"], "due": None, "text": "Nguồn không ghi bao lâu.", "how": ""},
        ],
    }


@pytest.mark.parametrize(
    ("filed", "note"),
    [
        ("2026-07-20", ""),
        ("2026-07-19", "Hôm đó không tính là ngày làm việc nên hồ sơ tính là nhận vào thứ hai 20/07/2026."),
        (
            "2026-09-02",
            "Hôm đó không tính là ngày làm việc (Quốc khánh) nên hồ sơ tính là nhận vào thứ năm 03/09/2026.",
        ),
        (
            "2026-12-24",
            "Hôm đó không tính là ngày làm việc (Nghỉ chuyển trụ sở) nên hồ sơ tính là nhận vào thứ sáu 25/12/2026.",
        ),
        (
            "2027-02-06",
            "Hôm đó không tính là ngày làm việc (Tết Nguyên Đán) nên hồ sơ tính là nhận vào thứ năm 11/02/2027.",
        ),
    ],
)
def test_a_day_off_is_said_with_its_reason(due_of: DueOf, filed: str, note: str) -> None:
    assert due_of(filed, SAME_DAY).items[0].note == note


@pytest.mark.parametrize(
    ("filed", "number", "how"),
    [
        ("2026-07-20", 1, "Tính 1 ngày làm việc từ thứ ba 21/07/2026."),
        ("2026-07-17", 1, "Tính 1 ngày làm việc từ thứ hai 20/07/2026, không tính thứ bảy, chủ nhật."),
        (
            "2026-08-03",
            25,
            "Tính 25 ngày làm việc từ thứ ba 04/08/2026, không tính thứ bảy, chủ nhật và "
            "01/09/2026 đến 02/09/2026 (Quốc khánh).",
        ),
        (
            "2026-12-23",
            1,
            "Tính 1 ngày làm việc từ thứ sáu 25/12/2026, không tính 24/12/2026 (Nghỉ chuyển trụ sở).",
        ),
        (
            "2026-02-13",
            1,
            "Tính 1 ngày làm việc từ thứ hai 23/02/2026, không tính thứ bảy, chủ nhật và "
            "16/02/2026 đến 20/02/2026 (Giao thừa Tết Nguyên Đán đến Mùng bốn Tết Nguyên Đán).",
        ),
        (
            "2027-02-03",
            1,
            "Tính 1 ngày làm việc từ thứ năm 11/02/2027, không tính "
            "04/02/2027 đến 10/02/2027 (29 Tết đến Mùng năm Tết Nguyên Đán).",
        ),
        (
            "2027-04-29",
            1,
            "Tính 1 ngày làm việc từ thứ ba 04/05/2027, không tính thứ bảy, chủ nhật và "
            "30/04/2027 (Ngày Chiến thắng), 01/05/2027 (Ngày Quốc tế Lao động), "
            "03/05/2027 (Ngày Quốc tế Lao động, nghỉ bù).",
        ),
    ],
)
def test_how_working_days_were_counted(due_of: DueOf, filed: str, number: int, how: str) -> None:
    assert due_of(filed, counted("working_day", number)).card["dates"][0]["how"] == how


def test_a_saturday_worked_instead_is_said_to_count(ward: Ward) -> None:
    swap = {"days_off": [{"since": "2026-08-31", "reason": "Nghỉ hoán đổi"}], "extra_working_days": ["2026-08-22"]}
    calendar = Calendar(Ward.parse_obj({**ward.dict(), **swap}))
    text = not_counted(date(2026, 8, 18), date(2026, 8, 25), calendar)
    assert text == ", không tính thứ bảy, chủ nhật, có tính thứ bảy 22/08/2026 (làm bù)"


@pytest.mark.parametrize(
    ("filed", "number", "how"),
    [
        ("2026-07-20", 15, "Tính 15 ngày liền từ thứ ba 21/07/2026, cả thứ bảy, chủ nhật và ngày lễ."),
        (
            "2026-07-20",
            12,
            "Tính 12 ngày liền từ thứ ba 21/07/2026, cả thứ bảy, chủ nhật và ngày lễ. "
            "Thứ bảy 01/08/2026 là ngày nghỉ nên trả vào ngày làm việc tiếp theo.",
        ),
        (
            "2026-08-31",
            2,
            "Tính 2 ngày liền từ thứ ba 01/09/2026, cả thứ bảy, chủ nhật và ngày lễ. "
            "Thứ tư 02/09/2026 (Quốc khánh) là ngày nghỉ nên trả vào ngày làm việc tiếp theo.",
        ),
    ],
)
def test_how_days_were_counted(due_of: DueOf, filed: str, number: int, how: str) -> None:
    assert due_of(filed, counted("day", number)).card["dates"][0]["how"] == how


def test_without_an_hour_it_is_said_what_happens_in_the_late_afternoon(due_of: DueOf) -> None:
    (line,) = due_of("2026-07-17", SAME_DAY).card["dates"]
    assert line["how"] == "Tính khi nộp trước 15 giờ. Nộp muộn hơn thì có thể sang thứ hai 20/07/2026."


def test_channels_with_the_same_time_share_a_line(make_procedure: MakeProcedure, calendar: Calendar) -> None:
    three, five = counted("working_day", 3, "3 ngày."), counted("working_day", 5, "5 ngày.")
    channels = [channel("counter", three), channel("online", five), channel("post", three)]
    dates = due(make_procedure(channels=channels), said("2026-07-20"), calendar).card["dates"]
    assert [(line["channels"], line["due"]) for line in dates] == [
        (["counter", "post"], "2026-07-23"),
        (["online"], "2026-07-27"),
    ]


def test_a_time_in_words_stays_in_its_words(due_of: DueOf) -> None:
    result = due_of("2026-07-20", counted("working_day", 3), BY_TEXT)
    assert "- Tại quầy: Nguồn không ghi bao lâu." in text_of(result).splitlines()
    assert "không ghi số ngày" not in text_of(result)


def test_a_record_that_counts_nothing_says_so_and_shows_its_words(due_of: DueOf) -> None:
    result = due_of("2026-07-20", BY_TEXT)
    assert [item.text for item in result.items] == [
        "Nộp thứ hai 20/07/2026",
        "Cổng Dịch vụ công không ghi số ngày để đếm, nên tôi không tính ra ngày được.",
        "Tại quầy: Nguồn không ghi bao lâu.",
        SLIP,
    ]
    assert result.items[-1].note == "", "no day was counted, so there is none to hedge"


@pytest.mark.parametrize("day", ["9999-12-31", "2101-01-01", "0001-01-01"])
def test_a_day_beyond_the_calendar_is_declined(due_of: DueOf, day: str) -> None:
    result = due_of(day, SAME_DAY)
    assert [item.text for item in result.items] == [OUT_OF_RANGE]
    assert result.card == {"filed": day, "received": None, "dates": []}


# --- stages that begin later --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Giao trẻ trong 15 ngày làm việc kể từ ngày có quyết định.",
        "Trường làm trong 10 ngày làm việc kể từ khi hết hạn nộp.",
        "Sau đó Cục hủy giá trị hộ chiếu và báo cho bạn trong 1 ngày làm việc nữa.",
        "Xác minh xong, đủ điều kiện thì cấp lại đăng ký hoặc biển số trong 2 ngày làm việc.",
        "15 ngày kể từ ngày bắt đầu rà soát.",
        "Phải khắc phục thì đoàn xem lại trong 5 ngày làm việc sau khi bạn báo đã sửa.",
        "Nếu phải hỏi phường, xã khác thì nơi đó có 3 ngày làm việc để trả lời.",
        "Bạn có nhiều nhất 1 ngày để xem và xác nhận bản nháp phường gửi.",
        "Hồ sơ phải bổ sung thì thêm không quá 2 ngày làm việc.",
        "Xác minh thiệt hại trong 15 ngày làm việc kể từ ngày cử người.",
    ],
)
def test_a_stage_that_begins_later_gets_no_day(due_of: DueOf, text: str) -> None:
    result = due_of("2026-07-20", counted("working_day", 5, text))
    assert result.card["dates"][0]["due"] is None
    assert f"- Tại quầy: không tính từ ngày nộp. {text}" in text_of(result)


@pytest.mark.parametrize(
    "text",
    [
        "5 ngày làm việc kể từ ngày nhận đủ hồ sơ đúng.",
        "5 ngày làm việc kể từ ngày Chủ tịch phường, xã nhận được văn bản đề nghị.",
        "15 ngày làm việc kể từ ngày nộp đủ hồ sơ.",
        "Trong ngày. Nhận sau 15 giờ thì hẹn trả vào ngày làm việc tiếp theo.",
        "2 ngày làm việc từ khi đủ giấy tờ và đã nộp lệ phí.",
        "5 ngày làm việc kể từ khi nhận đơn hoặc nhận báo cáo về nguyện vọng của trẻ.",
    ],
)
def test_a_time_from_the_receipt_gets_its_day(due_of: DueOf, text: str) -> None:
    assert due_of("2026-07-20", counted("working_day", 5, text)).card["dates"][0]["due"] == "2026-07-27"


# --- the real records ---------------------------------------------------------------------------------------------


def dates_in(text: str) -> set[str]:
    iso = {f"{day}/{month}/{year}" for year, month, day in re.findall(r"\b(\d{4})-(\d\d)-(\d\d)\b", text)}
    return iso | set(re.findall(r"\b\d\d/\d\d/\d{4}\b", text))


@pytest.mark.parametrize(("day", "hour"), FILING_DAYS)
def test_every_record_is_counted_and_says_no_date_that_its_card_lacks(
    listing: Listing, calendar: Calendar, day: str, hour: time | None
) -> None:
    assert len(listing) >= 289
    for procedure in listing:
        result = due(procedure, said(day, hour), calendar)
        text = text_of(result)
        assert dates_in(text) <= dates_in(json.dumps(result.card, ensure_ascii=False)), procedure.code
        assert not re.search(r"\bNone\b|\[\]|\{|\}|: $|\(\)|working_day|\.\.|  +[^+ ]", text), (procedure.code, text)
        assert result.items[-1].text == SLIP


@pytest.mark.parametrize(("day", "hour"), FILING_DAYS)
def test_every_time_of_every_record_stands_once(
    listing: Listing, calendar: Calendar, day: str, hour: time | None
) -> None:
    for procedure in listing:
        dates = due(procedure, said(day, hour), calendar).card["dates"]
        said_times = [(channel, line["text"]) for line in dates for channel in line["channels"]]
        times = [(filing.channel.value, time.text) for filing in procedure.channels for time in filing.times]
        assert sorted(said_times) == sorted(times), procedure.code


@pytest.mark.parametrize(("day", "hour"), FILING_DAYS)
def test_the_days_of_every_record_add_up(listing: Listing, calendar: Calendar, day: str, hour: time | None) -> None:
    """Counted again from the end: from the day of receipt to the due day lie as many days as the record says."""
    checked = 0
    for procedure in listing:
        card = due(procedure, said(day, hour), calendar).card
        received = date.fromisoformat(card["received"])
        times = {time.text: time for filing in procedure.channels for time in filing.times}
        for line in (line for line in card["dates"] if line["due"]):
            ready, counted_time = date.fromisoformat(line["due"]), times[line["text"]]
            amount = counted_time.amount or 0
            after = [received + timedelta(days=number) for number in range(1, (ready - received).days + 1)]
            if counted_time.unit is TimeUnit.working_day:
                assert sum(map(calendar.is_working, after)) == amount, procedure.code
            elif counted_time.unit is TimeUnit.day:
                assert len(after) >= amount and calendar.is_working(ready), procedure.code
                assert not any(map(calendar.is_working, after[amount - 1 : -1])), procedure.code
            checked += 1
    assert checked > 300, "most records count their times"


@given(
    day=st.dates(date(2000, 1, 1), date(2100, 12, 31)),
    hour=st.none() | st.times(),
    unit=st.sampled_from(["working_day", "day", "hour", "same_day"]),
    amount=st.integers(1, 130),
)
def test_nothing_is_ready_before_it_was_received(
    due_of: DueOf, day: date, hour: time | None, unit: str, amount: int
) -> None:
    counted_time = SAME_DAY if unit == "same_day" else counted(unit, amount)
    card = due_of(day.isoformat(), counted_time, hour=hour).card
    assert card["filed"] <= card["received"]
    ready = card["dates"][0]["due"]
    assert ready is None or ready >= (card["filed"] if unit == "hour" else card["received"])
