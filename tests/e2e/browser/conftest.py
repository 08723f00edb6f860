"""A real browser before the running assistant. Without one on this machine these tests are left out, and it is said."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from bot.evaluation.chromium import NAMES, chromium, executable
from tests.e2e.browser.newcomer import Come, coming
from tests.e2e.browser.reader import Enter, entering
from tests.e2e.browser.site import Site
from tests.e2e.browser.visit import DEVICES, Visit, device, visiting

CHROMIUM = executable()
PATIENCE = 20_000  # milliseconds
HERE = Path(__file__).parent
_left_out: list[str] = []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the tests of this folder out where no browser is, unless one is required."""
    if CHROMIUM or os.environ.get("BROWSER_REQUIRED"):
        return
    for item in items:
        if HERE in item.path.parents:
            _left_out.append(item.nodeid)
            item.add_marker(pytest.mark.skip(reason="no browser on this machine"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end what was left out, where nobody overlooks it."""
    if _left_out:
        terminalreporter.section("LEFT OUT", red=True, bold=True)
        terminalreporter.line(
            f"{len(_left_out)} tests in a real browser: no Chromium on this machine. "
            "Debian: apt-get install --no-install-recommends chromium"
        )


# Not for the whole session: while Playwright runs, no test with a loop of its own can.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The machine's browser, without a window."""
    if not CHROMIUM:
        pytest.fail(f"BROWSER_REQUIRED is set, and none of {', '.join(NAMES)} is on this machine")
    expect.set_options(timeout=PATIENCE)
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module", params=DEVICES)
def context(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """Each device in turn, the same one for all tests of a file."""
    with device(browser, address, request.param) as context:
        yield context


@pytest.fixture
def visit(context: BrowserContext, address: str) -> Iterator[Visit]:
    """The assistant's page, opened on that device."""
    with visiting(context, address) as visit:
        yield visit


@pytest.fixture
def come(browser: Browser, address: str) -> Iterator[Come]:
    """Comes to the assistant's page on a new device."""
    with ExitStack() as left:
        yield coming(browser, address, left)


@pytest.fixture
def enter(browser: Browser, site: Site, address: str) -> Iterator[Enter]:
    """Comes to the ward's page on a new device."""
    with ExitStack() as left:
        yield entering(browser, site, address, left)
