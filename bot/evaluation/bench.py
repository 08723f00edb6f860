"""Speed and memory beside the stock bot, on the same machine in the same run, turn about."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import datetime

import httpx
from rich.console import Console

from bot import serve
from bot.evaluation.comparison import Measured, compare
from bot.evaluation.contestant import Contestant, Send
from bot.evaluation.conversation import Conversation
from bot.evaluation.questions import QUESTIONS, load
from bot.evaluation.stock import stock
from bot.evaluation.table import Table
from bot.prepare import prepare
from bot.search.finder import Finder
from bot.settings import Settings

STARTS = 2  # of each bot
ROUNDS, TURNS = 6, 20  # of each bot; a round before them warms up
ASKED, WARM_UP = 60, 10
FOLLOW_UP, THANKS = "Lệ phí bao nhiêu?", "Cảm ơn bạn"


def bench(settings: Settings, console: Console) -> None:
    """Measure, print the table and save it as `var/evaluation/bench.md`. Raises ServeError, PrepareError."""
    questions = _mixed_questions(ASKED)
    prepare(settings, console=console)
    bots = _contestants(settings, console, questions)
    load = os.getloadavg()[0]
    ours, other = _turn_about(bots, console)
    searches = _searches(settings, questions)
    table = Table(
        "Speed and memory",
        ["", "ours", "stock", "ratio"],
        compare(ours, other, searches=searches, questions=questions),
        note=(
            f"{datetime.now():%Y-%m-%d %H:%M}, {os.cpu_count()} cores, load before {load:.1f}: {len(ours.turns)} turns "
            f"each in {ROUNDS} rounds turn about, both bots running. A ratio below 1 is in our favour."
        ),
    )
    table.show(console)
    path = settings.var / "evaluation" / "bench.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(table.as_markdown(), encoding="utf-8")
    console.print(f"Saved as {path}", soft_wrap=True)


def _mixed_questions(count: int) -> list[str]:
    """Questions of all styles, most with an answer, evenly from the whole development set."""
    texts = [question.text for question in load(QUESTIONS / "development")]
    return texts[:: max(1, len(texts) // count)][:count]


def _contestants(settings: Settings, console: Console, questions: Sequence[str]) -> tuple[Contestant, Contestant]:
    """Our bot and the stock one, each on free ports of loopback."""
    port, rasa_port, actions_port, stock_port, stock_actions_port = _free_ports(5)
    other = stock(settings, console, port=stock_port, actions_port=stock_actions_port)
    settings = replace(
        settings,
        host=serve.LOOPBACK,
        port=port,
        rasa_port=rasa_port,
        actions_port=actions_port,
        address_limit=serve.UNLIMITED,
        session_limit=serve.UNLIMITED,
    )

    def open_session(http: httpx.Client) -> Send:
        return Conversation(http).send

    threes = zip(questions[0::3], questions[1::3], questions[2::3], strict=False)
    sessions = [[first, FOLLOW_UP, second, third, THANKS] for first, second, third in threes]
    return Contestant("ours", serve.address(settings), serve.processes(settings), open_session, sessions), other


def _turn_about(bots: Sequence[Contestant], console: Console) -> list[Measured]:
    """Start and ask the bots in alternation: what else runs on the machine then weighs on both alike."""
    measured = [Measured() for _ in bots]
    with ExitStack() as at_the_end:
        for bot in bots:
            at_the_end.callback(bot.stop)
        for start in range(STARTS):
            for bot, figures in zip(bots, measured, strict=True):
                console.print(f"  {bot.name}: start {start + 1} of {STARTS}")
                figures.starts.append(bot.start(console))
                if start + 1 < STARTS:
                    bot.stop()
        for bot in bots:
            bot.turns(TURNS)
        for turn_round in range(ROUNDS):
            console.print(f"  round {turn_round + 1} of {ROUNDS}")
            for bot, figures in zip(bots, measured, strict=True):
                figures.rounds.append(bot.turns(TURNS))
        for bot, figures in zip(bots, measured, strict=True):
            figures.memory = bot.memory()
    return measured


def _searches(settings: Settings, questions: Sequence[str]) -> list[float]:
    """Seconds of the search alone, in this process, once the bots have ended."""
    finder = Finder.of(settings)
    for question in questions[:WARM_UP]:
        finder(question)
    seconds = []
    for question in questions:
        began = time.perf_counter()
        finder(question)
        seconds.append(time.perf_counter() - began)
    return seconds


def _free_ports(count: int) -> list[int]:
    with ExitStack() as held:
        sockets = [held.enter_context(closing(socket.create_server((serve.LOOPBACK, 0)))) for _ in range(count)]
        return [taken.getsockname()[1] for taken in sockets]
