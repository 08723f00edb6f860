"""The trail: what was done stands in it, as it was, for good."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from sqlalchemy.engine import Engine

from bot.store.audit import Audit, Entry
from tests.store.watch import Watch


@pytest.fixture
def audit(engine: Engine, watch: Watch) -> Audit:
    return Audit(engine, now=watch)


def test_what_was_done_is_read_as_it_was_the_newest_first(audit: Audit, watch: Watch) -> None:
    first = watch.time
    audit.add("lan", "sign_in")
    watch.time += timedelta(hours=1)
    audit.add("hoa", "role_changed", "lan", "editor")
    assert audit.entries() == [
        Entry(watch.time, "hoa", "role_changed", "lan", "editor"),
        Entry(first, "lan", "sign_in", "", ""),
    ]


def test_what_was_done_within_one_moment_keeps_its_order(audit: Audit) -> None:
    for number in range(20):
        audit.add("lan", "sign_in", str(number))
    assert [entry.subject for entry in audit.entries()] == [str(number) for number in reversed(range(20))]


def test_it_is_read_by_who_by_what_and_by_what_it_was_done_to(audit: Audit) -> None:
    for account, action, subject in product(("lan", "hoa"), ("edited", "published"), ("1.001193", "1.004222")):
        audit.add(account, action, subject)
    assert len(audit.entries()) == 8
    assert {entry.account for entry in audit.entries(account="lan")} == {"lan"}
    assert {entry.action for entry in audit.entries(action="edited")} == {"edited"}
    assert {entry.subject for entry in audit.entries(subject="1.001193")} == {"1.001193"}
    assert len(audit.entries(account="lan", action="edited", subject="1.001193")) == 1
    assert audit.entries(account="la") == audit.entries(action="%") == []


def test_it_is_read_page_by_page(audit: Audit) -> None:
    for number in range(7):
        audit.add("lan", "edited", str(number))
    pages = [[entry.subject for entry in audit.entries(most=3, skip=skip)] for skip in (0, 3, 6, 9)]
    assert pages == [["6", "5", "4"], ["3", "2", "1"], ["0"], []]


@pytest.mark.parametrize("number", ["079123456789", "0912 345 678", "lan@example.vn"])
def test_numbers_of_people_do_not_stay_in_it(audit: Audit, number: str) -> None:
    audit.add("lan", "letter_answered", "CH-4K7-M2P", f"gọi cho {number} trước")
    (entry,) = audit.entries()
    assert number not in entry.detail and entry.detail.startswith("gọi cho [") and entry.detail.endswith("] trước")
    assert entry.subject == "CH-4K7-M2P"


def test_what_no_spreadsheet_and_no_database_could_hold_is_left_out(audit: Audit) -> None:
    audit.add("lan", "edited", "1.001193\0", "sửa\0 lệ phí\x08\u200b")
    (entry,) = audit.entries()
    assert (entry.subject, entry.detail) == ("1.001193", "sửa lệ phí")


def test_nothing_in_it_can_be_changed_or_deleted(audit: Audit) -> None:
    assert {name for name in dir(audit) if not name.startswith("_")} == {"add", "entries"}
