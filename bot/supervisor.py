"""Keeps processes running: one that died or fell silent is started again, later each time."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Event

import httpx
from rich.console import Console

from bot.processes import Process, last_lines, rotate, stop

LONGEST_START = 180.0  # seconds until all must answer
LONGEST_PAUSE = 30.0
DEATHS_ALLOWED, WITHIN = 5, 120.0
POLL = 0.2
CHECK_EVERY, LONGEST_SILENCE = 10.0, 60.0  # seconds; a turn takes well under one


class ServeError(Exception):
    """Why the assistant cannot be served, in words for the person at the terminal."""


class Stopped(Exception):
    """Somebody asked for the end."""


@dataclass
class Supervisor:
    """A group of processes that starts and ends together. `stopping` is set from outside to end a wait."""

    processes: Sequence[Process]
    console: Console
    stopping: Event
    _lives: list[_Life] = field(default_factory=list)

    def start(self) -> None:
        """Start all, each with a fresh log."""
        for process in self.processes:
            if process.log:
                process.log.parent.mkdir(parents=True, exist_ok=True)
                rotate(process.log)
            process.start()
            self._lives.append(_Life(process, started=time.monotonic()))

    def wait_until_ready(self) -> None:
        """Return once all answer. Raises ServeError naming those that don't in time, Stopped if asked to end."""
        began = time.monotonic()
        names = ", ".join(process.name for process in self.processes)
        self.console.print(f"  Starting {names} (about half a minute) …", highlight=False)
        waiting = list(self.processes)
        with self.console.status("") as status:
            while waiting := [process for process in waiting if not _answers(process)]:
                elapsed = time.monotonic() - began
                status.update(f"Waiting for {', '.join(process.name for process in waiting)}: {elapsed:.0f} s")
                if elapsed > LONGEST_START:
                    silent = "; ".join(f"the {process.name} (see {process.log})" for process in waiting)
                    raise ServeError(f"No answer within {LONGEST_START:.0f} s from {silent}.")
                self.tick()
        for life in self._lives:
            life.was_up = True

    def tick(self) -> None:
        """Wait a moment, then start again what has died. Raises Stopped, or ServeError for what keeps dying."""
        if self.stopping.wait(POLL):
            raise Stopped
        for life in self._lives:
            life.look_after(self.console, time.monotonic())

    def stop(self) -> None:
        """End all."""
        stop(self.processes)


@dataclass
class _Life:
    process: Process
    started: float
    deaths: list[float] = field(default_factory=list)
    pause: float = 1.0
    restart_at: float | None = None
    was_up: bool = False
    checked: float = 0.0
    answered: float | None = None  # when it last did; None until it is up

    def look_after(self, console: Console, now: float) -> None:
        if self.restart_at is not None:
            if now >= self.restart_at:
                self.restart_at, self.started = None, now
                self.process.start()
        elif self.process.exit_code() is not None:
            self._bury(console, now, f"died (code {self.process.exit_code()})")
        elif self.process.health and now - self.checked >= CHECK_EVERY:
            self.checked = now
            if _answers(self.process):
                self.answered = now
            elif now - (self.answered or self.started + LONGEST_START) > LONGEST_SILENCE:
                self._bury(console, now, f"has not answered for {LONGEST_SILENCE:.0f} s")

    def _bury(self, console: Console, now: float, what: str) -> None:
        stop([self.process])  # what it started may still live and hold its port
        name, log = self.process.name, self.process.log
        self.deaths = [*(death for death in self.deaths if now - death < WITHIN), now]
        # Once all were up there are people to answer: the gateway tells them what it can while we go on trying.
        if len(self.deaths) >= DEATHS_ALLOWED and not self.was_up:
            end = last_lines(log) if log else ""
            raise ServeError(
                f"The {name} failed {len(self.deaths)} times within {WITHIN:.0f} s; the end of {log}:\n{end}"
            )
        if now - self.started > WITHIN:
            self.pause = 1.0
        console.print(f"  The {name} {what}, see {log}; again in {self.pause:.0f} s.")
        self.restart_at, self.answered = now + self.pause, None
        self.pause = min(2 * self.pause, LONGEST_PAUSE)


def _answers(process: Process) -> bool:
    if process.exit_code() is not None:
        return False
    try:
        # A proxy of the environment must not stand between us and our own loopback.
        return httpx.get(process.health, timeout=2, trust_env=False).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False
