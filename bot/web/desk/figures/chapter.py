"""One thing that the figures tell: a sentence, a picture, and a table, which becomes a sheet of the spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

Cell = str | int | float | date | None


@dataclass(frozen=True)
class Bar:
    """A line of a picture: what, how much as it is read, and the bar itself."""

    label: str
    number: str
    bar: Markup


@dataclass(frozen=True)
class Chapter:
    """`key` names its place on the page; `picture` or `bars` is what one sees first; `legend` are class and name."""

    key: str
    title: str
    said: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    picture: Markup | None = None
    bars: tuple[Bar, ...] = ()
    legend: tuple[tuple[str, str], ...] = ()
