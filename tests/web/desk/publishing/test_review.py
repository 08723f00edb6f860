"""From a draft to a version in force: review, the check, publishing, and who may do what of it."""

from __future__ import annotations

import asyncio
import re

import pytest

from bot.knowledge.versions import Change, Edit, Kind, Order, Versions
from bot.settings import Settings
from bot.store import clock
from bot.store.desk import Desk
from bot.store.drafts import WARD
from bot.store.golden import Wanted
from tests.web.desk.conftest import SignedIn, form
from tests.web.desk.publishing.conftest import DESK, REVIEWING, checked, draft, ended, live
from tests.web.desk.publishing.stand_in import CODE, Behind
from tests.web.markup import assert_sound

QUESTION = "trích lục bao nhiêu tiền"


async def test_from_a_draft_to_what_citizens_read(
    signed_in: SignedIn, desk: Desk, versions: Versions, dearer: str
) -> None:
    editor, approver = await signed_in("editor"), await signed_in("approver")
    desk.drafts.save(CODE, dearer, by="editor", seen=0, base=0)
    page = await editor.get(f"{REVIEWING}/{CODE}")
    assert "<del>8.000 đồng" in page.text and "<ins>10.000 đồng" in page.text and "Lệ phí" in page.text
    assert_sound(page.text, with_script=True)
    sent = await form(editor, f"{REVIEWING}/{CODE}/gui", {"thay": "1", "vi-sao": "Nghị quyết mới"})
    assert sent.status_code == 303
    assert "chờ duyệt" in (await approver.get(REVIEWING)).text
    number, found = await checked(approver, CODE)
    assert "Không có chỗ nào sai" in found.text and "<ins>10.000 đồng" in found.text
    assert_sound(found.text, with_script=True)
    assert versions.current() == 0, "a check publishes nothing"
    published = await form(approver, f"{REVIEWING}/xuat-ban", {"lan": number, "vi-sao": "Nghị quyết mới"})
    said = await live(approver, published)
    assert re.search(r"Đã đưa vào dùng sau \d+,\d giây", said)
    assert_sound(said, with_script=True)
    version = versions.version(1)
    assert (version.by, version.why, version.changes) == ("approver", "Nghị quyết mới", (Change(CODE, Kind.changed),))
    assert version.golden["asked"] is True and version.golden["total"] == 0
    assert "10.000 đồng" in (await approver.get(f"/thu-tuc/{CODE}", follow_redirects=True)).text
    assert desk.drafts.get(CODE) is None and [one.text for one in desk.drafts.revisions(CODE)] == [dearer]
    (entry,) = desk.audit.entries(action="version_published")
    assert (entry.account, entry.subject) == ("approver", "1") and "soạn: editor" in entry.detail
    assert "tự duyệt" not in entry.detail


async def test_what_would_break_is_shown_and_needs_a_reason(
    signed_in: SignedIn, desk: Desk, versions: Versions, dearer: str
) -> None:
    desk.golden.add(Wanted(QUESTION, "answer", CODE, ("fee",), ("8.000 đồng",)), by="editor")
    desk.golden.add(Wanted("câu khác", "answer", CODE, (), ("10.000 đồng",)), by="editor")
    draft(desk, dearer)
    approver = await signed_in("approver")
    number, found = await checked(approver, CODE)
    assert (
        "Đang đạt, sẽ không đạt (1)" in found.text and QUESTION in found.text and "Chưa đạt, sẽ đạt (1)" in found.text
    )
    refused = await form(approver, f"{REVIEWING}/xuat-ban", {"lan": number, "vi-sao": "Phí mới"})
    assert refused.status_code == 400 and "Có câu chuẩn sẽ không đạt" in refused.text and "Phí mới" in refused.text
    assert versions.current() == 0
    why = "Câu chuẩn ghi mức phí cũ, gọi 0912345678"
    sent = {"lan": number, "vi-sao": "Phí mới", "van-xuat-ban": why}
    await live(approver, await form(approver, f"{REVIEWING}/xuat-ban", sent))
    golden = versions.version(1).golden
    assert golden["broken"] == [QUESTION] and golden["mended"] == ["câu khác"] and golden["passed"] == 1
    assert golden["why"].startswith("Câu chuẩn ghi mức phí cũ") and "0912345678" not in golden["why"]
    assert "Câu chuẩn ghi mức phí cũ" in desk.audit.entries(action="version_published")[0].detail


async def test_records_that_do_not_load_are_named_with_the_way_to_mend_them(
    signed_in: SignedIn, desk: Desk, versions: Versions, dearer: str
) -> None:
    draft(desk, dearer.replace("amount: 10000", "amount: mười"))
    approver = await signed_in("approver")
    number, found = await checked(approver, CODE)
    assert "chỗ sai" in found.text and f'href="{DESK}/ho-so/{CODE}"' in found.text
    assert "Cách nộp 1, lệ phí 1, con số hoặc số tiền" in found.text
    assert "Xuất bản</button>" not in found.text
    forced = await form(approver, f"{REVIEWING}/xuat-ban", {"lan": number, "vi-sao": "cứ làm"})
    assert forced.status_code == 409 and versions.current() == 0
    assert (await approver.get(f"{REVIEWING}/{CODE}")).status_code == 200


@pytest.mark.parametrize(
    ("subject", "change", "words"),
    [
        (CODE, ("amount: 10000", "amount: mười"), "số"),
        (CODE, ("name:", "ten:"), "Tên"),
        (WARD, ("hotline:", "so-nong:"), "chỗ sai"),
    ],
)
async def test_a_draft_with_faults_is_not_submitted_whoever_sends_the_form(
    signed_in: SignedIn,
    desk: Desk,
    dearer: str,
    gateway_settings: Settings,
    subject: str,
    change: tuple[str, str],
    words: str,
) -> None:
    profile = gateway_settings.knowledge / "wards" / f"{gateway_settings.ward}.yml"
    text = (profile.read_text(encoding="utf-8") if subject == WARD else dearer).replace(*change, 1)
    saved = desk.drafts.save(subject, text, by="editor", seen=0, base=0)
    editor = await signed_in("editor")
    refused = await form(editor, f"{REVIEWING}/{subject}/gui", {"thay": str(saved.revision), "vi-sao": "Phí mới"})
    assert refused.status_code == 400 and "còn chỗ sai" in refused.text and "Phí mới" in refused.text
    assert words in refused.text
    kept = desk.drafts.get(subject)
    assert kept and kept.state == "draft" and not desk.audit.entries(action="draft_submitted")


async def test_two_new_procedures_that_name_each_other_are_submitted_together(
    signed_in: SignedIn, desk: Desk, dearer: str
) -> None:
    other, editor = "1.999999", await signed_in("editor")
    named = f"related:\n- code: '{other}'\n  tell_apart: Hay làm cùng lúc.\n"
    text = re.sub(r"^related:\n(?:[- ].*\n)*", "", dearer, flags=re.M) + named
    saved = desk.drafts.save(CODE, text, by="editor", seen=0, base=0)
    sent = {"thay": str(saved.revision), "vi-sao": "Thủ tục mới"}
    refused = await form(editor, f"{REVIEWING}/{CODE}/gui", sent)
    assert refused.status_code == 400 and "Danh mục không có thủ tục nào mang mã này" in refused.text
    desk.drafts.save(other, text, by="editor", seen=0, base=0)
    assert (await form(editor, f"{REVIEWING}/{CODE}/gui", sent)).status_code == 303


async def test_what_was_checked_is_what_is_published(
    signed_in: SignedIn, desk: Desk, versions: Versions, dearer: str
) -> None:
    draft(desk, dearer)
    approver = await signed_in("approver")
    number, _ = await checked(approver, CODE)
    later = desk.drafts.save(CODE, dearer.replace("10", "12"), by="editor", seen=1, base=0)
    desk.drafts.submit(CODE, by="editor", why="", seen=later.revision)
    refused = await form(approver, f"{REVIEWING}/xuat-ban", {"lan": number, "vi-sao": "Phí mới"})
    assert refused.status_code == 409 and "đã đổi" in refused.text and "Kiểm tra lại" in refused.text
    assert versions.current() == 0 and desk.drafts.get(CODE) == desk.drafts.all()[0]


async def test_who_comes_second_is_told_and_loses_nothing(
    signed_in: SignedIn, desk: Desk, versions: Versions, dearer: str
) -> None:
    draft(desk, dearer)
    approver = await signed_in("approver")
    number, _ = await checked(approver, CODE)
    other = Edit(Change("1.001193", Kind.removed))
    versions.publish([other], Order(0, clock.now(), "hoa", "khác"))
    refused = await form(approver, f"{REVIEWING}/xuat-ban", {"lan": number, "vi-sao": "Phí mới"})
    assert refused.status_code == 409 and "hoa đã xuất bản bản 1" in refused.text
    kept = desk.drafts.get(CODE)
    assert kept and kept.state == "review" and versions.current() == 1
    number, _ = await checked(approver, CODE)
    await live(approver, await form(approver, f"{REVIEWING}/xuat-ban", {"lan": number, "vi-sao": "Phí mới"}))
    assert versions.overlay().removed == {"1.001193"} and CODE in versions.overlay().records


async def test_the_button_pressed_twice_publishes_once(
    signed_in: SignedIn, desk: Desk, versions: Versions, dearer: str
) -> None:
    draft(desk, dearer)
    approver = await signed_in("approver")
    number, _ = await checked(approver, CODE)
    both = [form(approver, f"{REVIEWING}/xuat-ban", {"lan": number, "vi-sao": "Phí mới"}) for _ in range(2)]
    assert [one.headers["location"] for one in await asyncio.gather(*both)] == [f"{REVIEWING}/xuat-ban/1"] * 2
    assert versions.current() == 1


async def test_who_approves_their_own_is_told_and_the_trail_says_so(
    signed_in: SignedIn, desk: Desk, dearer: str
) -> None:
    approver = await signed_in("approver")
    draft(desk, dearer, by="approver")
    number, found = await checked(approver, CODE)
    assert "tự duyệt" in found.text
    await live(approver, await form(approver, f"{REVIEWING}/xuat-ban", {"lan": number, "vi-sao": "Phí mới"}))
    assert "tự duyệt" in desk.audit.entries(action="version_published")[0].detail


async def test_one_of_several_drafts_is_published_alone(
    signed_in: SignedIn, desk: Desk, versions: Versions, dearer: str
) -> None:
    draft(desk, dearer)
    draft(desk, "", subject="1.001193")
    approver = await signed_in("approver")
    number, found = await checked(approver, "1.001193")
    assert "không còn trong danh mục" in found.text and "10.000" not in found.text
    await live(approver, await form(approver, f"{REVIEWING}/xuat-ban", {"lan": number, "vi-sao": "Thôi làm"}))
    assert versions.version(1).changes == (Change("1.001193", Kind.removed),)
    assert [one.subject for one in desk.drafts.all()] == [CODE]


async def test_all_at_once_with_the_ward_s_profile(
    signed_in: SignedIn, desk: Desk, versions: Versions, gateway_settings: Settings, dearer: str
) -> None:
    draft(desk, dearer)
    profile = (gateway_settings.knowledge / "wards" / f"{gateway_settings.ward}.yml").read_text(encoding="utf-8")
    hotline = re.search(r"hotline: (.*)", profile)
    assert hotline
    draft(desk, profile.replace(hotline[0], 'hotline: "1900 9999"'), subject=WARD)
    approver = await signed_in("approver")
    begun = await form(approver, f"{REVIEWING}/thu", {"tat-ca": "1"})
    number, found = await ended(approver, begun.headers["location"])
    assert "<ins>1900 9999</ins>" in found.text and "Đường dây nóng" in found.text
    await live(approver, await form(approver, f"{REVIEWING}/xuat-ban", {"lan": number, "vi-sao": "Số mới"}))
    assert desk.drafts.all() == []
    assert "1900 9999" in (await approver.get("/")).text


# Drafts handed to and fro


async def test_submitting_needs_a_reason_and_handing_back_says_one(
    signed_in: SignedIn, desk: Desk, dearer: str
) -> None:
    editor, approver = await signed_in("editor"), await signed_in("approver")
    desk.drafts.save(CODE, dearer, by="editor", seen=0, base=0)
    assert (await form(editor, f"{REVIEWING}/{CODE}/gui", {"thay": "1"})).status_code == 400
    await form(editor, f"{REVIEWING}/{CODE}/gui", {"thay": "1", "vi-sao": "Phí mới"})
    await form(approver, f"{REVIEWING}/{CODE}/tra-lai", {"thay": "1", "vi-sao": "Thiếu số nghị quyết"})
    there = desk.drafts.get(CODE)
    assert there and (there.state, there.why) == ("draft", "Thiếu số nghị quyết")
    assert "Thiếu số nghị quyết" in (await editor.get(f"{REVIEWING}/{CODE}")).text
    assert [entry.action for entry in desk.audit.entries(subject=CODE)] == ["draft_handed_back", "draft_submitted"]


async def test_withdrawn_and_discarded_it_stays_in_the_history(signed_in: SignedIn, desk: Desk, dearer: str) -> None:
    editor = await signed_in("editor")
    draft(desk, dearer)
    assert (await form(editor, f"{REVIEWING}/{CODE}/rut", {"thay": "1"})).status_code == 303
    there = desk.drafts.get(CODE)
    assert there and there.state == "draft"
    assert (await form(editor, f"{REVIEWING}/{CODE}/bo", {"thay": "1"})).headers["location"] == REVIEWING
    assert desk.drafts.get(CODE) is None
    history = await editor.get(f"{DESK}/ho-so/{CODE}/lich-su")
    assert "Các lần lưu bản nháp (1)" in history.text and "<ins>10.000 đồng" in history.text


async def test_an_old_page_undoes_nobody_s_work(signed_in: SignedIn, desk: Desk, dearer: str) -> None:
    editor = await signed_in("editor")
    draft(desk, dearer)
    desk.drafts.save(CODE, dearer + "# khác\n", by="hoa", seen=1, base=0)
    for deed in ("gui", "rut", "bo"):
        refused = await form(editor, f"{REVIEWING}/{CODE}/{deed}", {"thay": "1", "vi-sao": "cũ"})
        assert refused.status_code == 409 and "vừa sửa bản nháp này" in refused.text
    there = desk.drafts.get(CODE)
    assert there and (there.by, there.state) == ("hoa", "draft")


async def test_a_draft_older_than_what_is_in_force_says_so(
    signed_in: SignedIn, desk: Desk, versions: Versions, dearer: str
) -> None:
    draft(desk, dearer.replace("10000", "12000"))
    edit = Edit(Change(CODE, Kind.changed), f"procedures/ho_tich/{CODE}-a.yml", dearer)
    versions.publish([edit], Order(0, clock.now(), "hoa", "khác"))
    viewer = await signed_in("viewer")
    assert "đã có bản khác được xuất bản" in (await viewer.get(f"{REVIEWING}/{CODE}")).text


# When something is not as it should be


async def test_nobody_answers_so_nothing_is_published(
    signed_in: SignedIn, desk: Desk, versions: Versions, behind: Behind, dearer: str
) -> None:
    draft(desk, dearer)
    behind.status = 500
    approver = await signed_in("approver")
    number, found = await checked(approver, CODE)
    assert "Trợ lý chưa trả lời được" in found.text and "Kiểm tra lại" in found.text
    refused = await form(approver, f"{REVIEWING}/xuat-ban", {"lan": number, "vi-sao": "cứ làm"})
    assert refused.status_code == 409 and versions.current() == 0


async def test_the_page_waits_for_the_action_server(
    signed_in: SignedIn, desk: Desk, behind: Behind, dearer: str
) -> None:
    draft(desk, dearer)
    approver = await signed_in("approver")
    number, _ = await checked(approver, CODE)
    behind.stays_at = 0
    published = await form(approver, f"{REVIEWING}/xuat-ban", {"lan": number, "vi-sao": "Phí mới"})
    await asyncio.sleep(0.5)
    waiting = (await approver.get(published.headers["location"])).text
    assert "Đang chờ trợ lý" in waiting and "Đã đưa vào dùng" not in waiting
    assert_sound(waiting, with_script=True)
    behind.stays_at = None
    await live(approver, published)


async def test_a_check_that_is_gone_is_told(signed_in: SignedIn) -> None:
    approver = await signed_in("approver")
    lost = await approver.get(f"{REVIEWING}/thu/0123456789abcdef")
    assert lost.status_code == 404 and "Bản nháp vẫn còn nguyên" in lost.text
    refused = await form(approver, f"{REVIEWING}/xuat-ban", {"lan": "0123456789abcdef", "vi-sao": "x"})
    assert refused.status_code == 404
    assert (await form(approver, f"{REVIEWING}/thu", {})).status_code == 400


async def test_while_a_check_goes_on_the_page_says_how_far(
    signed_in: SignedIn, desk: Desk, behind: Behind, dearer: str
) -> None:
    draft(desk, dearer)
    behind.is_held = True
    approver = await signed_in("approver")
    begun = await form(approver, f"{REVIEWING}/thu", {"ho-so": CODE})
    for _ in range(200):
        page = await approver.get(begun.headers["location"])
        if "seen=preparing" in page.text:
            break
        await asyncio.sleep(0.05)
    assert "Đang kiểm tra" in page.text and 'http-equiv="refresh"' in page.text and 'aria-current="step"' in page.text
    assert_sound(page.text, with_script=True)
    again = re.search(r'hx-get="([^"]+)"', page.text)
    assert again
    same = await approver.get(again[1], headers={"hx-request": "true"})
    assert same.status_code == 204, "nothing new, nothing said"
    behind.is_held = False
    await ended(approver, begun.headers["location"])
    over = await approver.get(again[1], headers={"hx-request": "true"})
    assert over.headers["hx-refresh"] == "true"


# Who may


@pytest.mark.parametrize("role", ["viewer", "staff", "editor"])
async def test_only_approvers_publish_hand_back_and_go_back(
    signed_in: SignedIn, desk: Desk, versions: Versions, dearer: str, role: str
) -> None:
    draft(desk, dearer)
    client = await signed_in(role)
    page = (await client.get(REVIEWING)).text
    assert "8.000 đồng" in page and "Kiểm tra các bản đã chọn" not in page
    for path in (
        f"{REVIEWING}/thu",
        f"{REVIEWING}/xuat-ban",
        f"{REVIEWING}/{CODE}/tra-lai",
        f"{REVIEWING}/phien-ban/0/quay-lai",
        f"{DESK}/ho-so/{CODE}/lich-su/quay-lai",
    ):
        assert (await form(client, path, {"vi-sao": "x", "thay": "1"})).status_code == 403
    if role != "editor":
        for deed in ("gui", "rut", "bo"):
            assert (await form(client, f"{REVIEWING}/{CODE}/{deed}", {"vi-sao": "x", "thay": "1"})).status_code == 403
    there = desk.drafts.get(CODE)
    assert there and there.state == "review" and versions.current() == 0
