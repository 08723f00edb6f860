"""Processes of ours, tried on small Python programs."""

from __future__ import annotations

import os
import re
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot import processes, serve
from bot.processes import OLD_LOGS, Process, environment, last_lines, module, rotate, stop
from bot.serve import _free_ports
from bot.settings import ROOT, Settings

Start = Callable[[str], Process]
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);"


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start a program; whatever still runs at the end is ended."""
    started: list[Process] = []

    def run(program: str) -> Process:
        log = tmp_path / f"{len(started)}.log"
        process = Process("program", [sys.executable, "-c", program], dict(os.environ), log=log)
        started.append(process)
        process.start()
        return process

    yield run
    for process in started:
        process.send(signal.SIGKILL)
        process.wait(5)


def wait_for(happened: Callable[[], object], seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_process_runs_until_it_ends_and_says_how(start: Start) -> None:
    process = start("import sys; sys.exit(3)")
    wait_for(lambda: process.exit_code() is not None)
    assert process.exit_code() == 3


def test_what_it_writes_is_added_to_its_log(start: Start) -> None:
    process = start("import sys; print('said'); print('complained', file=sys.stderr)")
    process.wait(10)
    process.start()
    process.wait(10)
    assert process.log and sorted(process.log.read_text().split()) == ["complained", "complained", "said", "said"]


def test_it_runs_from_the_root_and_reads_nothing(start: Start) -> None:
    process = start("import os, sys; print(os.getcwd()); print(repr(sys.stdin.read()))")
    process.wait(10)
    assert process.log and process.log.read_text().split() == [str(ROOT), "''"]


def test_a_process_that_was_not_started_has_no_end() -> None:
    process = Process("idle", ["true"], {})
    with pytest.raises(AssertionError, match="idle was not started"):
        process.exit_code()
    process.send(signal.SIGTERM)
    stop([process])


def test_stopping_asks_first(start: Start) -> None:
    process = start(
        "import signal, sys, time; signal.signal(signal.SIGTERM, lambda *_: sys.exit(7));"
        "print('up', flush=True); time.sleep(60)"
    )
    wait_for(lambda: process.log and process.log.read_text())
    stop([process])
    assert process.exit_code() == 7


def test_stopping_ends_what_does_not_listen(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "GRACE", 0.3)
    process = start(f"{DEAF} import time; print('up', flush=True); time.sleep(60)")
    wait_for(lambda: process.log and process.log.read_text())
    stop([process])
    assert process.exit_code() == -signal.SIGKILL


def test_all_share_one_time_of_grace(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "GRACE", 0.5)
    deaf = [start(f"{DEAF} import time; print('up', flush=True); time.sleep(60)") for _ in range(4)]
    wait_for(lambda: all(process.log and process.log.read_text() for process in deaf))
    began = time.monotonic()
    stop(deaf)
    assert time.monotonic() - began < 1.5
    assert all(process.exit_code() is not None for process in deaf)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_stopping_ends_what_a_process_started_too(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "GRACE", 0.3)
    child = f"{DEAF} import time; print('child', flush=True); time.sleep(60)"
    process = start(
        f"import subprocess, sys; child = subprocess.Popen([sys.executable, '-c', {child!r}]);"
        "print(child.pid, flush=True); child.wait()"
    )
    wait_for(lambda: process.log and len(process.log.read_text().split()) == 2)
    assert process.log
    pid = next(int(word) for word in process.log.read_text().split() if word.isdigit())
    assert is_alive(pid)
    stop([process])
    wait_for(lambda: not is_alive(pid))


def test_a_dead_process_can_be_stopped_again(start: Start) -> None:
    process = start("pass")
    process.wait(10)
    stop([process])
    stop([process])
    assert process.exit_code() == 0


def test_a_command_runs_in_this_environment() -> None:
    assert module("rasa", "run", "--port", 5005) == [sys.executable, "-m", "rasa", "run", "--port", "5005"]


def test_what_we_start_is_quiet_private_and_knows_the_settings(tmp_path: Path) -> None:
    settings = Settings(
        var=tmp_path,
        ward="phuong-x",
        port=1,
        rasa_port=2,
        actions_port=3,
        session_secret="s",
        database="sqlite:////x.db",
    )
    ours = environment(settings)
    assert ours["RASA_TELEMETRY_ENABLED"] == "false"
    assert (ours["VAR"], ours["WARD"], ours["SESSION_SECRET"]) == (str(tmp_path), "phuong-x", "s")
    assert ours["DATABASE_URL"] == "sqlite:////x.db"
    assert (ours["PORT"], ours["RASA_PORT"], ours["ACTIONS_PORT"]) == ("1", "2", "3")
    assert ours["PATH"] == os.environ["PATH"]


def test_nothing_is_fetched_from_a_hub_unless_an_encoder_of_ones_own_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    settings = Settings(var=tmp_path, encoder="")
    assert environment(settings)["HF_HUB_OFFLINE"] == "1"
    assert "HF_HUB_OFFLINE" not in environment(replace(settings, encoder="some/encoder"))


@pytest.mark.parametrize("database", ["", "postgresql://bot:secret@db.example/assistant"])
def test_the_settings_come_out_of_the_environment_as_they_went_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database: str
) -> None:
    settings = Settings(var=tmp_path, ward="w", encoder="e", host="0.0.0.0", port=1, rasa_port=2, actions_port=3)
    settings = replace(settings, session_secret="s", database=database, published=str(tmp_path / "published"))
    for name, value in environment(settings).items():
        monkeypatch.setenv(name, value)
    assert Settings() == settings and Settings().database_url == settings.database_url


def test_every_setting_is_named_in_the_readme() -> None:
    source = (ROOT / "bot" / "settings.py").read_text(encoding="utf-8")
    table = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Settings")[2]
    named = re.findall(r'_env\("(\w+)"', source)
    assert "DATABASE_URL" in named and [name for name in named if f"`{name}`" not in table] == []


def test_the_password_of_the_database_is_shown_by_no_process(tmp_path: Path) -> None:
    settings = Settings(var=tmp_path, database="postgresql://bot:mat-khau-123@db.example/assistant")
    assert all("mat-khau-123" not in " ".join(map(str, one.command)) for one in serve.processes(settings))


def test_no_secret_is_shown_with_the_settings() -> None:
    secret = "mat-khau-123-mat-khau"
    assert secret not in repr(
        Settings(database=secret, session_secret=secret, limits_storage=secret, metrics_token=secret)
    )


# Logs


def test_old_logs_are_kept_as_one_two_three_and_no_more(tmp_path: Path) -> None:
    log = tmp_path / "rasa.log"
    for number in range(OLD_LOGS + 3):
        log.write_text(f"run {number}")
        rotate(log)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        "rasa.log.1": "run 5",
        "rasa.log.2": "run 4",
        "rasa.log.3": "run 3",
    }


def test_where_there_is_no_log_nothing_is_put_aside(tmp_path: Path) -> None:
    rotate(tmp_path / "rasa.log")
    assert list(tmp_path.iterdir()) == []


def test_the_end_of_a_log_is_told_even_where_it_is_no_text(tmp_path: Path) -> None:
    log = tmp_path / "rasa.log"
    assert last_lines(log) == "(no log)"
    log.write_bytes(b"\xff first\n" + b"".join(b"line %d\n" % number for number in range(100)))
    assert last_lines(log, 2) == "line 98\nline 99"
    assert "\ufffd first" in last_lines(log, 1000)


def test_free_ports_can_be_listened_on() -> None:
    ports = _free_ports(3)
    assert len(set(ports)) == 3
    for port in ports:
        socket.create_server(("127.0.0.1", port)).close()
