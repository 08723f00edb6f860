"""The gateway as an application, before something small that stands where Rasa stands."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.answers.smalltalk import smalltalk
from bot.knowledge.ward import Ward
from bot.settings import Settings
from bot.web.app import create_app


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
    listening.says(smalltalk("thanks", ward).as_json())
    return listening


@pytest.fixture
async def http(rasa: StandIn) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a gateway of its own, whose Rasa is the stand-in."""
    app = create_app(Settings(rasa_port=rasa.port, ward="phuong-an-binh-mau", session_secret="only for tests"))
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://gateway") as client:
        yield client
