"""Serving, as far as it can be tried without starting it: ports, addresses, and what is started how."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import yaml

from bot import serve
from bot.settings import ROOT, Settings
from bot.supervisor import ServeError


def settings_on_free_ports(**parts: Any) -> Settings:
    ports: dict[str, Any] = dict(zip(("port", "rasa_port", "actions_port"), serve._free_ports(3)))
    return Settings(**{**ports, **parts})


def test_free_ports_are_fine() -> None:
    serve.check_ports(settings_on_free_ports())


@pytest.mark.parametrize(
    ("setting", "variable"), [("port", "PORT"), ("rasa_port", "RASA_PORT"), ("actions_port", "ACTIONS_PORT")]
)
def test_a_port_in_use_is_named_with_the_variable_that_changes_it(setting: str, variable: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ServeError) as fault:
            serve.check_ports(settings_on_free_ports(**{setting: port}))
    assert f"Port {port} cannot be used on 127.0.0.1: Address already in use." in str(fault.value)
    assert f"make serve {variable}={port + 1}" in str(fault.value)


def test_two_of_ours_cannot_have_the_same_port() -> None:
    settings = settings_on_free_ports()
    with pytest.raises(ServeError, match="RASA_PORT"):
        serve.check_ports(Settings(port=settings.port, rasa_port=settings.port, actions_port=settings.actions_port))


def test_a_host_that_is_not_ours_is_said() -> None:
    with pytest.raises(ServeError, match=r"cannot be used on 192\.0\.2\.1"):
        serve.check_ports(settings_on_free_ports(host="192.0.2.1"))


def test_serving_on_a_port_in_use_ends_at_once_with_one_line_for_the_operator() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        environment = {**os.environ, "PORT": str(taken.getsockname()[1])}
        command = [sys.executable, "-m", "bot", "serve"]
        ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 1 and ended.stdout == ""
    assert "cannot be used" in ended.stderr and "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("host", "address"), [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "127.0.0.1"), ("192.168.1.5", "192.168.1.5")]
)
def test_the_address_is_one_that_a_browser_here_can_open(host: str, address: str) -> None:
    assert serve.address(Settings(host=host, port=8123)) == f"http://{address}:8123"


# What is started


def started(tmp_path: Path, **parts: Any) -> dict[str, list[str]]:
    """The commands of the three processes by name."""
    settings = Settings(var=tmp_path, **parts)
    return {process.name: list(process.command) for process in serve.processes(settings)}


def after(command: list[str], option: str) -> str:
    return command[command.index(option) + 1]


def test_three_processes_are_started_each_with_a_log_and_a_health_address(tmp_path: Path) -> None:
    made = serve.processes(Settings(var=tmp_path, port=1, rasa_port=2, actions_port=3))
    assert [process.name for process in made] == ["action server", "Rasa server", "gateway"]
    assert len({process.log for process in made}) == 3
    assert [process.health for process in made] == [
        "http://127.0.0.1:3/health",
        "http://127.0.0.1:2/",
        "http://127.0.0.1:1/api/health",
    ]


def test_only_the_gateway_listens_beyond_loopback(tmp_path: Path) -> None:
    commands = started(tmp_path, host="0.0.0.0")
    assert after(commands["gateway"], "--host") == "0.0.0.0"
    assert after(commands["Rasa server"], "--interface") == "127.0.0.1"
    environments = {p.name: p.environment for p in serve.processes(Settings(var=tmp_path, host="0.0.0.0"))}
    assert environments["action server"]["SANIC_HOST"] == "127.0.0.1"


def test_the_doors_of_rasa_stay_shut(tmp_path: Path) -> None:
    """No HTTP API (CVE-2024-49375), no foreign origins, no way in but the REST channel."""
    command = started(tmp_path)["Rasa server"]
    assert "--enable-api" not in command and "--cors" not in command
    credentials = yaml.safe_load((ROOT / "credentials.yml").read_text(encoding="utf-8"))
    assert set(credentials) == {"bot.channel.rest.Channel"}
    assert after(command, "--credentials") == str(ROOT / "credentials.yml")


def test_the_addresses_of_citizens_are_not_kept(tmp_path: Path) -> None:
    assert "--no-access-log" in started(tmp_path)["gateway"]


def test_the_length_of_headers_is_bounded(tmp_path: Path) -> None:
    """uvicorn's other reader of HTTP takes as many megabytes as are sent."""
    assert after(started(tmp_path)["gateway"], "--http") == "h11"


def test_only_the_proxy_that_is_named_may_tell_who_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "10.0.0.7")
    gateway = serve.processes(Settings(var=tmp_path))[2]
    assert gateway.environment["FORWARDED_ALLOW_IPS"] == "10.0.0.7"
    assert not any("proxy" in part or "forwarded" in part for part in gateway.command)


def test_rasa_finds_the_actions_on_the_port_they_were_given(tmp_path: Path) -> None:
    endpoints = Path(after(started(tmp_path, actions_port=6123)["Rasa server"], "--endpoints"))
    assert endpoints.is_relative_to(tmp_path)
    ours = yaml.safe_load(endpoints.read_text(encoding="utf-8"))
    assert ours["action_endpoint"]["url"] == "http://127.0.0.1:6123/webhook"
    assert "5055" in (ROOT / "endpoints.yml").read_text(encoding="utf-8"), "the original stays as it is"


# Tests and measurements


def test_tests_and_measurements_may_ask_as_often_as_they_like(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[Settings] = []

    @contextmanager
    def without_processes(settings: Settings, *others: object) -> Iterator[None]:
        started.append(settings)
        yield

    monkeypatch.setattr(serve, "_started", without_processes)
    monkeypatch.setattr(serve, "_warm_up", lambda *parts: None)
    with serve.running(Settings(var=tmp_path, address_limit="1/minute", session_limit="1/minute")) as address:
        assert address == serve.address(started[0])
    assert {started[0].address_limit, started[0].session_limit} == {serve.UNLIMITED}


# Signals


def test_each_signal_that_means_the_end_sets_the_event() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        before = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
        try:
            signal.signal(signal.SIGHUP, signal.SIG_DFL)  # whoever runs the tests may ignore it
            stopping: Event = serve._stopping_on_signals()
            assert not stopping.is_set()
            os.kill(os.getpid(), number)
            assert stopping.wait(5)
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)


def test_who_started_it_with_nohup_may_hang_up() -> None:
    program = (
        "import os, signal; from bot.serve import _stopping_on_signals; stopping = _stopping_on_signals();"
        "os.kill(os.getpid(), signal.SIGHUP); print(stopping.wait(0.3))"
    )
    command = ["nohup", sys.executable, "-c", program]
    ended = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    assert ended.stdout.strip() == "False"


def test_the_secret_that_signs_sessions_is_made_once_and_for_us_alone(tmp_path: Path) -> None:
    path = tmp_path / "session-secret"
    made = serve._kept_secret(path)
    assert len(made) >= 32 and serve._kept_secret(path) == made
    assert path.stat().st_mode & 0o777 == 0o600
