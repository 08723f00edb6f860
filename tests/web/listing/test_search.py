"""The search box of the listing: the assistant's search, and plain words while that rests."""

from __future__ import annotations

import time
from dataclasses import replace

import httpx
import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from bot.knowledge.listing import Listing
from bot.knowledge.ward import Ward
from bot.settings import Settings
from bot.web import search
from bot.web.context import load_context
from bot.web.pages import listing as listing_pages
from bot.web.pages.listing.word_match import WordMatch
from bot.web.search import Hits, SearchClient
from tests.web.conftest import Open, StandIn
from tests.web.listing.conftest import hrefs, main_of, page
from tests.web.markup import of_class, text

BRIEF = "2.000206"


def found(text_of_page: str) -> list[str]:
    """The codes of the results, in order."""
    return [
        link.removeprefix("/thu-tuc/")
        for results in of_class(page(text_of_page), "results")
        for result in results
        for link in list(hrefs(result))[:1]
    ]


async def test_what_the_assistant_finds_is_shown_best_first_with_a_line_on_each(
    http: AsyncClient, rasa: StandIn, published: Listing
) -> None:
    rasa.found = ["1.004884", BRIEF, "1.001193"]
    response = await http.get("/thu-tuc", params={"tim": "làm lại giấy khai sinh"})
    assert rasa.searched == ["làm lại giấy khai sinh"] and found(response.text) == rasa.found
    said = text(main_of(page(response.text)))
    assert published["1.004884"].summary.split(". ")[0] in said
    assert published.briefs[BRIEF].name in said and "Tôi mới biết vài thông tin ngắn về việc này." in said
    assert "theo từng chữ" not in said


async def test_what_the_listing_does_not_have_is_left_out(http: AsyncClient, rasa: StandIn) -> None:
    rasa.found = ["9.999999", "1.001193"]
    assert found((await http.get("/thu-tuc?tim=khai+sinh")).text) == ["1.001193"]


async def test_where_nothing_fits_it_says_so_and_names_who_can_be_asked(
    http: AsyncClient, rasa: StandIn, ward: Ward
) -> None:
    tree = page((await http.get("/thu-tuc", params={"tim": "bán mặt trăng & sao"})).text)
    assert "Không có thủ tục nào khớp" in text(main_of(tree))
    there = list(hrefs(main_of(tree)))
    assert "/hoi?cau-hoi=b%C3%A1n%20m%E1%BA%B7t%20tr%C4%83ng%20%26%20sao" in there
    assert f"tel:{ward.hotline.replace(' ', '')}" in there


async def test_where_nothing_fits_the_nearest_are_offered_as_a_guess(gateway_settings: Settings) -> None:
    class Undecided(SearchClient):
        async def find(self, question: str) -> Hits:
            return Hits("unknown", ("1.001193", "1.004884", "2.000986", "1.003583"))

    context = replace(load_context(gateway_settings), search=Undecided(gateway_settings.actions_port))
    app = FastAPI()
    app.include_router(listing_pages.routes(context))
    async with AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://gateway") as client:
        answer = (await client.get("/thu-tuc?tim=mặt trăng")).text
    assert found(answer) == ["1.001193", "1.004884", "2.000986"]
    said = text(main_of(page(answer)))
    assert said.index("Không có thủ tục nào khớp") < said.index("Có thể bạn cần")


@pytest.mark.parametrize("question", ["khai sinh cho con", "KHAI SINH CHO CON", "khai sinh cho con mới sinh"])
async def test_while_the_search_rests_names_are_compared_and_it_says_so(
    http: AsyncClient, rasa: StandIn, question: str
) -> None:
    rasa.search_status = 503
    response = await http.get("/thu-tuc", params={"tim": question})
    assert response.status_code == 200
    assert "tôi chỉ tìm được theo từng chữ" in text(main_of(page(response.text)))
    assert "1.001193" in found(response.text)


async def test_while_the_search_rests_and_no_name_says_it_nothing_is_guessed(http: AsyncClient, rasa: StandIn) -> None:
    rasa.search_status = 503
    response = await http.get("/thu-tuc", params={"tim": "qwerty zxcv"})
    assert "Không có thủ tục nào khớp" in text(main_of(page(response.text))) and found(response.text) == []


async def test_a_search_that_comes_drop_by_drop_is_not_waited_for(
    gateway: Open, dripping: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "TIMEOUT", 0.5)
    http = await gateway(actions_port=dripping)
    began = time.monotonic()
    assert "1.001193" in found((await http.get("/thu-tuc", params={"tim": "khai sinh cho con"})).text)
    assert time.monotonic() - began < 3


def test_words_are_compared_without_diacritics_and_a_code_is_a_word(published: Listing) -> None:
    match = WordMatch(published)
    assert match("đăng ký kết hôn") == match("dang ky ket hon") != ()
    assert match(BRIEF)[0] == BRIEF and match("1.001193")[0] == "1.001193"
    assert match("") == match("?!") == ()


async def test_of_a_long_question_only_the_beginning_is_read_and_it_says_so(http: AsyncClient, rasa: StandIn) -> None:
    rasa.found = ["1.001193"]
    response = await http.get("/thu-tuc", params={"tim": "làm giấy " * 100})
    assert [len(question) <= 200 for question in rasa.searched] == [True]
    assert "Tôi chỉ đọc 200 ký tự đầu." in text(main_of(page(response.text)))


async def test_personal_numbers_are_masked_before_the_search_sees_them(http: AsyncClient, rasa: StandIn) -> None:
    await http.get("/thu-tuc", params={"tim": "khai sinh, gọi tôi 0912 345 678"})
    (asked,) = rasa.searched
    assert "khai sinh" in asked and "345" not in asked


async def test_what_somebody_looks_for_is_kept_by_no_cache_and_no_search_engine(http: AsyncClient) -> None:
    response = await http.get("/thu-tuc?tim=ly+hôn")
    assert response.headers["cache-control"] == "no-store"
    robots = [one for one in page(response.text).iter("meta") if one.get("name") == "robots"]
    assert [one.get("content") for one in robots] == ["noindex"]


async def test_what_somebody_types_is_text_wherever_it_stands(http: AsyncClient) -> None:
    nasty = "\"><script>alert('x')</script>&amp;{{7*7}}"
    tree = page((await http.get("/thu-tuc", params={"tim": nasty})).text)
    assert all("alert" not in text(script) for script in tree.iter("script"))
    (field,) = (one for one in tree.iter("input") if one.get("name") == "tim")
    assert field.get("value") == nasty
