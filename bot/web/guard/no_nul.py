"""No NUL character gets into the desk: nobody types one, and PostgreSQL takes none."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.desk.door import DESK, is_desk
from bot.web.errors import Fault
from bot.web.guard.refusals import Refusals

_SIGNS = (b"\0", b"%00")  # as it is, and as addresses and forms write it
_TAKING_FILES = frozenset((f"{DESK}/nhap", f"{DESK}/cau-chuan/nhap"))  # a file may hold anything


class NoNul:
    """Refuses an address or a form with one."""

    def __init__(self, app: ASGIApp, refusals: Refusals) -> None:
        self._app, self._refusals = app, refusals

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI wants it."""
        if scope["type"] != "http" or not is_desk(scope["path"]):
            return await self._app(scope, receive, send)
        if "\0" in scope["path"] or _is_in(scope["query_string"]):
            return await self._refusals(scope, Fault("bad_request"))(scope, receive, send)
        if scope["path"] in _TAKING_FILES:
            return await self._app(scope, receive, send)
        end = b""  # of what was read: it may be cut in the middle of a sign

        async def looked_at() -> Message:
            nonlocal end
            message = await receive()
            read = end + message.get("body", b"")
            if _is_in(read):
                raise Fault("bad_request")
            end = read[-2:]
            return message

        await self._app(scope, looked_at, send)


def _is_in(sent: bytes) -> bool:
    return any(sign in sent for sign in _SIGNS)
