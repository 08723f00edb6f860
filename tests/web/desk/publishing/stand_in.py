"""Stands where Rasa and the action server stand, for the pages of publishing: answers out of the version it is told to.

Every message is taken for a question about one record; the reply says the whole file of it.
"""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.knowledge.overlay import Overlay, read_overlay
from bot.knowledge.versions import Versions

CODE = "2.000635"


@dataclass
class Behind:
    """What listens on `port`, and the folder of versions that it looks at, as the action server does."""

    port: int
    published: Path = Path()
    own: str = ""  # the program's own record
    status: int = 200
    is_held: bool = False  # for as long as it is, nothing is answered
    stays_at: int | None = None  # the version that it does not get beyond

    async def understand(self, request: Request) -> Response:
        """Rasa's channel."""
        texts = (await request.json())["texts"]
        return JSONResponse([{"text": text, "intent": {"name": "ask_procedure"}} for text in texts])

    async def act(self, request: Request) -> Response:
        """The action server, asked for `action_try`."""
        slots = (await request.json())["tracker"]["slots"]
        while self.is_held:
            await asyncio.sleep(0.02)
        versions = Versions(self.published)
        number = versions.current() if self.stays_at is None else self.stays_at
        overlay = read_overlay(Path(slots["overlay"])) if slots["overlay"] else versions.overlay(number)
        said = {
            "replies": [self._reply(overlay) for _ in slots["messages"]],
            "took": {},
            "version": -1 if slots["overlay"] else number,
        }
        return JSONResponse({"events": [], "responses": [{"custom": said}]}, status_code=self.status)

    def _reply(self, overlay: Overlay) -> dict[str, Any]:
        if CODE in overlay.removed:
            return {"text": "Không có.", "card": {"type": "unknown"}, "choices": []}
        path = overlay.records.get(CODE)
        text = path.read_text(encoding="utf-8") if path else self.own
        return {"text": text, "card": {"type": "answer", "code": CODE, "aspects": ["fee"]}, "choices": []}


@contextmanager
def listening() -> Iterator[Behind]:
    """It, on a port of its own."""
    taken = socket.create_server(("127.0.0.1", 0))
    behind = Behind(taken.getsockname()[1])
    routes = [
        Route("/webhooks/rest/understand", behind.understand, methods=["POST"]),
        Route("/webhook", behind.act, methods=["POST"]),
    ]
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]}, daemon=True)
    thread.start()
    try:
        yield behind
    finally:
        server.should_exit = server.force_exit = True
        thread.join(10)
