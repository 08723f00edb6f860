"""What it weighs and how soon something is seen, as the browser measures it: a table, and bounds that hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.e2e.browser.site import Site, line_for
from tests.e2e.browser.visit import BIRTH, PATIENCE

pytestmark = pytest.mark.e2e

KB = 1000  # bytes
ROUNDS = 5
FIRST_PAINT = """() => new Promise((done) => new PerformanceObserver((list) => {
  const paint = list.getEntries().find(({ name }) => name === 'first-contentful-paint');
  if (paint) done(paint.startTime);
}).observe({ type: 'paint', buffered: true }))"""
OPENED = "async (host) => { const began = performance.now(); await host.open(); return performance.now() - began; }"
# What web.dev calls a slow 4G: a request takes half a second more, 1.6 Mbit/s at best.
SLOW_4G = {
    "offline": False,
    "latency": 562.5,
    "downloadThroughput": 1_474_560 / 8,
    "uploadThroughput": 675_000 / 8,
}


@dataclass
class Load:
    """What a page fetched."""

    finished: list[Request] = field(default_factory=list)

    @property
    def size(self) -> float:
        """Bodies as they came over the wire, in KB."""
        return sum(request.sizes()["responseBodySize"] for request in self.finished) / KB

    @property
    def count(self) -> int:
        """How many requests."""
        return len(self.finished)


Line = Callable[..., None]


@pytest.fixture(scope="module")
def table(request: pytest.FixtureRequest) -> Iterator[Line]:
    """Takes lines of the table, which is shown once all is measured."""
    lines = ["| | compressed | requests | seen after |", "| --- | --: | --: | --: |"]

    def line(name: str, load: Load | None = None, seen: str = "") -> None:
        weight = f"{load.size:.1f} KB | {load.count}" if load else " | "
        lines.append(f"| {name} | {weight} | {seen} |")

    yield line
    with request.config.pluginmanager.get_plugin("capturemanager").global_and_fixture_disabled():
        print("", *lines, "", sep="\n")


@contextmanager
def watched(browser: Browser, prefix: str) -> Iterator[tuple[Page, Load]]:
    """A page with nothing in its cache, and what it fetches below an address."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="vi-VN")
    context.set_default_timeout(PATIENCE)
    page, load = context.new_page(), Load()
    page.on("requestfinished", lambda one: load.finished.append(one) if one.url.startswith(prefix) else None)
    yield page, load
    context.close()


def test_the_widget_is_light_and_until_it_is_opened_almost_nothing(
    browser: Browser, site: Site, address: str, table: Line
) -> None:
    site.put(line_for(address))
    with watched(browser, address) as (page, load):
        page.goto(site.origin)
        launcher = page.get_by_role("button", name="Hỏi thủ tục")
        expect(launcher).to_be_visible()
        page.wait_for_load_state("networkidle")
        table("widget, until it is opened", load)
        assert load.count == 2 and load.size <= 5
        slow_down(page)
        seen = page.locator("tro-ly-mot-cua").evaluate(OPENED)
        page.wait_for_load_state("networkidle")
        table("widget, opened on a slow phone", load, f"{seen / 1000:.1f} s")
        assert load.size <= 40 and load.count <= 40
        assert seen <= 15_000


@pytest.mark.parametrize(
    ("path", "name", "most"), [("/thu-tuc", "all procedures", 75), (f"/thu-tuc/{BIRTH}", "one procedure", 25)]
)
def test_a_page_of_the_listing_is_light_and_soon_there_on_a_slow_phone(
    browser: Browser, address: str, table: Line, path: str, name: str, most: float
) -> None:
    with watched(browser, address) as (page, load):
        slow_down(page)
        page.goto(f"{address}{path}")
        paint = page.evaluate(FIRST_PAINT)
        page.wait_for_load_state("networkidle")
        table(f"{name} on a slow phone", load, f"{paint / 1000:.1f} s")
        assert load.size <= most and load.count <= 8
        assert paint <= 5_000


def test_a_page_is_seen_as_soon_with_the_widget_as_without(
    browser: Browser, site: Site, address: str, table: Line
) -> None:
    paints: dict[str, list[float]] = {"": [], line_for(address): []}
    for _ in range(ROUNDS):
        for line, measured in paints.items():  # turn about: whatever else the machine does meanwhile slows both
            site.put(line)
            with watched(browser, address) as (page, _load):
                page.goto(site.origin)
                measured.append(page.evaluate(FIRST_PAINT))
    without, with_it = paints.values()
    table("a ward's page, without the widget", seen=f"{median(without):.0f} ms")
    table("the same with it", seen=f"{median(with_it):.0f} ms")
    assert min(with_it) <= 2 * min(without) + 100  # the least is what a busy machine disturbs least


def slow_down(page: Page) -> None:
    """From now on a slow 4G, and a quarter of the processor."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_4G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
