"""What Rasa remembers of conversations: in memory alone, and for a day at most."""

from __future__ import annotations

import asyncio
from typing import Any

from cachetools import TTLCache
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.trackers import DialogueStateTracker

LIFETIME = 24 * 60 * 60  # seconds after the last turn; a token of the gateway is good for as long
MOST = 5000  # conversations; of more, those that were silent longest are dropped


class Trackers(InMemoryTrackerStore):
    """A tracker store that forgets by itself, and at once when it is told to. Named in endpoints.yml."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """What every tracker store of Rasa takes."""
        super().__init__(*arguments, **options)
        self.store: TTLCache[str, str] = TTLCache(MOST, LIFETIME)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep a tracker, for a day from now on."""
        await super().save(tracker)
        # The cache would hold on to what is too old until somebody writes again.
        asyncio.get_running_loop().call_later(LIFETIME + 1, self.store.expire)

    def delete(self, sender: str) -> None:
        """Forget a conversation, if it is known."""
        self.store.pop(sender, None)
