"""The database: SQLite in a file of its own, or PostgreSQL. Tables are made where they are missing."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import QueuePool
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.schema import Table

from bot.settings import Settings
from bot.store import desk_tables  # noqa: F401  so that its tables are made, too
from bot.store.tables import VERSION, metadata, store_version

BUSY = 5.0  # seconds that a write waits for another one's end, or somebody for a connection
_SQLITE = ("sqlite", "sqlite+pysqlite")
_POSTGRESQL = ("postgresql", "postgresql+psycopg2")
_EXPECTED = "expected postgresql://user:password@host/database, sqlite:////path/to/file.db, or nothing"
_SETTING_UP = 3_617_204  # any number that nobody else takes for an advisory lock
_INSERT = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class StoreError(Exception):
    """Why the database cannot be used, in words for the person at the terminal; never with its password."""


def connect(settings: Settings) -> Engine:
    """The database that the settings name, ready for use; one engine for each address. Raises StoreError.

    Write within `engine.begin()`, read within `reading(engine)`.
    """
    return _connected(settings.database_url)


def reading(engine: Engine) -> Connection:
    """A connection for reading, to be used with `with`; it does not wait for those who write."""
    return engine.execution_options(only_reads=True).connect()


def insert_or_update(
    connection: Connection,
    table: Table,
    values: Mapping[str, Any],
    key: Sequence[str],
    key_where: ClauseElement | None = None,
) -> None:
    """Add a row, or put its values in place of those of the row with the same `key` (a unique index of the table)."""
    statement = _INSERT[connection.dialect.name](table).values(**values)
    others = {name: statement.excluded[name] for name in values if name not in key}
    connection.execute(statement.on_conflict_do_update(index_elements=key, index_where=key_where, set_=others))


@cache
def _connected(address: str) -> Engine:
    url = _parse(address)
    try:
        engine = _sqlite(url) if url.drivername in _SQLITE else _postgresql(url)
        with engine.begin() as connection:
            _set_up(connection)
    except (DBAPIError, OSError) as error:
        reason = error.orig if isinstance(error, DBAPIError) else error
        raise StoreError(f"The database {url.database} ({url.drivername}) cannot be used: {reason}") from error
    return engine


def _parse(address: str) -> URL:
    # `from None`: SQLAlchemy's own error shows the address with its password.
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise StoreError(f"DATABASE_URL is no address of a database: {_EXPECTED}") from None
    if url.drivername not in (*_SQLITE, *_POSTGRESQL):
        raise StoreError(f"DATABASE_URL names the driver '{url.drivername}', which is not known: {_EXPECTED}")
    if "@" in (url.host or ""):
        raise StoreError("DATABASE_URL has a second @: write it as %40 in the password")
    if not url.database or url.database == ":memory:":
        raise StoreError(f"DATABASE_URL names no database: {_EXPECTED}")
    return url


def _sqlite(url: URL) -> Engine:
    engine = create_engine(
        url,
        future=True,
        hide_parameters=True,  # errors are logged; what citizens wrote is not
        poolclass=QueuePool,
        connect_args={"timeout": BUSY, "check_same_thread": False, "isolation_level": None},
    )
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    path = Path(url.database)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone(path.parent):  # of two that turn a new file to write-ahead logging at once, one would be refused
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))  # SQLite gives its further files the same mode
        engine.connect().close()
    return engine


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold a folder against other processes and threads that want the same."""
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)


def _on_connect(connection: Any, record: object) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten


def _on_begin(connection: Connection) -> None:
    # A write that began as a read would fail at once, instead of waiting, when another one has written meanwhile.
    if not connection.get_execution_options().get("only_reads"):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _postgresql(url: URL) -> Engine:
    # A server that says nothing must not hold one thread after another until none is left.
    arguments = {"connect_timeout": int(BUSY), "tcp_user_timeout": int(BUSY * 1000)}
    return create_engine(
        url, future=True, hide_parameters=True, pool_pre_ping=True, pool_timeout=BUSY, connect_args=arguments
    )


def _set_up(connection: Connection) -> None:
    """Make the tables, one process at a time (SQLite's transaction has locked the file already)."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_SETTING_UP)))
    metadata.create_all(connection)  # all that versions 2 and 3 have more than the first are tables
    version = connection.scalar(select(store_version.c.version))
    if version is None:
        connection.execute(store_version.insert().values(version=VERSION))
    elif version > VERSION:
        raise StoreError(
            f"The database was written by a newer release (its version is {version}, this release knows {VERSION}): "
            "update the assistant, or name another database in DATABASE_URL"
        )
    elif version < VERSION:
        connection.execute(update(store_version).values(version=VERSION))
