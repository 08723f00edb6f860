import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.evaluation.conversation import Heard
from bot.evaluation.questions import Question
from bot.evaluation.result import Result
from bot.evaluation.saved import save
from bot.evaluation.tables import tables
from bot.search.decision import Decision
from bot.search.finder import Candidate, Found
from bot.text.reading import Reading


def found(text: str, *codes: str) -> Found:
    return Found(
        reading=Reading(typed=text, text=text, words=(), restored=False, changes=()),
        decision=Decision.answer,
        candidates=tuple(Candidate(code, 1.0) for code in codes),
        offered=1,
        fits=0.9,
        topic="",
    )


@pytest.fixture
def result() -> Result:
    rankings = [["1", "2"], ["1", "2"], ["1"]]
    return Result(
        answerable=[
            Question("q-1", "khai sinh", "plain", codes=("1",), aspects=("fee",)),
            Question("q-2", "khai tử", "typo", codes=("2",), aspects=("who",)),
        ],
        unanswerable=[Question("u-1", "thời tiết", "plain", kind="far")],
        rankings={"ours": rankings, "BM25": rankings},
        folded={"ours": rankings[1:2] * 2, "BM25": rankings[:2]},
        found=[found("khai sinh", "1", "2"), found("khai tử", "1", "2"), found("thời tiết", "1")],
        heard=[Heard("answer", ("1",), ("fee",)), Heard("choose", ("1", "2")), Heard("unknown")],
    )


def test_the_tables_hold_every_style_and_ranker(result: Result) -> None:
    search, chat, unknown, targets = tables(result)
    assert [row[0] for row in search.rows] == ["plain", "typo", "all", "all, without diacritics", "points lost so"]
    assert search.rows[2] == ["all", "2", "0.500", "1.000", "0.750", "0.500", "1.000", "0.750"]
    assert chat.rows[-1] == ["all", "2", "0.500", "0.000", "0.500", "0.000", "0.000", "1.000", "1.000"]
    assert [row[0] for row in unknown.rows] == ["far", "plain", "all"]
    assert [row[3] for row in targets.rows] == ["no", "yes", "yes", "yes", "yes"]


@pytest.fixture
def whole(result: Result) -> Result:
    """The same with fields and with questions about what is known in brief."""
    return replace(
        result,
        fields={"1": "Hộ tịch", "2": "Hộ tịch"},
        briefs=[Question(f"b-{n}", "nuôi cá lồng", "plain", codes=("8",)) for n in range(4)],
        heard_of_briefs=[
            Heard("answer", ("8",)),
            Heard("answer", ("1",)),
            Heard("choose", ("1", "8")),
            Heard("unknown"),
        ],
    )


def test_fields_and_briefs_have_tables_of_their_own(whole: Result) -> None:
    by_title = {table.title: table.rows for table in tables(whole)}
    assert by_title["Search by field"] == [["Hộ tịch", "2", "0.500", "1.000", "0.750"]]
    assert by_title["Chat: procedures known in brief"] == [["4", "0.250", "0.250", "0.250", "0.250"]]


def test_every_table_has_as_many_cells_as_columns(whole: Result) -> None:
    assert all(len(row) == len(table.columns) for table in tables(whole) for row in table.rows)


def test_all_three_files_are_saved(result: Result, tmp_path: Path) -> None:
    save(result, tmp_path / "evaluation", heading="Evaluation")
    markdown = (tmp_path / "evaluation" / "latest.md").read_text(encoding="utf-8")
    assert markdown.startswith("# Evaluation\n")
    assert "| all | 2 | 0.500 |" in markdown
    figures = json.loads((tmp_path / "evaluation" / "latest.json").read_text(encoding="utf-8"))
    assert figures["search"]["ours"]["all"]["top_1"] == 0.5
    assert figures["chat"]["typo"]["aspect_f1"] is None, "nothing was answered, so nothing was measured"
    lines = (tmp_path / "evaluation" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert [row["verdict"] for row in rows] == ["right", "asked back, right one at place 2", "right"]
    assert rows[0]["best"] == {"ours": ["1", "2"], "BM25": ["1", "2"]}
    assert rows[0]["read_as"] == "khai sinh"
