"""The tables of the desk: who may do what, what was done, and what the staff work on."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Integer, Table, Text, UniqueConstraint

from bot.store.tables import Instant, metadata

ROLES = ("viewer", "staff", "editor", "approver", "admin")

accounts = Table(
    "accounts",
    metadata,
    Column("name", Text, primary_key=True),  # what one signs in with
    Column("shown_as", Text, nullable=False),
    Column("role", Text, CheckConstraint(f"role IN {ROLES}"), nullable=False),
    Column("password", Text, nullable=False),  # argon2id, with its own salt and parameters
    Column("is_active", Boolean, nullable=False),
    Column("must_change", Boolean, nullable=False),  # somebody else knows the password
    Column("failures", Integer, nullable=False),  # since the last success
    Column("locked_until", Instant),
    Column("created_at", Instant, nullable=False),
    Column("signed_in_at", Instant),
)

sign_ins = Table(
    "sign_ins",
    metadata,
    Column("key", Text, primary_key=True),  # a hash: who reads the database cannot sign in with it
    Column("account", Text, ForeignKey("accounts.name", ondelete="CASCADE"), nullable=False, index=True),
    Column("form_key", Text, nullable=False),  # what every form of this sign-in has to bring along
    Column("began_at", Instant, nullable=False),
    Column("used_at", Instant, nullable=False),
)

# Names stand here as they were then: an account may be gone when somebody reads who did what.
audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Instant, nullable=False, index=True),
    Column("account", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),  # what it was done to: a code, a number, an account
    Column("detail", Text, nullable=False),
)

drafts = Table(
    "drafts",
    metadata,
    Column("subject", Text, primary_key=True),  # the code of a record, or "ward"
    Column("text", Text, nullable=False),
    Column("base", Integer, nullable=False),  # the version it was begun from
    Column("revision", Integer, nullable=False),
    Column("state", Text, CheckConstraint("state IN ('draft', 'review')"), nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("why", Text, nullable=False),
)

draft_revisions = Table(
    "draft_revisions",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
    Column("base", Integer, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Instant, nullable=False),
)

imports = Table(
    "imports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
    Column("file", Text, nullable=False),  # its name, as it was sent
    Column("kind", Text, nullable=False),
    Column("left_out", Integer, nullable=False),  # procedures of the file that no ward has
)

import_items = Table(
    "import_items",
    metadata,
    Column("import_id", Integer, ForeignKey("imports.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("subject", Text, nullable=False),  # a code, or "ward"
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("data", Text, nullable=False),  # what the file says of it, as JSON
)

# What was said to a value that a file had; it holds for every later file with the same value.
import_decisions = Table(
    "import_decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("import_id", Integer, ForeignKey("imports.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("subject", Text, nullable=False),
    Column("part", Text, nullable=False),
    Column("value", Text, nullable=False),  # a fingerprint
    Column("decision", Text, nullable=False),
    Column("note", Text, nullable=False),  # what is left to do
    Column("by", Text, nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("subject", "part", "value"),
)

OUTCOMES = ("answer", "choose", "unknown", "outside", "other")

golden = Table(
    "golden",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),  # the question as `bot.store.golden` compares it
    Column("question", Text, nullable=False),
    Column("outcome", Text, CheckConstraint(f"outcome IN {OUTCOMES}"), nullable=False),
    Column("procedure", Text, nullable=False),
    Column("aspects", Text, nullable=False),  # "documents fee"
    Column("facts", Text, nullable=False),  # one a line
    Column("note", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Instant, nullable=False),
)

golden_runs = Table(
    "golden_runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("is_running", Integer, unique=True),  # 1 in the one run that has not ended, else null
    Column("version", Integer, nullable=False, index=True),
    Column("candidate", Text, nullable=False),  # fingerprint of a folder; empty: the version in force
    Column("by", Text, nullable=False),
    Column("began_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),  # when it last went on
    Column("took_ms", Integer),  # null in one that was cut off
    Column("total", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("passed", Integer, nullable=False),
    Column("fault", Text, nullable=False),  # why it was given up
    Column("results", Text, nullable=False),  # JSON
)

# What somebody of the ward thought of an answer they tried; what would be right where it was wrong.
judgements = Table(
    "judgements",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("reply", Text, nullable=False),  # the reply's id
    Column("at", Instant, nullable=False, index=True),
    Column("by", Text, nullable=False),
    Column("version", Integer, nullable=False),  # that answered
    Column("question", Text, nullable=False),
    Column("before", Text, nullable=False),  # what was asked before it in the same talk, one a line
    Column("outcome", Text, CheckConstraint(f"outcome IN {OUTCOMES}"), nullable=False),
    Column("procedure", Text, nullable=False),
    Column("aspects", Text, nullable=False),  # "documents fee"
    Column("verdict", Text, CheckConstraint("verdict IN ('right', 'wrong', 'unclear')"), nullable=False),
    Column("right_outcome", Text, nullable=False),  # empty where nobody said
    Column("right_procedure", Text, nullable=False),
    Column("right_aspects", Text, nullable=False),
    Column("remark", Text, nullable=False),
    UniqueConstraint("reply", "by"),
)

# What citizens are told at once. What is over stays: who said it, when, and why.
notices = Table(
    "notices",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, CheckConstraint("kind IN ('notice', 'urgent', 'off')"), nullable=False),
    Column("text", Text, nullable=False),  # what citizens read
    Column("why", Text, nullable=False),  # what colleagues read
    Column("begins_at", Instant, nullable=False),
    Column("until", Instant),
    Column("said_by", Text, nullable=False),
    Column("said_at", Instant, nullable=False),
    Column("ended_by", Text),
    Column("ended_at", Instant),
)

# Questions of citizens that the staff are done with, by a hash of their words: the words are deleted in time.
turn_marks = Table(
    "turn_marks",
    metadata,
    Column("key", Text, primary_key=True),
    Column("what", Text, CheckConstraint("what IN ('not_ours', 'done')"), nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Instant, nullable=False),
)

# Who works on what a citizen sent, beside `messages`, which keeps what the citizen may read.
message_work = Table(
    "message_work",
    metadata,
    Column("number", Text, ForeignKey("messages.number", ondelete="CASCADE"), primary_key=True),
    Column("revision", Integer, nullable=False),  # how often something was done: what a form has to bring along
    Column("taken_by", Text),
    Column("taken_at", Instant),
    Column("answered_by", Text),
)

message_steps = Table(
    "message_steps",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Text, ForeignKey("messages.number", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
    Column("what", Text, nullable=False),  # a word of `bot.store.letters`
    Column("text", Text, nullable=False),  # a note, or an answer that was given
)
