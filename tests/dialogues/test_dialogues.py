"""The scripted dialogues are well-formed, can be answered, and repeat nothing that the assistant has learnt from."""

from __future__ import annotations

import re

import pytest

from bot.answers.words import load_words
from bot.evaluation.dialogues import CARDS, DIALOGUES, Dialogue, Line, load
from bot.evaluation.leakage import nearest, normal, texts_learnt_from
from bot.knowledge.listing import Listing
from bot.settings import Settings

HOW_MANY = 60
SHORTEST, LONGEST = 3, 8  # turns
# Longer lines than this are words of one's own; a short one ("mấy ngày?") is what everybody says.
LETTERS, TOO_NEAR = 20, 90


@pytest.fixture(scope="module")
def dialogues() -> list[Dialogue]:
    return load(DIALOGUES)


@pytest.fixture(scope="module")
def lines(dialogues: list[Dialogue]) -> dict[str, Line]:
    """Each line under "d-001 turn 2"."""
    return {f"{one.id} turn {turn}": line for one in dialogues for turn, line in enumerate(one.lines, 1)}


def test_there_are_as_many_as_there_should_be_each_with_an_id_of_its_own(dialogues: list[Dialogue]) -> None:
    assert len(dialogues) == len({one.id for one in dialogues}) == HOW_MANY


def test_each_says_what_it_is_about_in_three_to_eight_turns(dialogues: list[Dialogue]) -> None:
    wrong = [one.id for one in dialogues if not SHORTEST <= len(one.lines) <= LONGEST or not one.note.strip()]
    assert wrong == []


def test_every_kind_of_turn_but_a_refusal_is_tried(lines: dict[str, Line]) -> None:
    assert {line.expect for line in lines.values()} >= {*CARDS} - {"refused"}


def test_every_line_says_something(lines: dict[str, Line]) -> None:
    assert [where for where, line in lines.items() if not re.search(r"\w", line.user)] == []


def test_every_code_is_one_of_the_listing(lines: dict[str, Line], listing: Listing) -> None:
    assert {where: line.codes for where, line in lines.items() if not {*line.codes} <= {*listing.names}} == {}


def test_every_kind_is_one_that_some_card_has(lines: dict[str, Line]) -> None:
    kinds = {(one.card["type"], one.card.get("kind")) for variants in load_words().values() for one in variants}
    wanted = {where: (line.expect, line.kind) for where, line in lines.items() if line.kind}
    # The kind of the message stands in a slot: a question is taken down by "human", the others by their own names.
    taken_down = {("service", kind) for kind in ("human", "complaint", "feedback")}
    composed = {("smalltalk", "next_steps")}  # by bot/answers/next_steps.py
    assert {where: one for where, one in wanted.items() if one not in kinds | taken_down | composed} == {}


def test_only_what_an_answer_holds_is_asked_of_one(lines: dict[str, Line]) -> None:
    """Codes and aspects judge nothing where neither an answer nor a choice is expected; a kind nothing where one is."""
    wrong = [
        where
        for where, line in lines.items()
        if (line.aspects and line.expect != "answer")
        or (line.codes and line.expect not in ("answer", "clarify"))
        or (line.kind and line.expect not in ("service", "smalltalk"))
    ]
    assert wrong == []


def test_every_pattern_can_fail(lines: dict[str, Line]) -> None:
    """What is matched by nothing at all asks for nothing, unless it says what must not be said."""
    empty = [
        (where, pattern)
        for where, line in lines.items()
        for pattern in line.must
        if "(?!" not in pattern and re.search(pattern, "", re.IGNORECASE | re.DOTALL)
    ]
    assert empty == []


def test_patterns_are_composed_as_replies_are(lines: dict[str, Line]) -> None:
    """A mark that stands apart from its letter would never be found."""
    apart = re.compile("[\u0300-\u036f]")
    assert [where for where, line in lines.items() for pattern in line.must if apart.search(pattern)] == []


def test_no_line_repeats_what_was_learnt_from(lines: dict[str, Line], settings: Settings, listing: Listing) -> None:
    said = {where: normal(line.user) for where, line in lines.items()}
    said = {where: text for where, text in said.items() if len(text) > LETTERS}
    learnt = sorted({normal(text) for _, text in texts_learnt_from(settings.knowledge, settings.nlu, listing)})
    ratios = dict(zip(said, nearest(list(said.values()), learnt)))
    assert {where: (said[where], round(float(ratio))) for where, ratio in ratios.items() if ratio > TOO_NEAR} == {}


def test_what_is_too_near_is_seen(settings: Settings, listing: Listing) -> None:
    question = next(iter(listing)).questions[0]
    learnt = [normal(text) for _, text in texts_learnt_from(settings.knowledge, settings.nlu, listing)]
    (ratio,) = nearest([normal(f"{question} ạ?")], learnt)
    assert ratio > TOO_NEAR
