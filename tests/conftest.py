"""What many tests share: the real settings, knowledge and finder, and a small record to build on."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings

from bot.knowledge import listing as listings
from bot.knowledge.listing import Listing
from bot.knowledge.procedure import Procedure
from bot.knowledge.ward import Ward, load_ward
from bot.search.finder import Finder
from bot.settings import Settings
from bot.text import language
from bot.text.reading import Reader

# A slow machine is no fault of the code.
hypothesis_settings.register_profile("house", deadline=None, max_examples=100)
hypothesis_settings.load_profile("house")

RECORD: dict[str, Any] = {
    "code": "9.000001",
    "name": "Đăng ký thử",
    "official_name": "Thủ tục đăng ký thử",
    "field": "ho_tich",
    "levels": ["xa"],
    "aliases": ["làm giấy thử"],
    "questions": [f"hỏi thử lần {number}" for number in range(1, 7)],
    "summary": "Việc này chỉ để thử.",
    "who": {"may_apply": ["Ai cũng làm được."]},
    "documents": [{"name": "Tờ khai thử", "originals": 1}],
    "steps": ["Nộp giấy.", "Nhận kết quả."],
    "place": {"text": "Quầy của phường."},
    "channels": [
        {
            "channel": "counter",
            "how": "Nộp tại quầy.",
            "times": [{"unit": "working_day", "amount": 3, "text": "3 ngày làm việc."}],
            "fees": [{"basis": "not_stated", "text": "Nguồn không ghi mức thu."}],
        }
    ],
    "result": ["Giấy thử"],
    "legal_basis": [{"code": "1/2026/QH", "name": "Luật Thử"}],
    "source": {
        "url": "https://example.org/thu",
        "decision": "12/QĐ-THU",
        "published_on": "2026-04-26",
        "checked_on": "2026-07-05",
    },
}


@pytest.fixture(scope="session")
def settings() -> Settings:
    """The settings of this installation."""
    return Settings()


@pytest.fixture(scope="session")
def reader(settings: Settings) -> Reader:
    """The reader with the real shorthand, terms and counts."""
    return language.load(settings)


@pytest.fixture(scope="session")
def listing(settings: Settings) -> Listing:
    """The real records."""
    return listings.load(settings.knowledge)


@pytest.fixture(scope="session")
def ward(settings: Settings) -> Ward:
    """The ward that comes with the project, whatever ward this installation serves."""
    return load_ward(settings.knowledge / "wards" / "phuong-an-binh-mau.yml")


@pytest.fixture(scope="session")
def finder(settings: Settings) -> Finder:
    """The real finder over the index in var/."""
    try:
        return Finder.load(settings)
    except FileNotFoundError as error:
        pytest.fail(f"Nothing to search in: {error}. 'make test' prepares it; by hand: python -m bot prepare")


@pytest.fixture(scope="session")
def make_record() -> Callable[..., dict[str, Any]]:
    """The data of a small valid record, with other parts in place of its own."""
    return lambda **parts: {**copy.deepcopy(RECORD), **parts}


@pytest.fixture(scope="session")
def make_procedure(make_record: Callable[..., dict[str, Any]]) -> Callable[..., Procedure]:
    """A small valid procedure, with other parts in place of its own."""
    return lambda **parts: Procedure.parse_obj(make_record(**parts))


@pytest.fixture(scope="session")
def make_listing() -> Callable[..., Listing]:
    """A listing of the procedures given."""
    return lambda *procedures: Listing(
        procedures={procedure.code: procedure for procedure in procedures}, fields={"ho_tich": "Hộ tịch"}
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where tests run on several cores: a file on one, so that what it shares is made once, and all that empty the
    database TEST_DATABASE_URL on one, too."""
    for item in items:
        folder = item.path.parent
        item.add_marker(pytest.mark.xdist_group("store" if folder.name == "store" else str(item.path)))
