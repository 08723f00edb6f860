"""Why a message was answered as it was, made ready for the page: sentences for everybody, tables for who wants more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.answers.aspects import TITLES
from bot.knowledge.listing import Listing
from bot.text.codes import codes_in
from bot.web.desk.trying.candidates import Row, rows_of
from bot.web.desk.trying.decision import Bound, bounds_of, sentences_of
from bot.web.desk.trying.names import ACTIONS, ACTS, STEPS

MOST_ACTS = 4  # of what else the act might be, those that are as likely as this
LEAST_CHANCE = 0.02


@dataclass(frozen=True)
class Aspect:
    """An aspect with how likely it is asked for, by the words of the message and by its meaning; `asked` if it was
    taken for asked."""

    title: str
    by_words: float | None
    by_meaning: float | None
    asked: bool


@dataclass(frozen=True)
class Why:
    """All that is shown beside an answer. Chances are from 0 to 1, times in milliseconds."""

    read: str
    changes: tuple[tuple[str, str], ...]
    restored: bool
    words: tuple[str, ...]
    meant: tuple[str, ...]
    act: str
    acts: tuple[tuple[str, float], ...]
    aspects: tuple[Aspect, ...]
    sentences: tuple[str, ...]
    bounds: tuple[Bound, ...]
    candidates: tuple[Row, ...]
    weights: Mapping[str, float]
    before: tuple[tuple[str, str], ...]
    actions: tuple[str, ...]
    took: tuple[tuple[str, float], ...]
    version: int


def why_of(
    explained: Mapping[str, Any], last: Mapping[str, Any], slots: Mapping[str, Any], reply: Mapping[str, Any], *,
    listing: Listing, took_ms: int,
) -> Why:  # fmt: skip
    """From what `Behind.explain` and `Behind.last_turn` say. `slots` are those before the message, `reply` is the first
    reply to it, `took_ms` how long the whole turn took."""
    reading, understood = explained["reading"], last["understood"]
    acts = [(one["name"], float(one["confidence"])) for one in understood.get("intent_ranking") or ()]
    act = (understood.get("intent") or {}).get("name") or ""
    actions = tuple(ACTIONS[name] for name in last["actions"] if name in ACTIONS)
    names = listing.names
    return Why(
        read=reading["text"],
        changes=tuple((typed, read) for typed, read in reading["changes"]),
        restored=reading["restored"],
        words=tuple(reading["words"]),
        meant=tuple(reading["meant"]),
        act=ACTS.get(act, act),
        acts=tuple((ACTS.get(name, name), chance) for name, chance in acts[:MOST_ACTS] if chance >= LEAST_CHANCE),
        aspects=_aspects(explained["aspects"]),
        sentences=tuple(
            sentences_of(explained, slots, reply, names, act=act, by_code=bool(codes_in(reading["typed"])))
        ),
        bounds=tuple(bounds_of(explained, slots)),
        candidates=tuple(rows_of(explained, listing)),
        weights=explained["weights"],
        before=tuple(_memory(slots, names)),
        actions=actions,
        took=(
            ("Cả lượt, như người dân chờ", took_ms),
            *((STEPS[step], ms) for step, ms in explained["took"].items() if step in STEPS and ms),
        ),
        version=explained["version"],
    )


def _aspects(seen: Mapping[str, Any]) -> tuple[Aspect, ...]:
    by_words, by_meaning, asked = seen["by_words"], seen["by_meaning"], seen["asked"]
    shown = [
        name
        for name in TITLES
        if name in asked or max(by_words.get(name, 0.0), by_meaning.get(name, 0.0)) >= LEAST_CHANCE
    ]
    rows = [Aspect(TITLES[name], by_words.get(name), by_meaning.get(name), name in asked) for name in shown]
    return tuple(sorted(rows, key=lambda row: (not row.asked, -max(row.by_words or 0.0, row.by_meaning or 0.0))))


def _memory(slots: Mapping[str, Any], names: Mapping[str, str]) -> Sequence[tuple[str, str]]:
    """What the talk had left before the message."""
    said: list[tuple[str, str]] = []
    if (code := str(slots.get("procedure") or "")) in names:
        said.append(("Đang nói về", names[code]))
    if offered := [names[code] for code in slots.get("candidates") or () if code in names]:
        said.append(("Đang chờ chọn", "; ".join(offered)))
    if slots.get("question"):
        said.append(("Câu hỏi trước", str(slots["question"])))
    if topics := [
        names[code] for code in slots.get("topics") or () if code in names and code != slots.get("procedure")
    ]:
        said.append(("Đã nói trước đó", "; ".join(topics)))
    return said
