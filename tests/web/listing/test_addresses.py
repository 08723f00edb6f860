"""Links that others keep: the address of a page, its QR picture, the map for search engines."""

from __future__ import annotations

import io
from xml.etree import ElementTree

import pytest
import segno
from httpx import AsyncClient, Response

from bot.knowledge.listing import Listing
from tests.web.conftest import Open
from tests.web.listing.conftest import hrefs, page
from tests.web.markup import text

BIRTH = "/thu-tuc/1.001193"
MAP = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9"}
NASTY = ['x"><script>alert(1)</script>', "evil.example/path", "evil example", "[::1", "user@evil.example", "x:y", "-->"]
LONG = "a" * 4000 + ".evil.example"


def canonical(response: Response) -> str | None:
    (link,) = (one for one in page(response.text).iter("link") if one.get("rel") == "canonical")
    return link.get("href")


@pytest.mark.parametrize("path", ["/thu-tuc", BIRTH, "/thu-tuc/2.000206"])
async def test_a_page_names_its_address_as_it_was_reached(http: AsyncClient, path: str) -> None:
    assert canonical(await http.get(path)) == f"http://gateway{path}"
    other = await http.get(path, headers={"Host": "motcua.example:8443"})
    assert canonical(other) == f"http://motcua.example:8443{path}"


async def test_a_set_address_counts_whatever_a_browser_says(gateway: Open) -> None:
    client = await gateway(public_url="https://motcua.example")
    response = await client.get(BIRTH, headers={"Host": "evil.example"})
    assert canonical(response) == f"https://motcua.example{BIRTH}" and "evil" not in response.text
    robots = await client.get("/robots.txt", headers={"Host": "evil.example"})
    assert "Sitemap: https://motcua.example/sitemap.xml" in robots.text.splitlines()


@pytest.mark.parametrize("path", ["/thu-tuc", BIRTH, f"{BIRTH}/qr.svg", "/sitemap.xml", "/robots.txt"])
async def test_a_host_that_is_none_gets_into_no_page(http: AsyncClient, path: str) -> None:
    for host in (*NASTY, LONG):
        response = await http.get(path, headers={"Host": host})
        assert response.status_code in (200, 400)
        assert host not in response.text and "evil" not in response.text and "alert" not in response.text


async def test_one_visitors_host_is_not_shown_to_the_next(http: AsyncClient) -> None:
    await http.get(BIRTH, headers={"Host": "other.example"})
    assert "other.example" not in (await http.get(BIRTH)).text


@pytest.mark.parametrize("query", ["", "?ca=chung_sinh.co", "?ca=chung_sinh.co&ca=nguoi_di.cha_me"])
async def test_the_picture_holds_the_address_of_the_page(http: AsyncClient, query: str) -> None:
    response = await http.get(f"{BIRTH}/qr.svg{query}")
    assert response.headers["content-type"] == "image/svg+xml"
    code = segno.make_qr(f"http://gateway{BIRTH}{query}", error="m")
    out = io.BytesIO()
    code.save(out, kind="svg", border=4, light="#fff", xmldecl=False, omitsize=True, svgclass=None, lineclass=None)
    drawn, expected = ElementTree.fromstring(response.content), ElementTree.fromstring(out.getvalue())
    assert [one.attrib for one in drawn] == [one.attrib for one in expected]
    width, _ = code.symbol_size(border=4)
    assert drawn.get("viewBox") == f"0 0 {width} {width}" and drawn.get("shape-rendering") == "crispEdges"


async def test_the_picture_leaves_out_what_the_record_does_not_know(http: AsyncClient) -> None:
    plain = await http.get(f"{BIRTH}/qr.svg")
    assert (await http.get(f"{BIRTH}/qr.svg?ca=x.y&in=1")).content == plain.content
    assert (await http.get("/thu-tuc/9.999999/qr.svg")).status_code == 404


async def test_the_page_shows_its_picture_and_its_address(http: AsyncClient) -> None:
    tree = page((await http.get(BIRTH)).text)
    (picture,) = tree.iter("img")
    assert (picture.get("src"), picture.get("alt")) == (f"{BIRTH}/qr.svg", "Mã QR mở trang này")
    assert f"http://gateway{BIRTH}" in hrefs(tree)
    (share,) = (one for one in tree.iter("button") if "data-share" in one.attrib)
    assert share.get("data-share") == f"http://gateway{BIRTH}" and "hidden" in share.attrib


async def test_the_map_has_every_procedure_with_the_day_it_was_looked_at(http: AsyncClient, published: Listing) -> None:
    response = await http.get("/sitemap.xml")
    assert response.headers["content-type"] == "application/xml"
    entries = ElementTree.fromstring(response.content).findall("map:url", MAP)
    days = {one.findtext("map:loc", "", MAP): one.findtext("map:lastmod", None, MAP) for one in entries}
    assert len(days) == len(entries)
    for procedure in published:
        assert days[f"http://gateway/thu-tuc/{procedure.code}"] == procedure.source.checked_on.isoformat()
    assert {f"http://gateway{path}" for path in ("/", "/thu-tuc", "/rieng-tu", "/tro-nang")} <= set(days)


async def test_programs_are_told_what_is_not_for_them(http: AsyncClient) -> None:
    response = await http.get("/robots.txt")
    assert response.headers["content-type"].startswith("text/plain")
    lines = response.text.splitlines()
    assert {"User-agent: *", "Disallow: /api/", "Disallow: /hoi", "Sitemap: http://gateway/sitemap.xml"} <= set(lines)


async def test_who_shares_a_page_shows_its_name(http: AsyncClient, published: Listing) -> None:
    tree = page((await http.get(BIRTH)).text)
    said = {one.get("property"): one.get("content", "") for one in tree.iter("meta")}
    assert said["og:title"].startswith(published["1.001193"].name)
    assert said["og:description"] == published["1.001193"].summary
    assert text(next(tree.iter("title"))) == said["og:title"]
