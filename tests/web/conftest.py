"""The gateway as an application, before something small that stands where Rasa and the action server stand."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from argon2 import PasswordHasher
from fastapi import FastAPI
from sqlalchemy.engine import Engine
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.answers.answer import answer
from bot.knowledge import live
from bot.knowledge.listing import Listing
from bot.knowledge.live import InForce
from bot.knowledge.overlay import Overlay
from bot.knowledge.ward import Ward
from bot.settings import Settings
from bot.store import accounts
from bot.store.database import connect
from bot.web.app import create_app
from tests.store.rows import Rows, rows_in
from tests.web.words import words

Open = Callable[..., Awaitable[httpx.AsyncClient]]
SECRET = "a secret for tests only"
OFTEN = "1000000/minute"  # tests ask more than people do; those of the limits set their own


@dataclass
class StandIn:
    """Listens where Rasa would: keeps what it is sent, and says what it is told to say.

    The search of the action server is asked on the same port.
    """

    port: int
    got: list[dict[str, Any]] = field(default_factory=list)
    body: bytes = b"[]"
    status: int = 200
    delay: float = 0.0
    forgot: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    searched: list[str] = field(default_factory=list)
    search_status: int = 200
    search_delay: float = 0.0

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

    async def forget(self, request: Request) -> Response:
        """The REST channel, told to forget a conversation."""
        self.forgot.append(request.path_params["sender"])
        return Response(status_code=self.status)

    async def live(self, request: Request) -> Response:
        """Rasa's word that it lives."""
        await asyncio.sleep(self.delay)
        return Response("Hello from Rasa: 3.6.21", status_code=self.status)

    async def search(self, request: Request) -> Response:
        """The action server, asked for the search."""
        self.searched.append((await request.json())["tracker"]["latest_message"]["text"])
        await asyncio.sleep(self.search_delay)
        candidates = [{"code": code, "score": 1.0} for code in self.found]
        said = {"decision": "answer" if candidates else "unknown", "candidates": candidates}
        return JSONResponse({"events": [], "responses": [{"custom": said}]}, status_code=self.search_status)


_loaded: dict[tuple[Path, str, str], InForce] = {}


# Not for the whole session: tests of other folders may come in between, and have to find what is really there.
@pytest.fixture(scope="module", autouse=True)
def read_once() -> Iterator[None]:
    """Every test has a gateway of its own, over the same records: those are read once, each content of them."""
    load = live.load_overlay

    def load_once(settings: Settings, overlay: Overlay, number: int) -> InForce:
        key = settings.knowledge, settings.ward, overlay.fingerprint
        if key not in _loaded:
            _loaded[key] = load(settings, overlay, number)
        return replace(_loaded[key], number=number)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(live, "load_overlay", load_once)
        yield


@pytest.fixture(scope="module", autouse=True)
def hashed_fast() -> Iterator[None]:
    """Passwords are hashed with as little work as there is: every gateway hashes one when it starts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "PasswordHasher", partial(PasswordHasher, time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(scope="session")
def listening() -> Iterator[StandIn]:
    """The stand-in on a port of its own."""
    taken = socket.create_server(("127.0.0.1", 0))
    stand_in = StandIn(taken.getsockname()[1])
    routes = [
        Route("/webhooks/rest/webhook", stand_in.hear, methods=["POST"]),
        Route("/webhooks/rest/conversations/{sender}", stand_in.forget, methods=["DELETE"]),
        Route("/webhook", stand_in.search, methods=["POST"]),
        Route("/", stand_in.live),
    ]
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]}, daemon=True)
    thread.start()
    yield stand_in
    server.should_exit = server.force_exit = True  # whatever it was told to wait for
    thread.join(10)


@pytest.fixture
def rasa(listening: StandIn, ward: Ward) -> StandIn:
    """The stand-in, having heard nothing yet, saying something friendly."""
    listening.got, listening.forgot, listening.status, listening.delay = [], [], 200, 0.0
    listening.found, listening.searched, listening.search_status, listening.search_delay = [], [], 200, 0.0
    listening.says(words("utter_thanks", ward))
    return listening


@pytest.fixture
async def dripping() -> AsyncIterator[int]:
    """A port where each part of an answer comes soon, and the whole never does."""

    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n")
        with suppress(ConnectionError):
            for _ in range(1000):
                writer.write(b" ")
                await writer.drain()
                await asyncio.sleep(0.1)
        writer.close()

    async with await asyncio.start_server(drip, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]


@pytest.fixture
def well(rasa: StandIn, listing: Listing) -> StandIn:
    """A stand-in behind which everything is as it should be."""
    procedure = next(iter(listing))
    rasa.says(answer(procedure, ["documents"], listing, today=date(2026, 7, 6)).as_json())
    rasa.found = ["1.000001", procedure.code]
    return rasa


@pytest.fixture
def gateway_settings(rasa: StandIn, tmp_path: Path) -> Settings:
    """Settings of a gateway whose Rasa is the stand-in, with an empty database of its own."""
    return Settings(
        rasa_port=rasa.port,
        actions_port=rasa.port,
        ward="phuong-an-binh-mau",
        session_secret=SECRET,
        var=tmp_path,
        database="",
        origins="",
        public_url="",
        address_limit=OFTEN,
        session_limit=OFTEN,
        limits_storage="",
        metrics_token="",
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
    async with client_of(create_app(gateway_settings)) as client:
        yield client


@pytest.fixture
async def gateway(gateway_settings: Settings, engine: Engine) -> AsyncIterator[Open]:
    """Makes a client of a gateway with other settings: `await gateway(origins="…")`; `host` is where it comes from."""
    async with AsyncExitStack() as clients:

        async def made(host: str = "192.0.2.1", **parts: Any) -> httpx.AsyncClient:
            return await clients.enter_async_context(client_of(create_app(replace(gateway_settings, **parts)), host))

        yield made


def client_of(app: FastAPI, host: str = "192.0.2.1") -> httpx.AsyncClient:
    """A client of an application, at an address of its own."""
    transport = httpx.ASGITransport(app=app, client=(host, 50000))
    return httpx.AsyncClient(transport=transport, base_url="http://gateway", trust_env=False)
