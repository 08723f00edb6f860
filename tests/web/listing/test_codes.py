"""`/thu-tuc/<code>` for codes and records that are not the usual ones: in brief, unknown, former, hostile, over."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from httpx import AsyncClient

from bot.answers.brief import answer_brief
from bot.knowledge.listing import Listing
from bot.knowledge.ward import Ward
from tests.web.conftest import Open
from tests.web.listing.conftest import Publish, hrefs, main_of, page
from tests.web.markup import text

BRIEF = "2.000206"
OLD, NEW = "9.000009", "9.000001"


async def test_a_procedure_known_in_brief_says_what_is_known_and_where_the_rest_stands(
    http: AsyncClient, published: Listing, ward: Ward
) -> None:
    tree = page((await http.get(f"/thu-tuc/{BRIEF}")).text)
    brief = published.briefs[BRIEF]
    shown = text(main_of(tree))
    card = answer_brief(brief, [], ward).card
    for said in (brief.name, *card["notes"], *(item["text"] for part in card["sections"] for item in part["items"])):
        assert said in shown
    assert brief.url in hrefs(tree) and brief.decision in shown


async def test_every_procedure_known_in_brief_has_a_page(http: AsyncClient, published: Listing) -> None:
    for code in published.briefs:
        assert (await http.get(f"/thu-tuc/{code}")).status_code == 200, code


@pytest.mark.parametrize("code", ["9.999999", "abc", "1.00119", "..%2f..%2fetc", "%00", "1.001193%20", "\u0967.001193"])
async def test_an_unknown_code_gets_a_page_with_the_search(http: AsyncClient, code: str) -> None:
    response = await http.get(f"/thu-tuc/{code}", headers={"Accept": "text/html"})
    assert response.status_code == 404 and response.headers["content-type"] == "text/html; charset=utf-8"
    assert "Không có" in text(next(page(response.text).iter("h1")))


async def test_an_unknown_code_is_told_how_to_go_on(http: AsyncClient) -> None:
    tree = page((await http.get("/thu-tuc/9.999999")).text)
    assert [one.get("name") for one in main_of(tree).iter("input")] == ["tim"]
    assert "/thu-tuc" in hrefs(main_of(tree))


async def test_a_former_code_leads_to_todays_page(gateway: Open, publish: Publish) -> None:
    client = await gateway(knowledge=publish({"code": NEW, "former_codes": [OLD]}))
    response = await client.get(f"/thu-tuc/{OLD}")
    assert (response.status_code, response.headers["location"]) == (301, f"/thu-tuc/{NEW}")
    assert (await client.get(f"/thu-tuc/{OLD}", follow_redirects=True)).status_code == 200


async def test_a_code_that_stands_for_several_offers_them_all(gateway: Open, publish: Publish) -> None:
    records = [{"code": f"9.00000{number}", "later_codes": [OLD]} for number in (1, 2)]
    client = await gateway(knowledge=publish(*records))
    response = await client.get(f"/thu-tuc/{OLD}")
    assert response.status_code == 404
    assert {"/thu-tuc/9.000001", "/thu-tuc/9.000002"} <= set(hrefs(page(response.text)))


async def test_markup_in_a_record_is_shown_and_never_obeyed(gateway: Open, publish: Publish) -> None:
    nasty = "<script>alert(1)</script></script><!-- ' \" & {{ 7*7 }}"
    record = {
        "name": f"Tên {nasty}",
        "official_name": f"Tên chính thức {nasty}",
        "summary": f"Việc {nasty}.",
        "notes": [f"Lưu ý {nasty}."],
        "documents": [{"name": f"Giấy {nasty}", "note": f"Ghi chú {nasty}."}],
        "fee_notes": [f"Phí {nasty}."],
    }
    client = await gateway(knowledge=publish({"code": NEW, **record}))
    for path in (f"/thu-tuc/{NEW}", "/thu-tuc"):
        tree = page((await client.get(path)).text)
        assert " ".join(f"Tên {nasty}".split()) in text(main_of(tree))
        scripts = [one for one in tree.iter("script") if one.get("type") != "application/ld+json"]
        assert all(one.get("src") and not text(one) for one in scripts)


@pytest.mark.parametrize(
    ("days", "said"), [(-1, "Nội dung này chỉ áp dụng đến ngày"), (1, None)], ids=["over", "still in force"]
)
async def test_a_record_that_holds_no_longer_says_so(
    gateway: Open, publish: Publish, days: int, said: str | None
) -> None:
    until = date.today() + timedelta(days=days * 2)  # wherever this machine's clock is
    client = await gateway(knowledge=publish({"code": NEW, "in_force": {"until": until.isoformat()}}))
    shown = text(main_of(page((await client.get(f"/thu-tuc/{NEW}")).text)))
    assert ("Nội dung này chỉ áp dụng" in shown) == bool(said)


async def test_what_holds_in_the_ward_only_is_on_the_page(http: AsyncClient, published: Listing) -> None:
    shown = text(main_of(page((await http.get("/thu-tuc/2.000815")).text)))
    assert "phòng 102, tầng 1" in shown
