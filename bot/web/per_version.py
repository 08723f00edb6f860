"""What is made of the knowledge once, and anew when another version is in force."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from bot.knowledge.live import InForce
from bot.web.context import Context

Made = TypeVar("Made")


class PerVersion(Generic[Made]):
    """Calls `make` with the version in force when it is first asked, and after each publication."""

    def __init__(self, context: Context, make: Callable[[InForce], Made]) -> None:
        self._context, self._make = context, make
        self._made: tuple[InForce, Made] | None = None

    def __call__(self) -> Made:
        """What was made of the version in force."""
        version = self._context.knowledge.now
        if self._made is None or self._made[0] is not version:
            self._made = version, self._make(version)
        return self._made[1]
