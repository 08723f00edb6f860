"""Publishing at the desk while citizens ask: how soon it is live, and that nobody waits for it.

Prints what it measures (-s). What is published was written by an editor; the clock begins with the approver's click.
"""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

import httpx
import pytest

from bot.knowledge import listing as listings
from bot.knowledge.procedure import Procedure
from bot.knowledge.record_file import as_data, as_text, file_name
from bot.knowledge.versions import Change, Edit, Kind, Order, Versions
from bot.settings import Settings
from tests.contract import assert_reply
from tests.e2e.desk import Approver, approver

pytestmark = pytest.mark.e2e

CODE, QUESTION = "1.001193", "Đăng ký khai sinh cần giấy tờ gì?"
ONE, ALL = 3.0, 60.0  # seconds from the click until the citizen is answered by the new version
Changed = Callable[[Procedure], dict[str, Any]]


@dataclass
class Asker:
    """A citizen who asks the same again and again, one question after the other."""

    address: str
    took: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def ask(self, message: str = QUESTION) -> dict[str, Any]:
        """The reply to a first message."""
        began = time.monotonic()
        response = httpx.post(f"{self.address}/api/chat", json={"message": message}, timeout=30, trust_env=False)
        self.took.append(time.monotonic() - began)
        assert response.status_code == 200, response.text
        (reply,) = response.json()["replies"]
        assert_reply(reply)
        return dict(reply)

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Ask all the while."""
        over = threading.Event()

        def go_on() -> None:
            while not over.is_set():
                try:
                    if self.ask()["card"].get("code") != CODE:
                        self.wrong.append("another procedure")
                except Exception as error:
                    self.wrong.append(repr(error))

        thread = threading.Thread(target=go_on)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join(60)


@pytest.fixture
def asker(address: str) -> Asker:
    return Asker(address)


@pytest.fixture(scope="module")
def signed_in(address: str, settings: Settings) -> Approver:
    """Somebody who publishes."""
    return approver(address, settings, "hoa")


@pytest.fixture
def desk(signed_in: Approver, settings: Settings) -> Iterator[Approver]:
    """The desk of the assistant that runs; afterwards nothing waits, and the program's own records count again."""
    versions = Versions(settings.published_folder)
    yield signed_in
    signed_in.drop_drafts()
    if versions.changes(versions.current(), 0):
        versions.roll_back(0, Order(versions.current(), datetime.now(timezone.utc), "hoa", "thử"))


def edits(settings: Settings, changed: Changed, codes: set[str] | None = None) -> list[Edit]:
    """The records as they stand in their files, without what differs in the ward, with some parts changed."""
    made = []
    for record in listings.load(settings.knowledge, more=settings.knowledge / "wards" / settings.ward):
        if codes is None or record.code in codes:
            path = f"procedures/{record.field}/{file_name(record.code, record.name)}"
            text = as_text({**as_data(record), **changed(record)})
            made.append(Edit(Change(record.code, Kind.changed), path, text))
    return made


def wait_for(asker: Asker, says: Callable[[dict[str, Any]], bool], limit: float) -> None:
    """Until a citizen is answered so."""
    began = time.monotonic()
    while not says(asker.ask()):
        assert time.monotonic() - began < limit, f"not live after {limit} s"
        time.sleep(0.05)


@dataclass
class Clock:
    """Seconds of each step."""

    steps: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timing(self, step: str) -> Iterator[None]:
        """Measure what is done within."""
        began = time.monotonic()
        yield
        self.steps[step] = time.monotonic() - began

    def __str__(self) -> str:
        return ", ".join(f"{step} {seconds:.1f} s" for step, seconds in self.steps.items())


def with_note(mark: str) -> Changed:
    """A remark on the record: what is found, and how, stays."""
    return lambda record: {"notes": [mark, *as_data(record).get("notes", [])]}


def with_question(mark: str) -> Changed:
    """One more question by which the record is found: its class is learnt again."""
    return lambda record: {"questions": [*record.questions, f"{record.name} {mark}"], **with_note(mark)(record)}


BOTH = pytest.mark.parametrize("changed", [with_note, with_question], ids=["a remark", "words to be found by"])


@BOTH
def test_one_record_is_live_soon_and_gone_back_on_as_soon(
    asker: Asker, desk: Approver, settings: Settings, changed: Callable[[str], Changed]
) -> None:
    mark, clock = f"Lời dặn riêng {changed.__name__}.", Clock()
    before = Versions(settings.published_folder).current()
    desk.submit(edits(settings, changed(mark), {CODE}), before)
    asker.ask()
    with asker.asking():
        with clock.timing("checked in"):
            check = desk.check()
        with clock.timing("live after"):
            desk.publish(check)
            wait_for(asker, lambda reply: mark in reply["card"]["notes"], 10 * ONE)
        assert mark in httpx.get(f"{asker.address}/thu-tuc/{CODE}", trust_env=False).text
        with clock.timing("back after"):
            desk.roll_back(before)
            wait_for(asker, lambda reply: mark not in reply["card"]["notes"], 10 * ONE)
    print(f"\none record ({changed.__name__}): {clock}; a citizen waited {max(asker.took):.1f} s at most")
    assert not asker.wrong
    assert max(asker.took) < 5
    assert max(clock.steps["live after"], clock.steps["back after"]) < ONE


@BOTH
def test_many_records_are_live_within_a_minute_and_nobody_waits(
    asker: Asker, desk: Approver, settings: Settings, changed: Callable[[str], Changed]
) -> None:
    mark, clock = f"Lời dặn chung {changed.__name__}.", Clock()
    for _ in range(10):
        asker.ask()
    alone = statistics.median(asker.took)
    everything = edits(settings, changed(mark))
    with clock.timing("submitted in"):
        desk.submit(everything, Versions(settings.published_folder).current())
    with asker.asking():
        with clock.timing("checked in"):
            check = desk.check()
        with clock.timing("live after"):
            desk.publish(check)
            wait_for(asker, lambda reply: mark in reply["card"]["notes"], 5 * ALL)
    print(
        f"\n{len(everything)} records ({changed.__name__}): {clock}; a question alone {1000 * alone:.0f} ms, meanwhile "
        f"median {1000 * statistics.median(asker.took):.0f} ms, longest {1000 * max(asker.took):.0f} ms"
    )
    assert not asker.wrong
    assert max(asker.took) < 5
    assert clock.steps["live after"] < ALL
    # Both together stay below a minute, too, where nothing else runs.
    assert clock.steps["checked in"] + clock.steps["live after"] < 2 * ALL
