"""Days that a citizen tells: when they file, and when what it is about happened; and what an answer makes of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.answers.aspects import IN_GENERAL
from bot.answers.deadline import last_day
from bot.answers.due_date import due
from bot.answers.section import Item
from bot.knowledge.calendar import Calendar
from bot.knowledge.procedure import Procedure
from bot.text.days import Said

# Words before a day that say that something happened on it ("mất" stands for a death and for a loss, both events), and
# such as say that somebody files. Without marks only those that are no other word.
_HAPPENS = re.compile(
    r"\b(?:sinh|đẻ|mất|chết|qua đời|ký|kí|mua|bán|cưới|kết hôn|phát hiện|hết hạn|nhận được|chuyển|cháy)\b"
    # "mat" right before the day; "co mat" is to be there.
    r"|\b(?<!co )mat(?= (?:hom|ngay)\b)"
    r"|\b(?:qua doi|chet|cuoi|ket hon|phat hien|het han|nhan duoc|ky giay)\b"
)
_FILES = re.compile(r"\b(?:nộp|nop|gửi|ra làm|ra lam|ra phường|lên phường|đến làm|tới làm|đi làm|mang ra|đem ra)\b")
_CLAUSE = re.compile(r"[,.;!?\n]")
_NEAR = 24  # letters before a day, among which the word for what happened stands


@dataclass(frozen=True)
class Dates:
    """The day of filing and the day of the event, as far as told; `event_is_new` if it was told just now."""

    filing: Said | None = None
    event: Said | None = None
    event_is_new: bool = False


@dataclass(frozen=True)
class Computed:
    """What is counted from a day: lines that stand first in their section, and the same as data for a page."""

    items: tuple[Item, ...]
    card: Mapping[str, Any] = field(default_factory=dict)


def dates_told(message: str, days: Sequence[Said], event_before: date | None) -> Dates:
    """Which of the days of a message is that of filing; an event told earlier in the talk is kept."""
    before = Said(event_before, None, "", True) if event_before else None
    events = [said for said in days if _happened(message, said)]
    filings = [said for said in days if said not in events]
    event = events[0] if events else None
    return Dates(filings[0] if filings else None, event or before, event is not None)


def with_dates(
    procedure: Procedure, aspects: Sequence[str], dates: Dates, calendar: Calendar, today: date
) -> tuple[list[str], dict[str, Computed]]:
    """The aspects to answer and what is counted for them.

    Who tells a day of filing and asks nothing else wants to know when it will be ready.
    """
    asked = list(aspects)
    deadline = procedure.deadline_to_apply
    computed: dict[str, Computed] = {}
    happened = dates.event or dates.filing
    if "deadline_to_apply" in asked and deadline is not None and happened is not None:
        counted = last_day(deadline, happened, calendar, today)
        computed["deadline_to_apply"] = Computed(counted[1:])  # the record's own words stand in the section already
        if happened is dates.filing and "duration" not in asked:
            return asked, computed
    if dates.filing is not None and dates.filing.day is not None:
        if set(asked) <= set(IN_GENERAL):
            asked = ["duration"]
        if "duration" in asked:
            counted_from = due(procedure, dates.filing, calendar)
            computed["duration"] = Computed(counted_from.items, {"due": counted_from.card})
    return asked, computed


def _happened(message: str, said: Said) -> bool:
    """Whether something happened on that day, rather than that somebody files on it: the words just before it tell."""
    place = message.find(said.words)
    if place < 0:
        return False
    before = _CLAUSE.split(message[max(0, place - _NEAR) : place])[-1].casefold()
    # The day's own words ("hôm qua") are seen by what a word is told by, but none of them is looked at itself.
    with_day = before + said.words.casefold()
    events = [match for match in _HAPPENS.finditer(with_day) if match.start() < len(before)]
    filings = list(_FILES.finditer(before))
    return bool(events) and (not filings or events[-1].start() > filings[-1].start())
