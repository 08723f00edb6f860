"""What can be found: the short texts of each record that a question may resemble, and what no record answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from bot.knowledge.briefs import Brief
from bot.knowledge.checks import TO_WRITE
from bot.knowledge.clarifications import Clarification
from bot.knowledge.procedure import Procedure
from bot.knowledge.signposts import Signpost


class Kind(str, Enum):
    """Which part of a record a passage comes from."""

    name = "name"
    official_name = "official_name"
    alias = "alias"
    question = "question"
    summary = "summary"
    case = "case"
    asked = "asked"
    outside = "outside"
    brief = "brief"
    open = "open"


# Kinds that a person might have typed; the others are written to be read.
SPOKEN = frozenset({Kind.alias, Kind.question, Kind.asked, Kind.outside, Kind.open})
# These stand for a code where no procedure is meant.
OUTSIDE = ""  # nothing in the listing answers it
FOLLOW_UP = "follow_up"  # no procedure is named at all: "hết bao nhiêu tiền"
NO_PROCEDURE = frozenset({OUTSIDE, FOLLOW_UP})
# Before the id of a clarification, where the question leaves open which of its procedures is meant.
OPEN = "open:"


@dataclass(frozen=True)
class Passage:
    """One text with the code of its procedure, one of `NO_PROCEDURE`, or `OPEN` and the id of a clarification.

    `topic` is the id of a signpost for texts about things done elsewhere, else empty.
    """

    code: str
    kind: Kind
    text: str
    topic: str = ""

    @property
    def is_spoken(self) -> bool:
        """Whether a person might have typed it: then it is read like a message, marks restored and all."""
        return self.kind in SPOKEN


def passages_of(procedure: Procedure) -> Iterator[Passage]:
    """The passages of one record."""

    def passage(kind: Kind, text: str) -> Passage:
        return Passage(procedure.code, kind, text)

    yield passage(Kind.name, procedure.name)
    yield passage(Kind.official_name, procedure.official_name)
    for alias in procedure.aliases:
        yield passage(Kind.alias, alias)
    for question in procedure.questions:
        yield passage(Kind.question, question)
    if TO_WRITE not in procedure.summary:  # a draft
        yield passage(Kind.summary, procedure.summary)
    for case in procedure.cases:
        for choice in case.choices:
            yield passage(Kind.case, f"{procedure.name}: {choice.label}")


def passage_of_brief(brief: Brief) -> Passage:
    """The one passage of a procedure known in brief: its name."""
    return Passage(brief.code, Kind.brief, brief.name)


def passages_of_signpost(signpost: Signpost) -> Iterator[Passage]:
    """The passages of a thing done elsewhere."""
    for text in (signpost.name, *signpost.questions):
        yield Passage(OUTSIDE, Kind.outside, text, signpost.id)


def passages_of_clarification(clarification: Clarification) -> Iterator[Passage]:
    """The passages of a situation that leaves open which procedure is meant."""
    for text in clarification.questions:
        yield Passage(OPEN + clarification.id, Kind.open, text)
