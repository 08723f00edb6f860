"""Accounts of the desk: made by whoever runs the assistant, or by an admin; nobody has one by default."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from threading import BoundedSemaphore
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import select, update
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from bot.store import clock
from bot.store.database import reading
from bot.store.desk_tables import accounts, sign_ins
from bot.text.unicode import clean

NAME = re.compile(r"[a-z][a-z0-9._-]{1,39}")
SHORTEST, LONGEST = 10, 200  # characters of a password
LONGEST_SHOWN = 80  # characters of what somebody is called
MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
# Long enough, and tried first by everybody who guesses.
_COMMON = frozenset(
    "1234567890 0123456789 0987654321 9876543210 12345678910 123456789a a123456789 1q2w3e4r5t qwertyuiop qwerty12345 "
    "password12 password123 password1234 matkhau123 matkhau1234 matkhau12345 admin12345 admin123456 abcdef12345 "
    "abcd123456 anhyeuem123 iloveyou123".split()
)
_HASHED_AT_ONCE = 2  # each costs 64 MB: a crowd at the sign-in page must not eat the machine


class Role(str, Enum):
    """What somebody is at the desk; see `bot.web.desk.permissions`."""

    viewer = "viewer"
    staff = "staff"
    editor = "editor"
    approver = "approver"
    admin = "admin"


@dataclass(frozen=True)
class Account:
    """One account, without its password."""

    name: str
    shown_as: str
    role: Role
    is_active: bool
    must_change: bool
    locked_until: datetime | None
    created_at: datetime
    signed_in_at: datetime | None


class AccountExists(ValueError):
    """The name is taken."""


class BadName(ValueError):
    """No name to sign in with: small letters, digits, dots and dashes, 2 to 40, a letter first."""


class BadPassword(ValueError):
    """Too short, too long, or what anybody would try first."""


class LastAdmin(Exception):
    """Nobody would be left who may open accounts."""


class Locked(Exception):
    """Too many failures; `until` says how long nothing is tried."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"locked until {until}")
        self.until = until


class Accounts:
    """The accounts of a database."""

    def __init__(self, engine: Engine, *, now: clock.Clock = clock.now, hasher: PasswordHasher | None = None) -> None:
        self._engine, self._now = engine, now
        self._hasher = hasher or PasswordHasher()
        self._hashing = BoundedSemaphore(_HASHED_AT_ONCE)
        # Compared with where there is no account: who tries names learns nothing from how long it takes.
        self._nobody = self._hasher.hash("nobody has this password")

    def add(self, name: str, shown_as: str, role: Role, password: str, *, must_change: bool = True) -> Account:
        """Make an account. Raises BadName, BadPassword, AccountExists."""
        if not NAME.fullmatch(name):
            raise BadName(name)
        row = {
            "name": name,
            "shown_as": clean(shown_as)[:LONGEST_SHOWN] or name,
            "role": role.value,
            "password": self._hashed(password, name),
            "is_active": True,
            "must_change": must_change,
            "failures": 0,
            "created_at": self._now(),
        }
        try:
            with self._engine.begin() as connection:
                connection.execute(accounts.insert().values(**row))
        except IntegrityError as taken:
            raise AccountExists(name) from taken
        return self.get(name)

    def get(self, name: str) -> Account:
        """Raises KeyError where there is none of that name."""
        with reading(self._engine) as connection:
            row = connection.execute(select(accounts).where(accounts.c.name == name)).mappings().first()
        if row is None:
            raise KeyError(name)
        return _account(row)

    def called(self, name: str) -> str:
        """What people call somebody; the name of an account that is gone."""
        try:
            return self.get(name).shown_as
        except KeyError:
            return name

    def has(self, name: str) -> bool:
        """Whether somebody is called so."""
        if not NAME.fullmatch(name):
            return False
        with reading(self._engine) as connection:
            return connection.scalar(select(accounts.c.name).where(accounts.c.name == name)) is not None

    def all(self) -> list[Account]:
        """All, by name."""
        with reading(self._engine) as connection:
            return [_account(row) for row in connection.execute(select(accounts).order_by(accounts.c.name)).mappings()]

    def check(self, name: str, password: str) -> Account | None:
        """The active account of this name and password, else None. Raises Locked after too many failures in a row."""
        now = self._now()
        row = self._counted(name, now) if NAME.fullmatch(name) else None
        fits = self._fits(row["password"] if row else self._nobody, password)
        if row is None or not row["is_active"] or not fits:
            return None
        values: dict[str, object] = {"failures": 0, "locked_until": None, "signed_in_at": now}
        if self._hasher.check_needs_rehash(row["password"]):
            values["password"] = self._hash(password)
        self._set(name, **values)
        return self.get(name)

    def change_password(self, name: str, password: str, *, must_change: bool = False) -> None:
        """Set another password and end all sign-ins. Raises KeyError, BadPassword."""
        hashed = self._hashed(password, name)
        self._set(name, password=hashed, must_change=must_change, failures=0, locked_until=None)
        self._end_sign_ins(name)

    def change(self, name: str, *, shown_as: str | None = None, role: Role | None = None) -> None:
        """Set what somebody is called or may do. Raises KeyError, LastAdmin."""
        values = {"shown_as": shown_as, "role": role.value if role else None}
        self._set(name, **{key: value for key, value in values.items() if value})

    def set_active(self, name: str, is_active: bool) -> None:
        """Close an account, which ends its sign-ins, or open it again. Raises KeyError, LastAdmin."""
        self._set(name, is_active=is_active, failures=0, locked_until=None)
        if not is_active:
            self._end_sign_ins(name)

    def _counted(self, name: str, now: datetime) -> Mapping[str, Any] | None:
        """The row of a name as it was; the try counts as a failure before it is made, so that of many at once none is
        left out. Raises Locked."""
        mine = accounts.c.name == name
        with self._engine.begin() as connection:
            row = connection.execute(select(accounts).where(mine).with_for_update()).mappings().first()
            if row is None:
                return None
            if row["locked_until"] and row["locked_until"] > now:
                raise Locked(row["locked_until"])
            failures, locked_until = row["failures"] + 1, None
            if failures >= MOST_FAILURES:
                failures, locked_until = 0, now + LOCKED_FOR
            connection.execute(update(accounts).where(mine).values(failures=failures, locked_until=locked_until))
        return row

    def _fits(self, hashed: str, password: str) -> bool:
        try:
            with self._hashing:
                return self._hasher.verify(hashed, _typed(password)[: LONGEST + 1])
        except (VerifyMismatchError, InvalidHashError):
            return False

    def _hashed(self, password: str, name: str) -> str:
        password = _typed(password)
        if not SHORTEST <= len(password) <= LONGEST or _is_guessed_first(password, name):
            raise BadPassword
        return self._hash(password)

    def _hash(self, password: str) -> str:
        with self._hashing:
            return self._hasher.hash(_typed(password))

    def _set(self, name: str, **values: object) -> None:
        """Raises KeyError; LastAdmin, with nothing changed, if no active admin is left."""
        with self._engine.begin() as connection, _keeps_an_admin(connection, name, values):
            if not connection.execute(update(accounts).where(accounts.c.name == name).values(**values)).rowcount:
                raise KeyError(name)

    def _end_sign_ins(self, name: str) -> None:
        with self._engine.begin() as connection:
            connection.execute(sign_ins.delete().where(sign_ins.c.account == name))


@contextmanager
def _keeps_an_admin(connection: Connection, name: str, values: Mapping[str, object]) -> Iterator[None]:
    """Raises LastAdmin if there was an active admin before what is done within, and none afterwards."""
    if not {"role", "is_active"} & values.keys():
        yield
        return
    active_admins = select(accounts.c.name).where(accounts.c.role == Role.admin.value, accounts.c.is_active)
    # Held until the end: of two admins who demote each other at once, one is told no.
    before = connection.execute(active_admins.with_for_update()).all()
    yield
    if before and not connection.execute(active_admins).all():
        raise LastAdmin(name)


def _is_guessed_first(password: str, name: str) -> bool:
    typed = password.lower()
    rest = typed.replace(name, "")
    return len(set(typed)) < SHORTEST // 2 or len(rest) < SHORTEST // 2 or typed in _COMMON


def _typed(password: str) -> str:
    """One spelling: some machines send "ậ" in one piece, others in three."""
    return unicodedata.normalize("NFC", password)


def _account(row: object) -> Account:
    values = {name: row[name] for name in Account.__dataclass_fields__}  # type: ignore[index]
    return Account(**{**values, "role": Role(values["role"])})
