"""What a run leaves: `latest.md` to read, `latest.json` to compare, `questions.jsonl` to look into."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.evaluation.result import Result
from bot.evaluation.scores import ALL
from bot.evaluation.tables import tables
from bot.evaluation.targets import targets
from bot.evaluation.verdict import in_words


def save(result: Result, folder: Path, *, heading: str) -> None:
    """Write all three files; the folder is made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    markdown = [f"# {heading}\n", *(table.as_markdown() for table in tables(result))]
    (folder / "latest.md").write_text("\n".join(markdown), encoding="utf-8")
    figures = json.dumps(_without_nan(_figures(result, heading)), ensure_ascii=False, indent=1)
    (folder / "latest.json").write_text(figures + "\n", encoding="utf-8")
    lines = [json.dumps(row, ensure_ascii=False) for row in question_rows(result)]
    (folder / "questions.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def question_rows(result: Result) -> Iterator[dict[str, Any]]:
    """For each question: what was asked and expected, what each ranker and the chat came to, and what went wrong."""
    for n, question in enumerate((*result.answerable, *result.unanswerable)):
        found, heard = result.found[n], result.heard[n]
        yield {
            **asdict(question),
            "best": {ranker: rankings[n][:3] for ranker, rankings in result.rankings.items()},
            "decision": found.decision.value,
            "fits": round(found.fits, 3),
            "read_as": found.reading.text,
            "chat": asdict(heard),
            "verdict": in_words(question, heard),
        }


def _figures(result: Result, heading: str) -> dict[str, Any]:
    return {
        "heading": heading,
        "search": {
            ranker: {
                **_rows(result.ranked(ranker)),
                f"{ALL}, without diacritics": asdict(result.without_diacritics(ranker)),
                "interval_of_top_1": result.interval(ranker),
            }
            for ranker in result.rankings
        },
        "search by field": _rows(result.by_field()),
        "chat": _rows(result.talked()),
        "briefs": asdict(result.talked_of_briefs()),
        "unknown": _rows(result.refused()),
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
