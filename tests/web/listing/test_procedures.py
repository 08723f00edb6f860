"""`/thu-tuc/<code>`: every procedure on a page of its own, in the words of the assistant."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element

import httpx
import pytest
from httpx import AsyncClient

from bot.answers.section import Section
from bot.answers.sections import NOT_STATED, sections_of
from bot.knowledge.listing import Listing
from bot.settings import Settings
from bot.web.app import create_app
from tests.web.conftest import OFTEN, SECRET
from tests.web.listing.conftest import WARD, hrefs, main_of, page
from tests.web.markup import of_class, text

PROGRAM = re.compile(r"\{\{|\}\}|\{%|\bNone\b|\bTrue\b|Undefined|not_stated|Row\(|Item\(")


@pytest.fixture(scope="module")
def pages(published: Listing, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Element]:
    """The page of every procedure by its code."""
    settings = Settings(
        ward=WARD, var=tmp_path_factory.mktemp("var"), database="", session_secret=SECRET, address_limit=OFTEN
    )

    async def fetched() -> dict[str, str]:
        transport = httpx.ASGITransport(app=create_app(settings))
        async with AsyncClient(transport=transport, base_url="http://gateway", trust_env=False) as client:
            responses = {code: await client.get(f"/thu-tuc/{code}") for code in published.procedures}
        assert {response.status_code for response in responses.values()} == {200}
        return {code: response.text for code, response in responses.items()}

    return {code: page(text) for code, text in asyncio.run(fetched()).items()}


def sentences(section: Section) -> Iterator[str]:
    """What the assistant says of one aspect, line by line, as a page shows it."""
    for item in section.items:
        if item.row:
            yield from (item.row.channel, *item.row.lines)
        elif section.aspect == "online":  # times and fees stand in the table
            yield from (item.text, *(line.partition(": ")[2] for line in item.sub))
        else:
            yield from (item.text, item.note, *item.sub)


def test_all_procedures_have_a_page(pages: dict[str, Element], published: Listing) -> None:
    assert len(pages) == len(published) >= 289


def test_every_page_says_every_sentence_of_the_assistant(pages: dict[str, Element], published: Listing) -> None:
    for code, tree in pages.items():
        shown = text(main_of(tree))
        for section in sections_of(published[code]).values():
            assert section.title in shown or section.aspect == "overview", (code, section.aspect)
            for sentence in sentences(section):
                assert " ".join(sentence.split()) in shown, (code, sentence)


def test_every_page_names_its_source_and_when_it_was_looked_at(pages: dict[str, Element], published: Listing) -> None:
    for code, tree in pages.items():
        source = published[code].source
        said = f"Nguồn: Quyết định {source.decision}, kiểm tra ngày {source.checked_on:%d/%m/%Y}."
        assert said in text(main_of(tree)), code
        assert source.url in hrefs(tree), code


def test_every_page_says_its_notes_and_what_else_one_may_need(pages: dict[str, Element], published: Listing) -> None:
    for code, tree in pages.items():
        shown, there = text(main_of(tree)), set(hrefs(tree))
        for note in published[code].notes:
            assert " ".join(note.split()) in shown, code
        for one in (*published[code].related, *published[code].confusable):
            assert " ".join(one.tell_apart.split()) in shown and f"/thu-tuc/{one.code}" in there, code


def test_no_page_shows_what_only_programs_say(pages: dict[str, Element]) -> None:
    for code, tree in pages.items():
        assert not PROGRAM.search(text(next(tree.iter("body")))), code


def test_no_page_leads_into_nothing(pages: dict[str, Element], published: Listing) -> None:
    for code, tree in pages.items():
        ids = {element.get("id") for element in tree.iter()}
        for address in hrefs(tree):
            if address.startswith("#"):
                assert address[1:] in ids, (code, address)
            elif address.startswith("/thu-tuc/"):
                assert address.removeprefix("/thu-tuc/").partition("#")[0] in published, (code, address)
        named = [one.get("aria-labelledby") for one in tree.iter() if one.get("aria-labelledby")]
        assert set(named) <= ids, code


def test_headings_never_skip_a_level(pages: dict[str, Element]) -> None:
    for code, tree in pages.items():
        levels = [int(one.tag[1]) for one in tree.iter() if re.fullmatch(r"h[1-6]", one.tag)]
        assert levels[0] == 1 and all(later <= earlier + 1 for earlier, later in pairwise(levels)), code


def test_what_can_be_filed_online_has_a_button_and_what_cannot_has_none(
    pages: dict[str, Element], published: Listing
) -> None:
    for code, tree in pages.items():
        link = sections_of(published[code])["online"].link
        buttons = {text(one): one.get("href") for one in of_class(tree, "button") if one.tag == "a"}
        assert buttons.get("Nộp trực tuyến") == (link.url if link else None), code


def test_one_can_ask_about_it_with_and_without_script(pages: dict[str, Element], published: Listing) -> None:
    name = published["1.001193"].name
    (ask,) = (one for one in pages["1.001193"].iter("a") if one.get("data-ask"))
    assert text(ask) == "Hỏi về thủ tục này" and ask.get("data-ask") == name
    assert httpx.URL(ask.get("href", "")).params["cau-hoi"] == name
    assert "/widget.js" in [script.get("src") for script in pages["1.001193"].iter("script")]


def test_what_nobody_has_stated_is_said_once(pages: dict[str, Element], published: Listing) -> None:
    silent = [
        code for code in pages if any(one.items[0].text == NOT_STATED for one in sections_of(published[code]).values())
    ]
    assert silent and all(text(main_of(pages[code])).count(NOT_STATED) == 1 for code in silent)
