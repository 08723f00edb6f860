"""A notice and the assistant's rest, at every door that citizens use."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from httpx import AsyncClient
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from bot.knowledge.ward import Ward
from bot.store import tables
from bot.store.notices import NOTICE, OFF, URGENT, Notices
from bot.web.guard import fresh_notices
from bot.web.sessions import Sessions
from tests.contract import assert_reply
from tests.store.rows import Rows
from tests.web.conftest import SECRET, Open, StandIn
from tests.web.markup import assert_sound, of_class, text
from tests.web.plain import send

STORM = "Nghỉ chiều nay tránh bão. <b>Gọi</b> & hỏi."
REPAIR = "Máy chủ đang sửa"
PAGES = ("/", "/hoi", "/thu-tuc", "/thu-tuc?linh-vuc=ho-tich", "/thu-tuc/1.001193", "/rieng-tu", "/tro-nang")


@pytest.fixture
def elsewhere(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Notices]:
    """Another process over the same database; the gateway looks each time."""
    monkeypatch.setattr(fresh_notices, "FRESH", 0.0)
    yield Notices(engine)


def shown(page: str) -> list[str]:
    (*sections,) = of_class(assert_sound(page, with_script=True), "standing")
    return [text(one) for section in sections for one in section]


@pytest.mark.parametrize("path", PAGES)
async def test_every_page_shows_it_at_once_and_no_longer_once_it_is_over(
    http: AsyncClient, elsewhere: Notices, path: str
) -> None:
    before = await http.get(path)
    assert shown(before.text) == []
    number = elsewhere.begin(URGENT, STORM, by="lan")
    known = {"if-none-match": before.headers["etag"]}
    during = await http.get(path, headers=known)
    assert during.status_code == 200 and shown(during.text) == [f"Khẩn: {STORM}"]
    elsewhere.end(number, by="lan")
    assert (await http.get(path, headers=known)).status_code == 304


async def test_what_is_written_in_a_notice_is_text(http: AsyncClient, elsewhere: Notices) -> None:
    elsewhere.begin(NOTICE, "<script>alert(1)</script><h1>", by="lan")
    for path in PAGES:
        assert shown((await http.get(path)).text) == ["Thông báo: <script>alert(1)</script><h1>"], path


async def test_a_reader_is_told_by_the_role_how_urgent_it_is(http: AsyncClient, elsewhere: Notices) -> None:
    elsewhere.begin(NOTICE, "Dời quầy", by="lan")
    elsewhere.begin(URGENT, "Bão", by="lan")
    (section,) = of_class(assert_sound((await http.get("/rieng-tu")).text), "standing")
    assert [(text(one), one.get("role")) for one in section] == [
        ("Khẩn: Bão", "alert"),
        ("Thông báo: Dời quầy", "status"),
    ]


@pytest.mark.parametrize("path", ["/thu-tuc", "/thu-tuc/1.001193", "/rieng-tu"])
async def test_no_browser_shows_a_page_of_before_for_long(http: AsyncClient, path: str) -> None:
    assert (await http.get(path)).headers["cache-control"] == "public, max-age=10"


async def test_the_widget_learns_of_it_whenever_it_asks(http: AsyncClient, elsewhere: Notices, ward: Ward) -> None:
    first = await http.get("/api/ward")
    assert first.json()["notices"] == [] and first.headers["cache-control"] == "no-cache"
    elsewhere.begin(URGENT, STORM, by="lan")
    elsewhere.begin(OFF, REPAIR, by="lan")
    then = await http.get("/api/ward", headers={"if-none-match": first.headers["etag"]})
    assert then.json()["notices"] == [
        {"kind": "off", "text": f"{REPAIR}. Cần hỏi ngay, bạn gọi {ward.hotline}."},
        {"kind": "urgent", "text": STORM},
    ]


async def test_while_it_rests_one_reply_says_why_and_where_else_to_turn(
    http: AsyncClient, elsewhere: Notices, rasa: StandIn, ward: Ward, rows: Rows
) -> None:
    elsewhere.begin(OFF, REPAIR, by="lan")
    body = (await http.post("/api/chat", json={"message": "khai sinh, gọi 0912345678"})).json()
    (reply,) = body["replies"]
    assert assert_reply(reply) == {"type": "refused", "reason": "resting"}
    for part in (REPAIR, ward.hotline, ward.address, ward.hours[0].times_text, "/thu-tuc", "115"):
        assert part in reply["text"]
    assert rasa.got == [] and "1.001193" not in reply["text"]
    assert [row["message"] for row in rows(tables.turns)] == ["khai sinh, gọi [số điện thoại]"]


async def test_afterwards_the_same_talk_goes_on(http: AsyncClient, elsewhere: Notices, rasa: StandIn) -> None:
    number = elsewhere.begin(OFF, REPAIR, by="lan")
    session = (await http.post("/api/chat", json={"message": "chào"})).json()["session"]
    elsewhere.end(number, by="lan")
    body = (await http.post("/api/chat", json={"message": "chào", "session": session})).json()
    assert body["session"] == session and body["replies"][0]["card"]["type"] == "smalltalk"
    assert rasa.messages == ["chào"]


async def test_the_page_without_script_says_it_too(
    http: AsyncClient, elsewhere: Notices, rasa: StandIn, ward: Ward
) -> None:
    elsewhere.begin(OFF, REPAIR, by="lan")
    seen = await send(http, "khai sinh cần gì")
    assert REPAIR in seen.main and ward.hotline in seen.main and rasa.got == []


async def test_the_ward_can_try_it_while_it_rests(http: AsyncClient, elsewhere: Notices, rasa: StandIn) -> None:
    elsewhere.begin(OFF, REPAIR, by="lan")
    token, _ = Sessions(SECRET).new_trial()
    body = (await http.post("/api/chat", json={"message": "chào", "session": token})).json()
    assert body["replies"][0]["card"]["type"] == "smalltalk" and rasa.messages == ["chào"]


async def test_to_rest_is_not_to_be_broken(gateway: Open, elsewhere: Notices, well: StandIn) -> None:
    http = await gateway(metrics_token="a token for tests only")
    elsewhere.begin(OFF, REPAIR, by="lan")
    await http.post("/api/chat", json={"message": "khai sinh"})
    ready = await http.get("/api/ready")
    assert (ready.status_code, ready.json()["status"]) == (200, "ok")
    assert (await http.get("/api/health")).status_code == 200
    figures = (await http.get("/metrics", headers={"authorization": "Bearer a token for tests only"})).text
    assert 'assistant_ready{part="rasa"} 1.0' in figures and "assistant_errors_total{" not in figures


async def test_a_database_that_fails_costs_the_newest_notice_only(
    http: AsyncClient, elsewhere: Notices, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    elsewhere.begin(NOTICE, "Dời quầy", by="lan")
    assert shown((await http.get("/rieng-tu")).text) == ["Thông báo: Dời quầy"]

    def fails(self: Notices) -> None:
        raise OperationalError("select", {}, Exception("gone"))

    monkeypatch.setattr(Notices, "refresh", fails)
    assert shown((await http.get("/rieng-tu")).text) == ["Thông báo: Dời quầy"]
    assert "the notices could not be read" in caplog.text


async def test_nobody_waits_long_for_a_database_that_says_nothing(
    http: AsyncClient, elsewhere: Notices, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (await http.get("/rieng-tu")).status_code == 200
    monkeypatch.setattr(Notices, "refresh", lambda self: time.sleep(2))
    began = time.monotonic()
    for _ in range(3):
        assert (await http.get("/rieng-tu")).status_code == 200
    assert time.monotonic() - began < 1
