"""Who is signed in, for how long, and how it ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy.engine import Engine

from bot.store import desk_tables
from bot.store.accounts import Accounts, Role
from bot.store.sign_ins import LONGEST, LONGEST_IDLE, NOTED_EVERY, SignIns
from tests.store.rows import Rows
from tests.store.watch import Watch

PASSWORD = "bảy con mèo trắng"


@pytest.fixture
def accounts(engine: Engine, watch: Watch) -> Accounts:
    """Two people."""
    accounts = Accounts(engine, now=watch, hasher=PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    for name in ("lan", "hoa"):
        accounts.add(name, "", Role.staff, PASSWORD)
    return accounts


@pytest.fixture
def sign_ins(engine: Engine, accounts: Accounts, watch: Watch) -> SignIns:
    return SignIns(engine, accounts, now=watch)


def work(sign_ins: SignIns, watch: Watch, key: str, time: timedelta) -> None:
    """Look at a page every now and then."""
    until = watch.time + time
    while watch.time < until:
        watch.time = min(until, watch.time + LONGEST_IDLE / 2)
        sign_ins.of(key)


def test_a_key_says_who_it_is(sign_ins: SignIns) -> None:
    keys = [sign_ins.begin(name) for name in ("lan", "hoa", "lan")]
    found = [sign_ins.of(key) for key in keys]
    assert [one.account.name for one in found if one] == ["lan", "hoa", "lan"]
    assert len(set(keys)) == len({one.form_key for one in found if one}) == 3, "each sign-in has its own"


@pytest.mark.parametrize("key", ["", "x", "không có", "\0", "x" * 10_000])
def test_another_key_is_nobody(sign_ins: SignIns, key: str) -> None:
    sign_ins.begin("lan")
    assert sign_ins.of(key) is None


def test_who_reads_the_database_cannot_sign_in_with_it(sign_ins: SignIns, rows: Rows) -> None:
    key = sign_ins.begin("lan")
    (row,) = rows(desk_tables.sign_ins)
    assert key not in str(row) and sign_ins.of(row["key"]) is None


def test_after_a_day_s_work_it_is_over_however_busy_one_was(sign_ins: SignIns, watch: Watch) -> None:
    key = sign_ins.begin("lan")
    work(sign_ins, watch, key, LONGEST)
    assert sign_ins.of(key)
    watch.time += timedelta(seconds=1)
    assert sign_ins.of(key) is None


def test_after_hours_without_a_look_it_is_over(sign_ins: SignIns, watch: Watch) -> None:
    key = sign_ins.begin("lan")
    watch.time += LONGEST_IDLE
    assert sign_ins.of(key), "and from now on it counts anew"
    watch.time += LONGEST_IDLE
    assert sign_ins.of(key)
    watch.time += LONGEST_IDLE + timedelta(seconds=1)
    assert sign_ins.of(key) is None


def test_not_every_look_is_written_down(sign_ins: SignIns, watch: Watch, rows: Rows) -> None:
    key, began = sign_ins.begin("lan"), watch.time
    watch.time += NOTED_EVERY
    sign_ins.of(key)
    assert rows(desk_tables.sign_ins)[0]["used_at"] == began
    watch.time += timedelta(seconds=1)
    sign_ins.of(key)
    assert rows(desk_tables.sign_ins)[0]["used_at"] == watch.time


def test_to_sign_out_ends_this_one_and_no_other(sign_ins: SignIns) -> None:
    here, there, hers = (sign_ins.begin(name) for name in ("lan", "lan", "hoa"))
    sign_ins.end(here)
    assert sign_ins.of(here) is None and sign_ins.of(there) and sign_ins.of(hers)


def test_to_sign_out_everywhere_ends_one_s_own_and_no_others(sign_ins: SignIns) -> None:
    here, there, hers = (sign_ins.begin(name) for name in ("lan", "lan", "hoa"))
    assert sign_ins.end_all("lan") == 2
    assert sign_ins.of(here) is None and sign_ins.of(there) is None and sign_ins.of(hers)


def test_a_closed_account_is_signed_in_no_more_not_even_when_it_is_opened(
    sign_ins: SignIns, accounts: Accounts
) -> None:
    key = sign_ins.begin("lan")
    accounts.set_active("lan", False)
    assert sign_ins.of(key) is None
    accounts.set_active("lan", True)
    assert sign_ins.of(key) is None


def test_whoever_is_closed_while_they_sign_in_is_let_in_nowhere(sign_ins: SignIns, accounts: Accounts) -> None:
    accounts.set_active("lan", False)
    assert sign_ins.of(sign_ins.begin("lan")) is None


def test_another_role_counts_from_the_next_page_on(sign_ins: SignIns, accounts: Accounts) -> None:
    key = sign_ins.begin("lan")
    accounts.change("lan", role=Role.viewer)
    found = sign_ins.of(key)
    assert found and found.account.role is Role.viewer


def test_what_is_over_is_swept_and_nothing_else(sign_ins: SignIns, watch: Watch, rows: Rows) -> None:
    busy = sign_ins.begin("lan")
    work(sign_ins, watch, busy, LONGEST)
    sign_ins.begin("hoa")  # and never used again
    watch.time += LONGEST_IDLE
    assert sign_ins.drop_old() == 1, "the one that lasted a day"
    watch.time += timedelta(seconds=1)
    fresh = sign_ins.begin("lan")
    assert sign_ins.drop_old() == 1, "the one that nobody used"
    assert sign_ins.of(fresh) and len(rows(desk_tables.sign_ins)) == 1
    assert sign_ins.drop_old() == 0
