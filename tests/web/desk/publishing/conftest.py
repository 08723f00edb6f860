"""What tests of publishing share: a gateway over versions of its own, before a stand-in that answers out of them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from httpx import AsyncClient, Response

from bot.knowledge.versions import Versions
from bot.settings import ROOT, Settings
from bot.store.desk import Desk
from tests.web.desk.conftest import form
from tests.web.desk.publishing.stand_in import CODE, Behind, listening

DESK = "/ban-lam-viec"
REVIEWING = f"{DESK}/duyet"
OWN = ROOT / "knowledge/procedures/ho-tich/2.000635-cap-ban-sao-trich-luc-ho-tich.yml"


@pytest.fixture(scope="session")
def standing_in() -> Iterator[Behind]:
    with listening() as behind:
        yield behind


@pytest.fixture
def behind(standing_in: Behind, tmp_path: Path) -> Behind:
    standing_in.published, standing_in.own = tmp_path / "published", OWN.read_text(encoding="utf-8")
    standing_in.status, standing_in.is_held, standing_in.stays_at = 200, False, None
    return standing_in


@pytest.fixture
def gateway_settings(gateway_settings: Settings, behind: Behind) -> Settings:
    return replace(gateway_settings, rasa_port=behind.port, actions_port=behind.port, published=str(behind.published))


@pytest.fixture
def versions(gateway_settings: Settings) -> Versions:
    return Versions(gateway_settings.published_folder)


@pytest.fixture
def dearer() -> str:
    """The record with another fee."""
    text = OWN.read_text(encoding="utf-8")
    assert "amount: 8000" in text and "8.000 đồng" in text
    return text.replace("amount: 8000", "amount: 10000").replace("8.000 đồng", "10.000 đồng")


def draft(desk: Desk, text: str, subject: str = CODE, by: str = "editor", base: int = 0) -> None:
    """A draft under review."""
    saved = desk.drafts.save(subject, text, by=by, seen=0, base=base)
    desk.drafts.submit(subject, by=by, why="Nghị quyết mới", seen=saved.revision)


async def checked(client: AsyncClient, *subjects: str) -> tuple[str, Response]:
    """Check drafts to the end: the number of the check, and the page that says what was found."""
    begun = await form(client, f"{REVIEWING}/thu", {"ho-so": list(subjects)})
    assert begun.status_code == 303, begun.text
    return await ended(client, begun.headers["location"])


async def ended(client: AsyncClient, address: str) -> tuple[str, Response]:
    for _ in range(200):
        found = await client.get(address)
        if "Đang kiểm tra" not in found.text:
            return address.rpartition("/")[2], found
        await asyncio.sleep(0.05)
    raise AssertionError("the check never ended")


async def live(client: AsyncClient, published: Response) -> str:
    """Wait until the page says that what was published is in force."""
    assert published.status_code == 303, published.text
    for _ in range(200):
        found = (await client.get(published.headers["location"])).text
        if "Đã đưa vào dùng" in found:
            return found
        await asyncio.sleep(0.05)
    raise AssertionError("it never got there")
