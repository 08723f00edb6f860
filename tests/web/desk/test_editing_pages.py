"""The editors' pages over HTTP: found, opened, changed, checked, kept; two at once; nothing without leave."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from sqlalchemy.engine import Engine

from bot.knowledge.listing import Listing
from bot.knowledge.procedure import Procedure
from bot.store.desk import Desk
from bot.store.replies import Replies
from bot.store.turns import Turns
from bot.web.desk.editing.faults import read_text
from tests.web.desk.conftest import SignedIn, form

CODE = "1.001193"
LIST, PAGE = "/ban-lam-viec/ho-so", f"/ban-lam-viec/ho-so/{CODE}"
Fields = list[tuple[str, str]]


async def test_the_form_of_a_record_is_saved_as_a_draft_and_nothing_else_of_it_changes(
    signed_in: SignedIn, desk: Desk, listing: Listing
) -> None:
    client = await signed_in("editor")
    sent = changed(fields_of(await client.get(PAGE)), "steps.0", "Chuẩn bị giấy tờ cho đủ.")
    response = await send(client, sent, "luu")
    assert response.status_code == 303
    shown = await client.get(response.headers["location"])
    assert "Đã lưu bản nháp." in shown.text
    assert "Chuẩn bị giấy tờ cho đủ." in shown.text
    draft = desk.drafts.get(CODE)
    assert draft is not None
    steps = ["Chuẩn bị giấy tờ cho đủ.", *listing[CODE].steps[1:]]
    assert Procedure.parse_obj(read_text(draft.text)[0]) == listing[CODE].copy(update={"steps": steps})
    assert [entry.action for entry in desk.audit.entries()][:1] == ["draft_saved"]


async def test_a_form_without_a_change_is_not_kept(signed_in: SignedIn, desk: Desk) -> None:
    client = await signed_in("editor")
    response = await send(client, fields_of(await client.get(PAGE)), "luu")
    assert "Chưa có gì thay đổi" in (await client.get(response.headers["location"])).text
    assert desk.drafts.all() == []


async def test_a_draft_with_faults_is_kept_and_says_them(signed_in: SignedIn, desk: Desk) -> None:
    client = await signed_in("editor")
    sent = changed(fields_of(await client.get(PAGE)), "documents.0.originals", "một bản")
    shown = await client.get((await send(client, sent, "luu")).headers["location"])
    assert "Còn 1 chỗ cần sửa trước khi gửi duyệt." in shown.text
    assert '<a href="#o-documents-0-originals">Giấy tờ 1 › Bản chính</a>: Bạn chỉ viết số' in shown.text
    assert 'value="một bản"' in shown.text
    assert f"/ban-lam-viec/duyet/{CODE}" not in shown.text, "not to be submitted yet"
    mended = changed(fields_of(shown), "documents.0.originals", "2")
    shown = await client.get((await send(client, mended, "luu")).headers["location"])
    assert "Không có chỗ nào sai." in shown.text
    assert f"/ban-lam-viec/duyet/{CODE}" in shown.text


async def test_buttons_change_the_form_and_save_nothing(signed_in: SignedIn, desk: Desk, listing: Listing) -> None:
    client = await signed_in("editor")
    sent = fields_of(await client.get(PAGE))
    shown = await send(client, sent, "them:documents")
    assert "Đã thêm một giấy tờ." in shown.text
    place = len(listing[CODE].documents)
    assert f'id="o-documents-{place}" tabindex="-1" autofocus' in shown.text
    sent = changed(fields_of(shown), f"documents.{place}.name", "Giấy mới")
    moved = fields_of(await send(client, sent, f"len:documents.{place}"))
    assert dict(moved)[f"documents.{place - 1}.name"] == "Giấy mới"
    gone = fields_of(await send(client, moved, f"bot:documents.{place - 1}"))
    assert "Giấy mới" not in dict(gone).values()
    checked = await send(client, gone, "dat:source.checked_on")
    assert dict(fields_of(checked))["source.checked_on"] != listing[CODE].source.checked_on.isoformat()
    assert desk.drafts.all() == []


async def test_while_typing_faults_and_the_answer_come_back_alone(signed_in: SignedIn, desk: Desk) -> None:
    client = await signed_in("editor")
    sent = changed(fields_of(await client.get(PAGE)), "place.text", "Công an huyện Cũ.")
    sent = [(name, value) for name, value in sent if name != "xem-khia-canh"] + [("xem-khia-canh", "place")]
    live = await send(client, [*sent, ("loi", "name")], "song", headers={"hx-request": "true"})
    assert '<p class="wrong" id="loi-place-text" hx-swap-oob="true">“Công an huyện” không còn nữa.' in live.text
    assert '<p class="wrong" id="loi-name" hx-swap-oob="true"></p>' in live.text, "what was mended is taken back"
    assert "<form" not in live.text
    assert "HX-Reswap" not in live.headers
    said = live.text.partition('name="loi-ca" value="')[2].partition('"')[0]
    live = await send(client, changed(sent, "loi-ca", said), "song", headers={"hx-request": "true"})
    assert live.headers["HX-Reswap"] == "none", "the same faults are not said twice"
    answer = live.text.partition('id="cau-tra-loi"')[2]
    assert "Công an huyện Cũ." in answer
    assert desk.drafts.all() == []


async def test_any_aspect_and_any_case_is_shown(signed_in: SignedIn, listing: Listing) -> None:
    client = await signed_in("viewer")
    shown = await client.get(f"{PAGE}/xem-truoc?xem-khia-canh=result&xem-ca=chung_sinh.bo_roi")
    assert "Kết quả nhận được" in shown.text
    assert "Theo điều bạn cho biết" in shown.text
    assert "Biên bản về việc trẻ bị bỏ rơi" in shown.text


async def test_the_preview_has_what_holds_in_the_ward_only(signed_in: SignedIn) -> None:
    client = await signed_in("editor")
    shown = await client.get("/ban-lam-viec/ho-so/2.000815/xem-truoc?xem-khia-canh=place")
    assert "phòng 102, tầng 1" in shown.text
    assert "phòng 102" not in dict(fields_of(await client.get("/ban-lam-viec/ho-so/2.000815")))["place.text"]


async def test_the_second_of_two_editors_is_told_and_loses_nothing(signed_in: SignedIn, desk: Desk) -> None:
    lan, hoa = await signed_in("editor", name="lan"), await signed_in("editor", name="hoa")
    of_lan, of_hoa = fields_of(await lan.get(PAGE)), fields_of(await hoa.get(PAGE))
    await send(lan, changed(of_lan, "name", "Khai sinh của Lan"), "luu")
    of_hoa = changed(changed(of_hoa, "name", "Khai sinh của Hoa"), "steps.0", "Bước của Hoa.")
    told = await send(hoa, of_hoa, "luu")
    assert told.status_code == 409
    assert "Lan đã lưu bản khác lúc" in told.text
    assert "Khai sinh của Lan" in told.text.partition("</section>")[0]
    sent = fields_of(told)
    assert dict(sent)["name"] == "Khai sinh của Hoa", "her own text stays"
    assert saved(desk)["name"] == "Khai sinh của Lan"

    again = await send(hoa, sent, "luu")
    assert again.status_code == 409, "to save is not to overwrite"
    merged = await send(hoa, sent, "lay:name")
    assert (dict(fields_of(merged))["name"], dict(fields_of(merged))["steps.0"]) == (
        "Khai sinh của Lan",
        "Bước của Hoa.",
    )
    assert "Lan đã lưu bản khác" in merged.text, "what is not settled goes on being said"
    assert "Khai sinh của Lan" not in merged.text.partition('class="conflict')[2].partition("<textarea")[0]
    assert (await send(hoa, sent, "ghi-de")).status_code == 303
    assert saved(desk)["name"] == "Khai sinh của Hoa"
    assert [revision.by for revision in desk.drafts.revisions(CODE)] == ["hoa", "lan"]
    assert "draft_overwritten" in [entry.action for entry in desk.audit.entries()]
    live = await send(lan, of_lan, "song", headers={"hx-request": "true"})
    assert "Hoa vừa lưu bản khác" in live.text


async def test_who_overwrites_has_seen_what_is_overwritten(signed_in: SignedIn, desk: Desk) -> None:
    lan, hoa = await signed_in("editor", name="lan"), await signed_in("editor", name="hoa")
    of_hoa = changed(fields_of(await hoa.get(PAGE)), "name", "Của Hoa")
    await send(lan, changed(fields_of(await lan.get(PAGE)), "name", "Của Lan"), "luu")
    told = fields_of(await send(hoa, of_hoa, "luu"))
    await send(lan, changed(fields_of(await lan.get(PAGE)), "name", "Của Lan, lần hai"), "luu")
    again = await send(hoa, told, "ghi-de")
    assert again.status_code == 409
    assert "Của Lan, lần hai" in again.text
    assert saved(desk)["name"] == "Của Lan, lần hai"


async def test_the_file_is_edited_as_text_and_back(signed_in: SignedIn, desk: Desk) -> None:
    client = await signed_in("editor")
    shown = await send(client, fields_of(await client.get(PAGE)), "sang-yaml")
    sent = fields_of(shown)
    text = dict(sent)["van-ban"]
    broken = await send(client, changed(sent, "van-ban", text.replace("name: ", "name: a: ", 1)), "sang-bieu-mau")
    assert "Dòng 2</a>: Có dấu hai chấm trong lời." in broken.text
    assert "van-ban" in dict(fields_of(broken)), "what cannot be read stays text"
    strange = await send(client, changed(sent, "van-ban", text + "la_gi: 1\n"), "sang-bieu-mau")
    assert "biểu mẫu không có chỗ" in strange.text
    better = changed(sent, "van-ban", text.replace("Đăng ký khai sinh cho trẻ em", "Làm khai sinh", 1))
    assert dict(fields_of(await send(client, better, "sang-bieu-mau")))["name"] == "Làm khai sinh"
    assert (await send(client, better, "luu")).status_code == 303
    assert saved(desk)["name"] == "Làm khai sinh"


async def test_the_list_is_found_and_filtered_whatever_way_it_is_typed(
    signed_in: SignedIn, desk: Desk, listing: Listing, engine: Engine
) -> None:
    client = await signed_in("viewer")
    assert len(codes_in(await client.get(LIST))) >= len(listing)
    assert CODE in codes_in(await client.get(f"{LIST}?tim=DANG+ky+khai+SINH+tre"))
    assert codes_in(await client.get(f"{LIST}?tim=1.001193")) == [CODE]
    field = listing.fields["cu_tru"]
    found = codes_in(await client.get(LIST, params={"linh-vuc": field}))
    assert {listing[code].field for code in found} == {"cu_tru"}
    assert codes_in(await client.get(f"{LIST}?trang-thai=ban-nhap")) == []
    desk.drafts.save(CODE, "", by="viewer", seen=0, base=0)
    assert codes_in(await client.get(f"{LIST}?trang-thai=ban-nhap")) == [CODE]
    desk.drafts.submit(CODE, by="viewer", why="", seen=1)
    assert codes_in(await client.get(f"{LIST}?trang-thai=cho-duyet")) == [CODE]


async def test_the_list_begins_with_what_was_checked_longest_ago_or_asked_most(
    signed_in: SignedIn, listing: Listing, engine: Engine
) -> None:
    client = await signed_in("viewer")
    found = [code for code in codes_in(await client.get(LIST)) if code in listing]
    days = [listing[code].source.checked_on for code in found]
    assert days == sorted(days)
    replies, turns = Replies(engine), Turns(engine)
    for number in "12":
        replies.add(number, "talk", card_type="answer", procedure=CODE, aspects=["fee"])
        turns.add(number, "talk", "phí bao nhiêu", took_ms=1)
    shown = await client.get(f"{LIST}?xep=hoi")
    assert codes_in(shown)[0] == CODE
    assert '<td class="number">2<' in shown.text


async def test_a_new_record_begins_as_a_draft(signed_in: SignedIn, desk: Desk, listing: Listing) -> None:
    client = await signed_in("editor")
    assert (await form(client, f"{LIST}/moi", {"ma": "9.1", "ten": "Thử"})).status_code == 400
    assert "đã có trong danh mục" in (await form(client, f"{LIST}/moi", {"ma": CODE, "ten": "Thử"})).text
    response = await form(client, f"{LIST}/moi", {"ma": "9.000010", "ten": "Xin giấy: thử", "linh-vuc": "cu_tru"})
    assert response.status_code == 303
    shown = await client.get(response.headers["location"])
    assert "Đã tạo bản nháp." in shown.text
    assert dict(fields_of(shown))["name"] == "Xin giấy: thử"
    assert "Bạn chưa viết phần này." in shown.text


async def test_a_record_known_in_brief_begins_with_what_is_known(
    signed_in: SignedIn, desk: Desk, listing: Listing
) -> None:
    client = await signed_in("editor")
    known = next(one for one in listing.briefs.values() if len(one.code) == len(CODE))
    await form(client, f"{LIST}/moi", {"ma": known.code, "ten": "", "linh-vuc": "cu_tru"})
    data = saved(desk, known.code)
    assert (data["name"], data["source"]["url"]) == (known.name, known.url)


async def test_a_record_is_taken_out_of_the_listing_by_a_draft(signed_in: SignedIn, desk: Desk) -> None:
    client = await signed_in("editor")
    assert "Tạo bản nháp bỏ thủ tục" in (await client.get(f"{PAGE}/go")).text
    assert (await form(client, f"{PAGE}/go", {"da-xem": "0"})).status_code == 303
    draft = desk.drafts.get(CODE)
    assert draft is not None
    assert draft.text == ""
    shown = await client.get(PAGE)
    assert "bỏ thủ tục khỏi danh mục" in shown.text
    assert (await form(client, f"{PAGE}/go", {"da-xem": "0"})).status_code == 409, "another saved meanwhile"
    assert (await form(client, f"{PAGE}/bo", {"da-xem": str(draft.revision)})).status_code == 303
    assert desk.drafts.get(CODE) is None
    assert "1.001193" in (await client.get(PAGE)).text


async def test_who_only_looks_changes_nothing(signed_in: SignedIn, desk: Desk) -> None:
    client = await signed_in("viewer")
    shown = await client.get(PAGE)
    assert shown.status_code == 200
    assert 'value="luu"' not in shown.text
    for path in (PAGE, f"{PAGE}/go", f"{PAGE}/bo", f"{PAGE}/dua-lai", f"{LIST}/moi"):
        assert (await form(client, path, {"viec": "luu"})).status_code == 403, path
    assert desk.drafts.all() == []


@pytest.mark.parametrize("order", ["bot:steps.99", "xoa", "lay:khong-co", "them:../x"])
async def test_a_button_that_is_none_does_nothing(signed_in: SignedIn, order: str) -> None:
    client = await signed_in("editor")
    assert (await send(client, fields_of(await client.get(PAGE)), order)).status_code == 400


async def test_an_empty_file_does_not_take_the_record_out_of_the_listing(signed_in: SignedIn, desk: Desk) -> None:
    client = await signed_in("editor")
    sent = fields_of(await send(client, fields_of(await client.get(PAGE)), "sang-yaml"))
    response = await send(client, changed(sent, "van-ban", "  \r\n"), "luu")
    assert "Tệp trống nên không lưu." in (await client.get(response.headers["location"])).text
    assert desk.drafts.all() == []


@pytest.mark.parametrize("name", ["da-xem", "ban-goc"])
@pytest.mark.parametrize("value", ["x", "-1", "9" * 30, ""])
async def test_a_number_that_is_none_saves_nothing(signed_in: SignedIn, desk: Desk, name: str, value: str) -> None:
    client = await signed_in("editor")
    sent = changed(changed(fields_of(await client.get(PAGE)), "name", "Khác"), name, value)
    assert (await send(client, sent, "luu")).status_code == 400
    assert desk.drafts.all() == []


async def test_what_is_typed_is_kept_as_records_have_it(signed_in: SignedIn, desk: Desk) -> None:
    client = await signed_in("editor")
    typed = unicodedata.normalize("NFD", "Giấy chứng\x01 sinh\x07")
    await send(client, changed(fields_of(await client.get(PAGE)), "name", typed), "luu")
    assert saved(desk)["name"] == "Giấy chứng sinh"


async def test_what_is_known_in_brief_leads_to_a_record_of_its_own(signed_in: SignedIn, listing: Listing) -> None:
    client = await signed_in("editor")
    shown = await client.get(f"{LIST}/{next(iter(listing.briefs))}")
    assert shown.status_code == 404
    assert "Viết thủ tục cho mã này" in shown.text


async def test_a_code_that_nobody_knows_is_not_found(signed_in: SignedIn) -> None:
    client = await signed_in("editor")
    for path in ("9.999999", "9.999999/go", "9.999999/xem-truoc", "<script>"):
        assert (await client.get(f"{LIST}/{path}")).status_code == 404


async def test_what_is_typed_stays_text(signed_in: SignedIn) -> None:
    client = await signed_in("editor")
    nasty = '</textarea><script>alert(1)</script>"{{ 7*7 }}'
    shown = await send(client, changed(fields_of(await client.get(PAGE)), "summary", nasty), "kiem")
    assert "<script>alert" not in shown.text
    assert dict(fields_of(shown))["summary"] == nasty


async def test_the_draft_is_asked_through_the_assistant(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch, listing: Listing
) -> None:
    from bot.web.behind import Behind, Tried

    asked: list[Any] = []

    async def answers(self: Behind, texts: Any, folder: Any = None) -> Tried:
        asked.append((list(texts), [path.read_text() for path in (folder / "procedures").rglob("*.yml")]))
        reply = {"text": "Tôi nghe.", "card": {"type": "service", "kind": "thanks"}, "choices": []}
        return Tried((reply,), (), {}, -1)

    monkeypatch.setattr(Behind, "answers", answers)
    client = await signed_in("editor")
    sent = changed(fields_of(await client.get(PAGE)), "name", "Tên chưa lưu")
    shown = await send(client, changed(sent, "hoi-thu", "làm giấy cho bé"), "hoi")
    assert "Tôi nghe." in shown.text
    ((texts, files),) = asked
    assert texts == ["làm giấy cho bé"]
    assert ["name: Tên chưa lưu" in text for text in files] == [True]


async def test_while_the_assistant_rests_the_text_stays(signed_in: SignedIn) -> None:
    client = await signed_in("editor")
    sent = changed(fields_of(await client.get(PAGE)), "name", "Tên chưa lưu")
    shown = await send(client, changed(sent, "hoi-thu", "làm giấy"), "hoi")
    assert "Trợ lý chưa trả lời được lúc này." in shown.text
    assert dict(fields_of(shown))["name"] == "Tên chưa lưu"


def saved(desk: Desk, code: str = CODE) -> dict[str, Any]:
    """The data of the draft there is."""
    draft = desk.drafts.get(code)
    assert draft is not None
    return dict(read_text(draft.text)[0])


def changed(sent: Fields, name: str, value: str) -> Fields:
    """The form with another value in one field."""
    assert name in dict(sent), name
    return [(one, value if one == name else before) for one, before in sent]


async def send(client: httpx.AsyncClient, sent: Iterable[tuple[str, str]], order: str, **others: Any) -> httpx.Response:
    """Press a button of the form, as a browser would."""
    fields = list(sent)
    code = dict(fields).get("code", CODE)
    headers = {"content-type": "application/x-www-form-urlencoded", **others.get("headers", {})}
    return await client.post(f"{LIST}/{code}", content=urlencode([*fields, ("viec", order)]), headers=headers)


def codes_in(page: httpx.Response) -> list[str]:
    """The codes of a list, in its order."""
    assert page.status_code == 200
    table = page.text.partition("<tbody>")[2].partition("</tbody>")[0]
    return [part.partition('"')[0] for part in table.split(f'<a href="{LIST}/')[1:]]


def fields_of(page: httpx.Response) -> Fields:
    """What a browser would send of the form on a page."""
    parser = _Form()
    parser.feed(page.text)
    return parser.fields


class _Form(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: Fields = []
        self._inside, self._select, self._options, self._text = False, "", [("", False)], ("", "")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attrs}
        self._inside = self._inside or (tag == "form" and about.get("id") == "bieu-mau")
        if not self._inside or "disabled" in about:
            return
        if tag == "input" and "name" in about and (about.get("type") != "checkbox" or "checked" in about):
            self.fields.append((about["name"], about.get("value", "")))
        elif tag == "select":
            self._select, self._options = about["name"], []
        elif tag == "option" and self._select:
            self._options.append((about.get("value", ""), "selected" in about))
        elif tag == "textarea" and "name" in about:
            self._text = (about["name"], "")

    def handle_data(self, data: str) -> None:
        if self._text[0]:
            self._text = (self._text[0], self._text[1] + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "select" and self._select:
            chosen = [value for value, is_chosen in self._options if is_chosen] or [self._options[0][0]]
            self.fields.append((self._select, chosen[0]))
            self._select = ""
        elif tag == "textarea" and self._text[0]:
            self.fields.append((self._text[0], self._text[1].removeprefix("\n").replace("\n", "\r\n")))
            self._text = ("", "")


@pytest.mark.parametrize("code", ("ward", "abc", "1.00119", "1.0011930"))
async def test_what_is_no_procedure_has_no_form_and_no_draft_here(signed_in: SignedIn, desk: Desk, code: str) -> None:
    client = await signed_in("editor")
    path = f"/ban-lam-viec/ho-so/{code}"
    assert (await client.get(path)).status_code == 404
    sent = {"dang": "yaml", "van-ban": "code: '1.001193'\nname: a\nfield: b\n", "viec": "luu", "da-xem": "0"}
    assert (await form(client, path, sent)).status_code == 400
    for deed in ("go", "dua-lai"):
        assert (await form(client, f"{path}/{deed}", {"da-xem": "0"})).status_code == 404
    assert desk.drafts.all() == []
