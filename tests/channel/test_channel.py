"""Rasa's side of a conversation: what it remembers, for how long, and how it is told to forget."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Iterator
from threading import Event, Thread
from typing import Any

import httpx
import pytest
from rasa.core.agent import Agent, load_agent
from rasa.core.channels.channel import register
from rasa.core.run import create_http_input_channels
from rasa.core.utils import AvailableEndpoints
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sanic import Sanic

from bot.channel import trackers
from bot.channel.trackers import Trackers
from bot.settings import ROOT
from bot.web import rasa as client
from bot.web.behind import Behind, BehindUnavailable
from bot.web.rasa import RasaClient, RasaUnavailable

pytestmark = pytest.mark.filterwarnings("ignore")  # Rasa's old libraries have much to complain about


@pytest.fixture(scope="module")
def app() -> Iterator[Sanic]:
    """Rasa's own server with what credentials.yml names, listening at `app.ctx.port`. It starts once in a process."""
    taken = socket.create_server(("127.0.0.1", 0))
    app = Sanic("rasa", configure_logging=False)
    app.ctx.port = taken.getsockname()[1]
    register(create_http_input_channels(None, str(ROOT / "credentials.yml")), app, route="/webhooks/")
    started, ending = Event(), asyncio.Event()

    async def serve() -> None:
        server = await app.create_server(sock=taken, return_asyncio_server=True)
        await server.startup()
        await server.start_serving()
        app.ctx.loop = asyncio.get_running_loop()
        started.set()
        await ending.wait()
        server.close()

    thread = Thread(target=asyncio.run, args=[serve()], daemon=True)
    thread.start()
    assert started.wait(30)
    yield app
    app.ctx.loop.call_soon_threadsafe(ending.set)
    thread.join(10)


@pytest.fixture
async def agent(app: Sanic) -> Agent:
    """Rasa without a model, set up by our endpoints.yml."""
    app.ctx.agent = await load_agent(endpoints=AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml")))
    return app.ctx.agent


@pytest.fixture
def port(app: Sanic, agent: Agent) -> int:
    """Where it listens."""
    return int(app.ctx.port)


@pytest.fixture
async def rasa(port: int) -> AsyncIterator[RasaClient]:
    """The gateway's client of it."""
    rasa = RasaClient(port)
    yield rasa
    await rasa.close()


def said(sender: str, *messages: str) -> DialogueStateTracker:
    return DialogueStateTracker.from_events(sender, [UserUttered(message) for message in messages])


async def remembered(agent: Agent, sender: str) -> list[str]:
    tracker = await agent.tracker_store.retrieve(sender)
    return [event.text for event in tracker.events if isinstance(event, UserUttered)] if tracker else []


# Forgetting


async def test_a_conversation_is_forgotten_and_no_other(agent: Agent, rasa: RasaClient) -> None:
    for sender in ("c", "other"):
        await agent.tracker_store.save(said(sender, "chuyện riêng"))
    await rasa.forget("c")
    assert (await remembered(agent, "c"), await remembered(agent, "other")) == ([], ["chuyện riêng"])
    assert await agent.tracker_store.keys() == {"other": 0}.keys()


async def test_forgetting_what_is_not_known_does_no_harm(agent: Agent, rasa: RasaClient) -> None:
    await rasa.forget("Ab-_9")
    await agent.tracker_store.save(said("Ab-_9", "chuyện riêng"))
    await rasa.forget("Ab-_9")
    await rasa.forget("Ab-_9")
    assert await remembered(agent, "Ab-_9") == []


async def test_it_is_forgotten_after_the_turn_under_way(agent: Agent, rasa: RasaClient) -> None:
    async with agent.lock_store.lock("c"):  # as Rasa does for a turn
        forgetting = asyncio.create_task(rasa.forget("c"))
        await asyncio.sleep(0.2)
        await agent.tracker_store.save(said("c", "chuyện riêng"))
    await forgetting
    assert await remembered(agent, "c") == []


async def test_a_turn_that_does_not_end_is_said(
    agent: Agent, rasa: RasaClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "TIMEOUT", 0.2)
    async with agent.lock_store.lock("c"):
        with pytest.raises(RasaUnavailable):
            await rasa.forget("c")


async def test_a_rasa_that_keeps_conversations_elsewhere_is_said(agent: Agent, rasa: RasaClient) -> None:
    agent.tracker_store._tracker_store = None
    with pytest.raises(RasaUnavailable):
        await rasa.forget("c")


async def test_a_rasa_that_is_down_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    down = RasaClient(port)
    with pytest.raises(RasaUnavailable):
        await down.forget("c")
    await down.close()


async def test_a_lock_of_rasa_tells_nothing_of_what_was_said(agent: Agent) -> None:
    async with agent.lock_store.lock("c") as lock:
        assert set(lock.__dict__) == {"conversation_id", "tickets"}
        assert set(lock.tickets[0].as_dict()) == {"number", "expires"}
    assert agent.lock_store.conversation_locks == {}


# The channel


async def test_messages_come_in_where_rasa_takes_them(port: int) -> None:
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as http:
        answered = await http.post("/webhooks/rest/webhook", json={"sender": "c", "message": "chào"})
    assert (answered.status_code, answered.json()) == (200, [])  # without a model there is nothing to say


@pytest.mark.parametrize("failure", [ValueError("broken"), asyncio.CancelledError()], ids=["fails", "takes too long"])
async def test_a_turn_that_fails_leaves_no_words_in_the_log(
    agent: Agent,
    port: int,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    failure: BaseException,
) -> None:
    async def fails(message: Any) -> None:
        raise failure

    monkeypatch.setattr(agent, "handle_message", fails)
    caplog.set_level(logging.DEBUG)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as http:
        answered = await http.post("/webhooks/rest/webhook", json={"sender": "c", "message": "chuyện riêng"})
    assert (answered.status_code, answered.json()) == (200, [])
    written = caplog.text + "".join(capfd.readouterr())
    assert "a turn" in caplog.text and "riêng" not in written and "ri\\u00eang" not in written


# The desk's doors


@pytest.fixture
async def behind(port: int) -> AsyncIterator[Behind]:
    """The gateway's client for the desk."""
    behind = Behind(port, port)
    yield behind
    await behind.close()


async def test_the_last_turn_is_told_with_what_is_remembered(agent: Agent, behind: Behind) -> None:
    tracker = said("c", "chuyện cũ", "làm khai sinh")
    tracker.update(ActionExecuted("action_find_procedure"))
    tracker.update(ActionExecuted("action_listen"))
    await agent.tracker_store.save(tracker)
    told = await behind.last_turn("c")
    assert told is not None
    assert (told["understood"]["text"], told["actions"], told["slots"]) == (
        *("làm khai sinh", ["action_find_procedure"]),
        {},
    )


async def test_of_a_conversation_that_is_not_known_nothing_is_told(agent: Agent, behind: Behind) -> None:
    assert await behind.last_turn("nobody") is None


async def test_texts_are_understood_outside_any_conversation_without_commands_or_numbers(
    agent: Agent, behind: Behind, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    async def parse(text: str) -> dict[str, Any]:
        read.append(text)
        return {"text": text}

    monkeypatch.setattr(agent, "parse_message", parse)
    assert len(await behind.understand(["/restart", "gọi 0912345678 nhé", "chào"])) == 3
    assert read[0] == "restart" and "0912345678" not in read[1] and read[2] == "chào"
    assert not list(await agent.tracker_store.keys())


async def test_a_rasa_that_cannot_read_is_said(agent: Agent, behind: Behind, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fails(text: str) -> None:
        raise ValueError

    monkeypatch.setattr(agent, "parse_message", fails)
    with pytest.raises(BehindUnavailable):
        await behind.understand(["chào"])


# The store


async def test_what_is_remembered_ends_a_while_after_the_last_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trackers, "LIFETIME", 0.3)
    store = Trackers(None)
    await store.save(said("c", "một"))
    await asyncio.sleep(0.2)
    await store.save(said("c", "một", "hai"))
    await asyncio.sleep(0.2)
    assert await store.retrieve("c") is not None, "each turn begins the time anew"
    await asyncio.sleep(0.2)
    assert await store.retrieve("c") is None


async def test_nothing_stays_in_memory_though_nobody_writes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trackers, "LIFETIME", 0.1)
    store = Trackers(None)
    await store.save(said("c", "something private"))
    held = store.store._Cache__data  # the cache itself shows nothing that is too old
    assert "something private" in held["c"]
    await asyncio.sleep(1.3)
    assert held == {}


async def test_of_too_many_conversations_the_longest_silent_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trackers, "MOST", 2)
    store = Trackers(None)
    for sender in ("a", "b", "a", "c"):
        await store.save(said(sender, "chào"))
    assert set(await store.keys()) == {"a", "c"}
