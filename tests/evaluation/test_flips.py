import io
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from bot.evaluation.conversation import Heard
from bot.evaluation.flips import Row, flip_table, flips
from bot.evaluation.result import Result
from bot.evaluation.run import _report


def rows(**verdicts: str) -> list[Row]:
    return [{"id": id_, "text": f"hỏi {id_}", "verdict": verdict} for id_, verdict in verdicts.items()]


BEFORE = rows(a="right", b="refused falsely", c="right", d="refused falsely", e="right", gone="right")
AFTER = rows(new="right", d="answered wrongly", b="right", a="answered wrongly", c="right", e="asked back")


def test_what_got_worse_comes_first_then_what_got_better_then_the_rest() -> None:
    changed = flips(BEFORE, AFTER)
    assert [flip.id for flip in changed] == ["a", "e", "b", "d"]
    assert [flip.is_worse for flip in changed] == [True, True, False, False]
    assert [flip.is_better for flip in changed] == [False, False, True, False]


def test_the_table_says_what_became_of_which_question() -> None:
    table = flip_table(BEFORE, AFTER)
    assert table.rows[0] == ["a", "right", "answered wrongly", "hỏi a"]
    assert table.note == "2 worse, 1 better, 1 other, of 6 questions."


def test_two_runs_alike_have_no_flips() -> None:
    assert flip_table(BEFORE, BEFORE).rows == []
    assert flips([], AFTER) == []


def test_a_text_with_brackets_is_shown_as_it_was_typed() -> None:
    shown = io.StringIO()
    before, after = ([{"id": "a", "text": "mở [/b] [đỏ] x", "verdict": verdict}] for verdict in ("right", "asked back"))
    flip_table(before, after).show(Console(file=shown, width=100))
    assert "mở [/b] [đỏ] x" in shown.getvalue()


@pytest.mark.parametrize(("name", "is_shown"), [("development", True), ("frozen", False)])
def test_a_later_run_shows_what_flipped_but_of_the_frozen_set_only_how_much(
    result: Result, tmp_path: Path, name: str, is_shown: bool
) -> None:
    shown = io.StringIO()
    console = Console(file=shown, width=200)
    before = replace(result, name=name)
    _report(before, tmp_path, console)
    assert "worse" not in shown.getvalue(), "nothing came before"
    _report(replace(before, heard={**result.heard, "u-1": Heard("answer", ("1",))}), tmp_path, console)
    assert "1 worse, 0 better, 0 other, of 4 questions." in shown.getvalue()
    assert ("thời tiết" in shown.getvalue()) is is_shown
