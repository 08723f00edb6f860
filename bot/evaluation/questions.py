"""The question sets: JSON lines in, questions out. Their shape is described in tests/questions/README.md."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from bot.answers.aspects import ASPECTS
from bot.knowledge.yaml_lines import RecordError
from bot.settings import ROOT

QUESTIONS = ROOT / "tests" / "questions"


class Expect(str, Enum):
    """What a good clerk does with a question."""

    answer = "answer"
    choose = "choose"
    unknown = "unknown"
    service = "service"
    smalltalk = "smalltalk"


_ALSO_CALLED = {"abstain": Expect.unknown}


@dataclass(frozen=True)
class Question:
    """What was asked and what is right.

    To answer, any of `codes` will do, the `aspects` are those asked, and the answer's text matches every pattern of
    `must`. To ask back, all of `codes` are to be offered. `kind` tells the unanswerable apart: far from every
    procedure, or near one.
    """

    id: str
    text: str
    style: str
    expect: Expect
    codes: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    kind: str = ""


def load(folder: Path) -> list[Question]:
    """All questions of a folder's `*.jsonl`; whole dialogues and tests of other things are passed over.

    Raises RecordError for a broken line, FileNotFoundError where there is no such file.
    """
    paths = sorted(folder.glob("*.jsonl"))
    if not paths:
        raise FileNotFoundError(f"{folder} holds no question set (*.jsonl)")
    questions: dict[str, Question] = {}
    faults: list[str] = []
    for path in paths:
        for number, line in _lines(path):
            try:
                question = _question(_object(line))
                if question is None:
                    continue
                if question.id in questions:
                    raise ValueError(f"the id {question.id} stands here twice")
                questions[question.id] = question
            except (ValueError, re.error) as fault:
                faults.append(f"{path}:{number}: {fault}")
    if not questions and not faults:
        faults.append(f"{folder}: no questions")
    if faults:
        raise RecordError("\n".join(faults))
    return list(questions.values())


def _question(row: dict[str, Any]) -> Question | None:
    if "turns" in row:
        return None
    expect = _expected(row)
    if expect is None:
        return None
    codes = _texts(row, "codes") if expect in (Expect.answer, Expect.choose) else ()
    aspects = _texts(row, "aspects") if expect is Expect.answer else ()
    if strange := [aspect for aspect in aspects if aspect not in ASPECTS]:
        raise ValueError(f"'{strange[0]}' is not one of the aspects {', '.join(ASPECTS)}")
    must = _texts(row, "must") if row.get("must") else ()
    for pattern in must:
        re.compile(pattern)
    return Question(
        id=_text(row, "id"),
        text=_text(row, "text"),
        style=_text(row, "style") if "style" in row else "",
        expect=expect,
        codes=codes,
        aspects=aspects,
        must=must,
        kind=str(row.get("kind", "")),
    )


def _expected(row: dict[str, Any]) -> Expect | None:
    """What is expected, said or to be seen from what else is given; None for what is tested elsewhere."""
    said = row.get("expect")
    if said is None:
        return Expect.answer if "aspects" in row else Expect.choose
    if not isinstance(said, str):
        raise ValueError("'expect' must be a text")
    if said in _ALSO_CALLED:
        return _ALSO_CALLED[said]
    if said == "safe":  # hostile or broken input: whether it is met safely is no question of quality
        return None
    return Expect(said)


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
