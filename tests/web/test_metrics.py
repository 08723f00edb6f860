"""Figures for operators: behind a token, without words, addresses or conversations."""

from __future__ import annotations

import re

import pytest
from httpx import AsyncClient, Response
from prometheus_client.parser import text_string_to_metric_families

from bot.knowledge.ward import Ward
from bot.web.assets import Assets
from tests.web.conftest import Open, StandIn
from tests.web.test_requests import assert_error
from tests.web.words import words

TOKEN = "a token for tests only"


@pytest.fixture
async def counted(gateway: Open) -> AsyncClient:
    return await gateway(metrics_token=TOKEN, host="198.51.100.7")


async def scrape(http: AsyncClient) -> Response:
    return await http.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})


async def figures(http: AsyncClient) -> dict[str, float]:
    """The figures by name and labels: `assistant_errors_total{code="bad_request"}`."""
    families = text_string_to_metric_families((await scrape(http)).text)
    return {
        f"{sample.name}{{{','.join(f'{name}={value}' for name, value in sorted(sample.labels.items()))}}}": sample.value
        for family in families
        for sample in family.samples
    }


async def test_without_the_setting_there_is_nothing(http: AsyncClient) -> None:
    for headers in ({}, {"authorization": "Bearer "}, {"authorization": "Bearer None"}):
        assert_error(await http.get("/metrics", headers=headers), 404, "not_found")


@pytest.mark.parametrize(
    "given", [None, "", TOKEN, f"Basic {TOKEN}", "Bearer", "Bearer ", f"Bearer {TOKEN}x", f"bearer{TOKEN}", "Bearer à"]
)
async def test_without_the_token_nothing_is_told(counted: AsyncClient, given: str | None) -> None:
    headers = {} if given is None else {"authorization": given.encode()}
    response = await counted.get("/metrics", headers=headers)
    assert_error(response, 401, "unauthorized")
    assert response.headers["www-authenticate"] == "Bearer"


async def test_prometheus_can_read_it(counted: AsyncClient) -> None:
    response = await scrape(counted)
    assert response.status_code == 200 and response.headers["content-type"].startswith("text/plain; version=")
    assert response.headers["cache-control"] == "no-store"
    assert len(list(text_string_to_metric_families(response.text))) == 6


async def test_turns_are_counted_by_card_and_kind_and_timed(counted: AsyncClient, rasa: StandIn, ward: Ward) -> None:
    for message in ("chào", "chào", ""):
        await counted.post("/api/chat", json={"message": message})
    rasa.says(words("utter_unknown", ward))
    await counted.post("/api/chat", json={"message": "nấu phở"})
    found = await figures(counted)
    assert found["assistant_turns_total{card=smalltalk,kind=thanks}"] == 2
    assert found["assistant_turns_total{card=refused,kind=}"] == 1
    assert found["assistant_turns_total{card=unknown,kind=}"] == 1
    assert found["assistant_turn_seconds_count{}"] == 4


async def test_errors_are_counted_by_their_code(counted: AsyncClient, rasa: StandIn) -> None:
    await counted.post("/api/chat", content=b"{")
    await counted.get("/nothing")
    rasa.status = 500
    await counted.post("/api/chat", json={"message": "chào"})
    found = await figures(counted)
    for code in ("bad_request", "not_found", "unavailable"):
        assert found[f"assistant_errors_total{{code={code}}}"] == 1


@pytest.mark.parametrize("by", ["address", "session"])
async def test_those_who_had_to_wait_are_counted(gateway: Open, by: str) -> None:
    http = await gateway(metrics_token=TOKEN, **{f"{by}_limit": "1/minute"})
    session = (await http.post("/api/chat", json={"message": "chào"})).json()["session"]
    assert (await http.post("/api/chat", json={"message": "chào", "session": session})).status_code == 429
    assert (await figures(http))[f"assistant_limited_total{{by={by}}}"] == 1


async def test_requests_are_counted_by_the_template_of_their_route(counted: AsyncClient) -> None:
    for path in ("/thu-tuc/1.001193", "/thu-tuc/1.004194", Assets().path("icon.svg"), "/x", "/y"):
        await counted.get(path)
    await counted.head("/thu-tuc/1.001193")
    await counted.put("/api/ward")
    found = await figures(counted)
    assert found["assistant_http_requests_total{method=GET,route=/thu-tuc/{code},status=200}"] == 2
    assert found["assistant_http_requests_total{method=HEAD,route=/thu-tuc/{code},status=200}"] == 1
    assert found["assistant_http_requests_total{method=GET,route=/assets,status=200}"] == 1
    assert found["assistant_http_requests_total{method=GET,route=none,status=404}"] == 2
    assert found["assistant_http_requests_total{method=other,route=/api/ward,status=405}"] == 1


async def test_which_part_answers_is_found_out_when_it_is_asked_for(counted: AsyncClient) -> None:
    found = await figures(counted)
    assert [found[f"assistant_ready{{part={part}}}"] for part in ("rasa", "actions", "index")] == [0, 1, 0]


async def test_two_gateways_count_each_for_itself(counted: AsyncClient, gateway: Open) -> None:
    await counted.get("/nothing")
    other = await gateway(metrics_token=TOKEN)
    assert "assistant_errors_total{code=not_found}" not in await figures(other)


async def test_no_word_no_address_and_no_conversation_is_among_them(
    counted: AsyncClient, rasa: StandIn, ward: Ward
) -> None:
    rasa.says({**words("utter_thanks", ward), "card": {"type": "chuyện lạ", "kind": "chuyện riêng"}})
    response = await counted.post("/api/chat", json={"message": "chuyện riêng 0901234567"})
    await counted.get("/chuyện-riêng?q=0901234567")
    await counted.request("CHUYEN", "/")
    text = (await scrape(counted)).text
    for secret in ("chuyện", "CHUYEN", "0901234567", "198.51.100.7", rasa.got[0]["sender"], response.json()["session"]):
        assert secret not in text
    assert "assistant_turns_total{card=other,kind=other}" in await figures(counted)


async def test_however_much_is_asked_there_are_no_more_lines(counted: AsyncClient) -> None:
    async def lines() -> int:
        return len(re.findall(r"(?m)^\w+\{", (await scrape(counted)).text))

    before = [await lines() for _ in range(2)][-1]
    for number in range(50):
        await counted.get(f"/thu-tuc/{number}")
        await counted.get(f"/{number}/nothing")
        await counted.request(f"X{number}", "/")
    assert await lines() <= before + 5
