"""What stays on the citizen's device, and what deleting it means."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from itsdangerous import URLSafeTimedSerializer
from playwright.sync_api import Error, Page, Route, expect
from sqlalchemy.engine import Engine

from bot.settings import Settings
from bot.store.database import connect
from bot.store.tables import replies, turns
from tests.e2e.browser.newcomer import CHAT, Come, option
from tests.e2e.browser.visit import BIRTH, STORY, Visit
from tests.store.rows import rows_in

pytestmark = pytest.mark.e2e

TOKEN = "JSON.parse(sessionStorage.getItem('tro-ly-mot-cua.talk')).token"
FEE = "còn lệ phí?"
HASTY = "Xóa ngay: đăng ký tạm trú cần giấy gì?"
FORBIDDEN = """for (const name of ['sessionStorage', 'localStorage'])
  Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } });"""
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"
BROKEN = """for (const [area, name, value] of [
  [sessionStorage, 'talk', '{"said": [7, {}, null], "token": {}}'], [sessionStorage, 'open', '"'],
  [localStorage, 'ticks', '{"1.001193": 3}'], [localStorage, 'options', '[{"size": "x"}]'],
]) area.setItem(`tro-ly-mot-cua.${name}`, value);"""


@pytest.fixture
def visit(come: Come) -> Visit:
    """The page on a device where all works."""
    return come()


@pytest.fixture
def store(settings: Settings, address: str) -> Iterator[Engine]:
    """The database of the running assistant."""
    engine = connect(settings)
    yield engine
    engine.dispose()


def test_a_question_that_was_under_way_can_be_sent_again_after_a_reload(visit: Visit) -> None:
    visit.page.route(CHAT, lambda route: None)
    visit.field.fill(STORY)
    visit.send.click()
    expect(visit.log.locator(".typing")).to_be_visible()
    visit.page.reload()
    expect(visit.last).to_contain_class("error")
    visit.page.unroute(CHAT)
    assert visit.choose(visit.button("Gửi lại"))["card"]["code"] == BIRTH
    expect(visit.mine).to_have_count(1)


@pytest.mark.parametrize("storage", [FORBIDDEN, FULL, BROKEN], ids=["forbidden", "full", "broken"])
def test_whatever_its_storage_it_answers_understands_and_forgets(come: Come, storage: str) -> None:
    visit = come(storage)
    visit.ask(STORY)
    visit.card.get_by_role("checkbox").first.check()
    option(visit, "125 %")
    visit.page.keyboard.press("Escape")
    assert visit.ask(FEE)["card"]["code"] == BIRTH
    option(visit, "Xóa cuộc trò chuyện")
    option(visit, "Xóa hết")
    expect(visit.mine).to_have_count(0)


def test_what_is_deleted_is_gone_here_and_from_the_database(visit: Visit, store: Engine) -> None:
    visit.ask(STORY)
    visit.card.get_by_role("checkbox").first.check()
    session = visit.page.evaluate(TOKEN)
    _, conversation = URLSafeTimedSerializer("").loads_unsafe(session, salt="conversation")

    def kept() -> list[str]:
        rows = [row for table in (turns, replies) for row in rows_in(store)(table)]
        return [row["id"] for row in rows if row["conversation"] == conversation]

    wait_for(visit.page, lambda: len(kept()) == 2)
    option(visit, "Xóa cuộc trò chuyện")
    with visit.page.expect_response(CHAT) as deleted:
        option(visit, "Xóa hết")
    assert deleted.value.request.post_data_json == {"session": session}
    expect(visit.mine).to_have_count(0)
    assert kept() == []
    visit.ask(STORY)
    assert visit.page.evaluate(TOKEN) != session
    expect(visit.card.get_by_role("checkbox", checked=True)).to_have_count(0)


def test_a_first_question_still_under_way_is_deleted_too(visit: Visit, store: Engine) -> None:
    held: list[Route] = []
    visit.page.route(CHAT, lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    visit.field.fill(HASTY)
    visit.send.click()
    expect(visit.log.locator(".typing")).to_be_visible()
    option(visit, "Xóa cuộc trò chuyện")
    option(visit, "Xóa hết")
    answered = held[0].fetch()  # the server has the question, whether the browser waits or not
    with suppress(Error):
        held[0].fulfill(response=answered)
    expect(visit.mine).to_have_count(0)
    wait_for(visit.page, lambda: HASTY not in [row["message"] for row in rows_in(store)(turns)])


def wait_for(page: Page, happened: Callable[[], bool]) -> None:
    """Until it happened; looks again every 50 ms, at most 10 seconds."""
    for _ in range(200):
        if happened():
            return
        page.wait_for_timeout(50)
    assert happened()
