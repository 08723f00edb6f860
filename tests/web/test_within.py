"""The limit in time: it holds, and leaves nothing running."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress

import pytest

from bot.web import within as limits
from bot.web.within import within

ENDLESS = 60.0


@pytest.fixture(autouse=True)
def soon_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "AGAIN", 0.05)


class Deaf:
    """Waits for ever, and misses that it was told to stop as often as it was made to."""

    def __init__(self, misses: int) -> None:
        self.misses, self.ended = misses, asyncio.Event()

    async def __call__(self) -> None:
        for _ in range(self.misses):
            with suppress(asyncio.CancelledError):
                await asyncio.sleep(ENDLESS)
        try:
            await asyncio.sleep(ENDLESS)
        finally:
            self.ended.set()


async def test_what_comes_in_time_is_handed_on() -> None:
    assert await within(ENDLESS, asyncio.sleep(0, "đây")) == "đây"


async def test_what_fails_in_time_fails() -> None:
    async def fail() -> None:
        raise KeyError("đâu")

    with pytest.raises(KeyError, match="đâu"):
        await within(ENDLESS, fail())


@pytest.mark.parametrize("misses", [0, 1, 3])
async def test_nobody_waits_longer_and_what_was_waited_for_ends(misses: int) -> None:
    deaf, began = Deaf(misses), time.monotonic()
    with pytest.raises(asyncio.TimeoutError):
        await within(0.05, deaf())
    assert time.monotonic() - began < 1
    await asyncio.wait_for(deaf.ended.wait(), 10)


async def test_who_goes_away_takes_along_what_was_waited_for() -> None:
    deaf = Deaf(misses=1)
    waiting = asyncio.create_task(within(ENDLESS, deaf()))
    await asyncio.sleep(0.05)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await asyncio.wait_for(deaf.ended.wait(), 10)


async def test_what_fails_once_told_to_stop_is_not_heard_of(caplog: pytest.LogCaptureFixture) -> None:
    async def fail() -> None:
        try:
            await asyncio.sleep(ENDLESS)
        except asyncio.CancelledError:
            raise KeyError("đâu") from None

    with pytest.raises(asyncio.TimeoutError):
        await within(0.05, fail())
    await asyncio.sleep(0.1)
    assert caplog.text == "" and not limits._stopping
