"""What time it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone

Clock = Callable[[], datetime]  # with a time zone


def now() -> datetime:
    """Now, in UTC."""
    return datetime.now(timezone.utc)
