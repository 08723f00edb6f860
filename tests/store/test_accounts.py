"""Accounts of the desk: names, passwords, locks, and an admin who always stays."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy.engine import Engine

from bot.store import desk_tables
from bot.store.accounts import (
    LOCKED_FOR,
    LONGEST,
    LONGEST_SHOWN,
    MOST_FAILURES,
    AccountExists,
    Accounts,
    BadName,
    BadPassword,
    LastAdmin,
    Locked,
    Role,
)
from bot.store.sign_ins import SignIns
from tests.store.rows import Rows
from tests.store.watch import Watch

PASSWORD = "bảy con mèo trắng"


def fast(time_cost: int = 1) -> PasswordHasher:
    return PasswordHasher(time_cost=time_cost, memory_cost=8, parallelism=1)


@pytest.fixture
def accounts(engine: Engine, watch: Watch) -> Accounts:
    return Accounts(engine, now=watch, hasher=fast())


@pytest.fixture
def lan(accounts: Accounts) -> str:
    """An account that may be signed in with."""
    return accounts.add("lan", "Lan", Role.staff, PASSWORD, must_change=False).name


def fail(accounts: Accounts, times: int, name: str = "lan") -> None:
    for _ in range(times):
        assert accounts.check(name, "sai mật khẩu rồi") is None


# Making one


def test_somebody_is_called_as_the_account_says_and_by_its_name_where_it_is_gone(accounts: Accounts, lan: str) -> None:
    assert (accounts.called(lan), accounts.called("hoa")) == ("Lan", "hoa")


def test_nobody_has_an_account_by_default(accounts: Accounts) -> None:
    assert accounts.all() == []


def test_an_account_is_kept_with_what_it_may_do(accounts: Accounts, watch: Watch) -> None:
    made = accounts.add("lan.nguyen", "  Nguyễn  Thị Lan ", Role.editor, PASSWORD)
    assert (made.name, made.shown_as, made.role) == ("lan.nguyen", "Nguyễn Thị Lan", Role.editor)
    assert made.is_active and made.must_change and made.created_at == watch.time
    assert made.signed_in_at is None and made.locked_until is None
    assert accounts.get("lan.nguyen") == made and accounts.all() == [made]


def test_who_is_called_nothing_is_called_as_they_sign_in(accounts: Accounts) -> None:
    assert accounts.add("lan", " ", Role.viewer, PASSWORD).shown_as == "lan"
    assert len(accounts.add("hoa", "H" * 500, Role.viewer, PASSWORD).shown_as) == LONGEST_SHOWN


def test_all_are_listed_by_name(accounts: Accounts) -> None:
    for name in ("mai", "an", "hoa"):
        accounts.add(name, "", Role.viewer, PASSWORD)
    assert [account.name for account in accounts.all()] == ["an", "hoa", "mai"]


@pytest.mark.parametrize("name", ["", "a", "Lan", "lan nguyen", "lân", "1lan", ".lan", "a" * 41, "lan\n", "lan\0"])
def test_what_is_no_name_is_refused(accounts: Accounts, name: str) -> None:
    with pytest.raises(BadName):
        accounts.add(name, "", Role.viewer, PASSWORD)
    assert not accounts.has(name) and accounts.check(name, PASSWORD) is None


def test_a_name_is_given_once(accounts: Accounts, lan: str) -> None:
    with pytest.raises(AccountExists):
        accounts.add("lan", "Lan khác", Role.admin, PASSWORD)
    assert accounts.get("lan").role is Role.staff


def test_who_is_not_there_is_a_key_error(accounts: Accounts) -> None:
    unknown: list[Callable[[], object]] = [
        lambda: accounts.get("lan"),
        lambda: accounts.change_password("lan", PASSWORD),
        lambda: accounts.change("lan", role=Role.admin),
        lambda: accounts.set_active("lan", False),
    ]
    for call in unknown:
        with pytest.raises(KeyError):
            call()
    assert not accounts.has("lan")


# Passwords


@pytest.mark.parametrize(
    "password",
    [
        "",
        "ngắn quá",
        "a" * 50,
        "abababababab",
        "x1" + "lan.nguyen",
        "lan.nguyenlan.nguyen1234",
        "LAN.NGUYEN99",
        "1234567890",
        "Password123",
        "matkhau123",
        "đ" * (LONGEST + 1),
        "dài quá rồi " * LONGEST,
    ],
)
def test_a_password_that_is_guessed_first_is_refused(accounts: Accounts, password: str) -> None:
    with pytest.raises(BadPassword):
        accounts.add("lan.nguyen", "", Role.viewer, password)
    assert accounts.all() == []
    accounts.add("lan.nguyen", "", Role.viewer, PASSWORD)
    with pytest.raises(BadPassword):
        accounts.change_password("lan.nguyen", password)
    assert accounts.check("lan.nguyen", PASSWORD)


def test_a_short_name_in_a_long_password_does_no_harm(accounts: Accounts) -> None:
    accounts.add("an", "", Role.viewer, "cả làng ăn cơm trưa")
    assert accounts.check("an", "cả làng ăn cơm trưa")


def test_the_password_is_not_in_the_database(accounts: Accounts, lan: str, rows: Rows) -> None:
    (row,) = rows(desk_tables.accounts)
    assert row["password"].startswith("$argon2id$") and PASSWORD not in str(row)


def test_two_of_the_same_password_do_not_look_alike(accounts: Accounts, lan: str, rows: Rows) -> None:
    accounts.add("hoa", "", Role.viewer, PASSWORD)
    assert len({row["password"] for row in rows(desk_tables.accounts)}) == 2


def test_without_another_hasher_a_password_costs_as_much_as_is_advised(engine: Engine, rows: Rows) -> None:
    Accounts(engine, hasher=PasswordHasher()).add("lan", "", Role.viewer, PASSWORD)
    (row,) = rows(desk_tables.accounts)
    cost = dict(part.split("=") for part in row["password"].split("$")[3].split(","))
    assert int(cost["m"]) >= 19 * 1024 and int(cost["t"]) >= 2, "what OWASP asks for, at least"


def test_the_right_password_gives_the_account_and_notes_when(accounts: Accounts, lan: str, watch: Watch) -> None:
    watch.time += timedelta(hours=1)
    found = accounts.check("lan", PASSWORD)
    assert found is not None and (found.name, found.signed_in_at) == ("lan", watch.time)


@pytest.mark.parametrize("password", ["", "sai mật khẩu rồi", PASSWORD.upper(), PASSWORD + " ", PASSWORD + "x" * 5000])
def test_another_password_gives_nothing(accounts: Accounts, lan: str, password: str) -> None:
    assert accounts.check("lan", password) is None
    assert accounts.get("lan").signed_in_at is None


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_however_a_machine_spells_the_letters_it_is_the_same_password(accounts: Accounts, form: str) -> None:
    other = {"NFC": "NFD", "NFD": "NFC"}[form]
    accounts.add("lan", "", Role.viewer, unicodedata.normalize(form, PASSWORD))  # type: ignore[arg-type]
    assert accounts.check("lan", unicodedata.normalize(other, PASSWORD))  # type: ignore[arg-type]


def test_a_hash_that_became_too_cheap_is_made_anew_when_its_owner_comes(
    engine: Engine, accounts: Accounts, lan: str, rows: Rows
) -> None:
    dearer = Accounts(engine, hasher=fast(time_cost=2))
    assert dearer.check("lan", "sai mật khẩu rồi") is None
    assert "t=1" in rows(desk_tables.accounts)[0]["password"]
    assert dearer.check("lan", PASSWORD)
    assert "t=2" in rows(desk_tables.accounts)[0]["password"] and dearer.check("lan", PASSWORD)


def test_with_another_password_the_old_one_opens_nothing_and_all_sign_ins_end(
    engine: Engine, accounts: Accounts, lan: str
) -> None:
    sign_ins = SignIns(engine, accounts)
    key = sign_ins.begin("lan")
    accounts.change_password("lan", "tám con mèo đen", must_change=True)
    assert accounts.check("lan", PASSWORD) is None and accounts.check("lan", "tám con mèo đen")
    assert accounts.get("lan").must_change and sign_ins.of(key) is None
    accounts.change_password("lan", "chín con mèo vàng")
    assert not accounts.get("lan").must_change


def test_where_nobody_is_called_so_a_password_is_compared_all_the_same(
    accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or who tries names would learn by the time which ones there are."""
    compared: list[str] = []
    monkeypatch.setattr(Accounts, "_fits", lambda self, hashed, password: bool(compared.append(hashed)))
    for name in ("nobody", "Không Tên"):
        assert accounts.check(name, PASSWORD) is None
    assert len(compared) == 2 and all(hashed.startswith("$argon2id$") for hashed in compared)


# Failures


def test_after_some_failures_nothing_is_tried_for_a_while(accounts: Accounts, lan: str, watch: Watch) -> None:
    fail(accounts, MOST_FAILURES)
    with pytest.raises(Locked) as locked:
        accounts.check("lan", PASSWORD)
    assert locked.value.until == watch.time + LOCKED_FOR == accounts.get("lan").locked_until
    watch.time += LOCKED_FOR - timedelta(seconds=1)
    with pytest.raises(Locked):
        accounts.check("lan", PASSWORD)
    watch.time += timedelta(seconds=1)
    assert accounts.check("lan", PASSWORD)
    assert accounts.get("lan").locked_until is None


def test_to_try_while_it_is_locked_makes_it_no_longer(accounts: Accounts, lan: str, watch: Watch) -> None:
    fail(accounts, MOST_FAILURES)
    watch.time += LOCKED_FOR / 2
    for _ in range(2 * MOST_FAILURES):
        with pytest.raises(Locked):
            accounts.check("lan", "sai mật khẩu rồi")
    watch.time += LOCKED_FOR / 2
    assert accounts.check("lan", PASSWORD)


def test_it_is_locked_again_and_again(accounts: Accounts, lan: str, watch: Watch) -> None:
    for _ in range(3):
        fail(accounts, MOST_FAILURES)
        with pytest.raises(Locked):
            accounts.check("lan", PASSWORD)
        watch.time += LOCKED_FOR


def test_a_success_forgets_the_failures(accounts: Accounts, lan: str) -> None:
    for _ in range(3):
        fail(accounts, MOST_FAILURES - 1)
        assert accounts.check("lan", PASSWORD)


def test_the_last_try_may_be_the_right_one(accounts: Accounts, lan: str) -> None:
    fail(accounts, MOST_FAILURES - 1)
    assert accounts.check("lan", PASSWORD) and accounts.get("lan").locked_until is None


def test_one_account_s_failures_lock_no_other(accounts: Accounts, lan: str) -> None:
    accounts.add("hoa", "", Role.viewer, PASSWORD)
    fail(accounts, MOST_FAILURES)
    assert accounts.check("hoa", PASSWORD)


@pytest.mark.parametrize("mend", ["another password", "opened"])
def test_an_admin_ends_a_lock(accounts: Accounts, lan: str, mend: str) -> None:
    fail(accounts, MOST_FAILURES)
    if mend == "opened":
        accounts.set_active("lan", True)
    else:
        accounts.change_password("lan", PASSWORD)
    assert accounts.check("lan", PASSWORD)


def test_of_many_tries_at_once_no_more_are_made_than_of_one_after_another(
    accounts: Accounts, lan: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []
    monkeypatch.setattr(Accounts, "_fits", lambda self, hashed, password: bool(compared.append(password)))

    def try_one(number: int) -> bool:
        try:
            return accounts.check("lan", f"sai mật khẩu {number}") is not None
        except Locked:
            return False

    with ThreadPoolExecutor(8) as pool:
        assert not any(pool.map(try_one, range(40)))
    assert len(compared) == MOST_FAILURES


# Roles, closing and opening


def test_another_role_and_another_name_are_kept(accounts: Accounts, lan: str) -> None:
    accounts.change("lan", role=Role.approver)
    accounts.change("lan", shown_as="Lan Anh")
    assert (accounts.get("lan").role, accounts.get("lan").shown_as) == (Role.approver, "Lan Anh")


def test_a_closed_account_opens_nothing_until_it_is_opened_again(accounts: Accounts, lan: str) -> None:
    accounts.set_active("lan", False)
    assert accounts.check("lan", PASSWORD) is None and not accounts.get("lan").is_active
    accounts.set_active("lan", True)
    assert accounts.check("lan", PASSWORD)


@pytest.mark.parametrize(
    "lose", [lambda one: one.set_active("lan", False), lambda one: one.change("lan", role=Role.approver)]
)
def test_the_last_active_admin_stays(accounts: Accounts, lan: str, lose: Callable[[Accounts], None]) -> None:
    accounts.change("lan", role=Role.admin)
    accounts.add("hoa", "", Role.admin, PASSWORD)
    accounts.set_active("hoa", False)
    with pytest.raises(LastAdmin):
        lose(accounts)
    assert accounts.get("lan").role is Role.admin and accounts.get("lan").is_active
    accounts.set_active("hoa", True)
    lose(accounts)  # now there is another one


def test_where_there_is_no_admin_at_all_the_others_may_be_changed(accounts: Accounts, lan: str) -> None:
    accounts.change("lan", role=Role.viewer)
    accounts.set_active("lan", False)
    assert not accounts.get("lan").is_active


def test_of_admins_who_close_each_other_at_once_one_stays(accounts: Accounts) -> None:
    names = [f"admin-{number}" for number in range(6)]
    for name in names:
        accounts.add(name, "", Role.admin, PASSWORD)

    def close(name: str) -> bool:
        try:
            accounts.set_active(name, False)
        except LastAdmin:
            return False
        return True

    with ThreadPoolExecutor(len(names)) as pool:
        assert sorted(pool.map(close, names)) == [False] + [True] * 5
    assert len([account for account in accounts.all() if account.is_active]) == 1
