"""What the gateway serves beside the chat: the page with its files, the ward, a word that it lives."""

from __future__ import annotations

import re

import pytest
from httpx import AsyncClient

from bot.answers.words import load_words
from bot.knowledge.ward import Ward
from bot.settings import ROOT
from tests.web.conftest import StandIn
from tests.web.words import words

STATIC = ROOT / "bot" / "web" / "static"


async def test_the_page_is_served_at_the_root(http: AsyncClient) -> None:
    response = await http.get("/")
    assert response.status_code == 200 and response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.text == (STATIC / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "kind"), [("chat.js", "javascript"), ("chat.css", "text/css"), ("index.html", "text/html")]
)
async def test_the_files_of_the_page_are_served(http: AsyncClient, name: str, kind: str) -> None:
    response = await http.get(f"/{name}")
    assert response.status_code == 200 and kind in response.headers["content-type"]
    assert response.content == (STATIC / name).read_bytes()


async def test_all_that_the_page_names_is_there_and_comes_from_us(http: AsyncClient) -> None:
    page = (await http.get("/")).text
    named = re.findall(r'<(?:script|link|img)\b[^>]*\b(?:src|href)="([^"]+)"', page)
    assert named
    for address in named:
        assert "//" not in address
        assert (await http.get(f"/{address}")).status_code == 200


async def test_the_page_says_that_a_machine_answers_and_asks_for_no_numbers(http: AsyncClient) -> None:
    page = (await http.get("/")).text
    assert "máy trả lời tự động, không phải cán bộ" in page
    assert "Đừng gửi số căn cước" in page


async def test_the_page_holds_no_script_of_its_own_that_the_policy_would_block(http: AsyncClient) -> None:
    page = (await http.get("/")).text
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"\son\w+=|\sstyle=|<style|javascript:", page)


def test_the_page_asks_for_the_same_reasons_as_the_talk() -> None:
    script = (STATIC / "chat.js").read_text(encoding="utf-8")
    (listed,) = re.findall(r"const REASONS = \[(.*)\];", script)
    (asked,) = load_words()["utter_ask_feedback_reason"]
    assert re.findall(r'"([^"]+)"', listed) == [one["label"] for one in asked.choices if one["label"] != "Bỏ qua"]


async def test_the_ward_introduces_itself(http: AsyncClient, ward: Ward) -> None:
    facts = (await http.get("/api/ward")).json()
    assert (facts["name"], facts["hotline"], facts["address"]) == (ward.name, ward.hotline, ward.address)
    assert facts["greeting"] == words("utter_greet", ward)["text"] and ward.name in facts["greeting"]
    assert facts["suggestions"] == ward.suggestions
    assert len(facts["hours"]) == len(ward.hours)


async def test_it_says_that_it_lives_without_asking_rasa(http: AsyncClient, rasa: StandIn) -> None:
    assert (await http.get("/api/health")).json() == {"status": "ok"}
    assert rasa.got == []
