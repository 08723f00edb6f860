"""A bot whose processes are started, talked to, timed and weighed: ours and the stock one alike."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Event

import httpx
import psutil
from rich.console import Console

from bot.evaluation.conversation import ChatError, client
from bot.processes import Process, stop
from bot.supervisor import Supervisor
from bot.warm_up import LONGEST

Send = Callable[[str], object]  # sends one message of a session; raises if there was no answer


@dataclass(frozen=True)
class Start:
    """Seconds from nothing until all processes answer, and until the first message was answered."""

    ready: float
    first_answer: float


@dataclass(frozen=True)
class Turn:
    """One message and the seconds until its answer was read."""

    message: str
    seconds: float


@dataclass
class Contestant:
    """A bot: its processes, how a session is opened, and the sessions it is asked, one after another, over and over."""

    name: str
    address: str
    processes: Sequence[Process]
    open_session: Callable[[httpx.Client], Send]
    sessions: Sequence[Sequence[str]]
    _http: httpx.Client = field(init=False)
    _asked: itertools.cycle[Sequence[str]] = field(init=False)

    def __post_init__(self) -> None:
        self._http, self._asked = client(self.address), itertools.cycle(self.sessions)

    def start(self, console: Console) -> Start:
        """Start all processes and ask a first message. Raises ServeError."""
        began = time.perf_counter()
        supervisor = Supervisor(self.processes, console, Event())
        supervisor.start()
        supervisor.wait_until_ready()
        ready = time.perf_counter() - began
        self._ask_first(supervisor)
        return Start(ready, time.perf_counter() - began)

    def _ask_first(self, supervisor: Supervisor) -> None:
        """Ask until there is an answer: to a cold start the gateway says first that it is busy. Raises ServeError."""
        deadline = time.monotonic() + LONGEST
        while True:
            try:
                self.open_session(self._http)(self.sessions[0][0])
                return
            except ChatError:
                if time.monotonic() > deadline:
                    raise
                supervisor.tick()

    def stop(self) -> None:
        """End all processes and what they started."""
        stop(self.processes)

    def turns(self, count: int) -> list[Turn]:
        """Go through whole sessions until at least `count` messages were answered, timing each."""
        turns: list[Turn] = []
        while len(turns) < count:
            send = self.open_session(self._http)
            turns += [self._timed(send, message) for message in next(self._asked)]
        return turns

    def memory(self) -> dict[str, int]:
        """Resident bytes by process, each with what it started."""
        return {process.name: _resident(process) for process in self.processes}

    def _timed(self, send: Send, message: str) -> Turn:
        began = time.perf_counter()
        send(message)
        return Turn(message, time.perf_counter() - began)


def _resident(process: Process) -> int:
    for child in psutil.Process().children(recursive=True):
        command = child.cmdline()
        if command and command == list(process.command)[-len(command) :]:
            return sum(one.memory_info().rss for one in (child, *child.children(recursive=True)))
    return 0
