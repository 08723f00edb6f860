"""The whole assistant with one command: action server, Rasa and gateway, started, watched and stopped together."""

from __future__ import annotations

import os
import secrets
import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Event, Thread

import yaml
from rich.console import Console

from bot.processes import Process, environment, module, stop
from bot.setting_checks import SettingsError, check
from bot.settings import ROOT, Settings
from bot.supervisor import ServeError, Stopped, Supervisor
from bot.warm_up import warm_up

LOOPBACK = "127.0.0.1"
RESPONSE_TIMEOUT = 30  # seconds until Rasa gives up on a turn
PREPARING_TIMEOUT = 600  # seconds until the action server gives up on a request; who asks gives up sooner
UNLIMITED = "1000000/minute"


def serve(settings: Settings) -> None:
    """Prepare, start all, print the address, and keep all running until SIGINT or SIGTERM; then stop all and return.

    Raises ServeError, with a message for the person at the terminal.
    """
    console = Console(stderr=True)
    stopping = _stopping_on_signals()
    _check_settings(settings)
    check_ports(settings)
    try:
        with _started(settings, console, stopping) as supervisor:
            _warm_up(settings, supervisor)
            print(f"Trợ lý Một cửa: {address(settings)}", flush=True)
            while True:
                supervisor.tick()
    except Stopped:
        console.print("  Stopped.")


@contextmanager
def running(settings: Settings) -> Iterator[str]:
    """The same three processes on free ports of loopback, for tests: yields the gateway's address, then stops all.

    One may ask as often as one likes: all of a test's questions come from one address.
    """
    port, rasa_port, actions_port = _free_ports(3)
    settings = replace(settings, host=LOOPBACK, port=port, rasa_port=rasa_port, actions_port=actions_port)
    settings = replace(settings, address_limit=UNLIMITED, session_limit=UNLIMITED)
    _check_settings(settings)
    with _started(settings, Console(stderr=True), Event()) as supervisor:
        _warm_up(settings, supervisor)
        yield address(settings)


def address(settings: Settings) -> str:
    """Where a browser on this machine finds the gateway."""
    host = LOOPBACK if settings.host in ("0.0.0.0", "") else settings.host
    return f"http://{host}:{settings.port}"


def _check_settings(settings: Settings) -> None:
    try:
        check(settings)
    except SettingsError as error:
        raise ServeError(str(error)) from error


def check_ports(settings: Settings) -> None:
    """Raise ServeError naming the first port that cannot be used and the variable that changes it."""
    wanted = (
        ("PORT", settings.host, settings.port),
        ("RASA_PORT", LOOPBACK, settings.rasa_port),
        ("ACTIONS_PORT", LOOPBACK, settings.actions_port),
    )
    with ExitStack() as held:
        for variable, host, port in wanted:
            try:
                held.enter_context(closing(socket.create_server((host, port))))
            except OSError as error:
                reason = str(error.strerror).partition(" (")[0]
                raise ServeError(
                    f"Port {port} cannot be used on {host}: {reason}. Stop what uses it, "
                    f"or choose another: make serve {variable}={port + 1}"
                ) from error


def processes(settings: Settings) -> list[Process]:
    """The three processes; only the gateway listens beyond loopback, and only if HOST says so."""
    common, logs = environment(settings), settings.var / "log"
    return [
        Process(
            "action server",
            module("rasa_sdk", "--actions", "actions", "--port", settings.actions_port),
            # The one way to tell rasa_sdk where to listen, and that a whole listing takes longer to be made ready than
            # the minute after which Sanic gives up.
            {**common, "SANIC_HOST": LOOPBACK, "SANIC_RESPONSE_TIMEOUT": str(PREPARING_TIMEOUT)},
            log=logs / "actions.log",
            health=f"http://{LOOPBACK}:{settings.actions_port}/health",
        ),
        Process(
            "Rasa server",
            module("rasa", "run", *_rasa_options(settings)),
            common,
            log=logs / "rasa.log",
            health=f"http://{LOOPBACK}:{settings.rasa_port}/",
        ),
        Process(
            "gateway",
            module("uvicorn", "bot.web.app:app", *_uvicorn_options(settings)),
            common,
            log=logs / "gateway.log",
            health=f"{address(settings)}/api/health",
        ),
    ]


def _rasa_options(settings: Settings) -> list[object]:
    return [
        *("--interface", LOOPBACK),
        *("--port", settings.rasa_port),
        *("--model", settings.var.resolve() / "models" / "assistant.tar.gz"),
        *("--endpoints", _write_endpoints(settings)),
        *("--credentials", ROOT / "credentials.yml"),
        *("--response-timeout", RESPONSE_TIMEOUT),
    ]


def _uvicorn_options(settings: Settings) -> list[object]:
    return [
        *("--host", settings.host),
        *("--port", settings.port),
        *("--http", "h11"),  # httptools takes headers of any length
        "--no-server-header",
        "--no-access-log",  # citizens' addresses are not ours to keep
    ]


@contextmanager
def _started(settings: Settings, console: Console, stopping: Event) -> Iterator[Supervisor]:
    _prepare(settings, console, stopping)
    settings = replace(
        settings, session_secret=settings.session_secret or _kept_secret(settings.var / "session-secret")
    )
    supervisor = Supervisor(processes(settings), console, stopping)
    try:
        supervisor.start()
        supervisor.wait_until_ready()
        yield supervisor
    finally:
        supervisor.stop()


def _prepare(settings: Settings, console: Console, stopping: Event) -> None:
    # In a process of its own: the encoder that builds the index would stay in our memory for as long as we serve.
    preparing = Process("preparation", module("bot", "prepare"), environment(settings))
    try:
        preparing.start()
        while preparing.exit_code() is None:
            if stopping.wait(0.1):
                raise Stopped
    finally:
        stop([preparing])
        console.show_cursor()  # a progress bar that is cut off leaves it hidden
    if preparing.exit_code() != 0:
        raise ServeError("Not started: something that serving needs could not be made (see above).")


def _kept_secret(path: Path) -> str:
    """A secret made once: after a restart, too, a citizen can go on with a conversation, and delete it."""
    if not path.exists():
        with NamedTemporaryFile("w", dir=path.parent, encoding="utf-8") as whole:  # for our eyes alone
            whole.write(secrets.token_urlsafe())
            whole.flush()
            with suppress(FileExistsError):  # another one was faster
                os.link(whole.name, path)
    return path.read_text(encoding="utf-8")


def _write_endpoints(settings: Settings) -> Path:
    """A copy of endpoints.yml that names the action server's port."""
    endpoints = yaml.safe_load((ROOT / "endpoints.yml").read_text(encoding="utf-8"))
    endpoints["action_endpoint"]["url"] = f"http://{LOOPBACK}:{settings.actions_port}/webhook"
    path = settings.var.resolve() / "endpoints.yml"
    path.write_text(yaml.safe_dump(endpoints), encoding="utf-8")
    return path


def _warm_up(settings: Settings, supervisor: Supervisor) -> None:
    def ask() -> None:
        if fault := warm_up(address(settings)):
            supervisor.console.print(f"  A question asked to warm up failed: {fault}", markup=False)

    asking = Thread(target=ask, daemon=True)
    asking.start()
    while asking.is_alive():
        supervisor.tick()


def _stopping_on_signals() -> Event:
    stopping = Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # `nohup` ignores the hang-up on purpose.
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, lambda *_: stopping.set())
    return stopping


def _free_ports(count: int) -> list[int]:
    with ExitStack() as held:
        sockets = [held.enter_context(closing(socket.create_server((LOOPBACK, 0)))) for _ in range(count)]
        return [taken.getsockname()[1] for taken in sockets]
