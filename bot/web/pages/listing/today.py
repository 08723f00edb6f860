"""Which day it is where the ward is."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from bot.store.clock import now

_VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def today() -> date:
    """The day in Vietnam, whatever the clock of the machine is set to."""
    return now().astimezone(_VIETNAM).date()
