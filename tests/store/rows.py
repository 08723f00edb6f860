"""What stands in a table, for tests that look behind the store."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.sql.schema import Table

from bot.store.database import reading

Rows = Callable[[Table], list[dict[str, Any]]]


def rows_in(engine: Engine) -> Rows:
    """All that stands in a table of this database."""

    def read(table: Table) -> list[dict[str, Any]]:
        with reading(engine) as connection:
            return [dict(row) for row in connection.execute(select(table)).mappings()]

    return read
