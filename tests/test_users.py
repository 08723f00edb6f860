"""The verbs of `python -m bot users`, run as whoever installs the assistant runs them."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from typer.testing import CliRunner

from bot.settings import ROOT, Settings
from bot.store import accounts
from bot.store.accounts import MOST_FAILURES, Account, Role
from bot.store.database import connect
from bot.store.desk import Desk
from bot.users import BY, users
from bot.web.desk.trail import ACTIONS

PASSWORD = "bảy con mèo trắng"
OTHER = "chín con mèo vàng"
Ended = tuple[int, str, str]
Run = Callable[..., Ended]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The stores that the command works on."""
    cheap = partial(PasswordHasher, time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(accounts, "PasswordHasher", cheap)
    monkeypatch.setenv("VAR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return Desk(connect(Settings()))


@pytest.fixture
def run(desk: Desk) -> Run:
    """Runs `python -m bot users …` in this process: what it exits with, what it writes, and what it says of it."""

    def ran(*arguments: str, typed: str = "") -> Ended:
        ended = CliRunner().invoke(users, arguments, input=typed)
        assert ended.exception is None or isinstance(ended.exception, SystemExit), ended.exception
        return ended.exit_code, ended.stdout, ended.stderr

    return ran


@pytest.fixture
def lan(run: Run, desk: Desk) -> Account:
    assert run("add", "lan", "--role", "admin", "--shown-as", "Nguyễn Lan", typed=f"{PASSWORD}\n")[0] == 0
    return desk.accounts.get("lan")


def trail(desk: Desk) -> list[tuple[str, str, str, str]]:
    return [(entry.account, entry.action, entry.subject, entry.detail) for entry in reversed(desk.audit.entries())]


def bot(*arguments: str, var: Path, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run `python -m bot users` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "bot", "users", *arguments],
        input=typed,
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "300", "VAR": str(var), "DATABASE_URL": ""},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_as_a_program_starts_it_the_first_admin_is_made_and_listed(tmp_path: Path) -> None:
    assert bot("add", "lan", "--role", "admin", var=tmp_path, typed=f"{PASSWORD}\n").returncode == 0
    listed = bot("list", var=tmp_path)
    assert listed.returncode == 0 and "lan" in listed.stdout and PASSWORD not in listed.stdout + listed.stderr
    again = bot("add", "lan", var=tmp_path, typed=f"{PASSWORD}\n")
    assert again.returncode == 1 and again.stderr.strip() == "'lan' has an account already"


def test_on_a_terminal_the_password_is_asked_for_twice_and_not_shown(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    started = subprocess.Popen(
        [sys.executable, "-m", "bot", "users", "add", "lan"],
        cwd=ROOT,
        env={**os.environ, "VAR": str(tmp_path), "DATABASE_URL": ""},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    shown = b""
    for asked in (b"Password: ", b"confirmation: "):
        while not shown.endswith(asked):
            shown += os.read(ours, 1000)
        os.write(ours, f"{PASSWORD}\n".encode())
    while b"may sign in" not in shown:
        shown += os.read(ours, 1000)
    assert started.wait(30) == 0 and PASSWORD.encode() not in shown
    os.close(ours)


def test_a_new_account_may_do_what_was_said_and_changes_its_password(lan: Account, desk: Desk) -> None:
    assert (lan.shown_as, lan.role, lan.is_active, lan.must_change) == ("Nguyễn Lan", Role.admin, True, True)
    assert desk.accounts.check("lan", PASSWORD)
    assert trail(desk) == [(BY, "account_added", "lan", "admin")]


def test_without_a_role_one_may_look_and_no_more(run: Run, desk: Desk) -> None:
    assert run("add", "hoa", typed=PASSWORD)[0] == 0
    assert desk.accounts.get("hoa").role is Role.viewer


@pytest.mark.parametrize(
    ("arguments", "typed", "why"),
    [
        (("Lan",), PASSWORD, "is no name to sign in with"),
        (("hoa",), "ngắn", "not safe: at least 10 characters"),
        (("hoa",), "", "not safe"),
        (("lan",), PASSWORD, "has an account already"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(
    run: Run, lan: Account, desk: Desk, arguments: tuple[str, ...], typed: str, why: str
) -> None:
    code, out, said = run("add", *arguments, typed=f"{typed}\n")
    assert (code, out, len(said.strip().splitlines())) == (1, "", 1) and why in said
    assert desk.accounts.all() == [lan] and len(trail(desk)) == 1


@pytest.mark.parametrize(
    "arguments", [("add", "hoa", "--role", "chief"), ("role", "lan", "chief"), ("add",), ("fire",)]
)
def test_what_is_called_wrongly_ends_with_2(run: Run, lan: Account, desk: Desk, arguments: tuple[str, ...]) -> None:
    assert run(*arguments, typed=f"{PASSWORD}\n")[0] == 2 and desk.accounts.all() == [lan]


def test_the_list_says_who_there_is(run: Run, lan: Account, desk: Desk) -> None:
    desk.accounts.add("hoa", "Hoa", Role.editor, PASSWORD)
    desk.accounts.set_active("hoa", False)
    desk.accounts.check("lan", PASSWORD)
    code, out, _ = run("list")
    head, first, second = (line.split() for line in out.splitlines())
    assert code == 0 and head[:2] == ["name", "shown"]
    assert first == ["hoa", "Hoa", "editor", "closed", "never"]
    assert second[:5] == ["lan", "Nguyễn", "Lan", "admin", "active"] and second[-1] == "UTC"


def test_a_role_is_given(run: Run, lan: Account, desk: Desk) -> None:
    desk.accounts.add("hoa", "Hoa", Role.viewer, PASSWORD)
    assert run("role", "hoa", "approver")[0] == 0
    assert desk.accounts.get("hoa").role is Role.approver
    assert trail(desk)[-1] == (BY, "role_changed", "hoa", "approver")


def test_a_password_is_set_anew_and_ends_locks_and_sign_ins(run: Run, lan: Account, desk: Desk) -> None:
    key = desk.sign_ins.begin("lan")
    desk.accounts.change_password("lan", PASSWORD)
    for _ in range(MOST_FAILURES):
        desk.accounts.check("lan", "sai mật khẩu rồi")
    assert run("password", "lan", typed=f"{OTHER}\n")[0] == 0
    found = desk.accounts.check("lan", OTHER)
    assert found and found.must_change and desk.sign_ins.of(key) is None
    assert trail(desk)[-1] == (BY, "password_reset", "lan", "")


def test_a_password_that_is_not_safe_is_not_set(run: Run, lan: Account, desk: Desk) -> None:
    code, _, said = run("password", "lan", typed="ngắn\n")
    assert code == 1 and "not safe" in said and desk.accounts.check("lan", PASSWORD)


def test_an_account_is_closed_and_opened(run: Run, lan: Account, desk: Desk) -> None:
    desk.accounts.add("hoa", "Hoa", Role.viewer, PASSWORD)
    assert run("close", "hoa")[0] == 0 and not desk.accounts.get("hoa").is_active
    assert run("open", "hoa")[0] == 0 and desk.accounts.get("hoa").is_active
    assert [entry[1:3] for entry in trail(desk)[1:]] == [("account_closed", "hoa"), ("account_opened", "hoa")]


@pytest.mark.parametrize("arguments", [("close", "lan"), ("role", "lan", "editor")])
def test_the_last_admin_stays(run: Run, lan: Account, desk: Desk, arguments: tuple[str, ...]) -> None:
    code, _, said = run(*arguments)
    assert code == 1 and "'lan' is the last admin" in said
    assert desk.accounts.get("lan") == lan and len(trail(desk)) == 1


@pytest.mark.parametrize("arguments", [("close", "ai"), ("open", "ai"), ("role", "ai", "viewer"), ("password", "ai")])
def test_who_is_not_there_is_told(run: Run, lan: Account, desk: Desk, arguments: tuple[str, ...]) -> None:
    code, _, said = run(*arguments, typed=f"{PASSWORD}\n")
    assert code == 1 and "nobody is called 'ai'" in said and len(trail(desk)) == 1


def test_without_a_database_it_says_why_without_its_password(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://bot:mat-khau@localhost/x")
    code, _, said = run("list")
    assert code == 1 and "mysql" in said and "mat-khau" not in said


def test_all_that_it_notes_has_a_name_in_the_trail(run: Run, lan: Account, desk: Desk) -> None:
    desk.accounts.add("hoa", "Hoa", Role.viewer, PASSWORD)
    for arguments in (("role", "hoa", "staff"), ("password", "hoa"), ("close", "hoa"), ("open", "hoa")):
        assert run(*arguments, typed=f"{OTHER}\n")[0] == 0
    assert {entry[1] for entry in trail(desk)} <= ACTIONS.keys()
