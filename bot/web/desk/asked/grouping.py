"""Questions that ask the same, as one: those that need work first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.store.asked_turns import ANSWERED, ASKED_BACK, OUTSIDE, SERVICE, SMALL_TALK, UNKNOWN, Asked
from bot.store.turn_marks import TurnMark, key_of
from bot.text.alike import content_words, groups

_ORDER = (UNKNOWN, ASKED_BACK, OUTSIDE, ANSWERED, SERVICE, SMALL_TALK)


@dataclass(frozen=True)
class Group:
    """Turns with the same decision and the same procedure in nearly the same words (`bot.text.alike`), newest first.

    `keys` are those under which they are marked, `marks` those they have.
    """

    message: str
    turns: tuple[Asked, ...]
    keys: tuple[str, ...]
    marks: tuple[TurnMark, ...] = ()

    @property
    def first(self) -> Asked:
        """The turn that stands for all: the newest that needs work, else the newest."""
        return next((turn for turn in self.turns if turn.needs_work), self.turns[0])

    @cached_property
    def downs(self) -> int:
        """How often an answer was found bad."""
        return sum(turn.downs for turn in self.turns)

    @cached_property
    def ups(self) -> int:
        """How often an answer was found good."""
        return sum(turn.ups for turn in self.turns)

    @cached_property
    def reasons(self) -> list[str]:
        """Why it was found bad, each once."""
        said = (mark.reason for turn in self.turns for mark in turn.marks if mark.mark == "down" and mark.reason)
        return list(dict.fromkeys(said))

    @cached_property
    def wordings(self) -> list[Asked]:
        """Each other wording once, by its newest turn."""
        newest = {turn.message: turn for turn in reversed(self.turns) if turn.message != self.message}
        return list(newest.values())[::-1]

    @property
    def rank(self) -> tuple[int, int, float]:
        """What needs work first, then by decision; of those, what was asked most, then latest."""
        failed = sum(turn.needs_work for turn in self.turns)
        place = 0 if failed else 1 + _ORDER.index(self.turns[0].decision)
        return place, -(failed or len(self.turns)), -self.turns[0].at.timestamp()


def grouped(asked: Iterable[Asked], marks: Mapping[str, TurnMark], *, with_marked: bool) -> list[Group]:
    """The groups, those that need work first. What is marked is left out unless it is wanted, too."""
    alike: dict[tuple[str, str], list[tuple[Asked, tuple[str, ...], str]]] = defaultdict(list)
    known: dict[str, tuple[str, ...]] = {}
    keys: dict[tuple[str, str], str] = {}
    for turn in asked:
        words = known.get(turn.message)
        if words is None:
            words = known[turn.message] = content_words(turn.message)
        said = (turn.decision, turn.message)
        key = keys.get(said) or keys.setdefault(said, key_of(turn.decision, words))
        mark = marks.get(key)
        if with_marked or mark is None or not mark.hides(turn.at):
            alike[turn.decision, turn.procedure].append((turn, words, key))
    found = [group for rows in alike.values() for group in _grouped(rows, marks)]
    return sorted(found, key=lambda group: group.rank)


def _grouped(rows: list[tuple[Asked, tuple[str, ...], str]], marks: Mapping[str, TurnMark]) -> Iterable[Group]:
    members: dict[int, list[int]] = defaultdict(list)
    for place, leader in enumerate(groups([words for _, words, _ in rows])):
        members[leader].append(place)
    for leader, places in members.items():
        keys = tuple(dict.fromkeys(rows[place][2] for place in places))
        turns = tuple(rows[place][0] for place in places)
        hiding = [marks[rows[place][2]] for place in places if rows[place][2] in marks]
        given = {mark for mark in hiding if any(mark.hides(turn.at) for turn in turns)}
        yield Group(rows[leader][0].message, turns, keys, tuple(sorted(given, key=lambda mark: mark.at)))
