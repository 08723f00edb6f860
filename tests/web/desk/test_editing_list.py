"""The list of records: how each stands, found whatever way it is typed, in the order wanted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timezone
from pathlib import Path

import pytest

from bot.knowledge.live import InForce, load_version
from bot.knowledge.overlay import Overlay
from bot.settings import Settings
from bot.store.drafts import DRAFT, REVIEW, WARD, Draft
from bot.web.desk.editing.listed import Order, Row, State, Wanted, chosen, rows_of

TODAY, NOW = date(2026, 11, 23), datetime(2026, 11, 23, tzinfo=timezone.utc)


def test_each_row_says_how_it_stands(version: InForce) -> None:
    changed, drafted, reviewed, gone, *_ = version.listing.procedures
    procedures = {code: one for code, one in version.listing.procedures.items() if code != gone}
    now = replace(version, listing=replace(version.listing, procedures=procedures))
    overlay = Overlay(records={changed: Path("x.yml")}, removed=frozenset({gone}))
    drafts = [
        Draft(drafted, "name: Khác", 0, 1, DRAFT, "lan", NOW, ""),
        Draft(reviewed, "", 0, 1, REVIEW, "lan", NOW, ""),
        Draft("9.000010", "name: Mới\nfield: cu_tru\n", 0, 1, DRAFT, "hoa", NOW, ""),
        Draft("9.000011", "name: [", 0, 1, DRAFT, "hoa", NOW, ""),
        Draft(WARD, "name: Phường", 0, 1, DRAFT, "hoa", NOW, ""),
    ]
    rows = {row.code: row for row in rows_of(now, overlay, drafts, {drafted: 7}, lambda code: f"tên cũ {code}")}
    assert rows[changed].states == (State.in_force, State.own)
    assert rows[drafted].states == (State.in_force, State.draft)
    assert rows[drafted].name == version.listing[drafted].name, "citizens read what is in force"
    assert (rows[drafted].asked, rows[drafted].drafted_by) == (7, "lan")
    assert rows[reviewed].states == (State.in_force, State.review)
    assert rows[reviewed].is_removal
    assert (rows[gone].states, rows[gone].name) == ((State.removed,), f"tên cũ {gone}")
    assert (rows["9.000010"].name, rows["9.000010"].field) == ("Mới", version.listing.fields["cu_tru"])
    assert rows["9.000010"].states == (State.draft,)
    assert rows["9.000011"].name == "tên cũ 9.000011"
    assert WARD not in rows


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), "cab"),
        (Wanted(order=Order.asked), "bca"),
        (Wanted(order=Order.name), "abc"),
        (Wanted(words="dang KY"), "ab"),
        (Wanted(words="2.0"), "b"),
        (Wanted(field="Cư trú"), "a"),
        (Wanted(state=State.draft), "c"),
        (Wanted(stale_only=True), "a"),
    ],
)
def test_rows_are_chosen_and_put_in_order(wanted: Wanted, found: str) -> None:
    rows = [
        Row("1.000001", "Đăng ký a", "Cư trú", (State.in_force,), date(2026, 5, 26), 1),
        Row("2.000001", "Đăng ký b", "Hộ tịch", (State.in_force,), date(2026, 5, 27), 9),
        Row("3.000001", "Khác c", "Hộ tịch", (State.draft,), None, 2),
    ]
    assert "".join(row.name[-1] for row in chosen(rows, wanted, today=TODAY)) == found


def test_an_address_that_says_nonsense_leaves_all_in() -> None:
    assert Wanted.of({"trang-thai": "x", "xep": "y", "tim": "  "}) == Wanted()


@pytest.fixture(scope="module")
def version(settings: Settings) -> InForce:
    return load_version(settings, 0)
