"""A notice in a real browser: on the assistant's page, in the widget, on the listing; and what a talk says at rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Page, expect

from bot.settings import Settings
from bot.store.database import connect
from bot.store.notices import NOTICE, OFF, URGENT, Notices
from tests.e2e.browser.reader import Enter
from tests.e2e.browser.visit import BIRTH, STORY, Visit

pytestmark = pytest.mark.e2e

STORM = "Bão số 5: chiều nay phường nghỉ. Hỏi 0900 000 001 <b>trước</b> khi đến."
MOVED = "Từ 01/12 phường làm việc ở nhà văn hóa."
REPAIR = "Máy chủ đang sửa"
FRESH = 1_000  # milliseconds within which a notice holds everywhere


@pytest.fixture
def say(settings: Settings) -> Iterator[Callable[[str, str], int]]:
    """Says something as the desk would, in another process; afterwards all is over."""
    notices = Notices(connect(settings))
    said: list[int] = []

    def tell(kind: str, text: str) -> int:
        said.append(notices.begin(kind, text, by="lan", why="thử"))
        return said[-1]

    yield tell
    for number in said:
        with suppress(KeyError):  # over already
            notices.end(number, by="lan")


def assert_told(page: Page, *, link: bool) -> None:
    """Both notices stand there as text, each in its role."""
    storm = page.get_by_role("alert")
    expect(storm).to_have_text(f"Khẩn: {STORM}")
    expect(storm.locator("b")).to_have_count(0)
    expect(page.get_by_role("status").filter(has_text="Thông báo:")).to_have_text(f"Thông báo: {MOVED}")
    if link:
        expect(storm.get_by_role("link", name="0900 000 001")).to_have_attribute("href", "tel:0900000001")


def test_every_page_tells_it_and_is_as_accessible_as_ever(visit: Visit, say: Callable[[str, str], int]) -> None:
    say(URGENT, STORM)
    say(NOTICE, MOVED)
    visit.page.wait_for_timeout(FRESH)
    for path in ("/", "/hoi", "/thu-tuc", f"/thu-tuc/{BIRTH}"):
        visit.page.goto(path)
        assert_told(visit.page, link=path == "/")
        heard = list(visit.complaints)
        assert (visit.faults(), visit.overflow(), heard) == ([], 0, [])
        visit.complaints.clear()  # what axe itself does is against the policy of the page


def test_the_widget_tells_it_when_it_is_opened_again(enter: Enter, say: Callable[[str, str], int]) -> None:
    reader = enter()
    reader.open()
    expect(reader.page.get_by_role("alert")).to_have_count(0)
    reader.dialog.press("Escape")
    say(URGENT, STORM)
    say(NOTICE, MOVED)
    reader.page.wait_for_timeout(5 * FRESH)  # it does not ask again at once
    reader.open()
    assert_told(reader.page, link=True)


def test_at_rest_the_talk_says_so_and_goes_on_afterwards(
    visit: Visit, say: Callable[[str, str], int], settings: Settings
) -> None:
    number = say(OFF, REPAIR)
    visit.page.wait_for_timeout(FRESH)
    visit.page.goto("/")
    expect(visit.page.get_by_role("alert")).to_contain_text(f"Trợ lý đang tạm nghỉ. {REPAIR}.")
    assert visit.ask(STORY)["card"] == {"type": "refused", "reason": "resting"}
    expect(visit.last).to_contain_text(f"Lý do: {REPAIR}.")
    assert visit.faults() == []
    visit.complaints.clear()  # what axe itself does is against the policy of the page
    Notices(connect(settings)).end(number, by="lan")
    visit.page.wait_for_timeout(FRESH)
    assert visit.ask(STORY)["card"]["code"] == BIRTH
