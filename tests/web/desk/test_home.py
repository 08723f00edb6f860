"""The first page of the desk."""

from __future__ import annotations

import pytest
from httpx import AsyncClient

from bot.store.accounts import Role
from bot.web.desk.permissions import ROLE_NAMES, ROLES
from tests.web.desk.conftest import SignedIn, form
from tests.web.markup import assert_sound


@pytest.mark.parametrize("role", list(ROLES), ids=lambda role: role.value)
async def test_it_greets_everybody_and_says_what_they_are(signed_in: SignedIn, role: Role) -> None:
    client = await signed_in(role.value)
    page = await client.get("/ban-lam-viec")
    assert page.status_code == 200 and ROLE_NAMES[role] in page.text
    assert "no-store" in page.headers["cache-control"]
    assert_sound(page.text, with_script=True)


async def test_a_form_with_its_key_is_taken(signed_in: SignedIn, nobody: AsyncClient) -> None:
    client = await signed_in("viewer")
    assert (await form(client, "/ban-lam-viec/dang-xuat")).status_code == 303
    assert (await client.get("/ban-lam-viec")).headers["location"].startswith("/ban-lam-viec/dang-nhap")
