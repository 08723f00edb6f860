"""The widget's looks on a ward's page: two styles that don't mix, and what the page may set."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.browser.reader import TAG, Enter

pytestmark = pytest.mark.e2e

HOSTILE = """
:root { --accent: red; --ink: red; --given: red; font-size: 62.5%; letter-spacing: 4px }
* { color: red !important; font-size: 40px !important; text-transform: uppercase !important; visibility: hidden }
button, p, form, dialog, textarea { display: none !important }
a { background: yellow !important }
tro-ly-mot-cua { display: none !important; transform: rotate(9deg); opacity: .2; pointer-events: none }
"""
# A footer that is kept at the end of the window: whatever else takes a place in the body moves it.
GRID = "body { display: grid; gap: 40px; align-content: space-between; min-height: 100vh; margin: 0 }"
COLOURS = {
    "#8e1b22": "rgb(142, 27, 34)",
    "#ffd800": "rgb(255, 216, 0)",
    "#777": "rgb(119, 119, 119)",
    "hsl(240 100% 50%)": "rgb(0, 0, 255)",
}
READABLE = 4.5  # to one, says WCAG
# What is computed for every element below a root: its place, and each property by name.
STYLES = """root => [...root.querySelectorAll('*')].map((one) => {
  const style = getComputedStyle(one);
  const { x, y, width, height } = one.getBoundingClientRect();
  const values = [...style].map((name) => [name, style.getPropertyValue(name)]);
  return [`${one.tagName}.${one.className}`, { x, y, width, height, ...Object.fromEntries(values) }];
})"""
# Between the text of an element and its background, as WCAG counts it.
CONTRAST = """one => {
  const luminance = (text) => {
    const [r, g, b] = text.match(/[\\d.]+/g).slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const { color, backgroundColor } = getComputedStyle(one);
  const [light, dark] = [luminance(color), luminance(backgroundColor)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}"""

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


def test_the_page_s_style_changes_nothing_inside(enter: Enter) -> None:
    drawn = []
    for style in (" ", HOSTILE):
        reader = enter(style=style)
        reader.host.evaluate("host => host.open()")
        expect(reader.field).to_be_focused()
        drawn.append(style_of(reader.page.locator(".root")))
    assert len(drawn[0]) > 50
    assert differences(*drawn) == []


@pytest.mark.parametrize("width", [320, 1280])
def test_the_widget_changes_nothing_on_the_page(enter: Enter, width: int) -> None:
    before = style_of(enter(line="", style=GRID, width=width).page.locator("html"))
    reader = enter(style=GRID, width=width)
    reader.open().field.press("Escape")
    expect(reader.launcher).to_be_focused()
    assert differences(before, style_of(reader.page.locator("html"), but=("SCRIPT", TAG.upper()))) == []


def test_label_position_and_greeting_are_the_page_s(enter: Enter) -> None:
    reader = enter({"label": "Hỏi một cửa", "position": "left", "greeting": "Chào bà con!"})
    launcher = reader.page.get_by_role("button", name="Hỏi một cửa")
    box = launcher.bounding_box()
    assert box and box["x"] < 40
    launcher.click()
    expect(reader.page.get_by_text("Chào bà con!")).to_be_visible()
    opened = reader.dialog.bounding_box()
    assert opened and opened["x"] < 40


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_any_colour_can_be_read(enter: Enter, scheme: str) -> None:
    for colour, painted in COLOURS.items():
        reader = enter({"color": colour}, color_scheme=scheme)
        expect(reader.launcher).to_have_css("background-color", painted)
        assert reader.launcher.evaluate(CONTRAST) >= READABLE
        reader.open().field.fill("a")
        for part in (reader.page.get_by_role("button", name="Gửi"), reader.page.locator(".top")):
            expect(part).to_have_css("background-color", painted)
            assert part.evaluate(CONTRAST) >= READABLE


def test_what_is_no_colour_is_left_alone(enter: Enter) -> None:
    usual = enter().launcher.evaluate("one => getComputedStyle(one).backgroundColor")
    reader = enter({"color": "xanh lá; display: none"})
    expect(reader.launcher).to_have_css("background-color", usual)


@pytest.mark.parametrize(("wish", "how"), [("no-preference", "smooth"), ("reduce", "auto")])
def test_nothing_glides_for_who_wants_no_motion(enter: Enter, wish: str, how: str) -> None:
    reader = enter(reduced_motion=wish)
    reader.open()
    expect(reader.dialog.locator(".body")).to_have_css("scroll-behavior", how)
