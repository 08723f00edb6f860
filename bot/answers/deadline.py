"""Until when one must register: a record's deadline counted from the day on which something happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from bot.answers.day_words import OUT_OF_RANGE, moment_text, not_counted, off_text
from bot.answers.section import Item
from bot.knowledge.calendar import Calendar, date_text, day_text
from bot.knowledge.hours import clock_text
from bot.knowledge.procedure import Deadline, TimeUnit
from bot.text.days import Said

_DAY = timedelta(days=1)


def last_day(deadline: Deadline, event: Said, calendar: Calendar, today: date) -> tuple[Item, ...]:
    """The record's own words first, then the last day and how far off it is, if the record counts one."""
    words = Item(deadline.text)
    if deadline.amount is None or deadline.unit not in _COUNTED:
        return (words,)
    if not calendar.covers(event.day):
        return words, Item(OUT_OF_RANGE)
    last, line = _COUNTED[deadline.unit](deadline, deadline.amount, event, calendar)
    if last is None:
        return words, line
    return (words, line, *_closed(last, event.day, calendar, today), Item(_distance(last, today)))


_Counted = tuple[date | None, Item]


def _days(deadline: Deadline, number: int, event: Said, calendar: Calendar) -> _Counted:
    last = event.day + number * _DAY
    return last, Item(f"{number} ngày kể từ {_event(deadline, event)}: hạn cuối là {day_text(last)}.")


def _working_days(deadline: Deadline, number: int, event: Said, calendar: Calendar) -> _Counted:
    last = calendar.add_working_days(event.day, number)
    first = calendar.add_working_days(event.day, 1)
    text = f"{number} ngày làm việc kể từ {_event(deadline, event)}: hạn cuối là {day_text(last)}."
    return last, Item(text, sub=(f"Tính từ {day_text(first)}{not_counted(event.day + _DAY, last, calendar)}.",))


def _hours(deadline: Deadline, number: int, event: Said, calendar: Calendar) -> _Counted:
    start = f"{number} giờ kể từ {_event(deadline, event)}"
    if event.hour:
        end = datetime.combine(event.day, event.hour) + timedelta(hours=number)
        return end.date(), Item(f"{start}: hạn cuối là {moment_text(end)}.")
    if number % 24:
        return None, Item(f"{start}: bạn đếm từ giờ xảy ra việc đó.")
    last = event.day + number // 24 * _DAY
    return last, Item(f"{start}: hạn cuối là {day_text(last)}, vào đúng giờ xảy ra việc đó.")


_COUNTED: dict[TimeUnit | None, Callable[[Deadline, int, Said, Calendar], _Counted]] = {
    TimeUnit.day: _days,
    TimeUnit.working_day: _working_days,
    TimeUnit.hour: _hours,
}


def _event(deadline: Deadline, event: Said) -> str:
    """'12/06/2026 (ngày sinh của bé)': the citizen sees what we took the day for."""
    hour = f"{clock_text(event.hour)} ngày " if event.hour and deadline.unit is TimeUnit.hour else ""
    what = f" ({deadline.counted_from})" if deadline.counted_from else ""
    return f"{hour}{date_text(event.day)}{what}"


def _closed(last: date, event: date, calendar: Calendar, today: date) -> tuple[Item, ...]:
    if calendar.is_working(last) or last < today:
        return ()
    before = calendar.last_working(last)
    until = f", chậm nhất là {day_text(before)}" if before > max(event, today) else ""
    return (Item(f"{off_text(last, calendar)} là ngày nghỉ. Bạn nên đến sớm hơn{until}."),)


def _distance(last: date, today: date) -> str:
    days = (last - today).days
    if days < 0:
        return f"Hạn này đã qua {-days} ngày. Bạn hỏi quầy cách làm khi quá hạn."
    return f"Còn {days} ngày nữa là hết hạn." if days else "Hôm nay là ngày cuối."
