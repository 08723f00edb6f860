"""What the ward's people thought of answers that they tried."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.store import desk_tables
from bot.store.judgements import Judgements, Said, Verdict
from tests.store.rows import Rows
from tests.store.watch import Watch

SAID = Said("r1", 3, "Khai sinh hết bao nhiêu?", "answer", procedure="1.001193", aspects=("fee",))
WRONG = Verdict("wrong", "answer", "1.004884", ("documents", "fee"), "Hỏi làm lại.")


@pytest.fixture
def judgements(engine: Engine, watch: Watch) -> Judgements:
    return Judgements(engine, now=watch)


def test_it_is_kept_with_who_when_and_which_version(judgements: Judgements, watch: Watch) -> None:
    said = replace(SAID, before=("Chào", "Khai sinh?"))
    kept = judgements.add(said, WRONG, by="lan")
    assert (kept.said, kept.verdict, kept.by, kept.at) == (said, WRONG, "lan", watch.time)
    assert judgements.get(kept.id) == kept


def test_personal_numbers_are_masked(judgements: Judgements, rows: Rows) -> None:
    said = replace(SAID, question="căn cước 001099012345 làm khai sinh", before=("gọi 0912 345 678 nhé",))
    judgements.add(said, Verdict("unclear", remark="dân để số 0912\u200b345678"), by="lan")
    (row,) = rows(desk_tables.judgements)
    assert not any(number in str(row) for number in ("001099012345", "345 678", "345678"))
    assert row["question"] == "căn cước [số định danh] làm khai sinh"


def test_of_one_person_the_last_word_on_a_reply_counts(judgements: Judgements, watch: Watch) -> None:
    judgements.add(SAID, WRONG, by="lan")
    judgements.add(SAID, Verdict("unclear"), by="hoa")
    watch.time += timedelta(minutes=1)
    judgements.add(SAID, Verdict("right"), by="lan")
    assert [(one.by, one.verdict.verdict, one.verdict.remark) for one in judgements.all()] == [
        ("lan", "right", ""),
        ("hoa", "unclear", ""),
    ]


def test_they_are_listed_by_verdict_and_by_procedure(judgements: Judgements) -> None:
    for number, verdict in enumerate([Verdict("right"), WRONG, Verdict("unclear"), WRONG]):
        judgements.add(replace(SAID, reply=f"r{number}", procedure="2.000635"), verdict, by="lan")
    assert [one.said.reply for one in judgements.all()] == ["r3", "r2", "r1", "r0"]
    assert [one.said.reply for one in judgements.all(verdict="wrong")] == ["r3", "r1"]
    assert [one.said.reply for one in judgements.all(procedure="1.004884")] == ["r3", "r1"]
    assert len(judgements.all(procedure="2.000635")) == 4
    assert [one.said.reply for one in judgements.all(most=2, skip=1)] == ["r2", "r1"]
    assert judgements.counts() == {"right": 1, "wrong": 2, "unclear": 1}


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        (SAID, Verdict("good")),
        (SAID, Verdict("")),
        (replace(SAID, outcome="maybe"), Verdict("right")),
        (SAID, Verdict("wrong", "maybe")),
        (replace(SAID, question=" \n "), Verdict("right")),
        (replace(SAID, reply=""), Verdict("right")),
    ],
)
def test_what_is_no_judgement_is_refused(judgements: Judgements, rows: Rows, said: Said, verdict: Verdict) -> None:
    with pytest.raises(ValueError):
        judgements.add(said, verdict, by="lan")
    assert rows(desk_tables.judgements) == []


def test_a_mistake_is_dropped(judgements: Judgements) -> None:
    kept = judgements.add(SAID, WRONG, by="lan")
    assert judgements.remove(kept.id) == kept
    assert judgements.all() == []
    with pytest.raises(KeyError):
        judgements.remove(kept.id)
