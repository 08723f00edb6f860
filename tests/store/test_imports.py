"""Files that editors brought in, and what was said to each value."""

from __future__ import annotations

import pytest
from sqlalchemy.engine import Engine

from bot.store.imports import Decision, Imports, Item, ItemKind
from tests.store.watch import Watch

RECORD = Item("1.001193", "Khai sinh", ItemKind.record, {"name": "Khai sinh"})
WARD = Item("ward", "Phường", ItemKind.ward, {"name": "Phường"})


@pytest.fixture
def imports(engine: Engine, watch: Watch) -> Imports:
    return Imports(engine, now=watch)


def added(imports: Imports, file: str = "tep.zip") -> int:
    return imports.add(by="lan", file=file, kind="package", items=[RECORD, WARD], left_out=3)


def test_a_file_is_kept_as_it_was_read(imports: Imports, watch: Watch) -> None:
    number = added(imports)
    assert imports.items(number) == [RECORD, WARD] and imports.items(number, "ward") == [WARD]
    one = imports.get(number)
    assert one and (one.by, one.file, one.items, one.left_out, one.at) == ("lan", "tep.zip", 2, 3, watch.time)
    assert imports.get(number + 1) is None and imports.items(number + 1) == []


def test_the_newest_file_comes_first(imports: Imports) -> None:
    numbers = [added(imports), added(imports)]
    assert [one.id for one in imports.all()] == numbers[::-1]


def test_a_number_in_the_name_of_a_file_is_masked(imports: Imports) -> None:
    one = imports.get(added(imports, "goi cho 0912345678.xlsx"))
    assert one and "0912345678" not in one.file


def test_what_is_said_to_a_value_holds_for_every_file_and_the_last_word_counts(imports: Imports) -> None:
    first, second = added(imports), added(imports)
    imports.decide(first, "1.001193", "fee", "v1", Decision.declined, by="lan")
    imports.decide(first, "1.001193", "fee", "v2", Decision.declined, by="lan")
    imports.decide(second, "1.001193", "fee", "v1", Decision.accepted, by="mai")
    said = imports.decided()
    assert said[("1.001193", "fee", "v1")].by == "mai" and len(said) == 2
    assert [(one.id, one.accepted, one.declined) for one in imports.all()] == [(second, 1, 0), (first, 0, 1)]


def test_work_is_there_until_it_is_done(imports: Imports) -> None:
    number = added(imports)
    imports.decide(number, "1.001193", "fee", "v1", Decision.to_do, by="lan", note="Cổng đổi lệ phí")
    (work,) = imports.to_do()
    assert work.note == "Cổng đổi lệ phí"
    assert imports.done(work.id) and imports.to_do() == []
    assert imports.done(work.id) is None
    assert imports.decided()[("1.001193", "fee", "v1")].decision is Decision.done
