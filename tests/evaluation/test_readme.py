from dataclasses import replace
from pathlib import Path

import pytest

from bot.evaluation.questions import Expect, Question
from bot.evaluation.readme import BEGIN, END, write
from bot.evaluation.result import Result
from bot.settings import ROOT


@pytest.fixture
def readme(tmp_path: Path) -> Path:
    path = tmp_path / "README.md"
    path.write_text(f"# Trợ lý\n\n{BEGIN}\nold figures \\1\n{END}\n\nafter\n", encoding="utf-8")
    return path


def test_what_was_measured_stands_between_the_marks(readme: Path, result: Result) -> None:
    questions = [
        question if question.expect is Expect.answer else Question(question.id, "…", "plain", Expect.smalltalk)
        for question in result.questions
    ]
    write(readme, [replace(result, name="development"), replace(result, name="frozen", questions=questions)])
    text = readme.read_text(encoding="utf-8")
    assert text.startswith(f"# Trợ lý\n\n{BEGIN}\n\n| measure | wanted | development (4) | frozen (4) |\n")
    assert text.endswith(f"\n\n{END}\n\nafter\n") and "old figures" not in text
    assert "| search: right procedure first | ≥ 0.95 | 0.5 | 0.5 |\n" in text
    assert "| chat: unknown recall | ≥ 0.95 | **1** | – |\n" in text, "a target met is bold, one not measured a dash"
    assert "| chat: false refusals | ≤ 0.02 | **0** | **0** |\n" in text
    cell = "0.500 (0.000 to 1.000)"
    assert f"| ours | **{cell}** | **{cell}** |\n| BM25 | {cell} | {cell} |\n" in text


def test_writing_again_changes_nothing(readme: Path, result: Result) -> None:
    write(readme, [result])
    once = readme.read_text(encoding="utf-8")
    write(readme, [result])
    assert readme.read_text(encoding="utf-8") == once


def test_a_readme_without_the_marks_is_left_alone(tmp_path: Path, result: Result) -> None:
    path = tmp_path / "README.md"
    path.write_text(f"# Trợ lý\n{BEGIN}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="lacks the lines"):
        write(path, [result])
    assert path.read_text(encoding="utf-8") == f"# Trợ lý\n{BEGIN}\n"


def test_the_readme_of_the_project_has_the_marks_once_and_in_order() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert text.count(BEGIN) == text.count(END) == 1
    assert text.index(BEGIN) < text.index(END)
