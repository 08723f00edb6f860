"""The assistant's own page and the script that other websites embed."""

from __future__ import annotations

import re

from httpx import AsyncClient

from bot.knowledge.ward import Ward
from bot.web.assets import FOLDER, Assets
from tests.web.words import words


async def test_the_page_is_served_at_the_root(http: AsyncClient, ward: Ward) -> None:
    response = await http.get("/")
    assert response.status_code == 200 and response.headers["content-type"] == "text/html; charset=utf-8"
    assert '<html lang="vi">' in response.text and ward.name in response.text


async def test_without_script_the_page_leads_to_the_form(http: AsyncClient) -> None:
    page = (await http.get("/")).text
    assert '<a href="/hoi">' in page and "<noscript>" in page


async def test_all_that_the_page_loads_is_there_and_comes_from_us(http: AsyncClient) -> None:
    named = re.findall(r'<(?:script|link|img)\b[^>]*\b(?:src|href)="([^"]+)"', (await http.get("/")).text)
    assert "/widget.js" in named
    for address in named:
        assert address.startswith("/") and not address.startswith("//")
        assert (await http.get(address)).status_code == 200


async def test_the_script_names_the_files_as_they_are_now(http: AsyncClient) -> None:
    script = (await http.get("/widget.js")).text
    assert "{version}" not in script
    assert script == (FOLDER / "widget.js").read_text(encoding="utf-8").replace("{version}", Assets().version)


async def test_the_ward_introduces_itself(http: AsyncClient, ward: Ward) -> None:
    response = await http.get("/api/ward")
    facts = response.json()
    assert (facts["id"], facts["retention_days"]) == ("phuong-an-binh-mau", 90)
    for name in ("name", "hotline", "address", "portal", "suggestions"):
        assert facts[name] == getattr(ward, name)
    assert facts["greeting"] == words("utter_greet", ward)["text"] and ward.name in facts["greeting"]
    assert len(facts["hours"]) == len(ward.hours)
    assert response.headers["cache-control"] == "no-cache"


def colours(name: str) -> list[dict[str, str]]:
    """The colours of a style sheet for screens by name, light and dark; for what a ward may give, those without it."""
    sheet = re.sub(r"var\(--given[a-z-]*, (#\w+)\)", r"\1", (FOLDER / name).read_text(encoding="utf-8"))
    blocks = re.findall(r"(?::root|\.root) \{(.*?)\}", sheet, flags=re.DOTALL)
    return [dict(re.findall(r"(--[a-z-]+): (#\w+);", block)) for block in blocks if "--page:" in block][
        :2
    ]  # the third: paper


def test_the_widget_and_the_pages_of_the_server_have_the_same_colours() -> None:
    widget, pages = colours("assistant/launcher.css"), colours("pages.css")
    assert len(widget) == len(pages) == 2
    for ours, theirs in zip(widget, pages):
        shared = ours.keys() & theirs.keys()
        assert len(shared) > 12
        assert {name: ours[name] for name in shared} == {name: theirs[name] for name in shared}
