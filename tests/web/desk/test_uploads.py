"""How much somebody signed in may send, and where."""

from __future__ import annotations

import pytest

from bot.web.desk.door import DESK
from bot.web.guard.body_size import LARGEST_AT_THE_DESK, LARGEST_BODY
from tests.web.desk.conftest import SignedIn, form


@pytest.mark.parametrize("path", [f"{DESK}/ho-so/moi", f"{DESK}/phuong/bo"])
async def test_a_form_with_many_parts_is_read_and_one_above_all_measure_is_not(signed_in: SignedIn, path: str) -> None:
    client = await signed_in("editor")
    largest = next(size for folder, size in LARGEST_AT_THE_DESK.items() if path.startswith(folder))
    assert (await form(client, path, {"thua": "a" * 2 * LARGEST_BODY})).status_code not in (403, 413)
    assert (await form(client, path, {"thua": "a" * largest})).status_code == 413


async def test_a_whole_listing_is_read_and_one_above_all_measure_is_not(signed_in: SignedIn) -> None:
    client = await signed_in("editor")
    for size, too_large in ((2 * 1024 * 1024, False), (20 * 1024 * 1024, True)):
        files = {"tep": ("danh-muc.txt", b"\0" * size, "text/plain")}
        response = await form(client, f"{DESK}/nhap", {}, files=files)
        assert (response.status_code == 413) == too_large and response.status_code not in (403, 500)


@pytest.mark.parametrize("path", [f"{DESK}/tai-khoan", f"{DESK}/thong-bao", f"{DESK}/dang-xuat"])
async def test_elsewhere_at_the_desk_no_more_is_read_than_from_anybody(signed_in: SignedIn, path: str) -> None:
    client = await signed_in("staff")
    assert (await form(client, path, {"thua": "a" * LARGEST_BODY})).status_code == 413
