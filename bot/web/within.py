"""A limit in time that holds, whatever the one who is waited for does."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")
AGAIN = 0.5  # seconds after which what was told to stop, and did not, is told again
_stopping: set[asyncio.Task[None]] = set()  # asyncio itself holds tasks only weakly


async def within(seconds: float, waited_for: Coroutine[Any, Any, Result]) -> Result:
    """The result, if it comes in time. Raises asyncio.TimeoutError, and what is waited for raises.

    `asyncio.wait_for` waits until what it cancels has ended. A connection being opened by httpx now and then misses
    that it was cancelled: on a loaded machine the limit passed unnoticed, and the citizen waited with it.
    """
    task = asyncio.ensure_future(waited_for)
    try:
        done, _ = await asyncio.wait({task}, timeout=seconds)
    finally:
        if not task.done():
            stopping = asyncio.create_task(_stop(task))
            _stopping.add(stopping)
            stopping.add_done_callback(_stopping.discard)
    if not done:
        raise asyncio.TimeoutError
    return task.result()


async def _stop(task: asyncio.Task[Any]) -> None:
    while not task.done():
        task.cancel()
        await asyncio.wait({task}, timeout=AGAIN)
    if not task.cancelled():
        task.exception()  # looked at, so that asyncio does not write it into the log
