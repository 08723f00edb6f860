"""An office shares one address: who is signed in works on, who only says so is counted like everybody."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.engine import Engine

from bot.settings import Settings
from bot.store.accounts import Role
from bot.store.desk import Desk
from bot.web.app import create_app
from bot.web.desk.door import COOKIE, DESK
from tests.web.conftest import client_of
from tests.web.desk.conftest import PASSWORD, sign_in

MANY = 20


async def test_who_is_signed_in_is_not_counted_and_a_made_up_key_is(
    gateway_settings: Settings, engine: Engine, desk: Desk
) -> None:
    desk.accounts.add("lan", "Lan", Role.editor, PASSWORD, must_change=False)
    app = create_app(replace(gateway_settings, address_limit=f"{MANY // 2}/minute"))
    async with client_of(app) as lan, client_of(app) as stranger:
        assert (await sign_in(lan, "lan")).status_code == 303
        assert {(await lan.get(DESK)).status_code for _ in range(MANY)} == {200}
        stranger.cookies.set(COOKIE, "made-up")
        assert [(await stranger.get(DESK)).status_code for _ in range(MANY)][-1] == 429
        assert (await lan.get(DESK)).status_code == 200
        assert (await lan.get("/thu-tuc")).status_code == 429, "beyond the desk nobody is let pass"
