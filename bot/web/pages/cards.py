"""Replies made ready to be drawn: what lies open, what is folded away, and which lines are rows of a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from bot.knowledge.listing import Listing
from bot.web.pages.listing.addresses import page_of

_PARTS_OF_AN_ANSWER = {"code", "name", "aspects", "sections", "source", "notes"}


@dataclass(frozen=True)
class Block:
    """Lines of a section that stand together: as a list, or as rows, each a channel with its lines."""

    items: tuple[Mapping[str, Any], ...] = ()
    rows: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class Section:
    """A section of a card, its lines in blocks; `due` if the first block counts days from a day told."""

    aspect: str
    title: str
    blocks: tuple[Block, ...]
    link: Mapping[str, str] | None
    due: bool


@dataclass(frozen=True)
class Drawn:
    """A reply and how to draw it: as an answer, an emergency, a referral, or (text) as its text alone.

    `page` is the procedure's own page, for the case told if there is one; without such a page it is empty.
    """

    id: str
    text: str
    card: Mapping[str, Any]
    choices: Sequence[Mapping[str, str]]
    how: str
    open: tuple[Section, ...] = ()
    folded: tuple[Section, ...] = ()
    page: str = ""


def drawn(reply: Mapping[str, Any], listing: Listing) -> Drawn:
    """A reply of the chat made ready; those in the listing have a page."""
    card = reply["card"]
    plain = Drawn(reply["id"], reply["text"], card, reply["choices"], _how(card))
    return _answer(plain, listing) if plain.how == "answer" else plain


def _how(card: Mapping[str, Any]) -> str:
    kind = card.get("type")
    if kind == "answer" and card.keys() >= _PARTS_OF_AN_ANSWER:
        return "answer"
    if kind == "service" and card.get("kind") == "emergency":
        return "emergency"
    return "referral" if kind == "unknown" and "referral" in card else "text"


def _answer(reply: Drawn, listing: Listing) -> Drawn:
    card = reply.card
    sections = [_section(section, card) for section in card["sections"]]
    named = card.get("open", card["aspects"])
    asked = [section for section in sections if section.aspect in named] or sections[:1]
    return replace(
        reply,
        open=tuple(asked),
        folded=tuple(section for section in sections if section not in asked),
        page=_page(card) if card["code"] in listing else "",
    )


def _section(section: Mapping[str, Any], card: Mapping[str, Any]) -> Section:
    aspect = section["aspect"]
    return Section(
        aspect,
        section["title"],
        tuple(_blocks(section["items"])),
        section.get("link"),
        due=aspect == "duration" and "due" in card,
    )


def _blocks(items: Iterable[Mapping[str, Any]]) -> Iterable[Block]:
    """Lines and rows as they come; rows of one channel that follow each other are one."""
    for are_rows, group in groupby(items, key=lambda item: "row" in item):
        if not are_rows:
            yield Block(items=tuple(group))
            continue
        channels = groupby((item["row"] for item in group), key=lambda row: row["channel"])
        yield Block(
            rows=tuple((channel, tuple(line for row in rows for line in row["lines"])) for channel, rows in channels)
        )


def _page(card: Mapping[str, Any]) -> str:
    return page_of(card["code"], [answer["ref"] for answer in card.get("checklist", {}).get("answers", ())])
