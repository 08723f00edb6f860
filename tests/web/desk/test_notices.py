"""The page of the notices: what the staff say there, citizens read; who said it stays."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from httpx import AsyncClient

from bot.store import clock
from bot.store.desk import Desk
from bot.web.desk.notices.typed import FAULTS
from tests.web.conftest import StandIn
from tests.web.desk.conftest import SignedIn, form
from tests.web.markup import assert_sound, of_class, text

PATH = "/ban-lam-viec/thong-bao"
STORM = {"loai": "urgent", "noi-dung": "Bão số 5: chiều nay phường nghỉ", "vi-sao": "theo công điện"}


def local(moment: datetime) -> str:
    """As a field for day and time sends it."""
    return f"{moment.astimezone(clock.VIETNAM):%Y-%m-%dT%H:%M}"


async def banner(nobody: AsyncClient) -> list[str]:
    tree = assert_sound((await nobody.get("/rieng-tu")).text)
    return [text(one) for section in of_class(tree, "standing") for one in section]


async def test_what_the_staff_say_citizens_read_at_once(
    signed_in: SignedIn, nobody: AsyncClient, desk: Desk, rasa: StandIn
) -> None:
    staff = await signed_in("staff")
    response = await form(staff, PATH, STORM)
    assert (response.status_code, response.headers["location"]) == (303, f"{PATH}?xong=dang")
    assert await banner(nobody) == [f"Khẩn: {STORM['noi-dung']}"]
    page = assert_sound((await staff.get(response.headers["location"])).text, with_script=True)
    assert "theo công điện" in text(page) and "staff đăng lúc" in text(page)
    (entry,) = desk.audit.entries(action="notice_said")
    assert (entry.account, entry.detail) == ("staff", f"Khẩn: {STORM['noi-dung']}")


async def test_it_is_taken_down_at_once(signed_in: SignedIn, nobody: AsyncClient, desk: Desk) -> None:
    staff, approver = await signed_in("staff"), await signed_in("approver")
    await form(staff, PATH, STORM)
    number = desk.notices.history()[0].id
    assert (await form(approver, f"{PATH}/{number}/ket-thuc")).headers["location"] == f"{PATH}?xong=go"
    assert await banner(nobody) == []
    assert "approver gỡ" in text(assert_sound((await staff.get(PATH)).text, with_script=True))
    assert (await form(staff, f"{PATH}/{number}/ket-thuc")).status_code == 404
    assert [entry.account for entry in desk.audit.entries(action="notice_ended")] == ["approver"]


async def test_it_waits_for_the_time_that_was_chosen(signed_in: SignedIn, nobody: AsyncClient, desk: Desk) -> None:
    staff, begins = await signed_in("staff"), clock.now() + timedelta(days=1)
    sent = {**STORM, "tu": local(begins), "den": local(begins + timedelta(hours=2))}
    assert (await form(staff, PATH, sent)).headers["location"] == f"{PATH}?xong=hen"
    assert await banner(nobody) == []
    (kept,) = desk.notices.history()
    assert kept.begins_at == begins.replace(second=0, microsecond=0)
    assert kept.until == kept.begins_at + timedelta(hours=2)


async def test_the_assistant_is_turned_off_and_on_again(
    signed_in: SignedIn, nobody: AsyncClient, desk: Desk, rasa: StandIn
) -> None:
    staff = await signed_in("staff")
    assert (await form(staff, f"{PATH}/nghi", {"noi-dung": "Sửa máy"})).headers["location"] == f"{PATH}?xong=nghi"
    body = (await nobody.post("/api/chat", json={"message": "chào"})).json()
    assert "Lý do: Sửa máy." in body["replies"][0]["text"] and rasa.got == []
    assert "Cho trợ lý trả lời lại" in (await staff.get(PATH)).text
    number = desk.notices.history()[0].id
    assert (await form(staff, f"{PATH}/{number}/ket-thuc")).headers["location"] == f"{PATH}?xong=lam-lai"
    await nobody.post("/api/chat", json={"message": "chào"})
    assert rasa.messages == ["chào"]
    assert [entry.action for entry in desk.audit.entries()][:2] == ["assistant_on", "assistant_off"]


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"noi-dung": " "}, "empty"),
        ({"noi-dung": "dài " * 100}, "long"),
        ({"noi-dung": "Mời ông 079203001234"}, "numbers"),
        ({"vi-sao": ""}, "why"),
        ({"den": "hôm qua"}, "moment"),
        ({"den": "2020-01-01T00:00"}, "past"),
        ({"tu": "2100-01-02T00:00", "den": "2100-01-01T00:00"}, "period"),
    ],
)
async def test_a_fault_is_said_at_its_field_and_nothing_typed_is_lost(
    signed_in: SignedIn, desk: Desk, changed: dict[str, str], fault: str
) -> None:
    staff = await signed_in("staff")
    response = await form(staff, PATH, {**STORM, **changed})
    assert response.status_code == 400 and desk.notices.history() == []
    page = assert_sound(response.text, with_script=True)
    (wrong,) = [one for one in page.iter() if one.get("aria-invalid") == "true"]
    (told,) = [one for one in page.iter() if one.get("role") == "alert"]
    assert text(told) == FAULTS[fault] and told.get("id") in wrong.get("aria-describedby", "").split()
    for name, typed in {**STORM, **changed}.items():
        (field,) = [one for one in page.iter() if one.get("name") == name and one.get("type") != "radio"][:1] or [None]
        if field is not None:
            assert (field.get("value") or (field.text or "").removeprefix("\n")) == typed or not typed.strip()


async def test_who_may_only_look_sees_no_forms_and_can_send_none(signed_in: SignedIn, desk: Desk) -> None:
    number = desk.notices.begin("notice", "Dời quầy", by="lan")
    for role in ("viewer", "editor"):
        client = await signed_in(role)
        page = (await client.get(PATH)).text
        assert "Dời quầy" in page and 'name="noi-dung"' not in page and "ket-thuc" not in page
        for path in (PATH, f"{PATH}/nghi", f"{PATH}/{number}/ket-thuc"):
            assert (await form(client, path, STORM)).status_code == 403
    assert [notice.ended_at for notice in desk.notices.history()] == [None]
