"""A gateway that is killed while somebody publishes: what was in force stays, or what is new counts, whole."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from bot.knowledge.versions import Change, Edit, Kind, Order, Versions
from bot.settings import ROOT, Settings
from bot.store import clock
from bot.store.accounts import Role
from bot.store.desk import Desk
from tests.web.desk.conftest import PASSWORD, form, sign_in
from tests.web.desk.publishing.conftest import REVIEWING, checked, draft, live
from tests.web.desk.publishing.stand_in import CODE, Behind

pytestmark = pytest.mark.slow
CALLS = (
    "shutil:copytree",
    "pathlib:Path.write_text",
    "pathlib:Path.rename",
    "os:replace",
    "os:fsync",
    "bot.store.audit:Audit.add",
    "bot.store.drafts:Drafts.published",
)
Start = Callable[..., tuple[int, int]]


@pytest.fixture(scope="module")
def nursery() -> Iterator[Start]:
    """Starts a gateway with these settings: its process and its port."""
    program = [sys.executable, "-m", "tests.web.desk.publishing.nursery"]
    with subprocess.Popen(program, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin and process.stdout
        assert process.stdout.readline() == "ready\n"

        def start(settings: Settings, call: str = "", step: int = 0) -> tuple[int, int]:
            with socket.create_server(("127.0.0.1", 0)) as taken:
                port = taken.getsockname()[1]
            names = ("rasa_port", "actions_port", "ward", "session_secret", "published", "address_limit")
            values = {name: getattr(settings, name) for name in names}
            wanted = {"settings": {**values, "var": str(settings.var)}, "port": port, "call": call, "step": step}
            process.stdin.write(json.dumps(wanted) + "\n")  # type: ignore[union-attr]
            process.stdin.flush()  # type: ignore[union-attr]
            return int(process.stdout.readline()), port  # type: ignore[union-attr]

        yield start
        process.stdin.close()


@asynccontextmanager
async def approver_at(started: tuple[int, int]) -> AsyncIterator[httpx.AsyncClient]:
    """An approver signed in at a gateway, which ends with them."""
    pid, port = started
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=30) as client:
        for _ in range(300):
            try:
                assert (await sign_in(client, "approver")).status_code == 303
                break
            except httpx.ConnectError:
                await asyncio.sleep(0.1)
        else:
            raise AssertionError("the gateway never listened")
        try:
            yield client
        finally:
            if lives(pid):
                os.kill(pid, signal.SIGKILL)


def lives(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


@pytest.mark.parametrize("call", CALLS)
async def test_killed_at_any_step_the_old_or_the_new_version_is_found_again(
    nursery: Start, gateway_settings: Settings, versions: Versions, desk: Desk, behind: Behind, dearer: str, call: str
) -> None:
    desk.accounts.add("approver", "Approver", Role.approver, PASSWORD, must_change=False)
    old = Edit(Change(CODE, Kind.changed), f"procedures/ho_tich/{CODE}-a.yml", dearer)
    versions.publish([old], Order(0, clock.now(), "hoa", "cũ"))
    step = killed = 0
    while True:
        step += 1
        before = versions.current()
        fee = f"{11 + step}.000 đồng"
        new = dearer.replace("amount: 10000", f"amount: {11 + step}000").replace("10.000 đồng", fee)
        draft(desk, new)
        async with approver_at(nursery(gateway_settings, call, step)) as client:
            number, found = await checked(client, CODE)
            assert fee in found.text
            try:
                published = await form(client, f"{REVIEWING}/xuat-ban", {"lan": number, "vi-sao": "Phí mới"})
                assert published.status_code == 303
            except httpx.TransportError:
                killed += 1
            was_killed = killed == step
        assert versions.current() in (before, before + 1)
        async with approver_at(nursery(gateway_settings)) as client:
            page = (await client.get(f"/thu-tuc/{CODE}", follow_redirects=True)).text
            is_new = versions.current() == before + 1
            assert (fee in page) is is_new
            assert versions.overlay().records[CODE].read_text(encoding="utf-8") == new or not is_new
            listed = (await client.get(REVIEWING)).text
            there = desk.drafts.get(CODE)
            if not is_new:
                assert there is not None and there.text == new and there.state == "review", "nothing of it is lost"
                number, _ = await checked(client, CODE)
                await live(client, await form(client, f"{REVIEWING}/xuat-ban", {"lan": number, "vi-sao": "Lại"}))
                assert fee in (await client.get(f"/thu-tuc/{CODE}", follow_redirects=True)).text
            elif there is not None:
                assert "giống hệt bản đang dùng" in listed
                assert (await form(client, f"{REVIEWING}/thu", {"ho-so": CODE})).status_code == 400
                assert (await form(client, f"{REVIEWING}/{CODE}/bo", {"thay": there.revision})).status_code == 303
            assert desk.drafts.get(CODE) is None
        folders = {path.name for path in versions.folder(1).parent.iterdir()}
        assert folders == {f"{number:05d}" for number in range(1, versions.current() + 1)}
        if not was_killed:
            break
    assert killed > 0, "nothing was cut off"


async def test_killed_between_check_and_publishing_only_the_check_is_lost(
    nursery: Start, gateway_settings: Settings, versions: Versions, desk: Desk, behind: Behind, dearer: str
) -> None:
    desk.accounts.add("approver", "Approver", Role.approver, PASSWORD, must_change=False)
    draft(desk, dearer)
    async with approver_at(nursery(gateway_settings)) as client:
        number, _ = await checked(client, CODE)
    async with approver_at(nursery(gateway_settings)) as client:
        lost = await form(client, f"{REVIEWING}/xuat-ban", {"lan": number, "vi-sao": "Phí mới"})
        assert lost.status_code == 404 and "Bản nháp vẫn còn nguyên" in lost.text
        number, _ = await checked(client, CODE)
        await live(client, await form(client, f"{REVIEWING}/xuat-ban", {"lan": number, "vi-sao": "Phí mới"}))
    assert versions.current() == 1
