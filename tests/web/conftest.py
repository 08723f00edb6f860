"""The gateway as an application, before something small that stands where Rasa stands."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from sqlalchemy.engine import Engine
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.knowledge.ward import Ward
from bot.settings import Settings
from bot.store.database import connect
from bot.web.app import create_app
from tests.store.rows import Rows, rows_in
from tests.web.words import words


@dataclass
class StandIn:
    """Listens where Rasa would: keeps what it is sent, and says what it is told to say."""

    port: int
    got: list[dict[str, Any]] = field(default_factory=list)
    body: bytes = b"[]"
    status: int = 200
    delay: float = 0.0

    @property
    def messages(self) -> list[str]:
        """What Rasa would have read, in order."""
        return [part["message"] for part in self.got]

    def says(self, *replies: dict[str, Any]) -> None:
        """From now on these replies, as Rasa's REST channel passes on what an action said."""
        self.body = json.dumps([{"recipient_id": "x", "custom": reply} for reply in replies]).encode()

    async def hear(self, request: Request) -> Response:
        """The REST channel."""
        self.got.append(await request.json())
        await asyncio.sleep(self.delay)
        return Response(self.body, status_code=self.status, media_type="application/json")


@pytest.fixture(scope="session")
def listening() -> Iterator[StandIn]:
    """The stand-in on a port of its own."""
    taken = socket.create_server(("127.0.0.1", 0))
    stand_in = StandIn(taken.getsockname()[1])
    routes = [Route("/webhooks/rest/webhook", stand_in.hear, methods=["POST"])]
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]}, daemon=True)
    thread.start()
    yield stand_in
    server.should_exit = True
    thread.join(10)


@pytest.fixture
def rasa(listening: StandIn, ward: Ward) -> StandIn:
    """The stand-in, having heard nothing yet, saying something friendly."""
    listening.got, listening.status, listening.delay = [], 200, 0.0
    listening.says(words("utter_thanks", ward))
    return listening


@pytest.fixture
def gateway_settings(rasa: StandIn, tmp_path: Path) -> Settings:
    """Settings of a gateway whose Rasa is the stand-in, with an empty database of its own."""
    return Settings(
        rasa_port=rasa.port, ward="phuong-an-binh-mau", session_secret="only for tests", var=tmp_path, database=""
    )


@pytest.fixture
def engine(gateway_settings: Settings) -> Iterator[Engine]:
    """The gateway's database."""
    engine = connect(gateway_settings)
    yield engine
    engine.dispose()


@pytest.fixture
def rows(engine: Engine) -> Rows:
    """All that stands in a table of the gateway's database."""
    return rows_in(engine)


@pytest.fixture
async def http(gateway_settings: Settings, engine: Engine) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a gateway of its own, whose Rasa is the stand-in."""
    transport = httpx.ASGITransport(app=create_app(gateway_settings))
    async with httpx.AsyncClient(transport=transport, base_url="http://gateway") as client:
        yield client
