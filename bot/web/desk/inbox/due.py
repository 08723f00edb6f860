"""Until when a citizen's letter is to be answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.knowledge.calendar import Calendar
from bot.store.clock import VIETNAM
from bot.store.letters import ANSWERED, Letter

# Citizens are promised no day, whatever they send: this is the ward's own measure, the same for all three kinds.
WORKING_DAYS = 3


def due_on(letter: Letter, calendar: Calendar) -> date:
    """The last working day in time; the day it was sent is not counted."""
    return calendar.add_working_days(letter.sent_at.astimezone(VIETNAM).date(), WORKING_DAYS)


def is_overdue(letter: Letter, calendar: Calendar, today: date) -> bool:
    """Whether it still waits for an answer after that day."""
    return letter.state != ANSWERED and today > due_on(letter, calendar)


def overdue(letters: Iterable[Letter], calendar: Calendar, today: date) -> list[Letter]:
    """Those that are."""
    return [letter for letter in letters if is_overdue(letter, calendar, today)]
