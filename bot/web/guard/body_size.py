"""No body above a size is read, whether it names its length or not."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_BODY = 64 * 1024  # bytes; a message has at most 500 characters, one that is too long still gets a kind answer


class BodySize:
    """Whoever reads more than `LARGEST_BODY` gets HTTPException 413 instead of the rest."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI wants it."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        length = Headers(scope=scope).get("content-length", "")
        named = int(length) if length.isdecimal() else 0
        read = 0

        async def counted() -> Message:
            nonlocal read
            if named > LARGEST_BODY:
                raise HTTPException(413)
            message = await receive()
            read += len(message.get("body", b""))
            if read > LARGEST_BODY:
                raise HTTPException(413)
            return message

        await self._app(scope, counted, send)
