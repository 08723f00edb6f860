"""One table, shown in the terminal and kept as Markdown."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table as RichTable


@dataclass
class Table:
    """A title, column heads and rows of text; `note` says below it how to read it."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""

    def show(self, console: Console) -> None:
        """Print it."""
        table = RichTable(title=self.title, caption=self.note or None, box=box.SIMPLE, title_justify="left")
        for number, column in enumerate(self.columns):
            table.add_column(column, justify="right" if number else "left")
        for row in self.rows:
            table.add_row(*map(escape, row))  # a question may hold "[/b]"
        console.print(table)

    def body(self) -> str:
        """The table alone, as Markdown."""
        lines = [self.columns, ["---", *("--:" for _ in self.columns[1:])], *self.rows]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)

    def as_markdown(self) -> str:
        """A heading, the table and the note."""
        return "\n\n".join([f"## {self.title}", self.body(), *([self.note] if self.note else [])]) + "\n"


def number(value: float, *, places: int = 3) -> str:
    """A figure with fixed decimal places; "–" where there was nothing to measure.

    >>> number(0.91666)
    '0.917'
    """
    return "–" if math.isnan(value) else f"{value:.{places}f}"
