"""What search engines read beside the page."""

from __future__ import annotations

import json
from typing import Any

from httpx import AsyncClient

from bot.knowledge.listing import Listing
from bot.knowledge.procedure import Channel, FeeBasis
from bot.knowledge.ward import Ward
from tests.web.conftest import Open
from tests.web.listing.conftest import Publish, page

BIRTH, CODE = "1.001193", "9.000001"


async def graph(http: AsyncClient, path: str) -> dict[str, Any]:
    """The parts of a page's JSON-LD by their type."""
    response = await http.get(path)
    (script,) = (one for one in page(response.text).iter("script") if one.get("type") == "application/ld+json")
    data = json.loads(script.text or "")
    assert data["@context"] == "https://schema.org"
    return {part["@type"]: part for part in data["@graph"]}


async def test_a_procedure_is_a_service_of_the_wards_office(http: AsyncClient, published: Listing, ward: Ward) -> None:
    procedure = published[BIRTH]
    service = (await graph(http, f"/thu-tuc/{BIRTH}"))["GovernmentService"]
    assert (service["name"], service["identifier"]) == (procedure.name, BIRTH)
    assert service["url"] == f"http://gateway/thu-tuc/{BIRTH}"
    assert service["provider"]["@type"] == "GovernmentOffice" and service["provider"]["name"] == ward.office
    assert ward.name in service["areaServed"]["name"]


async def test_it_says_how_to_file_and_where_online(http: AsyncClient, published: Listing) -> None:
    service = (await graph(http, f"/thu-tuc/{BIRTH}"))["GovernmentService"]
    ways = {one["name"]: one for one in service["availableChannel"]}
    assert set(ways) == {"Tại quầy", "Qua mạng", "Qua bưu điện"}
    assert ways["Qua mạng"]["serviceUrl"] == published[BIRTH].source.url
    assert "serviceUrl" not in ways["Tại quầy"]


async def test_a_fee_is_named_only_where_the_record_names_an_amount(http: AsyncClient, published: Listing) -> None:
    assert (await graph(http, f"/thu-tuc/{BIRTH}"))["GovernmentService"]["offers"] == []
    priced = next(one for one in published if any(fee.amount for filing in one.channels for fee in filing.fees))
    amounts = {
        fee.amount or 0 for filing in priced.channels for fee in filing.fees if fee.amount or fee.basis is FeeBasis.free
    }
    offers = (await graph(http, f"/thu-tuc/{priced.code}"))["GovernmentService"]["offers"]
    assert {offer["price"] for offer in offers} == amounts
    assert {offer["priceCurrency"] for offer in offers} == {"VND"}


async def test_it_says_where_in_the_listing_the_page_stands(http: AsyncClient, published: Listing) -> None:
    trail = (await graph(http, f"/thu-tuc/{BIRTH}"))["BreadcrumbList"]["itemListElement"]
    assert [one["position"] for one in trail] == [1, 2, 3]
    assert [one["name"] for one in trail] == ["Danh mục thủ tục", "Hộ tịch", published[BIRTH].name]


async def test_the_directory_says_how_to_search_it(http: AsyncClient) -> None:
    site = (await graph(http, "/thu-tuc"))["WebSite"]
    assert site["potentialAction"]["target"]["urlTemplate"] == "http://gateway/thu-tuc?tim={search_term_string}"
    assert site["potentialAction"]["query-input"] == "required name=search_term_string"


async def test_no_text_of_a_record_ends_the_element_that_it_stands_in(gateway: Open, publish: Publish) -> None:
    nasty = "</script><script>alert(1)</script><!--<script>\u2028'&\""
    client = await gateway(knowledge=publish({"code": CODE, "name": nasty, "summary": nasty}))
    service = (await graph(client, f"/thu-tuc/{CODE}"))["GovernmentService"]
    assert service["name"] == nasty
    raw = (await client.get(f"/thu-tuc/{CODE}")).text
    (inside,) = raw.split('<script type="application/ld+json">')[1:]
    assert not set("<>&'") & set(inside.partition("</script>")[0])


async def test_every_procedure_can_be_read_by_programs(http: AsyncClient, published: Listing) -> None:
    for procedure in published:
        service = (await graph(http, f"/thu-tuc/{procedure.code}"))["GovernmentService"]
        online = any(filing.channel is Channel.online for filing in procedure.channels)
        assert any("serviceUrl" in one for one in service["availableChannel"]) == online, procedure.code
