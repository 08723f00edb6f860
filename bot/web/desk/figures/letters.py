"""Whether the letters of citizens were answered in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.knowledge.calendar import Calendar
from bot.store.clock import VIETNAM
from bot.store.figures import Period
from bot.store.letters import ANSWERED, TAKEN, Letter
from bot.web.desk.inbox.due import WORKING_DAYS, due_on, is_overdue

ON_TIME, LATE, WAITING, IN_WORK, OVERDUE = "on_time", "late", "waiting", "in_work", "overdue"
STATE_NAMES = {
    ON_TIME: "Trả lời đúng hạn",
    LATE: "Trả lời quá hạn",
    WAITING: "Mới, còn hạn",
    IN_WORK: "Đang làm, còn hạn",
    OVERDUE: "Quá hạn chưa trả lời",
}
_KINDS = {"question": "Câu hỏi", "complaint": "Phản ánh", "feedback": "Góp ý"}


@dataclass(frozen=True)
class Tally:
    """Letters by kind (in words) and state."""

    by_kind: Mapping[str, Counter[str]]
    working_days: int = WORKING_DAYS

    @property
    def totals(self) -> Counter[str]:
        """All kinds together."""
        return sum(self.by_kind.values(), Counter())

    @property
    def count(self) -> int:
        """How many letters."""
        return sum(self.totals.values())

    @property
    def due(self) -> int:
        """Those answered, and those that should have been."""
        return sum(self.totals[state] for state in (ON_TIME, LATE, OVERDUE))


def tally(letters: Iterable[Letter], period: Period, calendar: Calendar, today: date) -> Tally:
    """Count what was sent in a period as it stands today."""
    by_kind = {name: Counter[str]() for name in _KINDS.values()}
    for letter in letters:
        if period.since <= letter.sent_at < period.until:
            by_kind[_KINDS[letter.kind]][_state(letter, calendar, today)] += 1
    return Tally(by_kind)


def _state(letter: Letter, calendar: Calendar, today: date) -> str:
    if letter.state == ANSWERED and letter.answered_at is not None:
        return ON_TIME if letter.answered_at.astimezone(VIETNAM).date() <= due_on(letter, calendar) else LATE
    if is_overdue(letter, calendar, today):
        return OVERDUE
    return IN_WORK if letter.state == TAKEN else WAITING
