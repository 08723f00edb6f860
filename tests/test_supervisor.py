"""What runs is kept running: tried on small Python programs."""

from __future__ import annotations

import io
import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Timer

import pytest
from rich.console import Console

from bot import supervisor as supervision
from bot.processes import Process
from bot.supervisor import ServeError, Stopped, Supervisor

Make = Callable[..., Supervisor]
SERVER = "import http.server as h; h.HTTPServer(('127.0.0.1', {port}), h.SimpleHTTPRequestHandler).serve_forever()"


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """A supervisor of programs by name, impatient and with a console to read from; all is ended at the end."""
    monkeypatch.setattr(supervision, "POLL", 0.02)
    made: list[Supervisor] = []

    def supervise(health: str = "", **programs: str) -> Supervisor:
        processes = [
            Process(name, [sys.executable, "-c", program], dict(os.environ), tmp_path / "log" / f"{name}.log", health)
            for name, program in programs.items()
        ]
        made.append(Supervisor(processes, Console(file=io.StringIO(), width=200), Event()))
        return made[-1]

    yield supervise
    for supervisor in made:
        supervisor.stop()


def said(supervisor: Supervisor) -> str:
    assert isinstance(supervisor.console.file, io.StringIO)
    return supervisor.console.file.getvalue()


def tick_until(supervisor: Supervisor, happened: Callable[[], object], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, said(supervisor)
        supervisor.tick()


def test_a_process_that_dies_is_started_again(make: Make, tmp_path: Path) -> None:
    program = f"open({str(tmp_path / 'lives')!r}, 'a').write('x'); import sys; sys.exit(9)"
    supervisor = make(gateway=program)
    supervisor.start()
    tick_until(supervisor, lambda: (tmp_path / "lives").exists() and len((tmp_path / "lives").read_text()) == 2)
    assert "The gateway died (code 9" in said(supervisor) and "again in 1 s" in said(supervisor)


def test_one_that_lives_is_left_alone_while_another_is_started_again(make: Make, tmp_path: Path) -> None:
    living = f"open({str(tmp_path / 'living')!r}, 'a').write('x'); import time; time.sleep(60)"
    dying = f"open({str(tmp_path / 'dying')!r}, 'a').write('x')"
    supervisor = make(rasa=living, gateway=dying)
    supervisor.start()
    tick_until(supervisor, lambda: (tmp_path / "dying").exists() and len((tmp_path / "dying").read_text()) == 2)
    assert (tmp_path / "living").read_text() == "x"


def test_each_pause_is_twice_the_last_and_at_the_end_it_gives_up(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervision, "DEATHS_ALLOWED", 3)
    supervisor = make(gateway="import sys; sys.exit('the port is taken')")
    supervisor.start()
    with pytest.raises(ServeError, match="The gateway failed 3 times within 120 s") as fault:
        tick_until(supervisor, lambda: False)
    assert "the port is taken" in str(fault.value), "the end of its log says why"
    assert said(supervisor).count("again in") == 2
    assert "again in 1 s" in said(supervisor) and "again in 2 s" in said(supervisor)


def test_deaths_long_ago_are_forgiven(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervision, "DEATHS_ALLOWED", 2)
    monkeypatch.setattr(supervision, "WITHIN", 0.1)
    supervisor = make(gateway="import time; time.sleep(0.3)")
    supervisor.start()
    tick_until(supervisor, lambda: said(supervisor).count("again in 1 s") == 2)


def test_it_waits_until_all_answer(make: Make) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    supervisor = make(f"http://127.0.0.1:{port}/", gateway=SERVER.format(port=port))
    supervisor.start()
    supervisor.wait_until_ready()
    socket.create_connection(("127.0.0.1", port), timeout=2).close()
    supervisor.stop()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=2)


def test_what_does_not_answer_in_time_is_named_with_its_log(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervision, "LONGEST_START", 0.2)
    supervisor = make("http://127.0.0.1:1/", rasa="import time; time.sleep(60)")
    supervisor.start()
    with pytest.raises(ServeError, match=r"from the rasa \(see .*rasa\.log\)"):
        supervisor.wait_until_ready()


def test_who_asks_for_the_end_does_not_wait(make: Make) -> None:
    supervisor = make("http://127.0.0.1:1/", rasa="import time; time.sleep(60)")
    supervisor.start()
    Timer(0.2, supervisor.stopping.set).start()
    began = time.monotonic()
    with pytest.raises(Stopped):
        supervisor.wait_until_ready()
    assert time.monotonic() - began < 5
    supervisor.stop()
    assert supervisor.processes[0].exit_code() is not None


def test_each_start_has_a_fresh_log_and_keeps_the_last(make: Make, tmp_path: Path) -> None:
    for run in ("first", "second"):
        supervisor = make(gateway=f"print({run!r}); import time; time.sleep(60)")
        supervisor.start()
        log = tmp_path / "log" / "gateway.log"
        tick_until(supervisor, lambda: True)
        supervisor.stop()
    assert log.exists() and log.with_name("gateway.log.1").exists()


def test_once_all_were_up_it_never_gives_up(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervision, "DEATHS_ALLOWED", 2)
    supervisor = make(gateway="import time; time.sleep(0.2)")
    supervisor.start()
    for life in supervisor._lives:
        life.was_up = True
    tick_until(supervisor, lambda: said(supervisor).count("again in") == 3)


def test_one_that_falls_silent_is_ended_and_started_again(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervision, "CHECK_EVERY", 0.05)
    monkeypatch.setattr(supervision, "LONGEST_SILENCE", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    supervisor = make(health=f"http://127.0.0.1:{port}/", gateway=SERVER.format(port=port))
    supervisor.start()
    supervisor.wait_until_ready()
    (life,) = supervisor._lives
    tick_until(supervisor, lambda: life.answered is not None)
    monkeypatch.setattr(supervision, "_answers", lambda process: False)
    tick_until(supervisor, lambda: "The gateway has not answered for" in said(supervisor))
    monkeypatch.undo()
    tick_until(supervisor, lambda: life.restart_at is None and supervision._answers(life.process))
