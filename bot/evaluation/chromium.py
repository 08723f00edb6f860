"""The machine's own Chromium, driven by Playwright. Nobody needs either to serve."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class ChromiumMissing(Exception):
    """What is missing and how to get it, in words for the person at the terminal."""


def executable() -> str | None:
    """Where it lies, if it is there."""
    return next((found for found in map(shutil.which, NAMES) if found), None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a window. Raises ChromiumMissing."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise ChromiumMissing("Playwright is not installed: run make setup without NODEV") from error
    if not (found := executable()):
        raise ChromiumMissing("No Chromium on this machine. Debian: apt-get install --no-install-recommends chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=OPTIONS)
        yield browser
        browser.close()
