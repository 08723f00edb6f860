"""Golden questions of the desk, and what became of them when they were asked."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.store.desk_tables import golden as table
from bot.store.golden import AlreadyGolden, ChangedElsewhere, Golden, Wanted
from bot.store.golden_runs import CUT_OFF_AFTER, Busy, Result
from tests.store.rows import Rows
from tests.store.watch import Watch

FEE = Wanted("Chứng thực bản sao hết mấy đồng?", "answer", "2.000815", ("fee", "duration"), ("2.000 đồng",), "hay hỏi")


@pytest.fixture
def golden(engine: Engine, watch: Watch) -> Golden:
    return Golden(engine, now=watch)


# Questions


def test_a_question_is_kept_as_it_is_wanted(golden: Golden, watch: Watch) -> None:
    added = golden.add(FEE, by="lan")
    assert golden.get(added.id) == added and golden.all() == [added]
    assert (added.question, added.outcome, added.procedure) == (FEE.question, "answer", "2.000815")
    assert (added.aspects, added.facts, added.note) == (("fee", "duration"), ("2.000 đồng",), "hay hỏi")
    assert (added.revision, added.by, added.at) == (1, "lan", watch.time)


def test_what_is_kept_is_masked(golden: Golden, rows: Rows) -> None:
    golden.add(
        Wanted("Số 0912345678 của tôi làm được không", "unknown", facts=("gọi 0912345678",), note="cccd 079123456789"),
        by="lan",
    )
    (row,) = rows(table)
    assert "0912345678" not in str(row) and "079123456789" not in str(row)
    assert "[số điện thoại]" in row["question"] and "[số điện thoại]" in row["key"]


def test_lines_within_a_fact_or_a_question_are_one_line(golden: Golden) -> None:
    added = golden.add(
        Wanted("Làm\n gì ", "unknown", facts=("một  dòng", "", " một dòng "), aspects=("fee", "fee")), by="lan"
    )
    assert (added.question, added.facts, added.aspects) == ("Làm gì", ("một dòng",), ("fee",))


def test_the_same_question_is_not_kept_twice(golden: Golden) -> None:
    first = golden.add(FEE, by="lan")
    with pytest.raises(AlreadyGolden) as refused:
        golden.add(Wanted("CHỨNG THỰC  bản sao hết mấy đồng?", "unknown"), by="hoa")
    assert refused.value.existing == first
    golden.add(Wanted("chung thuc ban sao het may dong?", "answer", "2.000815"), by="hoa")  # another thing to get right
    assert len(golden.all()) == 2


@pytest.mark.parametrize("wrong", [Wanted(" \u200b ", "answer"), Wanted("Làm gì?", "perhaps")])
def test_an_empty_question_and_an_unknown_outcome_are_refused(golden: Golden, wrong: Wanted) -> None:
    with pytest.raises(ValueError):
        golden.add(wrong, by="lan")
    assert golden.all() == []


def test_a_change_counts_its_revisions(golden: Golden, watch: Watch) -> None:
    added = golden.add(FEE, by="lan")
    watch.time += timedelta(hours=1)
    changed = golden.change(added.id, Wanted(FEE.question, "unknown"), seen=1, by="hoa")
    assert (changed.outcome, changed.revision, changed.by, changed.at) == ("unknown", 2, "hoa", watch.time)
    assert golden.all() == [changed]


def test_what_is_saved_unchanged_stays_what_it_was(golden: Golden) -> None:
    added = golden.add(FEE, by="lan")
    assert golden.change(added.id, FEE, seen=1, by="hoa") == added


def test_of_two_who_change_it_the_second_is_told(golden: Golden) -> None:
    added = golden.add(FEE, by="lan")
    first = golden.change(added.id, Wanted(FEE.question, "unknown"), seen=1, by="hoa")
    with pytest.raises(ChangedElsewhere) as told:
        golden.change(added.id, Wanted(FEE.question, "choose"), seen=1, by="minh")
    assert told.value.now == first and golden.get(added.id) == first


def test_a_change_cannot_make_it_the_same_as_another(golden: Golden) -> None:
    golden.add(FEE, by="lan")
    other = golden.add(Wanted("Câu khác", "unknown"), by="lan")
    with pytest.raises(AlreadyGolden):
        golden.change(other.id, FEE, seen=1, by="lan")
    assert golden.get(other.id) == other


def test_what_is_removed_is_gone(golden: Golden) -> None:
    added = golden.add(FEE, by="lan")
    assert golden.remove(added.id) == added and golden.all() == []
    for gone in (lambda: golden.remove(added.id), lambda: golden.get(added.id), lambda: golden.get(10**20)):
        with pytest.raises(KeyError):
            gone()


def test_many_are_taken_together_and_known_ones_replaced(golden: Golden) -> None:
    golden.add(FEE, by="lan")
    same = golden.add(Wanted("Câu giữ nguyên", "unknown"), by="lan")
    many = [Wanted(FEE.question, "choose"), Wanted("Câu giữ nguyên", "unknown"), Wanted("Câu mới", "other")]
    assert golden.take(many, by="hoa") == (1, 1)
    assert [(one.question, one.outcome, one.by) for one in golden.all()] == [
        (FEE.question, "choose", "hoa"),
        ("Câu giữ nguyên", "unknown", "lan"),
        ("Câu mới", "other", "hoa"),
    ]
    assert golden.get(same.id) == same


def test_where_one_of_many_is_wrong_none_is_taken(golden: Golden) -> None:
    with pytest.raises(ValueError):
        golden.take([FEE, Wanted("", "answer")], by="lan")
    assert golden.all() == []


# Runs


def result(number: int, *, passed: bool = True, revision: int = 1) -> Result:
    return Result(
        number, f"câu {number}", passed, "" if passed else "Thiếu điều được hỏi: lệ phí", "Trả lời …", revision
    )


def finished(golden: Golden, version: int, *results: Result, candidate: str = "") -> int:
    number = golden.runs.begin(version, len(results), candidate=candidate, by="lan")
    golden.runs.end(number, version, results, 40)
    return number


def test_a_run_is_kept_with_all_its_results(golden: Golden, watch: Watch) -> None:
    number = golden.runs.begin(3, 2, by="lan")
    golden.runs.went_on(number, 1)
    run = golden.runs.get(number)
    assert (run.is_running, run.done, run.total, run.began_at, run.took_ms) == (True, 1, 2, watch.time, None)
    results = (result(1), result(2, passed=False))
    golden.runs.end(number, 3, results, 40)
    run = golden.runs.get(number)
    assert (run.is_running, run.is_whole, run.results, run.passed, run.done, run.took_ms) == (
        *(False, True, results, 1, 2),
        40,
    )
    with pytest.raises(KeyError):
        golden.runs.get(number + 1)


def test_one_run_goes_on_at_a_time(golden: Golden) -> None:
    number = golden.runs.begin(3, 2)
    with pytest.raises(Busy):
        golden.runs.begin(3, 2)
    going_on = golden.runs.going_on()
    assert going_on is not None and going_on.id == number
    golden.runs.give_up(number, "Trợ lý không trả lời.")
    assert golden.runs.going_on() is None and golden.runs.get(number).fault == "Trợ lý không trả lời."
    assert golden.runs.begin(3, 2) > number


def test_of_many_that_begin_at_once_one_does(golden: Golden) -> None:
    def begins(_: int) -> bool:
        try:
            golden.runs.begin(1, 1)
        except Busy:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(begins, range(6))) == [False] * 5 + [True]


def test_a_run_that_was_cut_off_holds_up_nobody(golden: Golden, watch: Watch) -> None:
    number = golden.runs.begin(3, 2)
    watch.time += CUT_OFF_AFTER + timedelta(seconds=1)
    assert golden.runs.going_on() is None
    cut_off = golden.runs.get(number)
    assert (cut_off.is_running, cut_off.is_whole) == (False, False)
    assert golden.runs.begin(3, 2) > number


def test_the_last_run_of_a_version_or_of_one_before(golden: Golden) -> None:
    first, second = finished(golden, 1, result(1)), finished(golden, 1, result(1))
    of_candidate = finished(golden, 1, result(1), candidate="abc")
    third = finished(golden, 3, result(1))
    golden.runs.give_up(golden.runs.begin(3, 1), "hỏng")

    def last(**wanted: int | str) -> int | None:
        run = golden.runs.last(**wanted)  # type: ignore[arg-type]
        return run and run.id

    assert (last(), last(version=1), last(before=3), last(candidate="abc")) == (third, second, second, of_candidate)
    assert (last(version=2), last(before=1)) == (None, None)
    assert [run.id for run in golden.runs.all(most=2, skip=1)] == [third, of_candidate]
    assert first < second
