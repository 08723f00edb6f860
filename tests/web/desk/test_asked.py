"""Questions of citizens: found, grouped, marked, and made into examples and golden questions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from sqlalchemy.engine import Engine

from bot.knowledge.listing import Listing
from bot.settings import Settings
from bot.store import clock
from bot.store.desk import Desk
from bot.store.golden import Wanted
from bot.store.messages import Messages
from bot.store.ratings import Ratings
from bot.store.replies import Replies
from bot.store.turns import Turns
from bot.web.desk.asked.filters import Filter
from bot.web.desk.trail import ACTIONS
from tests.web.conftest import StandIn
from tests.web.desk.conftest import SignedIn, form
from tests.web.markup import assert_sound, links, of_class, read, text

ASKED = "/ban-lam-viec/cau-hoi"
CODE = "1.001193"
Ask = Callable[..., str]


@pytest.fixture
def ask(engine: Engine) -> Ask:
    """Keeps a turn: `ask("làm hộ chiếu", "unknown")`; returns its id."""
    count = iter(range(1000))

    def asked(
        message: str,
        card: str = "answer",
        *,
        kind: str | None = None,
        code: str | None = None,
        who: str = "",
        ago: int = 0,
    ) -> str:
        number = next(count)
        at = clock.now() - timedelta(days=ago, seconds=1000 - number)
        turn, conversation = f"turn{number}", who or f"talk{number}"
        Replies(engine, now=lambda: at).add(
            turn, conversation, card_type=card, kind=kind, procedure=code, aspects=["fee"] if code else []
        )
        Turns(engine, now=lambda: at).add(turn, conversation, message, took_ms=40)
        return turn

    return asked


def shown(page: str) -> list[str]:
    """The questions that stand on the list, in their order."""
    return [text(next(card.iter("h2"))) for card in of_class(read(page), "card") if list(card.iter("h2"))]


async def test_everybody_reads_them_and_sees_what_they_may_do(signed_in: SignedIn, ask: Ask) -> None:
    turn = ask("làm hộ chiếu ở đâu", "unknown")
    may = {"viewer": "", "staff": "mark golden", "editor": "golden example", "approver": "mark golden example"}
    for role, what in may.items():
        client = await signed_in(role)
        for path in (ASKED, f"{ASKED}/{turn}"):
            page = await client.get(path)
            assert page.status_code == 200
            assert_sound(page.text, with_script=True)
            there = {
                "mark": "Đánh dấu không thuộc việc của phường</button>" in page.text,
                "golden": "Thêm làm câu chuẩn" in page.text,
                "example": "Thêm làm câu ví dụ" in page.text,
            }
            assert {name for name, is_there in there.items() if is_there} == set(what.split())


async def test_what_failed_stands_first_alike_ones_as_one(signed_in: SignedIn, ask: Ask, engine: Engine) -> None:
    ask("chào", "smalltalk", kind="greet")
    ask("lệ phí khai sinh", code=CODE)
    bad = ask("phí đăng ký khai sinh bao nhiêu", code=CODE)
    Ratings(engine).mark(bad, "talk2", "down", "sai số tiền")
    for message in ("làm hộ chiếu ở đâu", "dạ cho em hỏi Làm hộ chiếu ở đâu ạ"):
        ask(message, "unknown")
    ask("đổi bằng lái xe", "unknown", kind="elsewhere")
    ask("xin giấy", "choose")
    page = await (await signed_in("viewer")).get(ASKED)
    assert shown(page.text) == [
        "dạ cho em hỏi Làm hộ chiếu ở đâu ạ",
        "phí đăng ký khai sinh bao nhiêu",
        "xin giấy",
        "đổi bằng lái xe",
        "lệ phí khai sinh",
        "chào",
    ]
    first, second = of_class(read(page.text), "letters")[0][:2]
    assert "Chưa trả lời được 2 lần" in text(first) and "1 cách hỏi khác" in text(first)
    assert "1 lần chê" in text(second) and "sai số tiền" in text(second)


async def test_filters(signed_in: SignedIn, ask: Ask, engine: Engine, listing: Listing) -> None:
    ask("câu xưa", "unknown", ago=40)
    ask("câu tuần trước", "unknown", ago=8)
    up = ask("khai sinh cho con", code=CODE)
    Ratings(engine).mark(up, "talk2", "up")
    ask("Tạm trú ở đâu", code="1.004194")
    ask("đổi bằng lái xe", "unknown", kind="elsewhere")
    client = await signed_in("viewer")

    async def found(**query: str) -> set[str]:
        return set(
            shown((await client.get(ASKED, params={name.replace("_", "-"): query[name] for name in query})).text)
        )

    recent = {"khai sinh cho con", "Tạm trú ở đâu", "đổi bằng lái xe"}
    assert await found() == recent == await found(khoang="x", tu="hôm qua", den="2026-13-01", ket_qua="?")
    assert await found(khoang="30") == recent | {"câu tuần trước"}
    assert await found(khoang="tat-ca") == recent | {"câu tuần trước", "câu xưa"}
    assert await found(ket_qua="outside") == {"đổi bằng lái xe"}
    assert await found(khoang="tat-ca", ket_qua="unknown") == {"câu tuần trước", "câu xưa"}
    assert await found(danh_gia="dung-y") == {"khai sinh cho con"}
    assert await found(danh_gia="chua-dung") == set()
    assert await found(danh_gia="chua-noi") == recent - {"khai sinh cho con"}
    assert await found(thu_tuc=CODE) == {"khai sinh cho con"} == await found(linh_vuc=listing[CODE].field)
    assert await found(tim="TAM tru") == {"Tạm trú ở đâu"} == await found(tim="trú tạm")
    day = (clock.now().astimezone(clock.VIETNAM) - timedelta(days=40)).date()
    around = {"tu": str(day - timedelta(days=1)), "den": str(day + timedelta(days=1))}
    assert await found(**around) == {"câu xưa"}


def test_a_day_counts_in_vietnam_from_its_midnight_to_the_next() -> None:
    since, until = Filter.of({"tu": "2026-11-22", "den": "2026-11-22"}).span(date(2026, 11, 25))
    assert since == datetime(2026, 11, 21, 17, tzinfo=timezone.utc) and until == since + timedelta(days=1)
    assert Filter.of({"khoang": "1"}).span(date(2026, 11, 22)) == (since, None)
    assert (
        Filter.of({}) == Filter.of({"khoang": "7"})
        and Filter.of({"khoang": "tat-ca"}).span(date.today()) == (None,) * 2
    )


def test_an_address_says_the_same_filter() -> None:
    wanted = Filter.of({"khoang": "30", "tim": "phí & lệ phí", "ket-qua": "unknown", "hien": "1"})
    query = {name: value for name, (value,) in parse_qs(wanted.address(3)).items()}
    assert query.pop("trang") == "3" and Filter.of(query) == wanted


async def test_paging_goes_through_all_of_them(signed_in: SignedIn, ask: Ask) -> None:
    names = "gà vịt ngan ngỗng chó mèo lợn bò trâu ngựa dê cừu thỏ chuột hổ báo vẹt khỉ gấu hươu nai sóc cáo".split()
    for name in names:
        ask(f"nuôi {name}", "unknown")
    client, seen, address = await signed_in("viewer"), list[str](), ""
    for _ in range(2):
        tree = read((await client.get(ASKED + address)).text)
        seen += [text(next(card.iter("h2"))) for card in of_class(tree, "letters")[0]]
        address = links(tree).get("Trang sau", "")
    assert sorted(seen) == sorted(f"nuôi {name}" for name in names) and address == ""
    assert (await client.get(ASKED, params={"trang": "99999"})).status_code == 200


async def test_a_mark_hides_all_alike_ones_until_it_is_taken_away(signed_in: SignedIn, ask: Ask, desk: Desk) -> None:
    ask("làm hộ chiếu ở đâu", "unknown")
    ask("làm hộ chiếu ở đâu vậy ạ", "unknown")
    ask("sổ hộ khẩu còn dùng không", "unknown")
    client = await signed_in("staff")

    async def press(what: str, query: str = "") -> str:
        card = of_class(read((await client.get(ASKED + query)).text), "letters")[0][0]
        fields = {"nhom": [one.get("value") for one in card.iter("input") if one.get("name") == "nhom"]}
        back = next(one.get("value") for one in card.iter("input") if one.get("name") == "ve")
        done = await form(client, f"{ASKED}/danh-dau", {**fields, "viec": what, "ve": back})
        assert done.status_code == 303
        page = await client.get(done.headers["location"])
        assert_sound(page.text, with_script=True)
        return page.text

    assert shown(await press("not_ours")) == ["sổ hộ khẩu còn dùng không"]
    ask("Làm hộ chiếu ở đâu", "unknown")
    assert shown((await client.get(ASKED)).text) == ["sổ hộ khẩu còn dùng không"]
    with_all = await client.get(f"{ASKED}?hien=1")
    assert "Không thuộc việc của phường (staff" in with_all.text and len(shown(with_all.text)) == 2
    assert len(shown(await press("bo", "?hien=1"))) == 2 and desk.turn_marks.all() == {}
    entries = [entry for entry in desk.audit.entries(account="staff") if entry.action.startswith("question")]
    assert [entry.action for entry in entries] == ["question_unmarked", "question_not_ours"]
    assert {entry.action for entry in entries} <= set(ACTIONS)
    assert "chiếu" not in str(entries)


@pytest.mark.parametrize("sent", [{}, {"nhom": "x", "viec": "done"}, {"nhom": "0" * 16, "viec": "gì"}, {"viec": "bo"}])
async def test_no_other_marks(signed_in: SignedIn, desk: Desk, sent: dict) -> None:
    sent = {**sent, "ve": "https://example.com/&trang=²"}
    refused = await form(await signed_in("staff"), f"{ASKED}/danh-dau", sent)
    assert refused.status_code == 303 and refused.headers["location"].startswith(f"{ASKED}?")
    assert "example.com" not in refused.headers["location"] and desk.turn_marks.all() == {}


async def test_a_turn_stands_in_its_conversation_and_leads_on(
    signed_in: SignedIn, ask: Ask, engine: Engine, listing: Listing
) -> None:
    ask("chào", "smalltalk", kind="greet", who="a")
    turn = ask("lệ phí khai sinh, số tôi 0912345678", code=CODE, who="a")
    ask("của người khác", who="b")
    messages = Messages(engine)
    messages.draft("a", "question", "gọi lại giúp")
    number = messages.send("a")
    page = await (await signed_in("approver")).get(f"{ASKED}/{turn}")
    tree = read(page.text)
    said = text(tree)
    assert "chào" in said and "của người khác" not in said and "0912345678" not in page.text
    assert f"Đã trả lời: {listing.names[CODE]} (Lệ phí)" in said
    assert any(link.get("href") == f"/ban-lam-viec/hop-thu/{number}" for link in tree.iter("a"))
    assert parse_qs(urlsplit(links(tree)["Thêm làm câu chuẩn"]).query) == {
        "cau": ["lệ phí khai sinh, số tôi [số điện thoại]"],
        "ket-qua": ["answer"],
        "thu-tuc": [CODE],
        "khia-canh": ["fee"],
    }


@pytest.mark.parametrize("path", ["/nothing", "/nothing/vi-du"])
async def test_a_question_that_was_deleted_says_so(signed_in: SignedIn, path: str) -> None:
    page = await (await signed_in("approver")).get(ASKED + path)
    assert page.status_code == 404 and "Câu này không còn" in page.text


async def test_an_example_goes_into_the_draft_of_the_record(
    signed_in: SignedIn, ask: Ask, desk: Desk, listing: Listing, well: StandIn
) -> None:
    turn = ask("bé nhà em mới chào đời đi báo tên ở đâu ha", "unknown")
    client = await signed_in("editor")
    well.found = [CODE]
    page = await client.get(f"{ASKED}/{turn}/vi-du")
    assert_sound(page.text, with_script=True)
    assert f'value="{CODE}"' in page.text
    found = await client.get(f"{ASKED}/{turn}/vi-du", params={"tim": listing["1.004194"].name, "cau": "câu đã sửa"})
    assert 'value="1.004194"' in found.text and 'value="câu đã sửa"' in found.text
    sent = {"cau": "bé nhà em mới chào đời đi báo tên ở đâu ha", "thu-tuc": CODE}
    added = await form(client, f"{ASKED}/{turn}/vi-du", sent)
    assert added.status_code == 303
    assert f"/ban-lam-viec/ho-so/{CODE}" in (await client.get(added.headers["location"])).text
    draft = desk.drafts.get(CODE)
    assert draft and draft.by == "editor" and draft.state == "draft"
    assert yaml.safe_load(draft.text)["questions"] == [*listing[CODE].questions, sent["cau"]]
    again = await form(client, f"{ASKED}/{turn}/vi-du", {**sent, "cau": "thêm một câu nữa về khai sinh"})
    assert again.status_code == 303
    draft = desk.drafts.get(CODE)
    assert draft and yaml.safe_load(draft.text)["questions"][-2:] == [sent["cau"], "thêm một câu nữa về khai sinh"]
    assert "example_added" in {entry.action for entry in desk.audit.entries(subject=CODE)}


async def test_the_draft_is_all_of_the_record_and_one_question_more(
    signed_in: SignedIn, ask: Ask, desk: Desk, well: StandIn, gateway_settings: Settings
) -> None:
    turn = ask("một câu chưa ai hỏi bao giờ", "unknown")
    assert (
        await form(await signed_in("editor"), f"{ASKED}/{turn}/vi-du", {"cau": "một câu mới", "thu-tuc": CODE})
    ).status_code == 303
    (path,) = (gateway_settings.knowledge / "procedures").rglob(f"{CODE}-*.yml")
    before, draft = yaml.safe_load(path.read_text(encoding="utf-8")), desk.drafts.get(CODE)
    assert draft and yaml.safe_load(draft.text) == {**before, "questions": [*before["questions"], "một câu mới"]}


async def test_what_is_no_new_example_is_refused_and_told(
    signed_in: SignedIn, ask: Ask, desk: Desk, listing: Listing, well: StandIn
) -> None:
    turn = ask("làm giấy tờ cho bé", "unknown")
    desk.golden.add(Wanted("Câu để kiểm tra máy?", "answer", CODE), by="lan")
    desk.drafts.save("1.004194", "questions: [Câu trong nháp]", by="lan", seen=0, base=0)
    desk.drafts.save("2.000815", "", by="lan", seen=0, base=0)
    client = await signed_in("editor")
    faults = {
        (listing[CODE].questions[0].upper(), CODE): f"đã là câu ví dụ của thủ tục {listing[CODE].name}",
        ("cau de kiem tra may", CODE): "đang là câu chuẩn",
        ("câu trong nháp?", CODE): "đã có trong bản nháp",
        ("câu mới toanh", "2.000815"): "bỏ nó khỏi danh mục",
        ("câu mới toanh", "9.999999"): "chọn một thủ tục",
        ("câu mới toanh", ""): "chọn một thủ tục",
        ("gọi 0912345678", CODE): "che số",
        ("gọi [số điện thoại]", CODE): "che số",
        (" ", CODE): "viết câu ví dụ",
        ("x" * 301, CODE): "dài quá",
    }
    for (question, code), fault in faults.items():
        refused = await form(client, f"{ASKED}/{turn}/vi-du", {"cau": question, "thu-tuc": code})
        assert refused.status_code == 400 and fault in text(read(refused.text)), (question, code)
        assert_sound(refused.text, with_script=True)
    assert desk.drafts.get(CODE) is None


@pytest.mark.parametrize("role", ["viewer", "staff"])
async def test_who_may_not_edit_adds_no_example(signed_in: SignedIn, ask: Ask, desk: Desk, role: str) -> None:
    turn, client = ask("một câu", "unknown"), await signed_in(role)
    assert (await client.get(f"{ASKED}/{turn}/vi-du")).status_code == 403
    assert (await form(client, f"{ASKED}/{turn}/vi-du", {"cau": "x", "thu-tuc": CODE})).status_code == 403
    assert desk.drafts.all() == []


@pytest.mark.parametrize("role", ["viewer", "editor"])
async def test_who_may_not_handle_marks_nothing(signed_in: SignedIn, desk: Desk, role: str) -> None:
    sent = {"nhom": "0" * 16, "viec": "done"}
    assert (await form(await signed_in(role), f"{ASKED}/danh-dau", sent)).status_code == 403
    assert desk.turn_marks.all() == {}
