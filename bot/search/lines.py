"""Contract 2: the search alone, a question a line."""

from __future__ import annotations

import json
from collections.abc import Mapping

from bot.search.finder import Finder


def answer_json(line: str, finder: Finder, names: Mapping[str, str]) -> str:
    """`{"id", "text"}` in, `{"id", "decision", "candidates"}` out; for a broken line `{"id": null, "error"}`."""
    try:
        question = json.loads(line)
        number, text = question["id"], question["text"]
        if not isinstance(text, str):
            raise TypeError("'text' must be a string")
    except (ValueError, KeyError, TypeError) as error:
        return json.dumps({"id": None, "error": f'expected {{"id", "text"}}: {error}'}, ensure_ascii=False)
    found = finder(text)
    candidates = [{"code": c.code, "name": names.get(c.code, ""), "score": c.score} for c in found.candidates]
    return json.dumps({"id": number, "decision": found.decision.value, "candidates": candidates}, ensure_ascii=False)


def answer_text(line: str, finder: Finder, names: Mapping[str, str]) -> str:
    """A question in, the decision and the three best candidates out, for a person to read."""
    found = finder(line.strip())
    best = "; ".join(f"{c.code} {names.get(c.code, '')} ({c.score:.2f})" for c in found.candidates[:3])
    return f"{found.decision.value} (fits {found.fits:.2f}, read as “{found.reading.text}”): {best}"
