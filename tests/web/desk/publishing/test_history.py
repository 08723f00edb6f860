"""What was published when, by whom and why; and the way back, for one record or for all of them."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from bot.knowledge.versions import Change, Edit, Kind, Order, Versions
from bot.store import clock
from bot.store.desk import Desk
from tests.web.desk.conftest import SignedIn, form
from tests.web.desk.publishing.conftest import DESK, OWN, REVIEWING, draft, ended, live
from tests.web.desk.publishing.stand_in import CODE
from tests.web.markup import assert_sound

OTHER = "1.001193"
HISTORY = f"{DESK}/ho-so/{CODE}/lich-su"


def publish(versions: Versions, text: str, why: str, *others: Edit, by: str = "hoa") -> int:
    edit = Edit(Change(CODE, Kind.changed), f"procedures/ho_tich/{CODE}-a.yml", text)
    return versions.publish([edit, *others], Order(versions.current(), clock.now(), by, why)).number


@pytest.fixture
def three(versions: Versions, dearer: str) -> Versions:
    """Version 1 makes it dearer, 2 dearer still and takes another record off the listing, 3 removes it."""
    publish(versions, dearer, "Nghị quyết một")
    publish(versions, dearer.replace("10", "12"), "Nghị quyết hai", Edit(Change(OTHER, Kind.removed)))
    versions.publish([Edit(Change(CODE, Kind.removed))], Order(2, clock.now(), "hoa", "Bỏ"))
    return versions


async def test_the_history_of_a_record_names_every_version_that_touched_it(
    signed_in: SignedIn,
    three: Versions,
) -> None:
    viewer = await signed_in("viewer")
    page = (await viewer.get(HISTORY)).text
    assert_sound(page, with_script=True)
    assert all(why in page for why in ("Nghị quyết một", "Nghị quyết hai", "Bỏ", "Đã xuất bản (3)"))
    assert "<del>8.000 đồng" in page and "<ins>10.000 đồng" in page and "bỏ khỏi danh mục" in page
    other = (await viewer.get(f"{DESK}/ho-so/{OTHER}/lich-su")).text
    assert "Đã xuất bản (1)" in other and "Nghị quyết hai" in other and "Nghị quyết một" not in other
    assert (await viewer.get(f"{DESK}/ho-so/9.999999/lich-su")).status_code == 404
    assert (await viewer.get(f"{DESK}/ho-so/ward/lich-su")).status_code == 200


async def test_a_version_says_who_when_why_and_what(signed_in: SignedIn, three: Versions) -> None:
    viewer = await signed_in("viewer")
    page = (await viewer.get(f"{REVIEWING}/phien-ban/2")).text
    assert_sound(page, with_script=True)
    assert "hoa" in page and "Nghị quyết hai" in page and "2 mục" in page
    assert "<del>10.000 đồng" in page and "<ins>12.000 đồng" in page
    assert "Cả danh mục quay lại" not in page, "a viewer goes nowhere"
    for address in ("0", "3"):
        assert (await viewer.get(f"{REVIEWING}/phien-ban/{address}")).status_code == 200
    for address in ("4", "-1"):
        assert (await viewer.get(f"{REVIEWING}/phien-ban/{address}")).status_code == 404
    listed = (await viewer.get(f"{REVIEWING}/phien-ban")).text
    assert listed.index("Bản 3") < listed.index("Bản 2") < listed.index("Bản 1")


@pytest.mark.parametrize("back_to", [0, 1, 2])
async def test_all_of_it_goes_back_at_once(
    signed_in: SignedIn,
    desk: Desk,
    three: Versions,
    dearer: str,
    back_to: int,
) -> None:
    draft(desk, dearer)  # which is in nobody's way
    approver = await signed_in("approver")
    began = time.monotonic()
    back = await form(approver, f"{REVIEWING}/phien-ban/{back_to}/quay-lai", {"cach": "ngay", "vi-sao": "Nhầm"})
    await live(approver, back)
    assert time.monotonic() - began < 20  # without what it takes to bring the index up to date: tests/e2e measures all
    assert three.current() == 4 and three.overlay().fingerprint == three.overlay(back_to).fingerprint
    assert three.version(4).golden == {"asked": False} and three.version(4).why == "Nhầm"
    assert desk.drafts.get(CODE) is not None
    (entry,) = desk.audit.entries(action="version_rolled_back")
    assert f"quay lại bản {back_to}" in entry.detail and "không hỏi thử câu chuẩn" in entry.detail
    fee = {0: "8.000 đồng", 1: "10.000 đồng", 2: "12.000 đồng"}[back_to]
    assert fee in (await approver.get(f"/thu-tuc/{CODE}", follow_redirects=True)).text


async def test_going_back_asks_why_and_says_when_there_is_nothing_to_go_back_to(
    signed_in: SignedIn,
    three: Versions,
) -> None:
    approver = await signed_in("approver")
    refused = await form(approver, f"{REVIEWING}/phien-ban/1/quay-lai", {"cach": "ngay"})
    assert refused.status_code == 400 and "vì sao quay lại" in refused.text
    same = await form(approver, f"{REVIEWING}/phien-ban/3/quay-lai", {"cach": "ngay", "vi-sao": "x"})
    assert same.status_code == 409 and "giống hệt" in same.text
    for number in ("9", "-1"):
        gone = await form(approver, f"{REVIEWING}/phien-ban/{number}/quay-lai", {"cach": "ngay", "vi-sao": "x"})
        assert gone.status_code == 404
    assert three.current() == 3


async def test_one_record_goes_back_and_the_others_stay(
    signed_in: SignedIn,
    desk: Desk,
    three: Versions,
) -> None:
    approver = await signed_in("approver")
    await live(approver, await form(approver, f"{HISTORY}/quay-lai", {"ban": "1", "cach": "ngay", "vi-sao": "Nhầm"}))
    now = three.overlay()
    assert now.records[CODE].read_bytes() == three.overlay(1).records[CODE].read_bytes()
    assert now.removed == {OTHER}
    assert three.version(4).changes == (Change(CODE, Kind.changed),)
    assert desk.audit.entries(action="record_rolled_back")[0].detail.endswith(CODE)
    await live(approver, await form(approver, f"{HISTORY}/quay-lai", {"ban": "0", "cach": "ngay", "vi-sao": "Gốc"}))
    assert CODE not in three.overlay().records and three.version(5).changes == (Change(CODE, Kind.restored),)
    assert "8.000 đồng" in (await approver.get(f"/thu-tuc/{CODE}", follow_redirects=True)).text
    await live(approver, await form(approver, f"{HISTORY}/quay-lai", {"ban": "3", "cach": "ngay", "vi-sao": "Bỏ"}))
    assert three.overlay().removed == {CODE, OTHER}
    again = await form(approver, f"{HISTORY}/quay-lai", {"ban": "3", "cach": "ngay", "vi-sao": "Bỏ"})
    assert again.status_code == 409 and "giống hệt" in again.text
    for number in ("99", "-1", "", "một"):
        wrong = await form(approver, f"{HISTORY}/quay-lai", {"ban": number, "cach": "ngay", "vi-sao": "x"})
        assert wrong.status_code == 404


async def test_going_back_may_be_checked_first(
    signed_in: SignedIn,
    three: Versions,
) -> None:
    approver = await signed_in("approver")
    begun = await form(approver, f"{REVIEWING}/phien-ban/1/quay-lai", {"cach": "thu"})
    number, found = await ended(approver, begun.headers["location"])
    assert "Quay lại bản 1" in found.text and "2 mục" in found.text
    assert_sound(found.text, with_script=True)
    await live(approver, await form(approver, f"{REVIEWING}/xuat-ban", {"lan": number, "vi-sao": "Nhầm"}))
    assert three.overlay().fingerprint == three.overlay(1).fingerprint
    assert three.version(4).golden["asked"] is True
    begun = await form(approver, f"{HISTORY}/quay-lai", {"ban": "2", "cach": "thu"})
    number, found = await ended(approver, begun.headers["location"])
    assert "<ins>12.000 đồng" in found.text and "1 mục" in found.text


async def test_a_version_that_no_longer_loads_is_not_gone_back_to(
    signed_in: SignedIn,
    versions: Versions,
    dearer: str,
) -> None:
    broken = dearer.replace("amount: 10000", "amount: mười")
    publish(versions, dearer, "tốt")
    edit = Edit(Change(CODE, Kind.changed), f"procedures/ho_tich/{CODE}-a.yml", dearer + "# khác\n")
    versions.publish([edit], Order(1, clock.now(), "hoa", "tốt"))
    next(versions.folder(1).rglob("*.yml")).write_text(broken, encoding="utf-8")  # as an older program let it through
    approver = await signed_in("approver")
    refused = await form(approver, f"{REVIEWING}/phien-ban/1/quay-lai", {"cach": "ngay", "vi-sao": "x"})
    assert refused.status_code == 409 and "Cách nộp 1, lệ phí 1" in refused.text
    refused = await form(approver, f"{HISTORY}/quay-lai", {"ban": "1", "cach": "ngay", "vi-sao": "x"})
    assert refused.status_code == 409 and "Cách nộp 1, lệ phí 1" in refused.text
    assert versions.current() == 2


async def test_a_record_that_only_the_ward_has_goes_when_it_goes_back_to_before(
    signed_in: SignedIn,
    versions: Versions,
) -> None:
    code = "9.000001"
    text = OWN.read_text(encoding="utf-8").replace(f'code: "{CODE}"', f'code: "{code}"')
    assert text != OWN.read_text(encoding="utf-8")
    edit = Edit(Change(code, Kind.new), f"procedures/ho_tich/{code}-a.yml", text)
    versions.publish([edit], Order(0, clock.now(), "hoa", "thêm"))
    approver = await signed_in("approver")
    page = (await approver.get(f"{DESK}/ho-so/{code}/lich-su")).text
    assert "thêm mới" in page and "Chưa có thủ tục này" in page
    sent = {"ban": "0", "cach": "ngay", "vi-sao": "Thôi"}
    await live(approver, await form(approver, f"{DESK}/ho-so/{code}/lich-su/quay-lai", sent))
    assert code not in versions.overlay().records
    assert (await approver.get(f"{REVIEWING}/phien-ban/2")).status_code == 200


async def test_a_program_s_own_record_that_changed_under_the_ward_s_is_pointed_out(
    signed_in: SignedIn, versions: Versions, dearer: str
) -> None:
    older = OWN.read_text(encoding="utf-8").replace("amount: 8000", "amount: 5000").replace("8.000 đồng", "5.000 đồng")
    edit = Edit(Change(CODE, Kind.changed), f"procedures/ho_tich/{CODE}-a.yml", dearer, older)
    versions.publish([edit], Order(0, clock.now(), "hoa", "Nghị quyết một"))
    viewer = await signed_in("viewer")
    pages = {path: (await viewer.get(path)).text for path in (DESK, f"{DESK}/ho-so", f"{DESK}/ho-so/{CODE}", HISTORY)}
    for page in (pages[DESK], pages[f"{DESK}/ho-so"], pages[HISTORY]):
        assert_sound(page, with_script=True)
    assert "1 bản gốc đã đổi" in pages[DESK]
    assert "Bản gốc đã đổi</span>" in pages[f"{DESK}/ho-so"]
    assert "1 thủ tục" in (await viewer.get(f"{DESK}/ho-so?trang-thai=ban-goc-doi")).text
    assert f"{CODE}/lich-su#ban-goc" in pages[f"{DESK}/ho-so/{CODE}"]
    assert "<del>5.000 đồng" in pages[HISTORY] and "<ins>8.000 đồng" in pages[HISTORY]
    versions.publish([replace(edit, original=OWN.read_text(encoding="utf-8"))], Order(1, clock.now(), "hoa", "Đã xem"))
    assert "bản gốc đã đổi" not in (await viewer.get(DESK)).text
    assert "Bản gốc đã đổi" not in (await viewer.get(HISTORY)).text
