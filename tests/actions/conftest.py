"""What citizens leave behind in these tests goes to a database of the test's own."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.sql.schema import Table

from actions.assistant import assistant
from bot.settings import Settings
from bot.store import database, tables
from bot.store.messages import Messages
from bot.store.ratings import Ratings
from bot.store.replies import Replies
from tests.store.watch import Watch


@dataclass(frozen=True)
class Kept:
    """The store of one test. Within `busy()` nothing can be written; after `break_down()` nothing be read either."""

    engine: Engine
    messages: Messages
    ratings: Ratings
    replies: Replies
    busy: Callable[[], AbstractContextManager[None]]

    def rows(self, table: Table) -> list[dict[str, Any]]:
        """All that stands in a table."""
        with database.reading(self.engine) as connection:
            return [dict(row) for row in connection.execute(select(table)).mappings()]

    def break_down(self) -> None:
        """Make every use of the database fail."""
        tables.metadata.drop_all(self.engine)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def kept(tmp_path: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> Kept:
    """The actions keep what is left with them here, and at the time of `watch`."""
    monkeypatch.setattr(database, "BUSY", 0.1)  # else a test of a busy database waits for seconds
    settings = Settings(var=tmp_path, database="")
    engine = database.connect(settings)
    messages, ratings = Messages(engine, now=watch), Ratings(engine, now=watch)
    bot = replace(assistant(), messages=messages, ratings=ratings)
    for name, module in list(sys.modules.items()):
        if name.startswith("actions.") and getattr(module, "assistant", None) is assistant:
            monkeypatch.setattr(module, "assistant", lambda: bot)

    @contextmanager
    def busy() -> Iterator[None]:
        other = sqlite3.connect(tmp_path / "assistant.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.rollback()
            other.close()

    return Kept(engine, messages, ratings, Replies(engine, now=watch), busy)
