"""The widget on a ward's own website: another origin, another style, a policy of its own."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot.knowledge.ward import Ward
from bot.settings import Settings
from tests.e2e.browser.site import KNOWN, STRANGER, Site, line_for
from tests.e2e.browser.visit import PATIENCE, STORY, Visit

pytestmark = pytest.mark.e2e

LAUNCHER = "Hỏi thủ tục"
TAG = "tro-ly-mot-cua"
HOSTILE = """
:root { --accent: red; --ink: red; --given: red; font-size: 62.5%; letter-spacing: 4px }
* { color: red !important; font-size: 40px !important; text-transform: uppercase !important; visibility: hidden }
button, p, form, dialog, textarea { display: none !important }
a { background: yellow !important }
tro-ly-mot-cua { display: none !important; transform: rotate(9deg); opacity: .2; pointer-events: none }
"""
COLOURS = {
    "#8e1b22": "rgb(142, 27, 34)",
    "#ffd800": "rgb(255, 216, 0)",
    "#777": "rgb(119, 119, 119)",
    "green": "rgb(0, 128, 0)",
    "white": "rgb(255, 255, 255)",
    "hsl(240 100% 50%)": "rgb(0, 0, 255)",
}
# A footer that is kept at the end of the window: whatever else stands in the body moves it.
GRID = "body { display: grid; gap: 40px; align-content: space-between; min-height: 100vh; margin: 0 }"
# What is computed for every element below a root: its place, and each property by name.
STYLES = """root => [...root.querySelectorAll('*')].map((one) => {
  const style = getComputedStyle(one);
  const { x, y, width, height } = one.getBoundingClientRect();
  const values = [...style].map((name) => [name, style.getPropertyValue(name)]);
  return [`${one.tagName}.${one.className}`, { x, y, width, height, ...Object.fromEntries(values) }];
})"""
LUMINANCE = """text => {
  const [r, g, b] = text.match(/[\\d.]+/g).slice(0, 3).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}"""


@dataclass
class Reader:
    """Somebody on the ward's website; what the browser fetched of the assistant and what it complained about."""

    page: Page
    assistant: str
    fetched: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Note paths fetched from the assistant, and all complaints."""
        self.page.on("request", lambda sent: self._note(sent.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)

    def _note(self, url: str) -> None:
        if url.startswith(self.assistant):
            self.fetched.append(re.sub("^/assets/[^/]+", "", urlsplit(url).path))
        elif urlsplit(url).hostname not in ("127.0.0.1", KNOWN, STRANGER):
            self.elsewhere.append(url)

    @property
    def launcher(self) -> Locator:
        """The button on the ward's page."""
        return self.page.get_by_role("button", name=LAUNCHER)

    @property
    def dialog(self) -> Locator:
        """What it opens."""
        return self.page.get_by_role("dialog")

    @property
    def field(self) -> Locator:
        """Where one types."""
        return self.page.get_by_label("Câu hỏi của bạn")

    @property
    def plain_link(self) -> Locator:
        """What stands there instead of the button where the widget can't run."""
        return self.page.get_by_role("link", name=LAUNCHER)

    def open(self) -> Visit:
        """Open the dialog; it is used as the assistant's own page is."""
        self.launcher.click()
        expect(self.dialog).to_be_visible()
        return Visit(self.page, self.assistant)

    def complained_of(self, pattern: str) -> None:
        """Fail unless something like that was complained of, and nothing else."""
        assert self.complaints and all(re.search(pattern, one) for one in self.complaints), self.complaints
        self.complaints.clear()


Enter = Callable[..., Reader]


@pytest.fixture
def enter(browser: Browser, site: Site, address: str) -> Iterator[Enter]:
    """Comes to the ward's page on a device of its own; afterwards no complaints, no cookies, nothing from elsewhere."""
    with ExitStack() as left:

        def enter(width: int = 1280, *, origin: str = "", init: str = "", **options: Any) -> Reader:
            context = browser.new_context(viewport={"width": width, "height": 720}, locale="vi-VN", **options)
            left.callback(context.close)
            context.set_default_timeout(PATIENCE)
            context.add_init_script(init)
            reader = Reader(context.new_page(), address)
            left.callback(lambda: check(reader))
            reader.watch()
            reader.page.goto(origin or site.origin)
            return reader

        def check(reader: Reader) -> None:
            assert (reader.complaints, reader.elsewhere, reader.page.context.cookies()) == ([], [], [])

        yield enter


@pytest.fixture
def embedded(enter: Enter, site: Site, address: str) -> Reader:
    """A page with the one line and nothing else."""
    site.put(line_for(address))
    return enter()


Style = list[tuple[str, dict[str, Any]]]


def style_of(locator: Locator, *, but: tuple[str, ...] = ()) -> Style:
    """Of all elements below this one; without those whose tag is named in `but`."""
    return [(name, values) for name, values in locator.evaluate(STYLES) if name.split(".")[0] not in but]


def differences(one: Style, other: Style) -> list[str]:
    """A line for each element and property that is not the same."""
    assert [name for name, _ in one] == [name for name, _ in other]
    return [
        f"{name} {key}: {before.get(key)} | {after.get(key)}"
        for (name, before), (_, after) in zip(one, other)
        for key in before.keys() | after.keys()
        if before.get(key) != after.get(key)
    ]


def focused(page: Page) -> str:
    """What has the focus: the tag on the page, or the widget's own element by its name or label."""
    return str(
        page.evaluate("""() => {
          const host = document.activeElement, inner = host.shadowRoot?.activeElement;
          return inner ? `${host.tagName}: ${inner.id || inner.textContent || inner.tagName}` : host.tagName;
        }""")
    )


def contrast(page: Page, locator: Locator) -> float:
    """Between the text of an element and its background."""
    ink, ground = locator.evaluate("one => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor]")
    light, dark = sorted((page.evaluate(LUMINANCE, colour) for colour in (ink, ground)), reverse=True)
    return float((light + 0.05) / (dark + 0.05))


# Appearing


def test_until_somebody_wants_it_only_the_button_is_fetched(embedded: Reader) -> None:
    expect(embedded.launcher).to_be_visible()
    embedded.page.wait_for_load_state("networkidle")
    assert embedded.fetched == ["/widget.js", "/assistant/launcher.css"]


def test_a_ward_that_is_named_is_looked_up_and_nothing_more(
    enter: Enter, site: Site, address: str, settings: Settings
) -> None:
    site.put(line_for(address, ward=settings.ward))
    reader = enter()
    expect(reader.launcher).to_be_visible()
    reader.page.wait_for_load_state("networkidle")
    assert reader.fetched == ["/widget.js", "/api/ward", "/assistant/launcher.css"]


def test_the_wrong_ward_is_not_shown_and_the_web_master_is_told_why(enter: Enter, site: Site, address: str) -> None:
    site.put(line_for(address, ward="phuong-khac"))
    reader = enter()
    reader.page.wait_for_load_state("networkidle")
    expect(reader.launcher.or_(reader.plain_link)).to_have_count(0)
    reader.complained_of("data-ward is phuong-khac")


def test_a_line_put_in_twice_shows_one_button(enter: Enter, site: Site, address: str) -> None:
    site.put(line_for(address) * 2)
    reader = enter()
    reader.open()
    expect(reader.page.locator(TAG)).to_have_count(1)


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_it_fits_on_the_screen(enter: Enter, site: Site, address: str, width: int) -> None:
    site.put(line_for(address))
    reader = enter(width)
    expect(reader.launcher).to_be_in_viewport(ratio=1)
    visit = reader.open()
    for part in (visit.field, visit.send, visit.button("Đóng"), visit.button("Tùy chọn")):
        expect(part).to_be_in_viewport(ratio=1)
    assert visit.overflow() == 0
    box = reader.dialog.bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= width


# Opening, using, closing


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_keyboard_opens_it(embedded: Reader, key: str) -> None:
    embedded.launcher.focus()
    embedded.page.keyboard.press(key)
    expect(embedded.dialog).to_be_visible()


def test_the_dialog_says_what_it_is_and_takes_the_focus(embedded: Reader) -> None:
    embedded.open()
    expect(embedded.dialog).to_have_accessible_name("Trợ lý Một cửa")
    expect(embedded.dialog).to_have_accessible_description(re.compile("máy trả lời tự động"))
    expect(embedded.field).to_be_focused()


def test_tab_goes_round_inside(embedded: Reader) -> None:
    embedded.open()
    seen = []
    for _ in range(40):
        embedded.page.keyboard.press("Tab")
        seen.append(focused(embedded.page))
    assert {"A", "BUTTON", "INPUT"}.isdisjoint(seen), "it left for the ward's page"
    assert seen.count(f"{TAG.upper()}: message") >= 2, seen


@pytest.mark.parametrize("way", ["Escape", "the button", "a click beside it"])
def test_it_closes_and_gives_the_focus_back(embedded: Reader, way: str) -> None:
    visit = embedded.open()
    if way == "Escape":
        visit.field.press("Escape")
    elif way == "the button":
        visit.button("Đóng").click()
    else:
        embedded.page.mouse.click(200, 300)
    expect(embedded.dialog).to_be_hidden()
    expect(embedded.launcher).to_be_focused()


def test_a_click_inside_does_not_close_it(embedded: Reader) -> None:
    embedded.open()
    embedded.page.get_by_text("Bạn đang trò chuyện với máy").click()
    expect(embedded.dialog).to_be_visible()


def test_a_question_is_answered_and_the_talk_goes_on_on_the_next_page(
    embedded: Reader, site: Site, address: str
) -> None:
    visit = embedded.open()
    visit.ask(STORY)
    site.put(line_for(address), path="/tin")
    embedded.page.goto(f"{site.origin}/tin")
    expect(embedded.dialog).to_be_visible()
    expect(visit.mine).to_have_text(re.compile(re.escape(STORY)))
    expect(visit.card).to_be_visible()


def test_the_ward_s_own_link_asks_or_fills_in(embedded: Reader) -> None:
    expect(embedded.launcher).to_be_visible()
    host, visit = embedded.page.locator(TAG), Visit(embedded.page, embedded.assistant)
    host.evaluate("host => host.ask('Tạm trú cần gì', { send: false })")
    expect(visit.field).to_have_value("Tạm trú cần gì")
    expect(visit.mine).to_have_count(0)
    host.evaluate("host => host.close()")
    expect(embedded.dialog).to_be_hidden()
    host.evaluate("host => host.ask('Đăng ký tạm trú cần giấy gì')")
    expect(visit.mine).to_contain_text("Đăng ký tạm trú cần giấy gì")
    expect(visit.card).to_be_visible()


@pytest.mark.parametrize(("wish", "how"), [("no-preference", "smooth"), ("reduce", "auto")])
def test_nothing_glides_for_who_wants_no_motion(enter: Enter, site: Site, address: str, wish: str, how: str) -> None:
    site.put(line_for(address))
    reader = enter(reduced_motion=wish)
    reader.open()
    expect(reader.dialog.locator(".body")).to_have_css("scroll-behavior", how)


# Two styles that don't mix


def test_the_page_s_style_changes_nothing_inside(enter: Enter, site: Site, address: str) -> None:
    drawn = []
    for style in ("", HOSTILE):
        site.put(line_for(address), style=style or " ")
        reader = enter()
        reader.page.locator(TAG).evaluate("host => host.open()")
        expect(reader.field).to_be_focused()
        drawn.append(style_of(reader.page.locator(".root")))
    assert len(drawn[0]) > 50
    assert differences(*drawn) == []


@pytest.mark.parametrize("width", [320, 1280])
def test_the_widget_changes_nothing_on_the_page(enter: Enter, site: Site, address: str, width: int) -> None:
    site.put(style=GRID)
    before = style_of(enter(width).page.locator("html"))
    site.put(line_for(address), style=GRID)
    reader = enter(width)
    reader.open().field.press("Escape")
    expect(reader.launcher).to_be_focused()
    assert differences(before, style_of(reader.page.locator("html"), but=("SCRIPT", TAG.upper()))) == []


# What the page sets


def test_label_position_and_greeting_are_the_page_s(enter: Enter, site: Site, address: str) -> None:
    site.put(line_for(address, label="Hỏi một cửa", position="left", greeting="Chào bà con!"))
    reader = enter()
    launcher = reader.page.get_by_role("button", name="Hỏi một cửa")
    box = launcher.bounding_box()
    assert box and box["x"] < 40
    launcher.click()
    expect(reader.page.get_by_text("Chào bà con!")).to_be_visible()
    opened = reader.dialog.bounding_box()
    assert opened and opened["x"] < 40


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_any_colour_can_be_read(enter: Enter, site: Site, address: str, scheme: str) -> None:
    reader = enter(color_scheme=scheme)
    for colour, painted in COLOURS.items():
        site.put(line_for(address, color=colour))
        reader.page.reload()
        expect(reader.launcher).to_have_css("background-color", painted)
        assert contrast(reader.page, reader.launcher) >= 4.5
        reader.page.locator(TAG).evaluate("host => host.ask('a', { send: false })")
        expect(reader.field).to_have_value("a")
        for part in (reader.page.get_by_role("button", name="Gửi"), reader.page.locator(".top")):
            assert contrast(reader.page, part) >= 4.5
        reader.field.press("Escape")


def test_what_is_no_colour_is_left_alone(enter: Enter, site: Site, address: str) -> None:
    site.put(line_for(address))
    usual = enter().launcher.evaluate("one => getComputedStyle(one).backgroundColor")
    site.put(line_for(address, color="xanh lá; display: none"))
    expect(enter().launcher).to_have_css("background-color", usual)


# Policies


def test_the_four_lines_of_the_policy_are_enough(enter: Enter, site: Site, address: str) -> None:
    allowed = "; ".join(f"{kind}-src 'self' {address}" for kind in ("script", "style", "connect", "img"))
    site.put(line_for(address, color="#8e1b22", greeting="Chào!"), policy=f"default-src 'none'; {allowed}")
    visit = enter().open()
    visit.ask(STORY)
    visit.button("Chia sẻ").click()
    code = visit.page.get_by_alt_text("Mã QR mở trang")
    expect(code).to_be_visible()
    assert code.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0


def test_a_website_that_was_not_allowed_gets_a_link(enter: Enter, site: Site, address: str) -> None:
    site.put(line_for(address))
    reader = enter(origin=site.origin_of(STRANGER))
    reader.launcher.focus()
    expect(reader.plain_link).to_have_attribute("href", f"{address}/hoi")
    expect(reader.launcher).to_have_count(0)
    reader.complained_of("CORS|ERR_FAILED")


# When something is missing


@pytest.mark.parametrize("lacking", ["HTMLDialogElement", "customElements"])
def test_an_old_browser_gets_a_link_that_works(
    enter: Enter, site: Site, address: str, lacking: str, ward: Ward
) -> None:
    site.put(line_for(address))
    reader = enter(init=f"Object.defineProperty(window, '{lacking}', {{ value: undefined }})")
    reader.plain_link.click()
    expect(reader.page).to_have_url(f"{address}/hoi")
    expect(reader.page.get_by_text(ward.name).first).to_be_visible()


@pytest.mark.parametrize("missing", ["launcher.css", "start.js", "frame.css", "panel.js"])
def test_if_a_part_cannot_be_fetched_a_link_stands_there(enter: Enter, site: Site, address: str, missing: str) -> None:
    site.put("")
    reader = enter()
    reader.page.route(f"**/assistant/{missing}", lambda route: route.abort())
    site.put(line_for(address))
    reader.page.reload()
    if missing != "launcher.css":
        reader.launcher.focus()
    expect(reader.plain_link).to_have_attribute("href", f"{address}/hoi")
    expect(reader.plain_link).to_be_in_viewport()
    reader.complained_of("ERR_FAILED")


def test_without_the_server_the_page_is_as_ever(enter: Enter, site: Site) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        nobody = taken.getsockname()[1]
    site.put(line_for(f"http://127.0.0.1:{nobody}"))
    reader = enter()
    expect(reader.page.get_by_role("link", name="Liên hệ")).to_be_visible()
    assert reader.page.locator(TAG).count() == 0
    reader.complained_of("ERR_CONNECTION_REFUSED")


def test_without_script_the_page_is_as_ever(enter: Enter, site: Site, address: str) -> None:
    site.put(line_for(address))
    reader = enter(java_script_enabled=False)
    expect(reader.page.get_by_role("link", name="Liên hệ")).to_be_visible()
    expect(reader.launcher.or_(reader.plain_link)).to_have_count(0)
