"""The evaluation questions measure something only as long as nothing that the bot learns from holds them."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from rapidfuzz import fuzz, process

from bot.answers.aspects import ASPECTS
from bot.knowledge.listing import Listing
from bot.settings import Settings
from bot.text.folding import fold

HERE = Path(__file__).parent
STYLES = {"plain", "no_diacritics", "teencode", "typo", "story", "terse"}
NEARLY_EQUAL = 95  # of 100


def normal(text: str) -> str:
    """Folded, without punctuation: what makes two questions the same."""
    return " ".join(re.findall(r"\w+", fold(text)))


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / name).read_text("utf-8").splitlines() if line.strip()]


@pytest.fixture(scope="module")
def answerable() -> list[dict[str, Any]]:
    return rows("procedures.jsonl")


@pytest.fixture(scope="module")
def unanswerable() -> list[dict[str, Any]]:
    return rows("unanswerable.jsonl")


@pytest.fixture(scope="module")
def questions() -> list[dict[str, Any]]:
    """Every question of every set."""
    return [question for path in sorted(HERE.glob("*.jsonl")) for question in rows(path.name)]


def texts_learnt_from(settings: Settings, listing: Listing) -> Iterator[tuple[str, str]]:
    """(where, text) of everything that the search or Rasa learns from."""
    for procedure in listing:
        for text in (procedure.name, procedure.official_name, *procedure.aliases, *procedure.questions):
            yield procedure.code, text
    for path in sorted(settings.nlu.rglob("*.yml")):
        for block in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
            examples = block.get("examples", block.get("lookup", []))
            if isinstance(examples, str):
                examples = [{"text": line.strip().removeprefix("-")} for line in examples.splitlines()]
            for example in examples:
                yield path.name, example["text"]
    for signpost in yaml.safe_load((settings.knowledge / "signposts.yml").read_text("utf-8")):
        for text in (signpost["name"], *signpost["questions"]):
            yield f"signpost {signpost['id']}", text


@pytest.fixture(scope="module")
def learnt(settings: Settings, listing: Listing) -> dict[str, str]:
    """Every text that something learns from, normalized, and where it stands."""
    return {normal(text): where for where, text in texts_learnt_from(settings, listing) if normal(text)}


def test_all_that_is_learnt_from_is_looked_at(learnt: dict[str, str], listing: Listing) -> None:
    assert all(normal(procedure.name) in learnt for procedure in listing)
    assert len(learnt) > 3000
    assert {procedure.code for procedure in listing} <= set(learnt.values())
    assert any(where.startswith("signpost") for where in learnt.values())


def test_no_question_stands_in_what_is_learnt_from(questions: list[dict[str, Any]], learnt: dict[str, str]) -> None:
    found = {q["id"]: learnt[normal(q["text"])] for q in questions if normal(q["text"]) in learnt}
    assert found == {}


def test_no_question_is_nearly_equal_to_what_is_learnt_from(
    questions: list[dict[str, Any]], learnt: dict[str, str]
) -> None:
    asked, known = [normal(question["text"]) for question in questions], list(learnt)
    ratios = process.cdist(asked, known, scorer=fuzz.ratio, score_cutoff=NEARLY_EQUAL, dtype=np.uint8)
    found = [(questions[row]["id"], asked[row], known[column]) for row, column in np.argwhere(ratios >= NEARLY_EQUAL)]
    assert found == []


def test_no_two_questions_are_the_same(questions: list[dict[str, Any]]) -> None:
    assert [text for text, times in Counter(normal(q["text"]) for q in questions).items() if times > 1] == []


def test_ids_are_unique(questions: list[dict[str, Any]]) -> None:
    assert [name for name, times in Counter(q["id"] for q in questions).items() if times > 1] == []


def test_there_are_enough_of_both_kinds(answerable: list[dict[str, Any]], unanswerable: list[dict[str, Any]]) -> None:
    assert len(answerable) >= 900
    assert len(unanswerable) >= 60


def test_every_label_is_one_that_exists(answerable: list[dict[str, Any]], listing: Listing) -> None:
    for question in answerable:
        assert question["text"].strip(), question["id"]
        assert 1 <= len(question["codes"]) == len(set(question["codes"])), question["id"]
        assert all(code in listing for code in question["codes"]), question["id"]
        assert question["aspects"] and set(question["aspects"]) <= set(ASPECTS), question["id"]


def test_the_unanswerable_expect_unknown(unanswerable: list[dict[str, Any]]) -> None:
    for question in unanswerable:
        assert question["text"].strip()
        assert question["expect"] == "unknown"
        assert question["kind"] in {"near", "far"}
        assert "codes" not in question


def test_every_procedure_has_questions(answerable: list[dict[str, Any]], listing: Listing) -> None:
    """At least four for each everyday procedure, two for each of the others."""
    everyday = (HERE.parent / "knowledge" / "expected_codes.txt").read_text("utf-8").partition("[others]")[0]
    counts = Counter(code for question in answerable for code in question["codes"])
    few = {p.code: counts[p.code] for p in listing if counts[p.code] < (4 if p.code in everyday else 2)}
    assert few == {}


def test_what_is_known_in_brief_is_asked_for_too(listing: Listing) -> None:
    briefs = rows("briefs.jsonl")
    assert len(briefs) >= 50
    assert all(code in listing.briefs for question in briefs for code in question["codes"])


def test_every_style_of_typing_is_present(answerable: list[dict[str, Any]], unanswerable: list[dict[str, Any]]) -> None:
    for rows_ in (answerable, unanswerable):
        assert {question["style"] for question in rows_} == STYLES


def test_what_is_called_without_marks_has_none(questions: list[dict[str, Any]]) -> None:
    marked = [q["id"] for q in questions if q["style"] == "no_diacritics" and fold(q["text"]) != q["text"].casefold()]
    assert marked == []
