"""A clock that a test sets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone


@dataclass
class Watch:
    """Shows `time` until somebody moves it."""

    time: datetime = datetime(2026, 11, 22, 3, 0, tzinfo=timezone.utc)  # ten in the morning in Vietnam

    def __call__(self) -> datetime:
        return self.time
