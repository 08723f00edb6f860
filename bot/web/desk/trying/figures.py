"""Numbers as they are written in Vietnamese."""

from __future__ import annotations


def decimal(number: float, places: int = 2, *, sign: bool = False) -> str:
    """With a comma; `sign` writes a plus before what is above nought.

    >>> decimal(1.5), decimal(0.25, sign=True), decimal(-0.001)
    ('1,50', '+0,25', '0,00')
    """
    rounded = round(number, places) or 0.0  # no "-0"
    written = f"{rounded:{'+' if sign and rounded else ''}.{places}f}"
    return written.replace(".", ",").replace("-", "−")


def percent(share: float) -> str:
    """A share of one in hundredths; what is not quite all, or not quite nothing, is not said to be.

    >>> percent(0.5), percent(0.9999), percent(0.0001), percent(1)
    ('50%', '99,9%', '0,1%', '100%')
    """
    if 0 < share < 0.01 or 0.99 < share < 1:
        return f"{decimal(min(max(100 * share, 0.1), 99.9), 1)}%"
    return f"{round(100 * share)}%"


def milliseconds(ms: float) -> str:
    """A time that a step took.

    >>> milliseconds(3.24), milliseconds(145.2)
    ('3,2 ms', '145 ms')
    """
    return f"{decimal(ms, 1 if ms < 10 else 0)} ms"
