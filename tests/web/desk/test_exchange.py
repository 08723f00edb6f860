"""Files in and out over HTTP: a file alone changes nothing, differences are taken one by one, and all comes back."""

from __future__ import annotations

import gzip
import io
import json
import re
import zipfile
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from openpyxl import load_workbook

from bot.knowledge.listing import Listing
from bot.knowledge.local import load_ward_listing
from bot.knowledge.overlay import read_overlay
from bot.knowledge.procedure import Procedure
from bot.knowledge.versions import Change, Edit, Kind, Order, Versions
from bot.settings import Settings
from bot.store.clock import VIETNAM
from bot.store.desk import Desk
from bot.store.imports import Decision
from bot.web.desk.exchange.packing import directory, package
from tests.published import LINE
from tests.web.desk.conftest import form

SignedIn = Callable[..., Awaitable[httpx.AsyncClient]]
MakeProcedure = Callable[..., Procedure]
PAGE = "/ban-lam-viec/nhap"
CODE = "1.001193"  # a record of ours: registering a birth
LAW = {"code": "77/2031/QH18", "name": "Luật Thử"}


@pytest.fixture
async def editor(signed_in: SignedIn) -> httpx.AsyncClient:
    return await signed_in("editor")


async def send(client: httpx.AsyncClient, content: bytes | str, name: str = "tep") -> httpx.Response:
    raw = content.encode() if isinstance(content, str) else content
    return await form(client, PAGE, files={"tep": (name, raw)})


async def taken(client: httpx.AsyncClient, content: bytes | str, name: str = "tep") -> str:
    response = await send(client, content, name)
    assert response.status_code == 303, re.findall("<li>(.*?)</li>", response.text)
    return response.headers["location"]


async def faults_of(client: httpx.AsyncClient, content: bytes | str) -> list[str]:
    response = await send(client, content)
    assert response.status_code == 400
    told = re.search(r'id="loi">.*?</ul>', response.text, re.S)
    assert told
    return re.findall("<li>(.*?)</li>", told[0])


def record(settings: Settings, code: str = CODE) -> dict[str, Any]:
    (path,) = (settings.knowledge / "procedures").rglob(f"{code}-*.yml")
    data: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return data


def as_yaml(data: dict[str, Any]) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


def zipped(**files: bytes | str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return out.getvalue()


def fields_of(page: str, code: str) -> dict[str, Any]:
    """The form of one procedure as a browser would send it with nothing ticked."""
    found = re.search(rf'<article[^>]*id="m-{re.escape(code)}".*?</article>', page, re.S)
    assert found
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', found[0])
    return {name: [value for key, value in hidden if key == name] for name, _ in hidden if name != "khoa"}


def tokens(page: str, name: str = "nhan") -> dict[str, str]:
    """The ticks of a page by the key of their part."""
    return {value.partition(":")[0]: value for value in re.findall(rf'name="{name}" value="([^"]+)"', page)}


# What is taken


def line(**parts: Any) -> str:
    return json.dumps({**LINE, **parts}, ensure_ascii=False)


async def test_a_file_alone_changes_nothing(editor: httpx.AsyncClient, desk: Desk, settings: Settings) -> None:
    await taken(editor, as_yaml({**record(settings), "summary": "Lời mới."}))
    assert desk.drafts.all() == []


@pytest.mark.parametrize("name", ["bat-ky.txt", "sai.xlsx", "khong-duoi"])
async def test_what_is_in_a_file_decides_and_not_its_name(editor: httpx.AsyncClient, desk: Desk, name: str) -> None:
    await taken(editor, line(), name)
    await taken(editor, gzip.compress(line().encode()), name)
    assert [one.kind for one in desk.imports.all()] == ["lines", "lines"]


async def test_an_answer_of_the_portal_and_a_package_of_answers(editor: httpx.AsyncClient, desk: Desk) -> None:
    data = {"id": "x", "code": "9.000007", "name": "Thủ tục thử", "type": "STANDARD", "isWard": True}
    answer = json.dumps({"code": "OK", "data": data})
    page = await editor.get(await taken(editor, answer))
    assert "Thủ tục thử" in page.text and "Thủ tục mới" in page.text
    await taken(editor, zipped(**{"a/1.json": answer}))
    assert [one.kind for one in desk.imports.all()] == ["answers", "answers"]


async def test_a_procedure_that_no_commune_handles_is_left_out(editor: httpx.AsyncClient, desk: Desk) -> None:
    await taken(editor, f"{line()}\n{line(code='9.000002', levels=['tinh'])}")
    (one,) = desk.imports.all()
    assert (one.items, one.left_out) == (1, 1)


# What is refused


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Tệp trống"),
        (b"  \n", "Tệp trống"),
        (b"\xff\xfe\x00a", "UTF-8"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", ".xls"),
        (b'{"code": "OK", "data": ', "Dòng 1: không đúng dạng JSON"),
        ((line() + "\n" + line()[:80]).encode(), "Dòng 2: không đúng dạng JSON"),
        (b"PK\x03\x04 no zip", "bị hỏng"),
        (gzip.compress(b"x" * 1000)[:20], "bị hỏng"),
        (zipped(**{"a.txt": "x"}), "không có thủ tục (.yml)"),
        (zipped(**{"[Content_Types].xml": "<Types/>"}), "Excel"),
    ],
    # Not after what they hold: a packed file holds the time it was packed at, and is another one for each worker.
    ids=["empty", "blank", "utf-16", "xls", "cut", "cut-line", "no-zip", "cut-gzip", "no-records", "no-workbook"],
)
async def test_a_broken_file_is_told_in_words_and_nothing_is_kept(
    editor: httpx.AsyncClient, desk: Desk, content: bytes, words: str
) -> None:
    assert words in " ".join(await faults_of(editor, content))
    assert desk.imports.all() == []


@pytest.mark.parametrize(
    "part",
    [
        {"xl/worksheets/sheet1.xml": '<worksheet><sheetData><row r="900000000"/></sheetData></worksheet>'},
        {"xl/sharedStrings.xml": '<!DOCTYPE a [<!ENTITY b "c">]><sst>&b;</sst>'},
        {"xl/sharedStrings.xml": b"0" * 160_000_000},
    ],
)
async def test_a_workbook_made_to_fill_the_machine_is_refused_unopened(
    editor: httpx.AsyncClient, part: dict[str, Any]
) -> None:
    assert await faults_of(editor, zipped(**{"[Content_Types].xml": "<Types/>", **part}))


async def test_a_record_that_stands_for_more_than_it_says_is_refused(editor: httpx.AsyncClient) -> None:
    page = await editor.get(await taken(editor, "code: &a ['x']\nname: [*a, *a, *a]\n"))
    assert "lặp lại" in page.text


async def test_a_file_above_the_limit_is_refused(editor: httpx.AsyncClient) -> None:
    response = await send(editor, b" " * 20_000_001)
    assert response.status_code in (400, 413)


async def test_a_wrong_cell_is_named_by_sheet_row_and_column(editor: httpx.AsyncClient) -> None:
    book = load_workbook(io.BytesIO((await editor.get(f"{PAGE}/thu-tuc.xlsx")).content))
    sheet = book["Giấy tờ"]
    column = [cell.value for cell in sheet[1]].index("Bản chính") + 1
    sheet.cell(3, column, "hai")
    out = io.BytesIO()
    book.save(out)
    assert await faults_of(editor, out.getvalue()) == [
        "Trang tính &#39;Giấy tờ&#39;, dòng 3, cột &#39;Bản chính&#39;: &#39;hai&#39; không phải là số"
    ]


async def test_one_broken_record_of_a_package_is_told_and_the_others_are_there(
    editor: httpx.AsyncClient, settings: Settings
) -> None:
    good = as_yaml({**record(settings), "summary": "Lời mới."})
    address = await taken(
        editor,
        zipped(**{f"knowledge/procedures/a/{CODE}-x.yml": good, "knowledge/procedures/a/9.000009-y.yml": "code: [1"}),
    )
    assert "Lời mới." in (await editor.get(f"{address}?xem=khac")).text
    assert "không đúng dạng YAML" in (await editor.get(f"{address}?xem=tu-choi")).text


# One by one


async def test_what_is_ticked_becomes_a_draft_and_the_rest_is_not_asked_again(
    editor: httpx.AsyncClient, desk: Desk, settings: Settings
) -> None:
    ours = record(settings)
    theirs = as_yaml({**ours, "summary": "Lời mới.", "notes": ["Ghi chú mới."]})
    address = await taken(editor, theirs)
    page = (await editor.get(address)).text
    assert set(tokens(page)) == {"summary", "notes"}
    sent = {**fields_of(page, CODE), "nhan": [tokens(page)["summary"]]}
    assert (await form(editor, f"{address}/{CODE}", sent)).status_code == 303
    draft = desk.drafts.get(CODE)
    assert draft and draft.state == "draft" and draft.base == 0 and draft.by == "editor"
    drafted = yaml.safe_load(draft.text)
    assert drafted["summary"] == "Lời mới." and drafted.get("notes") == ours.get("notes")
    left_out = {"summary": None, "reviewed": None}  # a default is not written
    assert {**drafted, **left_out} == {**ours, **left_out}
    # The same value in another file is not asked again, but can be seen and taken after all.
    again = await taken(editor, theirs, "lan-hai")
    page = (await editor.get(f"{again}?xem=khac")).text
    assert 'name="nhan"' not in page
    page = (await editor.get(f"{again}?xem=da-quyet")).text
    assert "editor không nhận" in page and set(tokens(page)) == {"notes"}
    sent = {**fields_of(page, CODE), "nhan": [tokens(page)["notes"]]}
    assert (await form(editor, f"{again}/{CODE}", sent)).status_code == 303
    draft = desk.drafts.get(CODE)
    assert draft and yaml.safe_load(draft.text)["notes"] == ["Ghi chú mới."]
    assert {one.decision for one in desk.imports.decided().values()} == {Decision.accepted}
    assert {entry.action for entry in desk.audit.entries()} >= {"import_read", "import_taken", "import_declined"}


async def test_what_changed_meanwhile_is_not_overwritten(
    editor: httpx.AsyncClient, desk: Desk, settings: Settings
) -> None:
    address = await taken(editor, as_yaml({**record(settings), "summary": "Lời mới."}))
    page = (await editor.get(address)).text
    mine = as_yaml({**record(settings), "summary": "Người khác viết."})
    desk.drafts.save(CODE, mine, by="hoa", seen=0, base=0)
    sent = {**fields_of(page, CODE), "nhan": [tokens(page)["summary"]]}
    response = await form(editor, f"{address}/{CODE}", sent)
    assert response.status_code == 409 and "vừa có người sửa" in response.text
    draft = desk.drafts.get(CODE)
    assert draft and draft.by == "hoa"


async def test_with_a_script_only_the_procedure_is_drawn_anew(editor: httpx.AsyncClient, settings: Settings) -> None:
    address = await taken(editor, as_yaml({**record(settings), "summary": "Lời mới."}))
    page = (await editor.get(address)).text
    sent = {**fields_of(page, CODE), "nhan": [tokens(page)["summary"]]}
    response = await form(editor, f"{address}/{CODE}", sent, headers={"hx-request": "true"})
    assert response.text.lstrip().startswith("<article") and "Đã đưa 1 chỗ vào bản nháp" in response.text


async def test_facts_of_the_portal_are_taken_one_after_the_other(
    editor: httpx.AsyncClient, desk: Desk, make_record: Callable[..., dict[str, Any]]
) -> None:
    channels = [
        {
            "channel": "counter",
            "how": "Nộp tại quầy.",
            "times": [{"unit": "working_day", "amount": 3, "text": "3 ngày làm việc."}],
            "fees": [{"basis": "fixed", "amount": 8000, "text": "8.000 đồng một bản."}],
        }
    ]
    ours = as_yaml(make_record(channels=channels))
    desk.drafts.save("9.000001", ours, by="hoa", seen=0, base=0)
    method = {"channel": "DIRECT", "time": 5, "unit": "WORKING_DAY", "desc": "", "fees": [{"value": 10000, "desc": ""}]}
    address = await taken(editor, line(methods=[method], legal=[LAW], decision="99/QĐ-THU"))
    page = (await editor.get(address)).text
    assert set(tokens(page)) == {"time", "fee", "legal_basis", "decision"}
    assert "tại quầy: 5 ngày làm việc.</li>" in page and "10.000 đồng một bản.</li>" in page
    sent = {**fields_of(page, "9.000001"), "nhan": list(tokens(page).values())}
    assert (await form(editor, f"{address}/9.000001", sent)).status_code == 303
    draft = desk.drafts.get("9.000001")
    assert draft
    data = yaml.safe_load(draft.text)
    (channel,) = data["channels"]
    assert channel["times"] == [{"amount": 5, "unit": "working_day", "text": "5 ngày làm việc."}]
    assert channel["fees"] == [{"basis": "fixed", "amount": 10000, "text": "10.000 đồng một bản."}]
    assert data["legal_basis"][-1] == LAW and data["source"]["decision"] == "99/QĐ-THU"
    assert "Giống hệt (1)" in (await editor.get(address)).text


async def test_what_only_a_person_can_write_is_noted_as_work(
    editor: httpx.AsyncClient, desk: Desk, make_record: Callable[..., dict[str, Any]]
) -> None:
    desk.drafts.save("9.000001", as_yaml(make_record()), by="hoa", seen=0, base=0)
    address = await taken(editor, line(decision="12/QĐ-THU", legal=[]))
    page = (await editor.get(address)).text
    assert set(tokens(page)) == set() and {"channels", "fee"} <= set(tokens(page, "viec"))
    sent = {**fields_of(page, "9.000001"), "viec": [tokens(page, "viec")["fee"]]}
    assert (await form(editor, f"{address}/9.000001", sent)).status_code == 303
    (work,) = desk.imports.to_do()
    assert work.part == "fee" and "lệ phí" in work.note
    assert "Việc cần sửa" in (await editor.get(PAGE)).text
    await form(editor, f"{PAGE}/viec/{work.id}")
    assert desk.imports.to_do() == [] and "Việc cần sửa" not in (await editor.get(PAGE)).text


async def test_a_procedure_that_is_new_becomes_a_draft_as_a_whole(editor: httpx.AsyncClient, desk: Desk) -> None:
    address = await taken(editor, line(code="9.000007"))
    page = (await editor.get(address)).text
    sent = {**fields_of(page, "9.000007"), "nhan": [tokens(page)["*"]]}
    await form(editor, f"{address}/9.000007", sent)
    draft = desk.drafts.get("9.000007")
    assert draft and "CẦN VIẾT" in draft.text


async def test_the_profile_of_the_ward_and_a_removed_code_come_with_a_package(
    editor: httpx.AsyncClient, desk: Desk, settings: Settings
) -> None:
    name = "phuong-an-binh-mau.yml"
    profile = (settings.knowledge / "wards" / name).read_text("utf-8").replace("0900 000 000", "0900 000 111")
    address = await taken(editor, zipped(**{f"knowledge/wards/{name}": profile, "removed.txt": f"{CODE}\n"}))
    page = (await editor.get(address)).text
    for subject, part in (("ward", "hotline"), (CODE, "-")):
        sent = {**fields_of(page, subject), "nhan": [tokens(page)[part]]}
        assert (await form(editor, f"{address}/{subject}", sent)).status_code == 303
    ward, gone = desk.drafts.get("ward"), desk.drafts.get(CODE)
    assert ward and yaml.safe_load(ward.text)["hotline"] == "0900 000 111"
    assert gone and gone.text == ""


# Out, and in again


async def test_what_is_exported_is_all_that_is_in_force(
    editor: httpx.AsyncClient, gateway_settings: Settings, tmp_path: Path
) -> None:
    content = (await editor.get(f"{PAGE}/xuat.zip")).content
    fresh = tmp_path / "fresh"
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        packed.extractall(fresh)
        assert {"version.json", "thu-tuc.xlsx", "danh-muc.xlsx"} <= set(packed.namelist())
    ours = load_ward_listing(gateway_settings.knowledge, gateway_settings.ward)
    theirs = load_ward_listing(fresh / "knowledge", gateway_settings.ward)
    assert theirs == ours
    address = await taken(editor, content)
    assert "Khác, chưa quyết (0)" in (page := (await editor.get(address)).text) and "Mới (0)" in page
    address = await taken(editor, (fresh / "thu-tuc.xlsx").read_bytes())
    assert "Khác, chưa quyết (0)" in (page := (await editor.get(address)).text) and "Mới (0)" in page


@pytest.mark.parametrize("begin", ["=", "+", "-", "@"])
def test_nothing_in_the_listing_to_read_is_calculated(make_procedure: MakeProcedure, begin: str) -> None:
    text = f'{begin}HYPERLINK("http://evil.example")'
    procedure = make_procedure(name=text)
    content = directory(Listing({procedure.code: procedure}, {}))
    cell = load_workbook(io.BytesIO(content)).worksheets[0]["B2"]
    assert cell.value == text and cell.data_type == "s" and cell.quotePrefix


async def test_a_viewer_may_export_and_look_but_not_bring_in(signed_in: SignedIn) -> None:
    viewer = await signed_in("viewer")
    for path in ("", "/xuat.zip", "/thu-tuc.xlsx", "/danh-muc.xlsx"):
        assert (await viewer.get(PAGE + path)).status_code == 200
    assert 'type="file"' not in (await viewer.get(PAGE)).text
    for path in ("", "/1/1.001193", "/viec/1"):
        assert (await form(viewer, PAGE + path)).status_code == 403


async def test_a_long_part_shows_where_it_differs_and_not_all_of_it(
    editor: httpx.AsyncClient, settings: Settings
) -> None:
    ours = record(settings)
    questions = [*ours["questions"][:5], "Câu hỏi mới?", *ours["questions"][5:]]
    page = (await editor.get(await taken(editor, as_yaml({**ours, "questions": questions})))).text
    assert re.findall("<mark>(.*?)</mark>", page) == ["Câu hỏi mới?"]
    assert "… 3 dòng giống nhau …" in page and ours["questions"][0] not in page


async def test_words_that_count_two_things_are_left_to_a_person(
    editor: httpx.AsyncClient, desk: Desk, make_record: Callable[..., dict[str, Any]]
) -> None:
    ours = make_record()
    ours["channels"][0]["times"][0]["text"] = "3 ngày làm việc, gồm 1 ngày thẩm định."
    desk.drafts.save("9.000001", as_yaml(ours), by="hoa", seen=0, base=0)
    method = {"channel": "DIRECT", "time": 5, "unit": "WORKING_DAY", "desc": "", "fees": []}
    page = (await editor.get(await taken(editor, line(methods=[method])))).text
    assert "time" not in tokens(page) and "time" in tokens(page, "viec")


def test_what_was_published_is_in_the_package_and_what_was_removed_is_not(
    gateway_settings: Settings, settings: Settings, tmp_path: Path
) -> None:
    versions, now = Versions(gateway_settings.published_folder), datetime(2026, 8, 1, tzinfo=VIETNAM)
    changed = as_yaml({**record(settings), "summary": "Lời đã xuất bản."})
    gone = "1.004222"
    edits = [
        Edit(Change(CODE, Kind.changed), f"procedures/ho_tich/{CODE}-moi.yml", changed),
        Edit(Change(gone, Kind.removed)),
    ]
    versions.publish(edits, Order(0, now, "lan", "thử"))
    fresh = tmp_path / "fresh"
    with zipfile.ZipFile(io.BytesIO(package(gateway_settings, now))) as packed:
        packed.extractall(fresh)
    ours = load_ward_listing(gateway_settings.knowledge, gateway_settings.ward, versions.overlay())
    theirs = load_ward_listing(fresh / "knowledge", gateway_settings.ward, read_overlay(fresh))
    assert theirs == ours and theirs[0][CODE].summary == "Lời đã xuất bản." and gone not in theirs[0]
    assert json.loads((fresh / "version.json").read_text("utf-8"))["number"] == 1
    assert len(list(fresh.rglob(f"{CODE}-*.yml"))) == 1 and not list(fresh.rglob(f"{gone}-*.yml"))
