"""The database is found, made, kept to ourselves and refused where it cannot be used."""

from __future__ import annotations

import socket
import sqlite3
import stat
import traceback
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import inspect, update
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from bot.processes import environment
from bot.settings import ROOT, Settings
from bot.store import database, tables
from bot.store.accounts import Role
from bot.store.database import StoreError, connect, reading
from bot.store.desk import Desk
from bot.store.messages import Messages
from bot.store.replies import Replies
from bot.store.tables import VERSION, messages, metadata, replies, store_version
from bot.store.turns import Turns
from tests.store.at_once import run_at_once
from tests.store.rows import Rows, rows_in

HANOI = timezone(timedelta(hours=7))
SECRET = "mat-khau-123"


def schema(settings: Settings) -> set[tuple[str, str]]:
    """Tables and indexes, with the words that make them."""
    with reading(connect(settings)) as connection:
        return {tuple(row) for row in connection.exec_driver_sql("SELECT name, sql FROM sqlite_master")}


def reply(at: datetime) -> dict[str, object]:
    return {"id": "r", "conversation": "c", "at": at, "card_type": "answer", "aspects": ""}


# Settings


def test_without_a_setting_the_database_is_a_file_in_var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert Settings(var=tmp_path).database_url == f"sqlite:///{tmp_path}/assistant.db"


def test_the_environment_may_name_another_database_and_our_processes_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"postgresql://bot:{SECRET}@db.example/assistant"
    monkeypatch.setenv("DATABASE_URL", address)
    settings = Settings(var=tmp_path)
    assert settings.database_url == address
    monkeypatch.delenv("DATABASE_URL")
    assert environment(settings)["DATABASE_URL"] == address
    assert SECRET not in repr(settings)


# What cannot be used


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        (f"mysql://bot:{SECRET}@localhost/assistant", "the driver 'mysql', which is not known"),
        (f"postgres://bot:{SECRET}@localhost/assistant", "the driver 'postgres', which is not known"),
        (f"postgresql+nobody://bot:{SECRET}@localhost/assistant", "the driver 'postgresql\\+nobody'"),
        (f"bot:{SECRET}@localhost", "no address of a database"),
        (f"postgresql://bot:{SECRET}@localhost:port/assistant", "no address of a database"),
        (f"postgresql://bot:{SECRET}@localhost", "names no database"),
        (f"postgresql://bot:x@{SECRET}@localhost/assistant", "a second @"),
        (f"postgresql://bot:{SECRET}@127.0.0.1:1/assistant", "cannot be used: .*refused"),
        ("sqlite://", "names no database"),
        ("sqlite:///:memory:", "names no database"),
    ],
)
def test_an_address_that_cannot_be_used_is_explained_without_its_password(address: str, reason: str) -> None:
    with pytest.raises(StoreError, match=reason) as caught:
        connect(Settings(database=address))
    assert SECRET not in "".join(traceback.format_exception(caught.value)), "nor where it came from"


def test_the_error_lists_what_may_be_named() -> None:
    with pytest.raises(StoreError, match=r"expected postgresql://.*sqlite:///"):
        connect(Settings(database="oracle://x/y"))


def test_a_server_that_never_says_a_word_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY", 2.0)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"postgresql://bot:{SECRET}@127.0.0.1:{silent.getsockname()[1]}/assistant"
        with pytest.raises(StoreError, match=r"cannot be used: .*timeout"):
            connect(Settings(database=address))


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "assistant.db").write_text("not a database, but long enough to have a header of its own" * 20)
    with pytest.raises(StoreError, match=r"assistant\.db .*cannot be used: file is not a database"):
        connect(Settings(var=tmp_path, database=""))


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be used"):
        connect(Settings(var=tmp_path / "file" / "var", database=""))


def test_a_database_of_a_newer_release_is_refused_and_left_as_it_is(engine: Engine, store_settings: Settings) -> None:
    with engine.begin() as connection:
        connection.execute(update(store_version).values(version=VERSION + 1))
        tables.ratings.drop(connection)
    database._connected.cache_clear()
    try:
        with pytest.raises(StoreError, match=f"newer release .its version is {VERSION + 1}, .*knows {VERSION}"):
            connect(store_settings)
        with reading(engine) as connection:
            assert not connection.dialect.has_table(connection, "ratings")
    finally:
        with engine.begin() as connection:
            connection.execute(update(store_version).values(version=VERSION))
            metadata.create_all(connection)


# How it is made


def test_the_tables_are_made_once_and_stay(engine: Engine, store_settings: Settings, rows: Rows) -> None:
    Messages(engine).draft("c", "question", "hỏi")
    database._connected.cache_clear()
    assert connect(store_settings) is not engine
    assert rows(store_version) == [{"version": VERSION}]
    assert [row["text"] for row in rows(messages)] == ["hỏi"]


@pytest.fixture(params=[1, 2])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings that name a database as an earlier release left it, with a row in each of its tables."""
    file = sqlite3.connect(tmp_path / "assistant.db")
    file.executescript((ROOT / "tests" / "store" / f"version_{request.param}.sql").read_text(encoding="utf-8"))
    file.close()
    return Settings(var=tmp_path, database="")


def test_a_database_of_an_earlier_version_is_carried_over_with_all_that_is_in_it(old: Settings) -> None:
    with sqlite3.connect(old.var / "assistant.db") as file:
        named = file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        before = {name: file.execute(f"SELECT * FROM {name}").fetchall() for (name,) in named.fetchall()}
    rows = rows_in(connect(old))
    assert rows(store_version) == [{"version": VERSION}]
    for table in metadata.sorted_tables:
        if table is not store_version:
            assert len(rows(table)) == len(before.get(table.name, [])), table.name
    assert (rows(messages)[0]["text"], rows(tables.marks)[0]["mark"]) == ("Nộp ở đâu?", "up")


def test_what_is_carried_over_is_what_a_new_database_has(old: Settings) -> None:
    assert schema(old) == schema(Settings(var=old.var / "new", database=""))


def test_what_is_carried_over_can_be_worked_with(old: Settings) -> None:
    engine = connect(old)
    Replies(engine).add("r2", "c", card_type="answer")
    Turns(engine).add("r2", "c", "hỏi tiếp", took_ms=80)
    desk = Desk(engine)
    desk.accounts.add("lan", "Lan", Role.admin, "bảy con mèo trắng")
    desk.audit.add("lan", "sign_in")
    assert desk.sign_ins.of(desk.sign_ins.begin("lan")) and len(desk.audit.entries()) == 1


def test_tables_that_the_release_before_did_not_know_are_made_and_its_own_stay(
    engine: Engine, store_settings: Settings, rows: Rows
) -> None:
    """On PostgreSQL as in a file."""
    Messages(engine).draft("c", "question", "hỏi")
    known = {"store_version", "messages", "ratings", "replies", "marks", "turns"}
    with engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            if table.name not in known:
                table.drop(connection)
        connection.execute(update(store_version).values(version=2))
    database._connected.cache_clear()
    carried = connect(store_settings)
    assert rows(store_version) == [{"version": VERSION}] and rows(messages)[0]["text"] == "hỏi"
    assert {table.name for table in metadata.sorted_tables} <= set(inspect(carried).get_table_names())


def test_an_address_has_one_engine(tmp_path: Path) -> None:
    here, there = Settings(var=tmp_path, database=""), Settings(var=tmp_path / "there", database="")
    assert connect(here) is connect(here)
    assert connect(here) is not connect(there)


def test_nobody_else_on_the_machine_reads_the_file(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    engine = connect(Settings(var=folder, database=""))
    with engine.begin():
        files = sorted(folder.iterdir())
        modes = {stat.S_IMODE(path.stat().st_mode) for path in files}
    assert [path.name for path in files] == ["assistant.db", "assistant.db-shm", "assistant.db-wal"]
    assert modes == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_sqlite_logs_ahead_waits_its_turn_and_keeps_references(tmp_path: Path) -> None:
    with connect(Settings(var=tmp_path, database="")).begin() as connection:
        asked = ("journal_mode", "busy_timeout", "foreign_keys")
        assert [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked] == ["wal", 5000, 1]


def test_what_is_deleted_is_not_left_in_the_file(tmp_path: Path) -> None:
    engine = connect(Settings(var=tmp_path, database=""))
    messages = Messages(engine)
    messages.draft("c", "complaint", "something private")
    messages.drop("c")
    engine.dispose()  # the last one to leave brings what was logged ahead into the file
    (file,) = tmp_path.iterdir()
    assert b"complaint" in file.read_bytes(), "the rules of the table, which stay"
    assert b"something private" not in file.read_bytes()


def test_reading_does_not_wait_for_a_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY", 0.05)
    engine = connect(Settings(var=tmp_path, database=""))
    store = Messages(engine)
    store.draft("c", "question", "hỏi")
    with engine.begin() as writing:
        writing.execute(update(messages).values(text="khác"))
        draft = store.draft_of("c")
        with pytest.raises(DBAPIError, match="locked"):
            store.drop("c")
    assert draft and draft.text == "hỏi"


def test_processes_that_begin_at_once_make_one_database(tmp_path: Path) -> None:
    program = """
from bot.settings import Settings
from bot.store.database import connect
wait()
connect(Settings())
"""
    settings = Settings(var=tmp_path / "var", database="")
    run_at_once(program, arguments=["a", "b", "c", "d"], environment=environment(settings))
    Messages(connect(settings)).draft("c", "question", "hỏi")


# What goes in and out


@pytest.mark.parametrize("moment", [datetime(2026, 11, 22, 0, 30, tzinfo=HANOI), datetime.now(timezone.utc)])
def test_a_time_comes_out_in_utc_as_the_moment_it_was(engine: Engine, rows: Rows, moment: datetime) -> None:
    with engine.begin() as connection:
        connection.execute(replies.insert().values(**reply(moment)))
    (kept,) = rows(replies)
    assert kept["at"] == moment
    assert kept["at"].utcoffset() == timedelta(0)


def test_a_time_without_its_zone_is_refused(engine: Engine) -> None:
    with pytest.raises(StatementError, match="time zone"), engine.begin() as connection:
        connection.execute(replies.insert().values(**reply(datetime(2026, 11, 22))))


def test_what_citizens_wrote_is_not_in_the_text_of_an_error(engine: Engine) -> None:
    row = {"number": "CH-4K7-M2P", "kind": "question", "state": "new", "created_at": datetime.now(timezone.utc)}
    statement = messages.insert().values(**row, text="điều riêng tư", contact="0912345678")
    with pytest.raises(IntegrityError) as caught, engine.begin() as connection:
        connection.execute(statement)
        connection.execute(statement)
    assert "riêng tư" not in str(caught.value)
    assert "0912345678" not in str(caught.value)


def test_a_write_that_fails_leaves_nothing(engine: Engine, rows: Rows) -> None:
    with pytest.raises(IntegrityError), engine.begin() as connection:
        for _ in range(2):
            connection.execute(replies.insert().values(**reply(datetime.now(timezone.utc))))
    assert rows(replies) == []
