"""Pages made once and kept. The guards tell a browser that has one already so."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from cachetools import LRUCache
from fastapi import Response

from bot.web.caching import SOON

HTML = "text/html; charset=utf-8"


class Keeper:
    """Keeps at most so many pages of one kind, those asked for last."""

    def __init__(self, most: int, media_type: str = HTML) -> None:
        self._kept: LRUCache[Hashable, bytes] = LRUCache(most)
        self._media_type = media_type

    def respond(self, key: Hashable, make: Callable[[], str]) -> Response:
        """The page kept under a key, made now if there is none."""
        body = self._kept.get(key)
        if body is None:
            body = self._kept[key] = make().encode()
        return Response(body, media_type=self._media_type, headers=SOON)
