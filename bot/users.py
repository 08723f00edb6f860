"""`python -m bot users …`: accounts of the desk. The first admin is made here; no account exists by default.

Exit codes: 0 done; 1 it could not be done; 2 the command was called wrongly.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from rich.console import Console
from rich.table import Table

from bot.settings import Settings
from bot.store.desk_tables import ROLES

if TYPE_CHECKING:
    from bot.store.desk import Desk

users = typer.Typer(help="Accounts of the desk: add, list, role, password, close, open.", no_args_is_help=True)
_out = Console(highlight=False, width=None if sys.stdout.isatty() else 200)
_err = Console(stderr=True, highlight=False)
BY = "dòng lệnh"  # who did it, in the trail
_UNSAFE = "this password is not safe: at least {shortest} characters that are neither the name nor guessed first"

Name = Annotated[str, typer.Argument(help="What one signs in with: small letters, digits, dots, dashes.")]


@users.command()
def add(
    name: Name,
    role: Annotated[str, typer.Option(help=f"One of {', '.join(ROLES)}.")] = "viewer",
    shown_as: Annotated[str, typer.Option("--shown-as", help="The person's name.")] = "",
) -> None:
    """Make an account. Its password is asked for, or read from standard input, and has to be changed at once."""
    from bot.store.accounts import SHORTEST, AccountExists, BadName, BadPassword, Role

    if role not in ROLES:
        raise typer.BadParameter(f"'{role}' is no role; there are {', '.join(ROLES)}")
    desk = _desk()
    try:
        desk.accounts.add(name, shown_as, Role(role), _password())
    except AccountExists:
        _fail(f"'{name}' has an account already")
    except BadName:
        _fail(f"'{name}' is no name to sign in with: 2 to 40 small letters, digits, dots, dashes; a letter first")
    except BadPassword:
        _fail(_UNSAFE.format(shortest=SHORTEST))
    desk.audit.add(BY, "account_added", name, role)
    _err.print(f"{name} may sign in as {role}, and changes the password then")


@users.command(name="list")
def list_() -> None:
    """All accounts."""
    table = Table("name", "shown as", "role", "state", "last signed in", box=None)
    for account in _desk().accounts.all():
        state = "active" if account.is_active else "closed"
        last = f"{account.signed_in_at:%Y-%m-%d %H:%M} UTC" if account.signed_in_at else "never"
        table.add_row(account.name, account.shown_as, account.role.value, state, last)
    _out.print(table)


@users.command()
def role(name: Name, to: Annotated[str, typer.Argument(help=f"One of {', '.join(ROLES)}.")]) -> None:
    """Give an account another role."""
    from bot.store.accounts import Role

    if to not in ROLES:
        raise typer.BadParameter(f"'{to}' is no role; there are {', '.join(ROLES)}")
    desk = _desk()
    _known(lambda: desk.accounts.change(name, role=Role(to)), name)
    desk.audit.add(BY, "role_changed", name, to)


@users.command()
def password(name: Name) -> None:
    """Set another password, which has to be changed at once, and end all sign-ins of the account."""
    from bot.store.accounts import SHORTEST, BadPassword

    desk = _desk()
    if not desk.accounts.has(name):
        _unknown(name)
    try:
        desk.accounts.change_password(name, _password(), must_change=True)
    except BadPassword:
        _fail(_UNSAFE.format(shortest=SHORTEST))
    desk.audit.add(BY, "password_reset", name)


@users.command()
def close(name: Name) -> None:
    """Let nobody sign in with an account any more; what it did stays in the trail."""
    desk = _desk()
    _known(lambda: desk.accounts.set_active(name, False), name)
    desk.audit.add(BY, "account_closed", name)


@users.command(name="open")
def open_(name: Name) -> None:
    """Open a closed or locked account."""
    desk = _desk()
    _known(lambda: desk.accounts.set_active(name, True), name)
    desk.audit.add(BY, "account_opened", name)


def _desk() -> Desk:
    from bot.store.database import StoreError, connect
    from bot.store.desk import Desk

    try:
        return Desk(connect(Settings()))
    except StoreError as error:
        _fail(str(error))


def _password() -> str:
    """Asked for twice on a terminal, else the first line of standard input: never an argument, which others can see."""
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\n")


def _known(change: Callable[[], None], name: str) -> None:
    from bot.store.accounts import LastAdmin

    try:
        change()
    except LastAdmin:
        _fail(f"'{name}' is the last admin: make somebody else one first, or nobody can open accounts at the desk")
    except KeyError:
        _unknown(name)


def _unknown(name: str) -> NoReturn:
    _fail(f"nobody is called '{name}': see 'python -m bot users list'")


def _fail(why: str) -> NoReturn:
    _err.print(why, style="red", markup=False, soft_wrap=True)
    raise typer.Exit(1)
