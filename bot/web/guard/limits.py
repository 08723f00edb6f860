"""How often one may ask: per address and per conversation, in a window that moves."""

from __future__ import annotations

import ipaddress
import logging
import math
import time

from cachetools import TTLCache
from limits import RateLimitItem
from limits.strategies import MovingWindowRateLimiter
from redis.exceptions import RedisError
from starlette.concurrency import run_in_threadpool

from bot import setting_checks
from bot.settings import Settings
from bot.web.guard.windows import MemoryWindows, RedisWindows

SIGN_IN_LIMIT = "30/10minute"  # an office behind one address signs in within that; who guesses does not get far
SIGNED_IN_FOR = 5 * 60  # seconds after which a sign-in has to be seen again
REDIS_TIMEOUT = 0.5  # seconds
REDIS_PAUSE = 10.0  # seconds without asking a Redis that failed
_IPV6_NETWORK = 64  # bits; a household has the rest to itself
_log = logging.getLogger("gateway")


class Limits:
    """Counts requests. A Redis that fails lets everybody in. Raises SettingsError for settings that are no limits."""

    def __init__(self, settings: Settings) -> None:
        self._address = setting_checks.limit("ADDRESS_LIMIT", settings.address_limit)
        self._session = setting_checks.limit("SESSION_LIMIT", settings.session_limit)
        self._sign_in = setting_checks.limit("SIGN_IN_LIMIT", SIGN_IN_LIMIT)
        self._windows = _windows(settings.limits_storage)
        self._limiter = MovingWindowRateLimiter(self._windows)
        self._asks_redis_again_at = 0.0
        self._signed_in: TTLCache[str, None] = TTLCache(1000, SIGNED_IN_FOR)

    def let_pass(self, key: str) -> None:
        """Whoever brings this key of a sign-in is known: an office behind one address works without being counted."""
        self._signed_in[key] = None

    def passes(self, key: str) -> bool:
        """Whether a key was let pass in the last minutes."""
        return key in self._signed_in

    async def address(self, host: str) -> int:
        """Count a request from an address: 0, or after how many seconds it may be sent again."""
        return await self._count(self._address, "address", network_of(host))

    async def session(self, conversation: str) -> int:
        """Count a request of a conversation: 0, or after how many seconds it may be sent again."""
        return await self._count(self._session, "session", conversation)

    async def sign_in(self, host: str) -> int:
        """Count a try to sign in from an address: 0, or after how many seconds the next may be made."""
        return await self._count(self._sign_in, "sign_in", network_of(host))

    async def _count(self, limit: RateLimitItem, kind: str, name: str) -> int:
        if isinstance(self._windows, MemoryWindows):
            return self._wait(limit, kind, name)
        if time.monotonic() < self._asks_redis_again_at:
            return 0
        try:
            wait = await run_in_threadpool(self._wait, limit, kind, name)
        except RedisError as error:
            if not self._asks_redis_again_at:
                _log.error("Redis does not answer, requests are not limited: %s", type(error).__name__)
            self._asks_redis_again_at = time.monotonic() + REDIS_PAUSE
            return 0
        self._asks_redis_again_at = 0.0
        return wait

    def _wait(self, limit: RateLimitItem, kind: str, name: str) -> int:
        if self._limiter.hit(limit, kind, name):
            return 0
        free_at = self._windows.free_at(limit.key_for(kind, name), limit.amount, limit.get_expiry())
        return max(1, math.ceil(free_at - time.time()))


def network_of(host: str) -> str:
    """Whose address it is: an IPv6 address stands for its /64, one that wraps an IPv4 address for that."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host[:64]
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((int(address), _IPV6_NETWORK), strict=False).network_address)


def _windows(redis: str) -> MemoryWindows | RedisWindows:
    if not redis:
        return MemoryWindows()
    return RedisWindows(redis, socket_timeout=REDIS_TIMEOUT, socket_connect_timeout=REDIS_TIMEOUT)
