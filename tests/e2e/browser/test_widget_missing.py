"""The widget where something is forbidden or missing: never a page that breaks, always another way to ask."""

from __future__ import annotations

import socket
from contextlib import closing

import pytest
from playwright.sync_api import expect

from bot.knowledge.ward import Ward
from tests.e2e.browser.reader import TAG, Enter, Reader
from tests.e2e.browser.site import STRANGER, Site, line_for
from tests.e2e.browser.visit import STORY

pytestmark = pytest.mark.e2e


def assert_the_page_is_as_ever(reader: Reader) -> None:
    expect(reader.page.get_by_role("link", name="Liên hệ")).to_be_visible()
    expect(reader.page.locator(TAG)).to_have_count(0)
    expect(reader.launcher.or_(reader.plain_link)).to_have_count(0)


def test_the_four_lines_of_the_policy_are_enough(enter: Enter, address: str) -> None:
    allowed = "; ".join(f"{kind}-src 'self' {address}" for kind in ("script", "style", "connect", "img"))
    visit = enter({"color": "#8e1b22", "greeting": "Chào!"}, policy=f"default-src 'none'; {allowed}").open()
    visit.ask(STORY)
    visit.button("Chia sẻ").click()
    code = visit.page.get_by_alt_text("Mã QR mở trang")
    expect(code).to_be_visible()
    assert code.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0


def test_a_website_that_was_not_allowed_gets_a_link_and_its_master_is_told(
    enter: Enter, site: Site, address: str
) -> None:
    reader = enter(origin=site.origin_of(STRANGER))
    reader.launcher.focus()
    expect(reader.plain_link).to_have_attribute("href", f"{address}/hoi")
    expect(reader.launcher).to_have_count(0)
    reader.complained_of("CORS|ERR_FAILED")


@pytest.mark.parametrize("lacking", ["HTMLDialogElement", "customElements"])
def test_an_old_browser_gets_a_link_that_works(enter: Enter, address: str, lacking: str, ward: Ward) -> None:
    reader = enter(init=f"Object.defineProperty(window, '{lacking}', {{ value: undefined }})")
    reader.plain_link.click()
    expect(reader.page).to_have_url(f"{address}/hoi")
    expect(reader.page.get_by_text(ward.name).first).to_be_visible()


@pytest.mark.parametrize("missing", ["launcher.css", "start.js", "frame.css", "panel.js"])
def test_if_a_part_cannot_be_fetched_a_link_stands_there(enter: Enter, site: Site, address: str, missing: str) -> None:
    reader = enter(line="")
    reader.page.route(f"**/assistant/{missing}", lambda route: route.abort())
    site.put(line_for(address))
    reader.page.reload()
    if missing != "launcher.css":
        reader.launcher.focus()
    expect(reader.plain_link).to_have_attribute("href", f"{address}/hoi")
    expect(reader.plain_link).to_be_in_viewport()
    reader.complained_of("ERR_FAILED")


def test_without_the_server_the_page_is_as_ever(enter: Enter) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        nobody = taken.getsockname()[1]
    reader = enter(line=line_for(f"http://127.0.0.1:{nobody}"))
    assert_the_page_is_as_ever(reader)
    reader.complained_of("ERR_CONNECTION_REFUSED")


def test_without_script_the_page_is_as_ever(enter: Enter) -> None:
    assert_the_page_is_as_ever(enter(java_script_enabled=False))
