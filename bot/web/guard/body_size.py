"""No body above a size is read, whether it names its length or not."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.desk.door import COOKIE, DESK

LARGEST_BODY = 64 * 1024  # bytes; a message has at most 500 characters, one that is too long still gets a kind answer
# What the staff send: whole listings, and forms with many parts. Only from a browser that may be signed in; whether it
# is, the door of the desk says before it reads anything.
LARGEST_AT_THE_DESK = {
    f"{DESK}/nhap": 20 * 1024 * 1024,
    f"{DESK}/ho-so": 1024 * 1024,
    f"{DESK}/phuong": 1024 * 1024,
    f"{DESK}/cau-chuan/nhap": 2 * 1024 * 1024,
}


class BodySize:
    """Whoever reads more than `largest_body` allows gets HTTPException 413 instead of the rest."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI wants it."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        largest = largest_body(scope)
        length = Headers(scope=scope).get("content-length", "")
        named = int(length) if length.isdecimal() else 0
        read = 0

        async def counted() -> Message:
            nonlocal read
            if named > largest:
                raise HTTPException(413)
            message = await receive()
            read += len(message.get("body", b""))
            if read > largest:
                raise HTTPException(413)
            return message

        await self._app(scope, counted, send)


def largest_body(scope: Scope) -> int:
    """How many bytes the body of a request may have."""
    path = scope["path"]
    for folder, largest in LARGEST_AT_THE_DESK.items():
        if path == folder or path.startswith(f"{folder}/"):
            signed_in = scope["method"] == "POST" and COOKIE in Request(scope).cookies
            return largest if signed_in else LARGEST_BODY
    return LARGEST_BODY
