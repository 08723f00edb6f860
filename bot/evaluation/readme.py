"""The README's table of results, written by the run that measured them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from bot.evaluation.result import OURS, Result
from bot.evaluation.scores import ALL
from bot.evaluation.table import Table, number
from bot.evaluation.targets import Target, targets

BEGIN, END = "<!-- measured by `make eval` -->", "<!-- end of what was measured -->"


def write(readme: Path, results: Sequence[Result]) -> None:
    """Put the results of all sets between the two marks. Raises ValueError if the marks are not there."""
    text = readme.read_text(encoding="utf-8")
    if BEGIN not in text or END not in text:
        raise ValueError(f"{readme} lacks the lines '{BEGIN}' and '{END}'")
    between = f"{BEGIN}\n\n{_summary(results)}\n{END}"
    written = re.sub(re.escape(BEGIN) + ".*" + re.escape(END), lambda _: between, text, flags=re.DOTALL)
    readme.write_text(written, encoding="utf-8")


def _summary(results: Sequence[Result]) -> str:
    by_set = [{target.name: target for target in targets(result)} for result in results]
    names = dict.fromkeys(name for each in by_set for name in each)
    rows = [[name, _wanted(by_set, name), *(_cell(each.get(name)) for each in by_set)] for name in names]
    heads = [f"{result.name} ({len(result.questions)})" for result in results]
    goals = Table("", ["measure", "wanted", *heads], rows)
    rankers = Table(
        "",
        ["right procedure first", *heads],
        [[ranker, *(_top_1(result, ranker) for result in results)] for ranker in results[0].rankings],
    )
    return "\n\n".join(table.body() for table in (goals, rankers)) + "\n"


def _wanted(by_set: Sequence[dict[str, Target]], name: str) -> str:
    target = next(each[name] for each in by_set if name in each)
    return f"{'≤' if target.at_most else '≥'} {target.wanted:g}"


def _cell(target: Target | None) -> str:
    if target is None:
        return "–"
    measured = f"{target.measured:.3g}"
    return f"**{measured}**" if target.met else measured


def _top_1(result: Result, ranker: str) -> str:
    score = result.ranked(ranker)[ALL]
    low, high = score.interval
    cell = f"{number(score.top_1)} ({number(low)} to {number(high)})"
    return f"**{cell}**" if ranker == OURS else cell
