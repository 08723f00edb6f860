"""What a run leaves: `report.md` to read, `figures.json` to compare, `questions.jsonl` to look into."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.evaluation.flips import Row
from bot.evaluation.result import OURS, Result
from bot.evaluation.tables import tables
from bot.evaluation.targets import targets
from bot.evaluation.verdict import in_words
from bot.search.finder import Found

NEAR_MISSES = 3


def save(result: Result, folder: Path, *, heading: str) -> None:
    """Write all three files; the folder is made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    markdown = [f"# {heading}\n", *(table.as_markdown() for table in tables(result))]
    (folder / "report.md").write_text("\n".join(markdown), encoding="utf-8")
    figures = json.dumps(_without_nan(_figures(result, heading)), ensure_ascii=False, indent=1)
    (folder / "figures.json").write_text(figures + "\n", encoding="utf-8")
    lines = [json.dumps(row, ensure_ascii=False) for row in question_rows(result)]
    (folder / "questions.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def load_rows(path: Path) -> list[Row]:
    """The questions of an earlier run; none if there was none."""
    if not path.exists():
        return []
    # Not splitlines(): a line separator (U+2028) may stand unescaped within a JSON string.
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def question_rows(result: Result) -> Iterator[Row]:
    """For each question: what was asked and expected, what the search and the chat came to, and what went wrong."""
    for question in result.questions:
        found, heard = result.found[question.id], result.heard[question.id]
        yield {
            **asdict(question),
            "verdict": in_words(question, heard),
            "read_as": found.reading.text,
            "decision": found.decision.value,
            "fits": round(found.fits, 3),
            "near": _near(found),
            "baselines": {name: ranking[question.id][:NEAR_MISSES] for name, ranking in result.baselines.items()},
            "chat": asdict(heard),
        }


def _near(found: Found) -> list[dict[str, Any]]:
    """The best procedures with the score of each leg: why the first is first."""
    return [
        {"code": candidate.code, "score": candidate.score, **found.legs.get(candidate.code, {})}
        for candidate in found.candidates[:NEAR_MISSES]
    ]


def _figures(result: Result, heading: str) -> dict[str, Any]:
    return {
        "heading": heading,
        "search": {ranker: _rows(result.ranked(ranker)) for ranker in result.rankings},
        "search with noise": _rows(result.ranked_noisy()),
        "search by field": _rows(result.by_field()),
        "chat": _rows(result.talked()),
        "briefs": asdict(result.talked_of_briefs()),
        "open": asdict(result.asked_back()),
        "unknown": _rows(result.refused()),
        "leakage": asdict(result.leakage) if result.leakage else None,
        "ranker": OURS,
        "targets": [{**asdict(target), "met": target.met} for target in targets(result)],
    }


def _rows(scores: dict[str, Any]) -> dict[str, dict[str, float]]:
    return {name: asdict(score) for name, score in scores.items()}


def _without_nan(part: Any) -> Any:
    """JSON knows no NaN: null stands for what could not be measured."""
    if isinstance(part, dict):
        return {key: _without_nan(value) for key, value in part.items()}
    if isinstance(part, (list, tuple)):
        return [_without_nan(value) for value in part]
    return None if isinstance(part, float) and math.isnan(part) else part
