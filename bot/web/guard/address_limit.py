"""Who sends too much from one address is asked to wait, before anything is read."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.web.context import Context
from bot.web.desk.door import COOKIE, is_desk
from bot.web.errors import Fault
from bot.web.guard.refusals import Refusals

_NOT_COUNTED = frozenset(("/widget.js", "/api/health", "/api/ready", "/metrics"))


class AddressLimit:
    """Counts all but files for browsers, what operators look at, and the desk for who is signed in there."""

    def __init__(self, app: ASGIApp, context: Context, refusals: Refusals) -> None:
        self._app, self._context, self._refusals = app, context, refusals

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI wants it."""
        path = scope.get("path", "")
        if scope["type"] != "http" or path in _NOT_COUNTED or path.startswith("/assets/"):
            return await self._app(scope, receive, send)
        if is_desk(path) and self._context.limits.passes(Request(scope).cookies.get(COOKIE, "")):
            return await self._app(scope, receive, send)
        host, _ = scope["client"] or ("", 0)
        if wait := await self._context.limits.address(host):
            self._context.metrics.limited("address")
            return await self._refusals(scope, Fault("too_many", wait=wait))(scope, receive, send)
        await self._app(scope, receive, send)
