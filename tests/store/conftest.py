"""A database for each test: SQLite in a new file, and PostgreSQL where TEST_DATABASE_URL names one to be emptied."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot.settings import Settings
from bot.store.database import connect
from bot.store.messages import Messages
from bot.store.ratings import Ratings
from bot.store.replies import Replies
from bot.store.tables import metadata, store_version
from bot.store.turns import Turns
from tests.store.rows import Rows, rows_in
from tests.store.watch import Watch


@pytest.fixture(params=["sqlite", "postgresql"])
def store_settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings that name an empty database."""
    if request.param == "sqlite":
        return Settings(var=tmp_path, database="")
    if not (address := os.environ.get("TEST_DATABASE_URL")):
        pytest.skip("TEST_DATABASE_URL names no PostgreSQL database")
    settings = Settings(var=tmp_path, database=address)
    with connect(settings).begin() as connection:
        for table in reversed(metadata.sorted_tables):
            if table is not store_version:
                connection.execute(table.delete())
    return settings


@pytest.fixture
def engine(store_settings: Settings) -> Engine:
    return connect(store_settings)


@pytest.fixture
def rows(engine: Engine) -> Rows:
    """All that stands in a table."""
    return rows_in(engine)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def messages(engine: Engine, watch: Watch) -> Messages:
    return Messages(engine, now=watch)


@pytest.fixture
def ratings(engine: Engine, watch: Watch) -> Ratings:
    return Ratings(engine, now=watch)


@pytest.fixture
def replies(engine: Engine, watch: Watch) -> Replies:
    return Replies(engine, now=watch)


@pytest.fixture
def turns(engine: Engine, watch: Watch) -> Turns:
    return Turns(engine, now=watch)
