"""A talk on the page without script: what is said first, how it goes on, how it is judged and deleted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from httpx import AsyncClient
from sqlalchemy.engine import Engine

from bot.answers.answer import answer
from bot.answers.words import load_words
from bot.knowledge.listing import Listing
from bot.knowledge.ward import Ward
from bot.settings import Settings
from bot.store import tables
from bot.web import sessions
from tests.store.rows import Rows
from tests.web.conftest import StandIn
from tests.web.markup import links, of_class, text
from tests.web.plain import press, seen, send
from tests.web.words import words


@pytest.fixture
def said(rasa: StandIn, listing: Listing) -> dict[str, Any]:
    """An answer about a procedure, which is what Rasa says from now on."""
    reply = answer(listing["1.001193"], ["fee"], listing, today=date(2026, 11, 23)).as_json()
    rasa.says(reply)
    return reply


# The first page


async def test_the_first_words_are_of_a_machine_that_may_be_wrong_and_of_what_is_kept(
    http: AsyncClient, ward: Ward, gateway_settings: Settings
) -> None:
    page = seen(await http.get("/hoi"))
    first = page.main.partition("Câu hỏi của bạn")[0]
    assert "là máy, không phải cán bộ" in first and "hiểu nhầm" in first and ward.hotline in first
    assert "đừng gửi số căn cước, số tài khoản" in first
    assert f"{gateway_settings.retention_days} ngày" in first
    assert links(page.tree)["Đọc thêm về quyền riêng tư"] == "/rieng-tu"


async def test_the_first_page_has_one_field_and_the_questions_that_the_ward_suggests(
    http: AsyncClient, rasa: StandIn, ward: Ward
) -> None:
    page = seen(await http.get("/hoi"))
    assert page.typed == "" and page.session == ""
    for suggestion in ward.suggestions:
        assert page.form("/hoi", suggestion) == {"message": suggestion}
    assert rasa.got == []


@pytest.mark.parametrize(
    "question", ["Đăng ký tạm trú?", "</textarea><script>alert(1)</script>", "\nhai\ndòng", '"&amp;', "�"]
)
async def test_an_address_may_fill_the_field(http: AsyncClient, question: str) -> None:
    page = seen(await http.get("/hoi", params={"cau-hoi": question}))
    assert page.typed == question and page.heading == "Hỏi về thủ tục"


async def test_every_form_sends_utf8_to_the_place_where_the_answer_begins(
    http: AsyncClient, said: dict[str, Any]
) -> None:
    for page in (seen(await http.get("/hoi")), await send(http, "lệ phí bao nhiêu")):
        for form in page.tree.iter("form"):
            assert form.get("accept-charset") == "utf-8" and form.get("method") == "post"
            assert form.get("action", "").endswith("#tra-loi")
        (target,) = (element for element in page.tree.iter() if element.get("id") == "tra-loi")
        assert target.get("tabindex") == "-1" and text(target) == page.heading


# A question and its answer


async def test_the_page_says_what_was_asked_and_what_is_answered(
    http: AsyncClient, rasa: StandIn, said: dict[str, Any]
) -> None:
    page = await send(http, "Lệ phí làm khai sinh?")
    assert rasa.messages == ["Lệ phí làm khai sinh?"]
    assert "Bạn hỏi: Lệ phí làm khai sinh?" in page.main and said["card"]["name"] in page.main
    assert text(next(page.tree.iter("title"))).startswith(f"Trả lời câu hỏi của bạn: {said['card']['name']}")
    assert page.typed == ""


async def test_the_answer_comes_before_the_field_for_the_next_question(http: AsyncClient, said: dict[str, Any]) -> None:
    main = (await send(http, "lệ phí bao nhiêu")).main
    assert main.index(said["card"]["name"]) < main.index("Bạn hỏi tiếp") < main.index("Xóa cuộc trò chuyện")


async def test_what_was_asked_is_text(http: AsyncClient) -> None:
    page = await send(http, "<script>alert(1)</script><b>khai sinh</b>")
    assert "Bạn hỏi: <script>alert(1)</script><b>khai sinh</b>" in page.main


async def test_several_replies_come_in_order(http: AsyncClient, rasa: StandIn, ward: Ward) -> None:
    rasa.says(words("utter_thanks", ward), words("utter_which_procedure", ward))
    first, second = of_class((await send(http, "chào")).tree, "said")
    assert "Không có gì" in text(first) and "Bạn đang hỏi về việc gì" in text(second)


async def test_the_next_question_belongs_to_the_same_talk(http: AsyncClient, rasa: StandIn) -> None:
    first = await send(http, "làm khai sinh")
    second = await send(http, "lệ phí bao nhiêu", first.session)
    assert second.session == first.session
    assert rasa.got[0]["sender"] == rasa.got[1]["sender"]


async def test_a_talk_begun_in_the_chat_goes_on_here(http: AsyncClient, rasa: StandIn) -> None:
    begun = (await http.post("/api/chat", json={"message": "làm khai sinh"})).json()["session"]
    assert (await send(http, "lệ phí bao nhiêu", begun)).session == begun
    assert rasa.got[0]["sender"] == rasa.got[1]["sender"]


@pytest.mark.parametrize("forged", ["x", "a.b.c", "�", "\x00", "ImFkbWluIg.aSHYkA.AAAA", "x" * 5000])
async def test_a_forged_session_gets_a_new_talk(http: AsyncClient, rasa: StandIn, forged: str) -> None:
    page = await send(http, "làm khai sinh", forged)
    assert page.session and page.session != forged
    assert "Không có gì" in page.main and rasa.got[0]["sender"] not in forged


async def test_a_talk_that_has_ended_goes_on_as_a_new_one(
    http: AsyncClient, rasa: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await send(http, "làm khai sinh")
    monkeypatch.setattr(sessions, "LIFETIME", -1)
    assert (await send(http, "lệ phí bao nhiêu", first.session)).session != first.session
    assert rasa.got[0]["sender"] != rasa.got[1]["sender"]


async def test_a_new_conversation_begins_on_the_first_page(http: AsyncClient) -> None:
    page = await send(http, "làm khai sinh")
    assert links(page.tree)["Cuộc trò chuyện mới"] == "/hoi"
    assert seen(await http.get("/hoi")).session == ""


@pytest.mark.parametrize("message", ["cảm ơn", "", "căn cước 079123456789 làm khai sinh", "ơ" * 501, "0912345678"])
async def test_the_words_are_those_of_the_chat(http: AsyncClient, rasa: StandIn, message: str) -> None:
    (reply,) = (await http.post("/api/chat", json={"message": message})).json()["replies"]
    page = await send(http, message)
    assert [text(said) for said in of_class(page.tree, "said")] == [" ".join(reply["text"].split())]
    assert len(set(rasa.messages)) <= 1


async def test_a_turn_is_kept_masked_as_in_the_chat(http: AsyncClient, rows: Rows) -> None:
    await send(http, "gọi 0901234567 về khai sinh")
    assert [row["message"] for row in rows(tables.turns)] == ["gọi [số điện thoại] về khai sinh"]


async def test_a_talk_is_kept_by_nobody_in_between(http: AsyncClient) -> None:
    for page in (seen(await http.get("/hoi")), await send(http, "chào")):
        assert {"private", "no-cache"} == set(page.response.headers["cache-control"].split(", "))


# Thumbs


async def test_a_thumb_up_is_kept(http: AsyncClient, said: dict[str, Any], rows: Rows) -> None:
    page = await send(http, "lệ phí bao nhiêu")
    thanked = await press(http, "/hoi/danh-gia", page.form("/hoi/danh-gia", "Đúng ý"))
    assert thanked.heading == "Cảm ơn bạn" and thanked.session == page.session
    assert [(row["mark"], row["procedure"]) for row in rows(tables.marks)] == [("up", "1.001193")]


async def test_a_thumb_down_is_kept_at_once_and_asks_for_the_reason(
    http: AsyncClient, said: dict[str, Any], rows: Rows
) -> None:
    page = await send(http, "lệ phí bao nhiêu")
    asked = await press(http, "/hoi/danh-gia", page.form("/hoi/danh-gia", "Chưa đúng"))
    assert [row["mark"] for row in rows(tables.marks)] == ["down"]
    reasons = [one["label"] for one in load_words()["utter_ask_feedback_reason"][0].choices if one["label"] != "Bỏ qua"]
    for reason in reasons:
        await press(http, "/hoi/danh-gia", asked.form("/hoi/danh-gia", reason))
        assert [(row["mark"], row["reason"]) for row in rows(tables.marks)] == [("down", reason)]


async def test_only_answers_about_a_procedure_have_thumbs(http: AsyncClient) -> None:
    with pytest.raises(AssertionError, match="no button"):
        (await send(http, "cảm ơn")).form("/hoi/danh-gia", "Đúng ý")


@pytest.mark.parametrize("change", [{"session": "x"}, {"session": ""}, {"reply": "x"}, {"mark": "meh"}, {"mark": ""}])
async def test_what_is_no_mark_of_ones_own_is_refused_on_a_page(
    http: AsyncClient, said: dict[str, Any], rows: Rows, change: dict[str, str]
) -> None:
    form = (await send(http, "lệ phí bao nhiêu")).form("/hoi/danh-gia", "Đúng ý")
    assert (await press(http, "/hoi/danh-gia", form | change, status=400)).heading == "Chưa ghi được đánh giá"
    assert rows(tables.marks) == []


async def test_a_database_that_fails_costs_the_mark_and_not_the_talk(
    http: AsyncClient, said: dict[str, Any], engine: Engine
) -> None:
    page = await send(http, "lệ phí bao nhiêu")
    tables.marks.drop(engine)
    failed = await press(http, "/hoi/danh-gia", page.form("/hoi/danh-gia", "Đúng ý"), status=500)
    assert failed.heading == "Chưa ghi được đánh giá" and failed.session == page.session


async def test_after_a_mark_the_talk_goes_on(http: AsyncClient, rasa: StandIn, said: dict[str, Any]) -> None:
    page = await send(http, "lệ phí bao nhiêu")
    thanked = await press(http, "/hoi/danh-gia", page.form("/hoi/danh-gia", "Đúng ý"))
    await send(http, "ở đâu", thanked.session)
    assert rasa.got[0]["sender"] == rasa.got[1]["sender"]


# Deleting


async def test_who_deletes_the_talk_is_told_so_and_begins_anew(
    http: AsyncClient, rasa: StandIn, said: dict[str, Any], rows: Rows
) -> None:
    page = await send(http, "lệ phí bao nhiêu")
    await press(http, "/hoi/danh-gia", page.form("/hoi/danh-gia", "Đúng ý"))
    deleted = await press(http, "/hoi/xoa", page.form("/hoi/xoa", "Xóa cuộc trò chuyện"))
    assert deleted.heading == "Đã xóa cuộc trò chuyện" and deleted.session == ""
    assert [rows(table) for table in (tables.turns, tables.replies, tables.marks)] == [[], [], []]


async def test_what_cannot_be_deleted_now_can_be_tried_again(http: AsyncClient, rasa: StandIn) -> None:
    page = await send(http, "làm khai sinh")
    rasa.status = 500
    failed = await press(http, "/hoi/xoa", page.form("/hoi/xoa", "Xóa cuộc trò chuyện"), status=503)
    assert failed.heading == "Chưa xóa được"
    rasa.status = 200
    deleted = await press(http, "/hoi/xoa", failed.form("/hoi/xoa", "Xóa cuộc trò chuyện"))
    assert deleted.heading == "Đã xóa cuộc trò chuyện"


async def test_a_deleted_talk_does_not_go_on(http: AsyncClient, rasa: StandIn) -> None:
    page = await send(http, "làm khai sinh")
    await press(http, "/hoi/xoa", page.form("/hoi/xoa", "Xóa cuộc trò chuyện"))
    assert (await send(http, "lệ phí bao nhiêu", page.session)).session != page.session


@pytest.mark.parametrize("session", ["", "x", "\x00", "x" * 5000])
async def test_who_asks_to_delete_no_talk_of_theirs_is_told_so(http: AsyncClient, session: str) -> None:
    page = await press(http, "/hoi/xoa", {"session": session}, status=400)
    assert page.heading == "Chưa xóa được" and "không nhận ra cuộc trò chuyện này" in page.main
