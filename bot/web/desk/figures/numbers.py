"""Numbers as they are written in Vietnam."""

from __future__ import annotations


def whole(number: int) -> str:
    """1234567 -> '1.234.567'."""
    return f"{number:,}".replace(",", ".")


def decimal(number: float, places: int = 1) -> str:
    """3.14 -> '3,1'."""
    return f"{number:.{places}f}".replace(".", ",")


def share(part: float, of: float) -> str:
    """A share in percent: (1, 8) -> '12,5%'; a dash of nothing."""
    return f"{decimal(100 * part / of)}%" if of else "–"


def seconds(milliseconds: int | None) -> str:
    """1234 -> '1,2 giây'; shorter than a tenth of a second is said exactly."""
    if milliseconds is None:
        return "–"
    return f"{decimal(milliseconds / 1000, 1 if milliseconds >= 100 else 2)} giây"
