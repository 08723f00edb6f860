"""Moving windows as the library `limits` keeps them, told when the next place in the window is free."""

from __future__ import annotations

import time
from collections import defaultdict

from limits.storage import MemoryStorage, RedisStorage

_SWEEP = 1000  # names


class MemoryWindows(MemoryStorage):
    """In this process. The library's own keeps the name of everybody who ever came; this one forgets."""

    def __init__(self) -> None:
        super().__init__()
        # The library clears old entries in a thread: a name that is forgotten meanwhile must not trouble it.
        self.events = defaultdict(list)
        self._sweep_at = _SWEEP

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Whether there was a place in the window; it is taken now."""
        if key not in self.events and len(self.events) >= self._sweep_at:
            for name in [name for name, entries in list(self.events.items()) if not entries]:
                del self.events[name]
            self._sweep_at = max(_SWEEP, 2 * len(self.events))
        return super().acquire_entry(key, limit, expiry, amount)

    def free_at(self, key: str, limit: int, expiry: int) -> float:
        """When a full window has a place again, in seconds of the clock."""
        oldest = self.events[key][limit - 1 : limit]
        return oldest[0].atime + expiry if oldest else time.time()


class RedisWindows(RedisStorage):
    """In Redis, shared by all gateways of a ward. Errors are those of the package `redis`."""

    def free_at(self, key: str, limit: int, expiry: int) -> float:
        """When a full window has a place again, in seconds of the clock."""
        oldest = self.storage.lindex(key, limit - 1)
        return float(oldest) + expiry if oldest else time.time()
