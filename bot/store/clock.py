"""What time it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
Clock = Callable[[], datetime]  # with a time zone


def now() -> datetime:
    """Now, in UTC."""
    return datetime.now(timezone.utc)
