"""A real browser before the running assistant. Without one on this machine these tests are left out, and it is said."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
CHROMIUM = next((found for found in map(shutil.which, NAMES) if found), None)
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's browser, without a window."""
    if not CHROMIUM:
        pytest.fail(f"BROWSER_REQUIRED is set, and none of {', '.join(NAMES)} is on this machine")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()
