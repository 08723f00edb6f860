"""Two runs on one set: the questions whose outcome differs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.evaluation.table import Table

Row = dict[str, Any]  # of questions.jsonl
RIGHT = "right"


@dataclass(frozen=True)
class Flip:
    """One question with both outcomes."""

    id: str
    text: str
    before: str
    after: str

    @property
    def is_better(self) -> bool:
        """Whether it is right now."""
        return self.after == RIGHT

    @property
    def is_worse(self) -> bool:
        """Whether it was right before."""
        return self.before == RIGHT


def flips(before: Sequence[Row], after: Sequence[Row]) -> list[Flip]:
    """What changed for the questions that both runs asked: what got worse, then what got better, then the rest."""
    known = {row["id"]: row for row in before}
    changed = [
        Flip(row["id"], row["text"], known[row["id"]]["verdict"], row["verdict"])
        for row in after
        if row["id"] in known and known[row["id"]]["verdict"] != row["verdict"]
    ]
    return sorted(changed, key=lambda flip: (not flip.is_worse, not flip.is_better))


def flip_table(before: Sequence[Row], after: Sequence[Row]) -> Table:
    """The flips as a table."""
    changed = flips(before, after)
    worse, better = sum(flip.is_worse for flip in changed), sum(flip.is_better for flip in changed)
    return Table(
        "What flipped",
        ["question", "was", "is", "text"],
        [[flip.id, flip.before, flip.after, flip.text] for flip in changed],
        note=f"{worse} worse, {better} better, {len(changed) - worse - better} other, of {len(after)} questions.",
    )
