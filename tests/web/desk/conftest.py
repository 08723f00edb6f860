"""What tests of the desk share: accounts that are signed in, and forms that bring their key along.

client = await signed_in("editor")
response = await form(client, "/ban-lam-viec/cau-chuan", {"cau": "…", "khia-canh": ["fee", "time"]})
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.engine import Engine

from bot.settings import Settings
from bot.store.accounts import Role
from bot.store.audit import Audit
from bot.store.desk import Desk
from bot.web.app import create_app
from bot.web.desk.door import OWN_ACCOUNT, SIGN_IN
from bot.web.desk.trail import ACTIONS
from tests.web.conftest import client_of

PASSWORD = "bảy con mèo trắng"
SignedIn = Callable[..., Awaitable[httpx.AsyncClient]]
_KEY = re.compile(r'name="khoa" value="([^"]+)"')


@pytest.fixture(autouse=True)
def named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a test of the desk does, what is noted of it has a name in the trail."""
    add = Audit.add

    def add_named(self: Audit, account: str, action: str, *parts: str, **others: str) -> None:
        assert action in ACTIONS, f"give '{action}' its name in bot/web/desk/trail.py"
        add(self, account, action, *parts, **others)

    monkeypatch.setattr(Audit, "add", add_named)


@pytest.fixture
def desk(engine: Engine) -> Desk:
    """The stores of the desk, over the gateway's database."""
    return Desk(engine)


@pytest.fixture
def app(gateway_settings: Settings, engine: Engine) -> FastAPI:
    """One gateway, which all clients of a test ask."""
    return create_app(gateway_settings)


@pytest.fixture
async def nobody(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A client that is not signed in."""
    async with client_of(app) as client:
        yield client


@pytest.fixture
async def signed_in(app: FastAPI, desk: Desk) -> AsyncIterator[SignedIn]:
    """Makes an account and a client signed in with it: `await signed_in("editor")`. The account is called as its role
    unless `name` says otherwise; a second client of the same name shares the account."""
    async with AsyncExitStack() as clients:

        async def made(role: str, *, name: str = "") -> httpx.AsyncClient:
            name = name or role
            if name not in {account.name for account in desk.accounts.all()}:
                desk.accounts.add(name, name.capitalize(), Role(role), PASSWORD, must_change=False)
            client = await clients.enter_async_context(client_of(app))
            assert (await sign_in(client, name)).status_code == 303
            return client

        yield made


async def sign_in(client: httpx.AsyncClient, name: str, password: str = PASSWORD, back: str = "") -> httpx.Response:
    """Send the form of the sign-in page."""
    return await client.post(SIGN_IN, data={"ten": name, "mat-khau": password, "den": back})


async def form_key(client: httpx.AsyncClient) -> str:
    """What every form of this client's sign-in brings along."""
    page = await client.get(OWN_ACCOUNT)
    assert page.status_code == 200, "not signed in"
    found = _KEY.search(page.text)
    assert found, "a page without a form key"
    return found[1]


async def form(
    client: httpx.AsyncClient, path: str, fields: Mapping[str, Any] | None = None, **others: Any
) -> httpx.Response:
    """Send a form of the desk, with its key; a list as a value is a field repeated. `files=…` as httpx takes it."""
    return await client.post(path, data={"khoa": await form_key(client), **(fields or {})}, **others)
