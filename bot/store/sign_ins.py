"""Who is signed in: kept on the server, so that a sign-in can be ended from anywhere."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.engine import Engine

from bot.store import clock
from bot.store.accounts import Account, Accounts
from bot.store.database import reading
from bot.store.desk_tables import sign_ins

LONGEST = timedelta(hours=12)  # a day's work
LONGEST_IDLE = timedelta(hours=2)
NOTED_EVERY = timedelta(minutes=1)  # so that not every page costs a write


@dataclass(frozen=True)
class SignIn:
    """Somebody signed in, and the key that the forms of this sign-in bring along."""

    account: Account
    form_key: str


class SignIns:
    """The sign-ins of a database."""

    def __init__(self, engine: Engine, accounts: Accounts, *, now: clock.Clock = clock.now) -> None:
        self._engine, self._accounts, self._now = engine, accounts, now

    def begin(self, account: str) -> str:
        """Sign somebody in whose password was checked; return the key for the browser to keep."""
        key, now = secrets.token_urlsafe(32), self._now()
        row = {
            "key": _hashed(key),
            "account": account,
            "form_key": secrets.token_urlsafe(32),
            "began_at": now,
            "used_at": now,
        }
        with self._engine.begin() as connection:
            connection.execute(sign_ins.insert().values(**row))
        return key

    def of(self, key: str) -> SignIn | None:
        """Whose key it is; None for one that is unknown or too old, or whose account is closed."""
        with reading(self._engine) as connection:
            row = connection.execute(select(sign_ins).where(sign_ins.c.key == _hashed(key))).mappings().first()
        now = self._now()
        if row is None or now - row["began_at"] > LONGEST or now - row["used_at"] > LONGEST_IDLE:
            return None
        account = self._accounts.get(row["account"])
        if not account.is_active:
            return None
        if now - row["used_at"] > NOTED_EVERY:
            with self._engine.begin() as connection:
                connection.execute(update(sign_ins).where(sign_ins.c.key == row["key"]).values(used_at=now))
        return SignIn(account, row["form_key"])

    def end(self, key: str) -> None:
        """Sign out here."""
        with self._engine.begin() as connection:
            connection.execute(delete(sign_ins).where(sign_ins.c.key == _hashed(key)))

    def end_all(self, account: str) -> int:
        """Sign out everywhere; how many sign-ins there were."""
        with self._engine.begin() as connection:
            return int(connection.execute(delete(sign_ins).where(sign_ins.c.account == account)).rowcount)

    def drop_old(self) -> int:
        """Delete those that are over, by age or for want of use; how many there were."""
        now = self._now()
        over = (sign_ins.c.began_at < now - LONGEST) | (sign_ins.c.used_at < now - LONGEST_IDLE)
        with self._engine.begin() as connection:
            return int(connection.execute(delete(sign_ins).where(over)).rowcount)


def _hashed(key: str) -> str:
    # Random of 256 bits: nothing to guess, so a fast hash will do.
    return hashlib.sha256(key.encode()).hexdigest()
