"""A notice holds at once, whichever process it was told: before a request is answered, the notices are read again."""

from __future__ import annotations

import asyncio
import logging
import time

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.store.notices import Notices

FRESH = 0.5  # seconds for which what was read is good enough
PATIENCE = 0.25  # seconds that somebody waits for a database that does not answer
_WITHOUT = ("/assets/", "/api/health", "/api/ready", "/metrics")
_log = logging.getLogger("gateway")


class FreshNotices:
    """Reads them at most twice a second. A database that fails costs the newest notice, never the answer."""

    def __init__(self, app: ASGIApp, notices: Notices) -> None:
        self._app, self._notices = app, notices
        self._reading: asyncio.Task[None] | None = None
        self._began = float("-inf")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI wants it."""
        if scope["type"] == "http" and not scope["path"].startswith(_WITHOUT):
            await self._look()
        await self._app(scope, receive, send)

    async def _look(self) -> None:
        done = self._reading is None or self._reading.done()
        if done and time.monotonic() - self._began >= FRESH:
            self._began, self._reading = time.monotonic(), asyncio.create_task(self._read())
        left = PATIENCE - (time.monotonic() - self._began)  # who comes later waits less: for all, once
        if self._reading is not None and not self._reading.done() and left > 0:
            await asyncio.wait({self._reading}, timeout=left)

    async def _read(self) -> None:
        try:
            await run_in_threadpool(self._notices.refresh)
        except SQLAlchemyError:
            _log.exception("the notices could not be read")
