"""When will it be ready: the record's times counted from the day on which somebody files."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.answers.day_words import OUT_OF_RANGE, moment_text, not_counted, off_text
from bot.answers.section import Item
from bot.answers.sections import CHANNELS
from bot.knowledge.calendar import Calendar, day_text
from bot.knowledge.hours import clock_text, weekday_text
from bot.knowledge.procedure import Channel, Procedure, Time, TimeUnit
from bot.text.days import Said

LATE = time(15)  # what is done the same day is done the next working day, if filed from then on
SLIP = "Ngày chắc chắn là ngày ghi trên giấy hẹn."

# A stage that begins after filing: its days must not be counted from the day of filing. The sentences are our records'.
_BEGINS_LATER = re.compile(
    r"(?:từ|sau) (?:khi|ngày) (?:hết hạn|khai giảng|có |ra |gửi|bắt đầu|cử |bạn báo|Sở |tổ của"
    r"|(?:phường, xã )?nhận (?:giải quyết|quyết định|báo cáo|kết luận))"
    r"|^(?:Sau (?:đó|khi)|Trước đó|Trong quá trình|Xác minh xong|Bổ sung mà|Vẫn không|Có khiếu nại)"
    r"|^(?:Nếu p|P)hải |^Bạn có nhiều nhất|ngày tiếp theo để|ngày sau khi|thêm (?:ít nhất|không quá)|không ghi tính từ"
)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """The lines a citizen reads, and the same as data for a page."""

    items: tuple[Item, ...]
    card: dict[str, Any]


@dataclass(frozen=True)
class _Filed:
    """What was said of the filing, and the working day on which the office receives it."""

    said: Said
    received: date
    calendar: Calendar

    @property
    def hour(self) -> time | None:
        """The hour of receipt: that of the filing, unless the dossier lies until the next working day."""
        return self.said.hour if self.received == self.said.day else None


@dataclass(frozen=True)
class _Ready:
    """When one time of the record is over: the words, the day if it is one, and how it was counted."""

    text: str
    day: date | None = None
    how: str = ""


def due(procedure: Procedure, said: Said, calendar: Calendar) -> Due:
    """Count every time of the record from the day said; what the record does not count stays in its words."""
    card: dict[str, Any] = {"filed": said.day.isoformat(), "received": None, "dates": []}
    if not calendar.covers(said.day):
        return Due((Item(OUT_OF_RANGE),), card)
    times = _by_time(procedure)
    filed = _Filed(said, said.day if all(map(_is_urgent, times)) else calendar.next_working(said.day), calendar)
    card["received"] = filed.received.isoformat()
    lines = [_line(time, channels, filed) for time, channels in times.items()]
    card["dates"] = [data for _, data in lines]
    items = [_filing(filed), *(item for item, _ in lines), _last_line(card)]
    if all(time.unit is TimeUnit.by_text for time in times):
        items.insert(1, Item("Cổng Dịch vụ công không ghi số ngày để đếm, nên tôi không tính ra ngày được."))
    return Due(tuple(items), card)


def _by_time(procedure: Procedure) -> dict[Time, list[Channel]]:
    """Every time of the record once, with the channels that have it."""
    times: dict[Time, list[Channel]] = {}
    for filing in procedure.channels:
        for counted in filing.times:
            times.setdefault(counted, []).append(filing.channel)
    return times


def _is_urgent(time: Time) -> bool:
    """Whether a time waits for no working day: hours by the clock are for what somebody takes up day and night."""
    return time.unit is TimeUnit.hour and not _in_working_hours(time)


def _in_working_hours(time: Time) -> bool:
    return "giờ làm việc" in time.text


def _filing(filed: _Filed) -> Item:
    said, received = filed.said, filed.received
    hour = f", lúc {clock_text(said.hour)}" if said.hour else ""
    why = filed.calendar.why_off(said.day)
    reason = f" ({why})" if why and why != weekday_text(said.day) else ""
    note = f"Hôm đó không tính là ngày làm việc{reason} nên hồ sơ tính là nhận vào {day_text(received)}."
    return Item(f"Nộp {day_text(said.day)}{hour}", note=note if received != said.day else "")


def _line(time: Time, channels: list[Channel], filed: _Filed) -> tuple[Item, dict[str, Any]]:
    names = [CHANNELS[channel] for channel in channels]
    start = ", ".join([names[0], *map(str.lower, names[1:])])
    if time.unit is TimeUnit.by_text:
        ready, item = _Ready(time.text), Item(f"{start}: {time.text}")
    else:
        begins_later = _BEGINS_LATER.search(time.text) is not None
        ready = _Ready("không tính từ ngày nộp") if begins_later else _COUNTED[time.unit](time, filed)
        item = Item(f"{start}: {ready.text}", note=time.text, sub=(ready.how,) if ready.how else ())
    return item, {
        "channels": [channel.value for channel in channels],
        "due": ready.day.isoformat() if ready.day else None,
        "text": time.text,
        "how": ready.how,
    }


def _last_line(card: dict[str, Any]) -> Item:
    counted = any(data["due"] for data in card["dates"])
    return Item(SLIP, note="Ngày tính ở trên là khi giấy tờ đã đủ và đúng." if counted else "")


def _working_days(time: Time, filed: _Filed) -> _Ready:
    number, calendar, received = time.amount or 0, filed.calendar, filed.received
    day = calendar.add_working_days(received, number)
    first = calendar.add_working_days(received, 1)
    how = f"Tính {number} ngày làm việc từ {day_text(first)}{not_counted(received + _DAY, day, calendar)}."
    return _Ready(day_text(day), day, how)


def _days(time: Time, filed: _Filed) -> _Ready:
    number, calendar, received = time.amount or 0, filed.calendar, filed.received
    last = received + number * _DAY
    day = calendar.next_working(last)
    how = f"Tính {number} ngày liền từ {day_text(received + _DAY)}, cả thứ bảy, chủ nhật và ngày lễ."
    if day != last:
        how += f" {off_text(last, calendar)} là ngày nghỉ nên trả vào ngày làm việc tiếp theo."
    return _Ready(day_text(day), day, how)


def _hours(time: Time, filed: _Filed) -> _Ready:
    number, said = time.amount or 0, filed.said
    if _in_working_hours(time):
        # These stand still while the office is closed, and offices count them differently: no hour is promised.
        following = filed.calendar.add_working_days(filed.received, 1)
        how = f"Giờ quầy nghỉ không tính, nên có thể sang ngày làm việc tiếp theo là {day_text(following)}."
        return _Ready(f"sau {number} giờ làm việc kể từ lúc nhận hồ sơ", how=how)
    if said.hour:
        start = datetime.combine(said.day, said.hour)
        end = start + timedelta(hours=number)
        return _Ready(moment_text(end), end.date(), f"Tính {number} giờ từ {moment_text(start)}.")
    text = f"sau {number} giờ kể từ lúc nộp"
    if number % 24:
        return _Ready(text)
    day = said.day + number // 24 * _DAY
    return _Ready(f"{text}, tức là {day_text(day)}", day)


def _same_day(time: Time, filed: _Filed) -> _Ready:
    received = filed.received
    following = filed.calendar.add_working_days(received, 1)
    if filed.hour and filed.hour >= LATE:
        return _Ready(day_text(following), following, "Nộp từ 15 giờ trở đi thì tính sang ngày làm việc tiếp theo.")
    how = "Nộp trước 15 giờ nên tính trong ngày."
    if not filed.hour:
        how = f"Tính khi nộp trước 15 giờ. Nộp muộn hơn thì có thể sang {day_text(following)}."
    return _Ready(day_text(received), received, how)


_COUNTED: dict[TimeUnit, Callable[[Time, _Filed], _Ready]] = {
    TimeUnit.working_day: _working_days,
    TimeUnit.day: _days,
    TimeUnit.hour: _hours,
    TimeUnit.same_day: _same_day,
}
