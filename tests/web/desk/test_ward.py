"""The ward's profile at the desk: the form loses nothing, faults stand at their field, saving makes a draft."""

from __future__ import annotations

import html
import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from bot.knowledge.listing import Listing
from bot.knowledge.ward import Ward
from bot.settings import ROOT
from bot.store.clock import VIETNAM
from bot.store.desk import Desk
from bot.web.desk.ward.checking import check
from bot.web.desk.ward.preview import preview
from bot.web.desk.ward.shape import ward_fields
from bot.web.desk.ward.work import opened, received
from tests.web.desk.conftest import form

SignedIn = Callable[..., Awaitable[httpx.AsyncClient]]
PAGE = "/ban-lam-viec/phuong"
PROFILES = sorted((ROOT / "knowledge" / "wards").glob("*.yml"))
_FIELD = re.compile(
    r'<input[^>]*?name="(?P<name>[^"]+)"[^>]*>|<textarea[^>]*?name="(?P<area>[^"]+)"[^>]*>\n(?P<text>.*?)</textarea>'
    r'|<select[^>]*?name="(?P<select>[^"]+)".*?</select>',
    re.S,
)


def sent_by(page: str) -> dict[str, Any]:
    """What a browser sends of the form as it stands, without its buttons."""
    fields: dict[str, Any] = {}
    start = page.index('id="bieu-mau"')
    for found in _FIELD.finditer(page[start : page.index("</form>", start)]):
        whole = found[0]
        if found["area"]:
            name, value = found["area"], html.unescape(found["text"])
        elif found["select"]:
            chosen = re.search(r'value="([^"]*)" selected', whole)
            name, value = found["select"], html.unescape(chosen[1]) if chosen else ""
        else:
            if 'type="checkbox"' in whole and " checked" not in whole:
                continue
            given = re.search(r'value="([^"]*)"', whole)
            name, value = found["name"], html.unescape(given[1]) if given else ""
        fields.setdefault(name, []).append(value)
    del fields["khoa"]
    return fields


@pytest.fixture
async def editor(signed_in: SignedIn) -> httpx.AsyncClient:
    return await signed_in("editor")


async def press(client: httpx.AsyncClient, button: str, **changed: Any) -> httpx.Response:
    """Open the form, change fields (`hours__0__note` for 'hours.0.note'), press a button."""
    fields = sent_by((await client.get(PAGE)).text)
    return await form(client, PAGE, {**fields, **{k.replace("__", "."): v for k, v in changed.items()}, "viec": button})


def data_of(desk: Desk) -> dict[str, Any]:
    draft = desk.drafts.get("ward")
    assert draft
    data: dict[str, Any] = yaml.safe_load(draft.text)
    return data


# Nothing is lost


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_every_profile_goes_through_the_form_without_loss(path: Path, listing: Listing) -> None:
    text, fields = path.read_text("utf-8"), ward_fields(tuple(listing.fields.values()))
    work = opened(text, fields, seen=0, shown="")
    assert work.tree is not None
    assert Ward.parse_obj(yaml.safe_load(work.file())) == Ward.parse_obj(yaml.safe_load(text))


def test_a_profile_with_everything_goes_through_the_form_without_loss(ward: Ward, listing: Listing) -> None:
    data = {
        **yaml.safe_load(PROFILES[0].read_text("utf-8")),
        "extra_working_days": ["2026-12-26", "2027-01-09"],
        "days_off": [{"since": "2026-12-20", "until": "2026-12-24", "reason": "Chuyển nhà"}],
        "local": [
            {
                "code": "1.001193",
                "time": {"channels": ["counter"], "amount": 2, "unit": "hour", "text": "2 giờ."},
                "note": "Có quầy riêng.",
                "room": "Phòng 2",
            },
            {"code": "1.000894", "fee": {"amount": 15000, "text": "15.000 đồng.", "decision": "1/NQ-HĐND"}},
        ],
    }
    text = yaml.safe_dump(data, allow_unicode=True)
    work = opened(text, ward_fields(tuple(listing.fields.values())), seen=0, shown="")
    assert Ward.parse_obj(yaml.safe_load(work.file())) == Ward.parse_obj(data)


async def test_saving_what_was_not_changed_saves_nothing(editor: httpx.AsyncClient, desk: Desk) -> None:
    response = await press(editor, "luu")
    assert response.status_code == 303 and response.headers["location"].endswith("xong=nhu-cu")
    assert desk.drafts.all() == []


# Editing


async def test_a_changed_number_becomes_a_draft_and_the_rest_stays(
    editor: httpx.AsyncClient, desk: Desk, ward: Ward
) -> None:
    response = await press(editor, "luu", hotline="0900 000 222")
    assert response.headers["location"].endswith("xong=luu")
    draft = desk.drafts.get("ward")
    assert draft and (draft.by, draft.state, draft.base) == ("editor", "draft", 0)
    assert Ward.parse_obj(data_of(desk)) == ward.copy(update={"hotline": "0900 000 222"})
    assert (await editor.get("/api/ward")).json()["hotline"] == ward.hotline
    assert [entry.action for entry in desk.audit.entries(subject="ward")] == ["draft_saved"]


async def test_a_day_off_is_added_without_a_script(editor: httpx.AsyncClient, desk: Desk) -> None:
    page = (await press(editor, "them:days_off")).text
    fields = sent_by(page)
    assert "days_off.1.since" in fields and desk.drafts.all() == []
    fields |= {"days_off.1.since": "2030-03-04", "days_off.1.reason": "Mất điện", "viec": "luu"}
    await form(editor, PAGE, fields)
    assert str(data_of(desk)["days_off"][1]["since"]) == "2030-03-04"


async def test_an_entry_is_taken_away_without_a_script(editor: httpx.AsyncClient, desk: Desk, ward: Ward) -> None:
    page = (await press(editor, "bot:counters.0")).text
    await form(editor, PAGE, {**sent_by(page), "viec": "luu"})
    assert [one["name"] for one in data_of(desk)["counters"]] == [one.name for one in ward.counters[1:]]


async def test_a_day_is_taken_as_people_write_it(editor: httpx.AsyncClient, desk: Desk) -> None:
    page = (await press(editor, "them:extra_working_days")).text
    await form(editor, PAGE, {**sent_by(page), "extra_working_days.0": "26/12/2026", "viec": "luu"})
    assert str(data_of(desk)["extra_working_days"]) == "[datetime.date(2026, 12, 26)]"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("hours.0.open.0", "7h30-11h30", "Giờ viết như 07:30-11:30."),
        ("hours.0.open.0", "11:30-07:30", "Giờ đóng cửa phải sau giờ mở cửa."),
        ("hours.0.open.0", "07:30-14:00", "không chồng lên nhau"),
        ("hours.1.days", ["T6"], "T6 ghi ở nhiều mục"),
        ("days_off.0.until", "2026-01-01", "Ngày cuối không được trước ngày đầu"),
        ("portal", "dichvucong.gov.vn", "https://"),
        ("hotline", "", "Bạn chưa viết phần này."),
    ],
)
async def test_a_fault_is_told_at_its_field(editor: httpx.AsyncClient, name: str, value: Any, words: str) -> None:
    page = (await press(editor, "kiem", **{name.replace(".", "__"): value})).text
    told = dict(re.findall(r'<p class="wrong" id="loi-([^"]+)">(.+?)</p>', page))
    assert any(words in said for said in told.values()), told
    at = next(place for place, said in told.items() if words in said)
    assert name.replace(".", "-").startswith(at) or at.startswith("hours") or "until" in at
    assert "Còn 1 chỗ cần sửa" in page


@pytest.mark.parametrize(
    ("local", "path"),
    [
        ({"code": "9.999999"}, ("local", 0, "code")),
        ({"code": "1.001193", "time": {"amount": 300, "unit": "day", "text": "Lâu."}}, ("local", 0, "time")),
        ({"code": "1.001193", "note": "A"}, None),
    ],
)
def test_what_a_ward_has_no_say_in_is_a_fault(
    ward: Ward, listing: Listing, local: dict[str, Any], path: tuple[Any, ...] | None
) -> None:
    data = {**yaml.safe_load(PROFILES[0].read_text("utf-8")), "local": [local]}
    faults, _ = check(data, ward_fields(tuple(listing.fields.values())), listing)
    assert [fault.path for fault in faults] == ([path] if path else [])


async def test_what_somebody_else_saved_is_not_overwritten_unless_one_wants_it(
    editor: httpx.AsyncClient, desk: Desk
) -> None:
    fields = sent_by((await editor.get(PAGE)).text)
    theirs = PROFILES[0].read_text("utf-8").replace("0900 000 000", "0900 000 333")
    desk.drafts.save("ward", theirs, by="hoa", seen=0, base=0)
    response = await form(editor, PAGE, {**fields, "address": "Số 2", "viec": "luu"})
    assert response.status_code == 409 and "Đường dây nóng, " not in response.text
    assert "Hai bản khác nhau ở: Địa chỉ, Đường dây nóng" in response.text
    draft = desk.drafts.get("ward")
    assert draft and draft.by == "hoa"
    await form(editor, PAGE, {**sent_by(response.text), "viec": "ghi-de"})
    assert data_of(desk)["address"] == "Số 2"
    assert [one.by for one in desk.drafts.revisions("ward")] == ["editor", "hoa"]


async def test_the_text_of_the_file_can_be_edited_and_its_faults_name_the_line(
    editor: httpx.AsyncClient, desk: Desk
) -> None:
    fields = sent_by((await editor.get(f"{PAGE}?dang=yaml")).text)
    (text,) = fields["van-ban"]
    wrong = text.replace('"07:30-11:30", "13:30', '"07:30-11:30", "25:30')
    page = (await form(editor, PAGE, {**fields, "van-ban": wrong, "viec": "kiem"})).text
    assert "Dòng 9" in page and "Giờ viết như" in page
    good = text.replace("0900 000 000", "0900 000 444")
    await form(editor, PAGE, {**fields, "van-ban": good, "viec": "luu"})
    draft = desk.drafts.get("ward")
    assert draft and draft.text == good.replace("\r\n", "\n")  # with its remarks


async def test_text_that_is_no_yaml_stays_on_the_screen(editor: httpx.AsyncClient) -> None:
    fields = sent_by((await editor.get(f"{PAGE}?dang=yaml")).text)
    page = (await form(editor, PAGE, {**fields, "van-ban": "name: [", "viec": "sang-bieu-mau"})).text
    assert "name: [" in page and 'id="van-ban"' in page


async def test_a_draft_is_dropped(editor: httpx.AsyncClient, desk: Desk) -> None:
    await press(editor, "luu", hotline="0900 000 222")
    draft = desk.drafts.get("ward")
    assert draft
    await form(editor, f"{PAGE}/bo", {"da-xem": draft.revision})
    assert desk.drafts.all() == []


async def test_a_viewer_reads_and_changes_nothing(signed_in: SignedIn) -> None:
    viewer = await signed_in("viewer")
    page = (await viewer.get(PAGE)).text
    assert "<fieldset disabled>" in page and 'value="luu"' not in page
    for path in ("", "/bo"):
        assert (await form(viewer, PAGE + path)).status_code == 403


# What citizens will read


async def test_the_preview_follows_the_form(editor: httpx.AsyncClient) -> None:
    page = (await press(editor, "song", address="Số 77 đường Mới")).text
    assert "Số 77 đường Mới" in page and "<html" not in page


@pytest.mark.parametrize(
    ("at", "first", "is_open"),
    [
        ("2026-07-06 08:00", "mở cửa 7 giờ 30 đến 11 giờ 30, 13 giờ 30 đến 17 giờ", True),
        ("2026-07-06 18:00", "mở cửa 7 giờ 30 đến 11 giờ 30, 13 giờ 30 đến 17 giờ", True),
        ("2026-07-05 08:00", "nghỉ (chủ nhật)", False),
        ("2026-12-24 08:00", "nghỉ (Nghỉ chuyển trụ sở)", False),
        ("2026-09-02 08:00", "nghỉ (Quốc khánh)", False),
    ],
)
def test_today_is_said_to_be_open_or_why_it_is_not(ward: Ward, at: str, first: str, is_open: bool) -> None:
    drawn = preview(ward, datetime.fromisoformat(at).replace(tzinfo=VIETNAM))
    assert (drawn.days[0].words, drawn.days[0].is_open) == (first, is_open)


def test_a_form_with_nothing_in_it_is_only_wrong(listing: Listing) -> None:
    fields = ward_fields(tuple(listing.fields.values()))
    faults, ward = check(received([], fields).packed().data, fields, listing)
    assert ward is None and ("hours",) in {fault.path for fault in faults}
