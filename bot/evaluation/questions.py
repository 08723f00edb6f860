"""The question sets: JSON lines in, questions out. Their shape is described in tests/questions/README.md."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.answers.aspects import ASPECTS
from bot.knowledge.yaml_lines import RecordError
from bot.settings import ROOT

QUESTIONS = ROOT / "tests" / "questions"


@dataclass(frozen=True)
class Question:
    """What was asked and what is right: `codes` any of which will do (none: the right answer is "unknown")."""

    id: str
    text: str
    style: str
    codes: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    kind: str = ""  # of the unanswerable: far from every procedure, or near one


def load_answerable(folder: Path = QUESTIONS) -> list[Question]:
    """Questions that the listing answers, from `procedures.jsonl`. Raises RecordError, FileNotFoundError."""
    return _load(folder / "procedures.jsonl", _answerable)


def load_briefs(folder: Path = QUESTIONS) -> list[Question]:
    """Questions about procedures known in brief, from `briefs.jsonl`; none where a set has no such file."""
    path = folder / "briefs.jsonl"
    return _load(path, _answerable) if path.exists() else []


def load_unanswerable(folder: Path = QUESTIONS) -> list[Question]:
    """Questions that it does not answer, from `unanswerable.jsonl`. Raises RecordError, FileNotFoundError."""
    return _load(folder / "unanswerable.jsonl", _unanswerable)


def _answerable(row: dict[str, Any]) -> Question:
    codes, aspects = _texts(row, "codes"), _texts(row, "aspects")
    if strange := [aspect for aspect in aspects if aspect not in ASPECTS]:
        raise ValueError(f"'{strange[0]}' is not one of the aspects {', '.join(ASPECTS)}")
    return Question(_text(row, "id"), _text(row, "text"), _text(row, "style"), codes=codes, aspects=aspects)


def _unanswerable(row: dict[str, Any]) -> Question:
    if row.get("expect") != "unknown":
        raise ValueError("'expect' must be \"unknown\"")
    return Question(_text(row, "id"), _text(row, "text"), _text(row, "style"), kind=_text(row, "kind"))


def _load(path: Path, parse: Callable[[dict[str, Any]], Question]) -> list[Question]:
    questions: dict[str, Question] = {}
    faults: list[str] = []
    for number, line in _lines(path):
        try:
            question = parse(_object(line))
            if question.id in questions:
                raise ValueError(f"the id {question.id} stands here twice")
            questions[question.id] = question
        except ValueError as fault:
            faults.append(f"{path}:{number}: {fault}")
    if not questions and not faults:
        faults.append(f"{path}:1: no questions")
    if faults:
        raise RecordError("\n".join(faults))
    return list(questions.values())


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    # Not splitlines(): a line separator (U+2028) may stand unescaped within a JSON string.
    with path.open(encoding="utf-8", newline="\n") as file:
        yield from ((number, line) for number, line in enumerate(file, 1) if line.strip())


def _object(line: str) -> dict[str, Any]:
    row = json.loads(line)
    if not isinstance(row, dict):
        raise ValueError(f"expected an object, found {type(row).__name__}")
    return row


def _text(row: dict[str, Any], key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"'{key}' must be a text")
    return value


def _texts(row: dict[str, Any], key: str) -> tuple[str, ...]:
    value = row.get(key)
    if not isinstance(value, list) or not value or not all(isinstance(item, str) and item for item in value):
        raise ValueError(f"'{key}' must be a list of texts, with at least one")
    return tuple(value)
