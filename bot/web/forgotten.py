"""Conversations that somebody deleted: what is still on its way to be kept must not arrive after that."""

from __future__ import annotations

import asyncio
from weakref import WeakValueDictionary

from cachetools import TTLCache

from bot.web.sessions import LIFETIME

_MOST = 100_000


class Forgotten:
    """Remembers deleted conversations for as long as their tokens are good."""

    def __init__(self) -> None:
        self._deleted: TTLCache[str, bool] = TTLCache(_MOST, LIFETIME)
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def add(self, conversation: str) -> None:
        """From now on nothing of it is kept."""
        self._deleted[conversation] = True

    def __contains__(self, conversation: str) -> bool:
        return conversation in self._deleted

    def alone(self, conversation: str) -> asyncio.Lock:
        """For `async with`: nobody else keeps or deletes something of this conversation meanwhile."""
        return self._locks.setdefault(conversation, asyncio.Lock())
