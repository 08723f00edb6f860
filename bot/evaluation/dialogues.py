"""Whole talks: scripted dialogues in, every turn judged by what a good clerk would have said."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console
from rich.progress import track

from bot import serve
from bot.answers.aspects import ASPECTS, DEFAULT, ESSENTIALS
from bot.evaluation.conversation import ChatError, Conversation, client
from bot.evaluation.table import Table
from bot.knowledge.yaml_lines import RecordError
from bot.settings import ROOT, Settings

DIALOGUES = ROOT / "tests" / "dialogues"
# Of all turns so many are wanted right; a change may not bring them below the floor, and no talk may end in an error.
WANTED, FLOOR = 0.95, 0.86
# What the card of a reply must be for a turn of each kind.
CARDS = {
    "answer": ("answer",),
    "clarify": ("choose",),
    "ask": ("ask",),
    "abstain": ("unknown",),
    "service": ("service",),
    "smalltalk": ("smalltalk",),
    "refused": ("refused",),
}


@dataclass(frozen=True)
class Line:
    """One message of the citizen, and what the reply to it must be.

    `codes` are acceptable procedures (to clarify: those to be offered), `aspects` must be among those answered
    (`overview`, nothing in particular, is served by any; an answered overview brings the essentials), `must`
    are regular expressions that the text matches (case ignored), `kind` is that of a service or of small talk.
    """

    user: str
    expect: str
    codes: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    kind: str = ""


@dataclass(frozen=True)
class Dialogue:
    """A talk of one citizen."""

    id: str
    note: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Heard:
    """What was said to one line: all texts of the turn joined, the first card, and what is wrong with it."""

    line: Line
    text: str
    card: dict[str, Any]
    faults: tuple[str, ...]


def run(settings: Settings, console: Console, path: Path, at: str = "") -> bool:
    """Hold all dialogues with a running assistant, or with one started for it; whether enough turns went right."""
    dialogues = load(path)
    with ExitStack() as started:
        address = at or started.enter_context(serve.running(settings))
        with client(address) as http:
            talks = [(one, hold(http, one)) for one in track(dialogues, "Talking", console=console, transient=True)]
    for fault in faults(talks):
        console.print(fault, markup=False, soft_wrap=True)
    summary(talks).show(console)
    return share_right(talks) >= FLOOR and not errors(talks)


Talks = Sequence[tuple[Dialogue, list[Heard]]]


def load(path: Path) -> list[Dialogue]:
    """The dialogues of a JSON lines file, or of all in a folder. Raises RecordError naming file and line."""
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    dialogues = [dialogue for file in files for dialogue in _read(file)]
    if not dialogues:
        raise RecordError(f"{path}:1: no dialogues here")
    return dialogues


def _read(file: Path) -> Iterator[Dialogue]:
    # Not splitlines(): it also splits at signs that a message may hold.
    for number, text in enumerate(file.read_text(encoding="utf-8").rstrip("\n").split("\n"), 1):
        try:
            data = json.loads(text)
            yield Dialogue(data["id"], data.get("note", ""), tuple(map(_line, data["turns"])))
        except (ValueError, KeyError, TypeError, re.error) as error:
            raise RecordError(f"{file}:{number}: {error}") from error


def _line(turn: Any) -> Line:
    if not isinstance(turn, dict):
        raise ValueError(f"a turn must be an object, not {turn!r}")
    for key in ("codes", "aspects", "must"):
        if not isinstance(turn.get(key, []), list):
            raise ValueError(f"{key} must be a list, not {turn[key]!r}")
    parts: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in turn.items()}
    line = Line(**parts)
    if line.expect not in CARDS:
        raise ValueError(f"expect must be one of {', '.join(CARDS)}, not {line.expect!r}")
    if unknown := set(line.aspects) - set(ASPECTS):
        raise ValueError(f"no such aspects: {', '.join(sorted(unknown))}")
    for pattern in line.must:
        re.compile(pattern)
    return line


def hold(http: httpx.Client, dialogue: Dialogue) -> list[Heard]:
    """Say every line in one session of the chat. A turn that fails is heard as the card 'error'."""
    talk, heard = Conversation(http), []
    for line in dialogue.lines:
        try:
            replies = talk.send(line.user)
        except ChatError as error:
            replies = [{"card": {"type": "error"}, "text": str(error)}]
        text = unicodedata.normalize("NFC", "\n\n".join(reply["text"] for reply in replies))
        heard.append(Heard(line, text, replies[0]["card"], tuple(_faults(line, replies[0]["card"], text))))
    return heard


def _faults(line: Line, card: dict[str, Any], text: str) -> Iterator[str]:
    if card["type"] not in CARDS[line.expect]:
        said = card.get("code") or card.get("kind") or ", ".join(one["code"] for one in card.get("candidates", ()))
        yield " ".join(filter(None, [card["type"], said, "instead of", line.expect]))
        return
    if line.expect == "answer" and line.codes and card["code"] not in line.codes:
        yield f"{card['code']} instead of {' or '.join(line.codes)}"
        return
    if line.expect == "clarify" and line.codes and not set(line.codes) & {one["code"] for one in card["candidates"]}:
        yield "none of the right ones offered"
    if line.kind and card.get("kind") != line.kind:
        yield f"{card.get('kind')} instead of {line.kind}"
    if line.expect == "answer" and not _answered(line, card):
        yield f"aspects {', '.join(card['aspects'])} instead of {', '.join(line.aspects)}"
    for pattern in line.must:
        if not re.search(pattern, text, re.IGNORECASE | re.DOTALL):
            yield f"not said: {pattern}"


def _answered(line: Line, card: dict[str, Any]) -> bool:
    """Whether all that was asked is answered. An overview brings the essentials; who asks for nothing in particular
    (an expected overview) is served by whatever the talk was about."""
    answered = set(card["aspects"]) | (set(ESSENTIALS) if DEFAULT in card["aspects"] else set())
    return set(line.aspects) - {DEFAULT} <= answered


def share_right(talks: Talks) -> float:
    """The share of turns without a fault."""
    turns = [heard for _, said in talks for heard in said]
    return sum(not heard.faults for heard in turns) / len(turns)


def errors(talks: Talks) -> int:
    """How many turns ended in an error."""
    return sum(heard.card["type"] == "error" for _, said in talks for heard in said)


def summary(talks: Talks) -> Table:
    """How many turns and talks went right, and how many turns had which kind of fault."""
    turns = [heard for _, said in talks for heard in said]
    right = [heard for heard in turns if not heard.faults]
    whole = [dialogue for dialogue, said in talks if not any(heard.faults for heard in said)]
    return Table(
        "Dialogues",
        ("", "count", "share"),
        [
            (f"turns right (wanted: {WANTED})", f"{len(right)} of {len(turns)}", f"{share_right(talks):.3f}"),
            ("talks without a fault", f"{len(whole)} of {len(talks)}", f"{len(whole) / len(talks):.3f}"),
            ("turns that ended in an error", str(errors(talks)), ""),
        ],
    )


def faults(talks: Talks) -> Iterator[str]:
    """A line for each turn that went wrong."""
    for dialogue, said in talks:
        for number, heard in enumerate(said, 1):
            if heard.faults:
                yield f"{dialogue.id} turn {number}: {heard.line.user!r}: {'; '.join(heard.faults)}"
