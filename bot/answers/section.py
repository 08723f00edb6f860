"""One part of an answer: a title and its lines."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from bot.answers.aspects import TITLES


def with_note(text: str, note: str | None) -> str:
    """A line and its remark as two sentences."""
    return f"{text.rstrip('.')}. {note}" if note else text


@dataclass(frozen=True)
class Row:
    """What a line says of one way to file, for a page that draws a table: items with the same `channel` are one row."""

    channel: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Link:
    """Where something is done, to be drawn as a button."""

    label: str
    url: str


@dataclass(frozen=True)
class Item:
    """A line, with a remark and lines below it; `row` if it is also one of a table."""

    text: str
    note: str = ""
    sub: tuple[str, ...] = ()
    row: Row | None = None

    def as_card(self) -> dict[str, Any]:
        """The line for a page; what is empty is left out."""
        card: dict[str, Any] = {"text": self.text}
        if self.note:
            card["note"] = self.note
        if self.sub:
            card["sub"] = list(self.sub)
        if self.row:
            card["row"] = {"channel": self.row.channel, "lines": list(self.row.lines)}
        return card

    def as_text(self) -> str:
        """The line in plain text."""
        return "\n".join([f"- {with_note(self.text, self.note)}", *(f"  + {line}" for line in self.sub)])


@dataclass(frozen=True)
class Section:
    """What a record says of one aspect, and where it is done if that is elsewhere."""

    aspect: str
    items: tuple[Item, ...]
    link: Link | None = None

    @property
    def title(self) -> str:
        """What stands above the lines."""
        return TITLES[self.aspect]

    def as_card(self) -> dict[str, Any]:
        """The section for a page."""
        card = {"aspect": self.aspect, "title": self.title, "items": [item.as_card() for item in self.items]}
        return {**card, "link": asdict(self.link)} if self.link else card

    def as_text(self) -> str:
        """The section in plain text."""
        return "\n".join([f"{self.title}:", *(item.as_text() for item in self.items)])
