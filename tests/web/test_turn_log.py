"""One JSON line a turn: what kind of answer, how fast; never what was said, by whom or from where."""

from __future__ import annotations

import io
import json
import logging
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

import httpx
import pytest
from httpx import AsyncClient

from bot.answers.answer import answer
from bot.knowledge.ward import Ward
from bot.settings import ROOT
from bot.web.guard import turn_log
from tests.web.conftest import SECRET, Open, StandIn
from tests.web.words import words

TOLD = {"event", "level", "time", "turn", "card", "kind", "code", "aspects", "choices", "characters", "took_ms"}


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that is logged, as an operator sees it."""
    loggers = [logging.getLogger(name) for name in (None, "gateway", "uvicorn", "uvicorn.error")]
    before = [(logger, logger.handlers[:], logger.level, logger.propagate) for logger in loggers]
    stream = io.StringIO()
    turn_log.configure(stream)
    yield stream
    for logger, handlers, level, propagate in before:
        logger.handlers[:], logger.propagate = handlers, propagate
        logger.setLevel(level)


def lines(log: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


async def test_a_turn_is_one_line_of_json(http: AsyncClient, log: io.StringIO) -> None:
    reply = (await http.post("/api/chat", json={"message": "cảm ơn"})).json()["replies"][0]
    (line,) = lines(log)
    assert set(line) == TOLD | {"status"}
    assert (line["event"], line["turn"], line["status"]) == ("turn", reply["id"], 200)
    assert (line["card"], line["kind"], line["code"], line["aspects"]) == ("smalltalk", "thanks", None, None)
    assert line["choices"] == len(reply["choices"]) and line["characters"] == len("cảm ơn")
    assert 0 <= line["took_ms"] < 5000
    told = datetime.fromisoformat(line["time"].replace("Z", "+00:00"))
    assert abs((datetime.now(timezone.utc) - told).total_seconds()) < 10


async def test_an_answer_is_told_by_procedure_and_aspects(
    http: AsyncClient, rasa: StandIn, log: io.StringIO, make_procedure: Any, make_listing: Any
) -> None:
    procedure = make_procedure()
    rasa.says(answer(procedure, ["fee"], make_listing(procedure), today=date(2026, 7, 6)).as_json())
    await http.post("/api/chat", json={"message": "lệ phí bao nhiêu"})
    (line,) = lines(log)
    assert (line["card"], line["code"], line["aspects"]) == ("answer", "9.000001", ["fee"])


async def test_of_several_replies_the_first_stands_for_the_turn(
    http: AsyncClient, rasa: StandIn, log: io.StringIO, ward: Ward
) -> None:
    rasa.says(words("utter_unknown", ward), words("utter_thanks", ward))
    await http.post("/api/chat", json={"message": "chào"})
    assert [line["card"] for line in lines(log)] == ["unknown"]


async def test_a_turn_in_vain_is_one_line_with_the_code(http: AsyncClient, rasa: StandIn, log: io.StringIO) -> None:
    rasa.status = 500
    await http.post("/api/chat", json={"message": "chuyện riêng 0901234567"})
    (line,) = lines(log)
    assert (line["event"], line["code"], line["level"]) == ("turn_failed", "unavailable", "error")
    assert set(line) == {"event", "level", "time", "code", "took_ms", "reason"}


async def test_whatever_else_is_logged_is_a_line_of_json_too(log: io.StringIO) -> None:
    try:
        raise ValueError("what went wrong\nin two lines")
    except ValueError:
        logging.getLogger("gateway").exception("could not do %s", "it")
    logging.getLogger("uvicorn.error").info("Started")
    logging.getLogger("some.library").info("chatter")
    fault, started = lines(log)
    assert fault["event"] == "could not do it" and fault["level"] == "error"
    assert "ValueError: what went wrong" in fault["exception"]
    assert started["event"] == "Started"


async def test_neither_words_nor_who_said_them_are_told(gateway: Open, rasa: StandIn, log: io.StringIO) -> None:
    http = await gateway(host="198.51.100.7")
    for status in (200, 500):
        rasa.status = status
        response = await http.post("/api/chat", json={"message": "chuyện riêng 0901234567 a@example.vn"})
        await http.post("/api/feedback", json={"session": "x", "reply": "x", "mark": "up", "reason": "chuyện riêng"})
        await http.get("/chuyện-riêng?q=0901234567")
    logged = log.getvalue()
    assert len(logged.splitlines()) == 2
    for secret in ("riêng", "0901234567", "example.vn", "198.51.100.7", rasa.got[0]["sender"]):
        assert secret not in logged
    assert "Không có gì" not in logged and response.status_code == 503


def test_served_by_itself_the_gateway_writes_json_lines_and_nothing_else(rasa: StandIn, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {**os.environ, "VAR": str(tmp_path), "SESSION_SECRET": SECRET, "DATABASE_URL": ""}
    environment |= {"RASA_PORT": str(rasa.port), "PYTHONWARNINGS": "ignore", "FORWARDED_ALLOW_IPS": "127.0.0.1"}
    environment |= {"ADDRESS_LIMIT": "1/minute"}
    command = [sys.executable, "-m", "uvicorn", "bot.web.app:app", "--port", str(port), "--no-access-log"]
    served = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        wait_for(f"http://127.0.0.1:{port}/api/health")
        statuses = []
        for address in ("203.0.113.5", "203.0.113.6", "203.0.113.6"):
            response = httpx.post(
                f"http://127.0.0.1:{port}/api/chat",
                json={"message": "cảm ơn"},
                headers={"x-forwarded-for": address},
                trust_env=False,
            )
            statuses.append(response.status_code)
    finally:
        served.terminate()
        output, _ = served.communicate(timeout=20)
    assert statuses == [200, 200, 429], "a proxy that is trusted tells who asks"
    told = [json.loads(line) for line in output.decode().splitlines() if not re.match(r"INFO: +Started server", line)]
    assert [line["event"] for line in told].count("turn") == 2
    assert "203.0.113" not in output.decode()


def wait_for(address: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            httpx.get(address, trust_env=False)
            return
        except httpx.HTTPError:
            time.sleep(0.1)
