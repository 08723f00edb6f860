"""Errors as a page, for people who meet them in a browser; programs get them as JSON."""

from __future__ import annotations

from fastapi import Request, Response

from bot.web.context import Context
from bot.web.pages.prose import pieces

_PROGRAMS = ("/api", "/metrics")
_PLAIN = "/hoi"  # made for old browsers, some of which do not say that they want a page


def wants_page(request: Request) -> bool:
    """Whether an error of this request is for a person's eyes."""
    path = request.scope["path"]  # that of `request.url` depends on what was sent as the host
    if _is_below(_PROGRAMS, path):
        return False
    return _is_below((_PLAIN,), path) or "text/html" in request.headers.get("accept", "")


def error_page(context: Context, status: int, message: str) -> Response:
    """A page with the message of an error (plain Vietnamese), the ward's phone number, and ways on."""
    return context.templates.page("message.html", status=status, code=status, message=message, pieces=pieces)


def _is_below(folders: tuple[str, ...], path: str) -> bool:
    return any(path == folder or path.startswith(f"{folder}/") for folder in folders)
