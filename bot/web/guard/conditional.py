"""What a browser has already is not sent again; who asks for the headers alone gets them."""

from __future__ import annotations

import hashlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_NOT_WITH_304 = ("content-length", "content-type")


class Conditional:
    """Gives an ETag to what a GET answers in one piece, 304 to who names it, and HEAD to all that knows GET."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI wants it."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return await self._app(scope, receive, send)
        asked, only_headers = Headers(scope=scope), scope["method"] == "HEAD"
        start: Message = {}

        async def judged(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            if start:
                headers, body = MutableHeaders(scope=start), message.get("body", b"")
                if start["status"] == 200 and not message.get("more_body") and _may_be_kept(headers):
                    headers["ETag"] = f'W/"{hashlib.sha256(body).hexdigest()[:20]}"'
                    if _named(headers["ETag"], asked.get("if-none-match", "")):
                        start, message = _not_modified(start), {"type": "http.response.body"}
                await send(start)
                start = {}
            await send({**message, "body": b""} if only_headers else message)

        inner = {**scope, "method": "GET"} if only_headers else scope
        await self._app(inner, receive, judged)
        if only_headers:
            scope.update({name: inner[name] for name in ("route", "root_path") if name in inner})


def _may_be_kept(headers: MutableHeaders) -> bool:
    return "etag" not in headers and "no-store" not in headers.get("cache-control", "")


def _named(etag: str, if_none_match: str) -> bool:
    return any(tag.strip() in (etag, etag.removeprefix("W/"), "*") for tag in if_none_match.split(","))


def _not_modified(start: Message) -> Message:
    headers = [(name, value) for name, value in start["headers"] if name.decode() not in _NOT_WITH_304]
    return {**start, "status": 304, "headers": headers}
