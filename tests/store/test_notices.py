"""What everybody is told at once: in force when it should be, in order, and kept when it is over."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.store.notices import LONGEST, NOTICE, OFF, URGENT, BadNotice, Notices
from tests.store.watch import Watch

HOUR = timedelta(hours=1)


@pytest.fixture
def notices(engine: Engine, watch: Watch) -> Notices:
    return Notices(engine, now=watch)


def texts(notices: Notices) -> list[str]:
    return [notice.text for notice in notices.now().notices]


def test_at_first_nothing_is_said(notices: Notices) -> None:
    assert (notices.now().off, notices.now().notices, notices.history()) == (None, (), [])


def test_a_notice_holds_at_once_and_says_who_when_and_why(notices: Notices, watch: Watch) -> None:
    number = notices.begin(NOTICE, "Dời sang nhà văn hóa", by="lan", why="sửa nhà")
    (said,) = notices.now().notices
    assert (said.id, said.kind, said.text, said.why) == (number, NOTICE, "Dời sang nhà văn hóa", "sửa nhà")
    assert (said.said_by, said.said_at, said.ended_at) == ("lan", watch.time, None)


def test_it_waits_for_its_time_and_ends_by_itself(notices: Notices, watch: Watch) -> None:
    begins = watch.time + HOUR
    notices.begin(NOTICE, "Cúp điện", by="lan", begins_at=begins, until=begins + HOUR)
    seen = {}
    for minutes in (0, 59, 60, 119, 120):
        watch.time = begins - HOUR + timedelta(minutes=minutes)
        seen[minutes] = texts(notices), notices.history()[0].state(watch.time)
    assert seen == {
        0: ([], "later"),
        59: ([], "later"),
        60: (["Cúp điện"], "now"),
        119: (["Cúp điện"], "now"),
        120: ([], "over"),
    }


def test_urgent_ones_come_first_then_the_newest(notices: Notices) -> None:
    for kind, text in ((NOTICE, "một"), (URGENT, "hai"), (NOTICE, "ba"), (URGENT, "bốn")):
        notices.begin(kind, text, by="lan")
    assert texts(notices) == ["bốn", "hai", "ba", "một"]


def test_what_is_ended_is_over_and_stays_in_the_history(notices: Notices, watch: Watch) -> None:
    number = notices.begin(URGENT, "Bão", by="lan")
    watch.time += HOUR
    assert notices.end(number, by="hoa").text == "Bão"
    (kept,) = notices.history()
    assert texts(notices) == [] and (kept.ended_by, kept.ended_at) == ("hoa", watch.time)


def test_what_is_over_cannot_be_ended_again(notices: Notices, watch: Watch) -> None:
    number = notices.begin(NOTICE, "Nghỉ chiều", by="lan", until=watch.time + HOUR)
    watch.time += 2 * HOUR
    for one in (number, number + 1):
        with pytest.raises(KeyError):
            notices.end(one, by="hoa")
    assert notices.history()[0].ended_by is None


def test_while_the_assistant_rests_there_is_one_reason_the_last(notices: Notices) -> None:
    notices.begin(OFF, "Sửa máy", by="lan")
    notices.begin(OFF, "Mất điện", by="hoa")
    off = notices.now().off
    assert off is not None and off.text == "Mất điện" and texts(notices) == []
    assert [(one.text, one.ended_by) for one in notices.history()] == [("Mất điện", None), ("Sửa máy", "hoa")]
    notices.end(off.id, by="hoa")
    assert notices.now().off is None


def test_what_another_process_said_holds_once_it_is_read_again(engine: Engine, watch: Watch) -> None:
    ours, theirs = Notices(engine, now=watch), Notices(engine, now=watch)
    assert texts(ours) == []
    number = theirs.begin(NOTICE, "Bão", by="lan")
    ours.refresh()
    assert texts(ours) == ["Bão"]
    theirs.end(number, by="lan")
    ours.refresh()
    assert texts(ours) == []


@pytest.mark.parametrize(
    ("text", "begins", "until", "fault"),
    [
        ("  ", None, None, "empty"),
        ("x" * (LONGEST + 1), None, None, "long"),
        ("Ông 079203001234 đến lấy giấy", None, None, "numbers"),
        ("Nghỉ", None, -HOUR, "past"),
        ("Nghỉ", 2 * HOUR, HOUR, "period"),
    ],
)
def test_what_cannot_be_said_is_not(
    notices: Notices, watch: Watch, text: str, begins: timedelta | None, until: timedelta | None, fault: str
) -> None:
    def moment(after: timedelta | None) -> datetime | None:
        return None if after is None else watch.time + after

    with pytest.raises(BadNotice) as caught:
        notices.begin(NOTICE, text, by="lan", begins_at=moment(begins), until=moment(until))
    assert caught.value.fault == fault and notices.history() == []


def test_numbers_to_call_stay_readable_what_colleagues_write_is_masked(notices: Notices) -> None:
    notices.begin(NOTICE, "x" * (LONGEST - 17) + " Gọi 0900 000 000", by="lan", why="anh Ba 0912345678 báo")
    (said,) = notices.now().notices
    assert said.text.endswith("Gọi 0900 000 000") and said.why == "anh Ba [số điện thoại] báo"


def test_another_kind_is_refused(notices: Notices) -> None:
    with pytest.raises(ValueError, match="notice, urgent, off"):
        notices.begin("loud", "Bão", by="lan")
