import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.evaluation.conversation import Heard
from bot.evaluation.leakage import Leakage
from bot.evaluation.questions import Expect, Question
from bot.evaluation.result import Result
from bot.evaluation.saved import load_rows, question_rows, save
from bot.evaluation.table import Table
from bot.evaluation.tables import tables
from bot.search.finder import Found


def by_title(result: Result) -> dict[str, Table]:
    return {table.title.partition(":")[2].strip() or table.title: table for table in tables(result)}


def test_the_tables_hold_every_style_ranker_and_kind(result: Result) -> None:
    found = by_title(result)
    search = found["the right procedure among all of the listing"]
    assert [row[0] for row in search.rows] == ["plain", "typo", "all"]
    assert search.rows[-1] == ["all", "2", "0.500", "1.000", "0.750", "0.500", "1.000", "0.750"]
    chat = found["questions that the listing answers"].rows[-1]
    assert chat[:7] == ["all", "2", "0.500", "0.000", "0.500", "0.000", "0.000"]
    assert chat[7:] == ["1.000", "1.000", "–", "1.000"]
    assert found["questions that leave the procedure open"].rows == [["1", "1.000", "1.000", "0.000", "0.000"]]
    unknown = found["questions that the listing does not answer"]
    assert [row[0] for row in unknown.rows] == ["far", "all"]


def test_what_a_less_careful_hand_costs_has_a_table(result: Result) -> None:
    assert by_title(result)["the same questions from a less careful hand"].rows == [
        ["without diacritics", "0.000", "0.500", "50.0"],
        ["BM25, without diacritics", "0.500", "0.500", "0.0"],
    ]


def test_a_target_counts_the_questions_that_tell_about_it(result: Result) -> None:
    targets = {row[0]: row[1:] for row in by_title(result)["Targets"].rows}
    assert targets["search: right procedure first"] == ["2", "≥ 0.95", "0.5", "no"]
    assert targets["search: points lost without diacritics"] == ["2", "≤ 1", "50", "no"]
    assert targets["chat: aspects exactly right"] == ["1", "≥ 0.95", "1", "yes"]
    assert targets["chat: several fit, all of them offered"] == ["1", "≥ 0.9", "1", "yes"]
    assert "chat: two aspects or more, exactly" not in targets, "nobody asked two"
    assert "search: median (ms)" not in targets, "nothing was timed"


@pytest.fixture
def whole(result: Result, make_found: Callable[..., Found]) -> Result:
    """The same with fields, times, leakage and questions about what is known in brief."""
    heard = [Heard("answer", ("8",)), Heard("answer", ("1",)), Heard("choose", ("1", "8")), Heard("unknown")]
    briefs = {f"b-{n}": one for n, one in enumerate(heard)}
    asked = [Question(id_, "nuôi cá lồng", "plain", Expect.answer, codes=("8",)) for id_ in briefs]
    baseline = {**result.baselines["BM25"], **{id_: [] for id_ in briefs}}
    return replace(
        result,
        questions=[*result.questions, *asked],
        found={**result.found, **{id_: make_found("nuôi cá lồng", "8") for id_ in briefs}},
        heard={**result.heard, **briefs},
        baselines={"BM25": baseline},
        fields={"1": "Hộ tịch", "2": "Hộ tịch"},
        briefs=frozenset({"8"}),
        leakage=Leakage(equal=0.0, nearly_equal=0.1, alike=0.2, median=60.0),
        seconds=[0.01, 0.02, 0.03],
    )


def test_fields_and_briefs_have_tables_of_their_own(whole: Result) -> None:
    found = by_title(whole)
    assert found["Search by field"].rows == [["Hộ tịch", "2", "0.500", "1.000", "0.750"]]
    assert found["procedures known in brief"].rows == [["4", "0.250", "0.250", "0.250", "0.250"]]
    search = found["the right procedure among all of the listing"]
    assert search.rows[-1][1] == "2", "briefs are no part of it"
    assert "0.000 stand in what is learnt from, 0.100 nearly so" in search.note
    assert found["Targets"].rows[-1] == ["search: median (ms)", "3", "≤ 25", "20", "yes"]


def test_every_table_has_as_many_cells_as_columns(whole: Result) -> None:
    assert all(len(row) == len(table.columns) for table in tables(whole) for row in table.rows)


def test_all_three_files_are_saved(result: Result, tmp_path: Path) -> None:
    save(result, tmp_path / "small", heading="Evaluation")
    markdown = (tmp_path / "small" / "report.md").read_text(encoding="utf-8")
    assert markdown.startswith("# Evaluation\n")
    assert "| all | 2 | 0.500 |" in markdown
    figures = json.loads((tmp_path / "small" / "figures.json").read_text(encoding="utf-8"))
    assert figures["search"]["ours"]["all"]["top_1"] == 0.5
    assert figures["chat"]["typo"]["aspect_f1"] is None, "nothing was answered, so nothing was measured"
    assert figures["open"]["all_offered"] == 1.0
    rows = load_rows(tmp_path / "small" / "questions.jsonl")
    assert [row["verdict"] for row in rows] == ["right", "asked back, right one at place 2", "right", "right"]
    assert rows[0]["near"] == [{"code": "1", "score": 1.0, "words": 0.5}, {"code": "2", "score": 1.0}]
    assert (rows[0]["expect"], rows[0]["read_as"], rows[0]["chat"]["text"]) == ("answer", "khai sinh", "Miễn phí.")
    assert rows[1]["baselines"] == {"BM25": ["2"]}


def test_rows_come_back_as_they_were_saved_even_with_a_line_separator(result: Result, tmp_path: Path) -> None:
    heard = {**result.heard, "u-1": Heard("unknown", text="Không có\u2028trong danh mục\u0085")}
    result = replace(result, heard=heard)
    save(result, tmp_path, heading="Evaluation")
    assert load_rows(tmp_path / "questions.jsonl") == json.loads(json.dumps(list(question_rows(result))))


def test_before_the_first_run_there_are_no_rows(tmp_path: Path) -> None:
    assert load_rows(tmp_path / "questions.jsonl") == []
