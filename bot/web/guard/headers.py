"""The headers on every response."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.caching import NEVER

# No inline script and no inline style, either: 'self' does not allow them.
_POLICY = (
    "default-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'self'",
)
_ALWAYS = {
    "Content-Security-Policy": "; ".join(_POLICY),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "microphone=(self), camera=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_ENCRYPTED = {"Strict-Transport-Security": "max-age=31536000"}


class SecurityHeaders:
    """Puts them on; `encrypted`: whether citizens reach us by https."""

    def __init__(self, app: ASGIApp, encrypted: bool) -> None:
        self._app = app
        self._headers = {**_ALWAYS, **(_ENCRYPTED if encrypted else {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI wants it."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        path = scope["path"]

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self._headers)
                headers["Cross-Origin-Resource-Policy"] = "cross-origin" if _embedded(path) else "same-origin"
                _vary(headers, "Accept-Encoding")
                if path.startswith(("/api/", "/assets/")):
                    # A copy kept for one website must not be handed to another, which would not be allowed to read it.
                    _vary(headers, "Origin")
                if message["status"] >= 400:
                    headers.setdefault("Cache-Control", NEVER["Cache-Control"])
            await send(message)

        await self._app(scope, receive, dressed)


def _vary(headers: MutableHeaders, name: str) -> None:
    if name not in headers.get("Vary", ""):
        headers.add_vary_header(name)


def _embedded(path: str) -> bool:
    """Whether other websites load it without asking first: script, style and pictures of the widget."""
    return path == "/widget.js" or path.startswith("/assets/") or path.endswith("/qr.svg")
