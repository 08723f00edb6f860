"""Which day it is where the ward is."""

from __future__ import annotations

from datetime import date

from bot.store.clock import VIETNAM, now


def today() -> date:
    """The day in Vietnam, whatever the clock of the machine is set to."""
    return now().astimezone(VIETNAM).date()
