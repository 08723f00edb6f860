"""The desk in a real browser: an account for every role, and people who sign in by the form as the ward's staff do.

page = sign_in("editor")                 # a page on a desktop, at the desk, signed in as "lan.editor"
page = sign_in("staff", "phone")         # the same on a small screen
page = sign_in("approver", "desktop", color_scheme="dark", reduced_motion="reduce")
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timezone
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from bot.knowledge.versions import Order, Versions
from bot.settings import Settings
from bot.store.accounts import Role
from bot.store.database import connect
from bot.store.desk import Desk
from tests.e2e.browser.desk.official import DESK, SIGN_IN, fill_in_sign_in
from tests.e2e.browser.visit import Visit, device

PASSWORD = "ba con mèo nằm sưởi nắng"
SignIn = Callable[..., Page]


def name_of(role: str) -> str:
    """What the account of a role signs in with."""
    return f"lan.{role}"


@pytest.fixture(scope="session")
def desk(settings: Settings, address: str) -> Desk:
    """The stores behind the running gateway, with an account for every role: `lan.viewer` and so on."""
    desk = Desk(connect(settings))
    for role in Role:
        desk.accounts.add(name_of(role.value), f"Lan {role.value}", role, PASSWORD, must_change=False)
    return desk


@pytest.fixture(scope="session")
def cookies(desk: Desk) -> dict[str, Any]:
    """What the browsers of those keep who signed in before: an office does not sign in anew for every task, and only
    so many sign-ins are let through from one address."""
    return {}


@pytest.fixture
def sign_in(browser: Browser, address: str, cookies: dict[str, Any]) -> Iterator[SignIn]:
    """Signs somebody of a role in on a device of their own; see `signing_in`."""
    with ExitStack() as left:
        yield signing_in(browser, address, cookies, left)


def signing_in(browser: Browser, address: str, cookies: dict[str, Any], left: ExitStack) -> SignIn:
    """How one signs in: by the form the first time, later one is so still.

    `left` closes the device, once no page complained, popped up a window, or asked anybody else for anything.
    """

    def signed_in(role: str, name: str = "desktop", **options: Any) -> Page:
        kept = {"storage_state": cookies[role]} if role in cookies else {}
        context = left.enter_context(device(browser, address, name, **kept, **options))
        page = context.new_page()
        left.callback(_check, watch(page, address))
        if kept:
            page.goto(DESK)
        else:
            page.goto(SIGN_IN)
            fill_in_sign_in(page, name_of(role), PASSWORD)
            cookies[role] = context.storage_state()
        assert page.url.endswith(DESK), f"{role} is not signed in, but at {page.url}"
        return page

    return signed_in


@pytest.fixture
def as_it_was(desk: Desk, settings: Settings) -> Iterator[None]:
    """Afterwards there are no drafts, golden questions, judgements and notices, and the program's own records count."""
    with leaving_nothing(desk, settings):
        yield


@contextmanager
def leaving_nothing(desk: Desk, settings: Settings) -> Iterator[None]:
    """What `as_it_was` promises."""
    versions, by = Versions(settings.published_folder), "lan"
    yield
    for draft in desk.drafts.all():
        desk.drafts.discard(draft.subject, seen=draft.revision)
    for question in desk.golden.all():
        desk.golden.remove(question.id)
    for judgement in desk.judgements.all():
        desk.judgements.remove(judgement.id)
    standing = desk.notices.now()
    for notice in filter(None, (standing.off, *standing.notices)):
        desk.notices.end(notice.id, by=by)
    if versions.changes(versions.current(), 0):
        versions.roll_back(0, Order(versions.current(), datetime.now(timezone.utc), by, "thử"))


def watch(page: Page, address: str) -> Visit:
    """Note what nobody should meet on this page."""
    visit = Visit(page, address)
    visit.watch()
    return visit


def _check(visit: Visit) -> None:
    # What is refused on purpose is noted by the browser itself.
    faults = [one for one in visit.complaints if "Failed to load resource" not in one]
    assert (faults, visit.dialogs, visit.elsewhere) == ([], [], [])
