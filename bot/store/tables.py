"""The tables. Another column or table means another `VERSION`, and a way there from the one before."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)

VERSION = 3


class Instant(TypeDecorator):
    """A moment with its time zone, kept in UTC; SQLite has no time zones of its own."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """On the way in. Raises ValueError for a time without its zone."""
        if value is not None and value.tzinfo is None:
            raise ValueError(f"{value} does not say in which time zone")
        return value and value.astimezone(timezone.utc)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """On the way out."""
        if value is not None and value.tzinfo is None:
            return value.replace(tzinfo=timezone.utc)
        return value and value.astimezone(timezone.utc)


metadata = MetaData()

store_version = Table("store_version", metadata, Column("version", Integer, primary_key=True, autoincrement=False))

messages = Table(
    "messages",
    metadata,
    Column("number", Text, primary_key=True),
    Column("kind", Text, CheckConstraint("kind IN ('question', 'complaint', 'feedback')"), nullable=False),
    Column("text", Text, nullable=False),
    Column("contact", Text),
    Column("conversation", Text, index=True),  # null once its citizen had the conversation deleted
    Column("state", Text, CheckConstraint("state IN ('draft', 'new', 'taken', 'answered')"), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("sent_at", Instant),
    Column("answered_at", Instant),
    Column("answer", Text),
    Column("procedure", Text),
)
IS_DRAFT = text("state = 'draft'")
Index(
    "one_draft_per_conversation",
    messages.c.conversation,
    unique=True,
    sqlite_where=IS_DRAFT,
    postgresql_where=IS_DRAFT,
)

# What was replied, so that a mark says what it is about; no text of anybody.
replies = Table(
    "replies",
    metadata,
    Column("id", Text, primary_key=True),
    Column("conversation", Text, nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("card_type", Text, nullable=False),
    Column("kind", Text),
    Column("procedure", Text),
    Column("aspects", Text, nullable=False),  # "documents fee"
)

ratings = Table(
    "ratings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation", Text, nullable=False),
    Column("day", Date, nullable=False),  # in Vietnam
    Column("level", Integer, CheckConstraint("level BETWEEN 1 AND 5"), nullable=False),
    Column("said_at", Instant, nullable=False),
    UniqueConstraint("conversation", "day"),
)

marks = Table(
    "marks",
    metadata,
    Column("reply", Text, ForeignKey("replies.id", ondelete="CASCADE"), primary_key=True),
    Column("conversation", Text, primary_key=True),
    Column("mark", Text, CheckConstraint("mark IN ('up', 'down')"), nullable=False),
    Column("reason", Text, nullable=False),
    Column("procedure", Text),
    Column("at", Instant, nullable=False),
)

# What a citizen wrote, masked. What was replied stands in `replies`, under the id of the turn's first reply.
turns = Table(
    "turns",
    metadata,
    Column("id", Text, ForeignKey("replies.id", ondelete="CASCADE"), primary_key=True),
    Column("conversation", Text, nullable=False, index=True),
    Column("at", Instant, nullable=False, index=True),
    Column("message", Text, nullable=False),
    Column("took_ms", Integer, nullable=False),
)
