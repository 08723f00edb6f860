"""The whole assistant, started once for all tests of this folder: three processes on free ports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.serve import running
from bot.settings import Settings
from tests.contract import assert_reply
from tests.e2e.browser.site import Site


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """A ward's own website; there before the assistant starts, which has to be told where it is."""
    with Site() as site:
        yield site


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory, site: Site) -> Settings:
    """The settings of this installation, with a database of its own, and nothing published: what is left here is left
    by nobody."""
    folder = tmp_path_factory.mktemp("store")
    database, published = f"sqlite:///{folder}/assistant.db", f"{folder}/published"
    # All tests come from one address: a day's work of the ward's staff within a minute, and its citizens besides.
    limit = "1200/minute"
    return replace(Settings(), database=database, published=published, origins=site.origin, address_limit=limit)


@pytest.fixture(scope="session")
def address(settings: Settings) -> Iterator[str]:
    """Where the gateway listens; afterwards nothing may listen there any more."""
    with running(settings) as started:
        # What is loaded on first use should not count against the first test.
        for message in ("Đăng ký khai sinh cần giấy tờ gì?", "Cảm ơn"):
            httpx.post(f"{started}/api/chat", json={"message": message}, timeout=60, trust_env=False)
        yield started
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{started}/api/health", trust_env=False)


@pytest.fixture(scope="session")
def logs(settings: Settings) -> Path:
    """Where the processes write."""
    return settings.var / "log"


@pytest.fixture(scope="session")
def http(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
        yield client


class Talk:
    """One session of the chat endpoint; every reply is held against contract 1."""

    def __init__(self, http: httpx.Client) -> None:
        self.http, self.session = http, None

    def __call__(self, message: str) -> dict[str, Any]:
        """The first reply to one message; an aside within a form is followed by the form's question."""
        return self.all(message)[0]

    def all(self, message: str) -> list[dict[str, Any]]:
        """All replies to one message."""
        response = self.http.post("/api/chat", json={"message": message, "session": self.session})
        assert response.status_code == 200, response.text
        body = response.json()
        assert set(body) == {"session", "replies"}
        assert body["session"] and self.session in (None, body["session"])
        self.session = body["session"]
        assert 1 <= len(body["replies"]) <= 2
        for reply in body["replies"]:
            assert_reply(reply)
        return list(body["replies"])

    def card(self, message: str) -> dict[str, Any]:
        """The card of the reply to one message."""
        return self(message)["card"]


@pytest.fixture
def talk(http: httpx.Client) -> Talk:
    """A new talk."""
    return Talk(http)
