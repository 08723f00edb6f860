"""Addresses of the listing's pages."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fastapi import Request

from bot.settings import Settings
from bot.web.errors import LISTING

LONGEST_HOST = 255  # characters of a name, and more than an address has
# What a browser sends as the host is anybody's words: only what may be one becomes part of a link.
_HOST = re.compile(r"(?:[a-z0-9-]+\.)*[a-z0-9-]+(?::\d{1,5})?|\[[0-9a-f:.]+\](?::\d{1,5})?", re.IGNORECASE)


def origin(request: Request, settings: Settings) -> str:
    """Where the gateway is reached, without a slash at the end: as set, else as the browser called it."""
    if settings.public_url:
        return settings.public_url
    host = request.headers.get("host", "")
    if len(host) > LONGEST_HOST or not _HOST.fullmatch(host):
        host = f"{settings.host}:{settings.port}"
    return f"{request.scope['scheme']}://{host}"


def page_of(code: str, refs: Iterable[str] = ()) -> str:
    """The path of one procedure; with refs `case.choice`, of the papers for that case."""
    query = "&".join(f"ca={ref}" for ref in refs)
    return f"{LISTING}/{code}?{query}" if query else f"{LISTING}/{code}"
