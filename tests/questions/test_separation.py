"""The evaluation questions measure something only as long as nothing that the bot learns from holds them."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from rapidfuzz import fuzz, process

from bot.answers.aspects import ASPECTS
from bot.evaluation.leakage import NEARLY_EQUAL, nearest, normal, texts_learnt_from
from bot.evaluation.questions import QUESTIONS, Expect, Question, load
from bot.knowledge.listing import Listing
from bot.settings import Settings
from bot.text.folding import fold

Sets = dict[str, list[Question]]

TYPED = {"plain", "no_diacritics", "teencode", "typo", "story", "terse"}
STYLES = {*TYPED, "voice", "regional"}
# By set, how many at least: with an answer (written out), with none, and such as leave the procedure open.
LEAST = {"development": (900, 130, 60), "frozen": (280, 70, 60)}


@pytest.fixture(scope="module")
def sets() -> Sets:
    return {name: load(QUESTIONS / name) for name in ("development", "frozen", "golden")}


@pytest.fixture(scope="module")
def questions(sets: Sets) -> list[Question]:
    """Every question of every set."""
    return [question for each in sets.values() for question in each]


@pytest.fixture(scope="module")
def learnt(settings: Settings, listing: Listing) -> dict[str, str]:
    """Every text that something learns from, normalized, and where it stands."""
    found: dict[str, str] = {}
    for where, text in texts_learnt_from(settings.knowledge, settings.nlu, listing):
        found.setdefault(normal(text), where)
    return found


def expecting(expect: Expect, questions: list[Question]) -> list[Question]:
    return [question for question in questions if question.expect is expect]


def written_out(questions: list[Question], listing: Listing) -> list[Question]:
    """Those about procedures that have a record."""
    return [question for question in expecting(Expect.answer, questions) if question.codes[0] not in listing.briefs]


def test_all_that_is_learnt_from_is_looked_at(learnt: dict[str, str], listing: Listing) -> None:
    assert all(normal(procedure.name) in learnt for procedure in listing)
    assert len(learnt) > 10_000
    assert {procedure.code for procedure in listing} <= set(learnt.values())
    assert {"signpost", "clarification", "brief"} <= {where.partition(" ")[0] for where in learnt.values()}


def test_no_question_stands_in_what_is_learnt_from(questions: list[Question], learnt: dict[str, str]) -> None:
    found = {q.id: learnt[normal(q.text)] for q in questions if normal(q.text) in learnt}
    assert found == {}


def test_no_question_is_nearly_equal_to_what_is_learnt_from(questions: list[Question], learnt: dict[str, str]) -> None:
    asked, known = [normal(question.text) for question in questions], list(learnt)
    found = []
    for row in np.flatnonzero(nearest(asked, known) >= NEARLY_EQUAL):
        text, _, _ = process.extractOne(asked[row], known, scorer=fuzz.ratio)
        found.append((questions[row].id, learnt[text], text))
    assert found == [], "what is learnt from has to go, not the question"


def test_no_two_questions_are_the_same(questions: list[Question]) -> None:
    assert [text for text, times in Counter(normal(q.text) for q in questions).items() if times > 1] == []


def test_ids_are_unique_over_all_sets(questions: list[Question]) -> None:
    assert [name for name, times in Counter(q.id for q in questions).items() if times > 1] == []


@pytest.mark.parametrize("name", LEAST)
def test_there_are_enough_of_each_kind(sets: Sets, listing: Listing, name: str) -> None:
    answerable, unknown, ambiguous = LEAST[name]
    assert len(written_out(sets[name], listing)) >= answerable
    assert len(expecting(Expect.unknown, sets[name])) >= unknown
    assert len(expecting(Expect.choose, sets[name])) >= ambiguous


def test_the_golden_set_stays_small_enough_for_every_change(sets: Sets) -> None:
    assert 140 <= len(sets["golden"]) <= 160


def test_every_label_is_one_that_exists(questions: list[Question], listing: Listing) -> None:
    for question in expecting(Expect.answer, questions):
        assert question.text.strip(), question.id
        assert 1 <= len(question.codes) == len(set(question.codes)), question.id
        assert all(code in listing or code in listing.briefs for code in question.codes), question.id
        assert len(question.aspects) == len(set(question.aspects)), question.id
        assert question.aspects and set(question.aspects) <= set(ASPECTS), question.id


def test_what_leaves_the_procedure_open_names_two_to_five_of_the_listing(
    questions: list[Question], listing: Listing
) -> None:
    for question in expecting(Expect.choose, questions):
        assert 2 <= len(question.codes) == len(set(question.codes)) <= 5, question.id
        assert all(code in listing for code in question.codes), question.id


@pytest.mark.parametrize("name", LEAST)
def test_the_unanswerable_are_near_or_far(sets: Sets, name: str) -> None:
    assert {question.kind for question in expecting(Expect.unknown, sets[name])} == {"near", "far"}


@pytest.mark.parametrize(
    "path", sorted(QUESTIONS.glob("*/*.jsonl")), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_what_expects_unknown_names_no_procedure(path: Path) -> None:
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    for row in rows:
        assert path.stem != "unanswerable" or row["expect"] == "unknown", row["id"]
        if row.get("expect") == "unknown":
            assert "codes" not in row and "aspects" not in row, row["id"]


def test_every_procedure_has_questions(sets: Sets, listing: Listing) -> None:
    """At least four for each everyday procedure, two for each of the others."""
    everyday = (QUESTIONS.parent / "knowledge" / "expected_codes.txt").read_text("utf-8").partition("[others]")[0]
    answerable = expecting(Expect.answer, sets["development"])
    counts = Counter(code for question in answerable for code in question.codes)
    few = {p.code: counts[p.code] for p in listing if counts[p.code] < (4 if p.code in everyday else 2)}
    assert few == {}


def test_what_is_known_in_brief_is_asked_for_too(sets: Sets, listing: Listing) -> None:
    answerable = expecting(Expect.answer, sets["development"])
    briefs = [question for question in answerable if set(question.codes) & set(listing.briefs)]
    assert len(briefs) >= 50
    assert all(code in listing.briefs for question in briefs for code in question.codes)


@pytest.mark.parametrize("name", LEAST)
def test_every_style_of_typing_is_present(sets: Sets, listing: Listing, name: str) -> None:
    assert {question.style for question in sets[name]} <= STYLES
    kinds = [expecting(expect, sets[name]) for expect in (Expect.unknown, Expect.choose)]
    for questions in (written_out(sets[name], listing), *kinds):
        assert {question.style for question in questions} >= TYPED


def test_the_frozen_set_is_spoken_and_regional_too(sets: Sets, listing: Listing) -> None:
    assert {question.style for question in written_out(sets["frozen"], listing)} == STYLES


def test_what_is_called_without_marks_has_none(questions: list[Question]) -> None:
    marked = [q.id for q in questions if q.style == "no_diacritics" and fold(q.text) != q.text.casefold()]
    assert marked == []


def test_golden_answers_are_held_to_facts_that_can_be_looked_for(sets: Sets) -> None:
    for question in sets["golden"]:
        assert bool(question.must) == (question.expect is Expect.answer), question.id
        for pattern in question.must:
            assert re.compile(pattern).search("") is None, f"{question.id}: '{pattern}' fits anything"
            assert unicodedata.is_normalized("NFC", pattern), question.id
