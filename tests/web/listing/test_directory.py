"""The directory at `/thu-tuc`: what is on it, its counts, and how it is made smaller."""

from __future__ import annotations

from collections import Counter

import pytest
from httpx import AsyncClient

from bot.knowledge.listing import Listing
from bot.knowledge.procedure import Channel, Procedure
from bot.text.folding import fold
from tests.web.listing.conftest import hrefs, main_of, page
from tests.web.markup import of_class, text


def codes_in(address: str) -> str:
    return address.removeprefix("/thu-tuc/")


def named(links: list[str]) -> list[str]:
    """The codes of the procedures that links lead to."""
    return [codes_in(link) for link in links if link.startswith("/thu-tuc/")]


def channels(procedure: Procedure) -> set[Channel]:
    return {filing.channel for filing in procedure.channels}


async def test_every_procedure_stands_on_it_once_those_known_in_brief_too(
    http: AsyncClient, published: Listing
) -> None:
    tree = page((await http.get("/thu-tuc")).text)
    assert Counter(named(list(hrefs(tree)))) == Counter([*published.procedures, *published.briefs])
    shown = text(main_of(tree))
    for code, name in published.names.items():
        assert " ".join(name.split()) in shown, code


async def test_the_fields_come_in_their_order_with_how_many_each_has(http: AsyncClient, published: Listing) -> None:
    tree = page((await http.get("/thu-tuc")).text)
    counted = Counter(procedure.field for procedure in published)
    (fields,) = of_class(tree, "fields")
    expected = [(name, f"#{key}", counted[key]) for key, name in published.fields.items() if counted[key]]
    links = [(text(link), link.get("href")) for link in fields.iter("a")]
    assert links == [(name, anchor) for name, anchor, _ in expected]
    assert [int(text(number)) for number in of_class(fields, "number")] == [count for _, _, count in expected]
    ids = {element.get("id") for element in tree.iter()}
    assert all(anchor.removeprefix("#") in ids for _, anchor, _ in expected)


async def test_in_a_field_the_order_is_that_of_the_alphabet(http: AsyncClient) -> None:
    tree = page((await http.get("/thu-tuc?linh-vuc=con_nuoi")).text)
    names = [text(next(entry.iter("a"))) for entries in of_class(tree, "entries") for entry in entries]
    assert len(names) > 1 and names == sorted(names, key=fold)


async def test_it_counts_how_one_may_file_and_says_what_the_count_is_of(http: AsyncClient, published: Listing) -> None:
    tree = page((await http.get("/thu-tuc")).text)
    (tiles,) = of_class(tree, "tiles")
    online = sum(Channel.online in channels(one) for one in published)
    post = sum(Channel.online not in channels(one) and Channel.post in channels(one) for one in published)
    assert [text(tile) for tile in tiles] == [
        f"{online} Nộp được qua mạng",
        f"{post} Tại quầy hoặc qua bưu điện",
        f"{len(published) - online - post} Chỉ tại quầy",
    ]
    said = text(main_of(tree))
    assert "Đếm theo cách nộp mà Cổng Dịch vụ công ghi" in said
    assert f"có {len(published.briefs)} thủ tục tôi mới biết vài thông tin ngắn" in said


async def test_what_is_known_in_brief_is_folded_and_leads_to_the_official_page(
    http: AsyncClient, published: Listing
) -> None:
    tree = page((await http.get("/thu-tuc")).text)
    folded = [part for part in tree.iter("details") if "open" not in part.attrib]
    there = {link for part in folded for link in hrefs(part)}
    assert {f"/thu-tuc/{code}" for code in published.briefs} <= there
    assert {brief.url for brief in published.briefs.values()} <= there
    said = " ".join(text(part) for part in folded)
    assert "Tại quầy: 20 ngày làm việc. Qua bưu điện: 20 ngày làm việc." in said


@pytest.mark.parametrize("field", ["ho_tich", "dat_dai"])
async def test_one_field_alone_can_be_seen(http: AsyncClient, published: Listing, field: str) -> None:
    tree = page((await http.get("/thu-tuc", params={"linh-vuc": field})).text)
    assert set(named(list(hrefs(tree)))) == {one.code for one in published if one.field == field}
    assert published.fields[field] in text(of_class(tree, "notice")[0])


async def test_only_what_must_be_filed_at_the_counter_can_be_seen(http: AsyncClient, published: Listing) -> None:
    tree = page((await http.get("/thu-tuc?cach=tai-quay")).text)
    assert set(named(list(hrefs(tree)))) == {one.code for one in published if channels(one) == {Channel.counter}}


async def test_where_nothing_is_left_it_says_so(http: AsyncClient) -> None:
    tree = page((await http.get("/thu-tuc?cach=tai-quay&linh-vuc=thue")).text)
    assert "Không có thủ tục nào như vậy." in text(main_of(tree)) and named(list(hrefs(tree))) == []


@pytest.mark.parametrize("query", ["linh-vuc=khong_co", "cach=khong_co", "tim=", "tim=%20%20", "la=gi"])
async def test_a_wish_that_it_does_not_know_shows_everything(http: AsyncClient, query: str) -> None:
    whole = await http.get("/thu-tuc")
    assert (await http.get(f"/thu-tuc?{query}")).text == whole.text


async def test_the_directory_knows_where_one_is(http: AsyncClient) -> None:
    tree = page((await http.get("/thu-tuc")).text)
    current = {text(link) for link in tree.iter("a") if link.get("aria-current") == "page"}
    assert current == {"Danh mục thủ tục"}


@pytest.mark.parametrize(
    "path", ["/thu-tuc", "/thu-tuc/1.001193", "/thu-tuc/1.001193/qr.svg", "/thu-tuc.xlsx", "/sitemap.xml"]
)
async def test_what_a_browser_has_is_not_sent_again(http: AsyncClient, path: str) -> None:
    first = await http.get(path)
    assert first.status_code == 200 and first.headers["cache-control"] == "public, max-age=10"
    again = await http.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304 and again.content == b""
    assert (await http.get(path, headers={"If-None-Match": 'W/"another"'})).status_code == 200
    assert (await http.head(path)).status_code == 200
