"""Questions of citizens that the staff are done with."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.store import desk_tables
from bot.store.turn_marks import DONE, NOT_OURS, TurnMarks, key_of
from tests.store.rows import Rows
from tests.store.watch import Watch

KEY, OTHER = key_of("unknown", ["ho", "chieu"]), key_of("unknown", ["bang", "lai"])


@pytest.fixture
def marks(engine: Engine, watch: Watch) -> TurnMarks:
    return TurnMarks(engine, now=watch)


def test_the_same_words_in_any_order_have_one_key_for_each_decision() -> None:
    assert key_of("unknown", ["chieu", "ho", "ho"]) == KEY
    assert len({KEY, OTHER, key_of("answered", ["ho", "chieu"])}) == 3


def test_marks_are_kept_by_key_without_any_word(marks: TurnMarks, watch: Watch, rows: Rows) -> None:
    marks.mark([KEY, OTHER], NOT_OURS, by="lan")
    assert {key: (mark.what, mark.by, mark.at) for key, mark in marks.all().items()} == {
        key: (NOT_OURS, "lan", watch.time) for key in (KEY, OTHER)
    }
    assert "chieu" not in str(rows(desk_tables.turn_marks))


def test_the_last_word_counts_and_a_mark_can_be_taken_away(marks: TurnMarks, watch: Watch) -> None:
    marks.mark([KEY, OTHER], NOT_OURS, by="lan")
    before = marks.stamp()
    watch.time += timedelta(minutes=1)
    marks.mark([KEY], DONE, by="hoa")
    assert marks.all()[KEY].what == DONE and marks.stamp() != before
    marks.unmark([KEY, key_of("unknown", ["nobody"])])
    assert list(marks.all()) == [OTHER]


@pytest.mark.parametrize(("keys", "what"), [([KEY], "gone"), (["x" * 16], DONE), ([KEY + "0"], DONE), ([""], DONE)])
def test_no_other_marks_and_no_other_keys(marks: TurnMarks, rows: Rows, keys: list[str], what: str) -> None:
    with pytest.raises(ValueError):
        marks.mark(keys, what, by="lan")
    assert rows(desk_tables.turn_marks) == []


def test_what_is_done_and_asked_in_vain_again_comes_back_what_is_not_ours_does_not(
    marks: TurnMarks, watch: Watch
) -> None:
    marks.mark([KEY], DONE, by="lan")
    marks.mark([OTHER], NOT_OURS, by="lan")
    later = watch.time + timedelta(days=1)
    assert [marks.all()[key].hides(watch.time) for key in (KEY, OTHER)] == [True, True]
    assert [marks.all()[key].hides(later) for key in (KEY, OTHER)] == [False, True]
