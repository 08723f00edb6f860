"""Forms as Rasa runs them, through the gateway: the papers for one's own case, and what is left for a person."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.settings import Settings
from bot.store.database import connect, reading
from bot.store.tables import marks, messages, ratings
from tests.e2e.conftest import Talk

pytestmark = pytest.mark.slow

BIRTH = "1.001193"
NUMBER = re.compile(r"\b(?:CH|PA|GY)-[0-9A-Z]{3}-[0-9A-Z]{3}\b")


def to_checklist(talk: Talk) -> None:
    talk("đăng ký khai sinh cho con cần giấy tờ gì")
    assert talk.card("Lập danh sách giấy tờ cho trường hợp của tôi")["type"] == "ask"


def test_three_answers_make_the_list_for_exactly_this_case(talk: Talk) -> None:
    to_checklist(talk)
    assert talk.card("có giấy chứng sinh rồi")["number"] == 2
    assert talk.card("không")["number"] == 3
    card = talk.card("ông bà hoặc người thân khác")
    assert (card["type"], card["code"], card["aspects"]) == ("answer", BIRTH, ["documents"])
    listed = " ".join([*card["checklist"]["hand_in"], *card["checklist"]["show"]])
    assert "Giấy chứng sinh" in listed and "mang thai hộ" not in listed and "bỏ rơi" not in listed
    assert card["checklist"]["depends"] == []


def test_a_changed_answer_changes_the_list(talk: Talk) -> None:
    to_checklist(talk)
    for answer in ("1", "1"):
        talk(answer)
    first = talk("1")
    change = next(choice for choice in first["choices"] if "chứng sinh" in choice["label"])
    assert talk.card(change["message"])["question"] == "Bé có giấy chứng sinh của nơi sinh không?"
    changed = talk.card("2")["checklist"]
    assert changed != first["card"]["checklist"]
    assert any("người làm chứng" in paper for paper in changed["hand_in"])


def test_what_is_skipped_stays_as_it_depends(talk: Talk) -> None:
    to_checklist(talk)
    for _ in range(2):
        assert talk.card("Bỏ qua")["type"] == "ask"
    assert talk.card("Bỏ qua")["checklist"]["depends"]


def test_an_aside_is_answered_and_the_question_put_again(talk: Talk) -> None:
    to_checklist(talk)
    aside, again = talk.all("Lệ phí bao nhiêu?")
    assert (aside["card"]["type"], aside["card"]["aspects"]) == ("answer", ["fee"])
    assert (again["card"]["type"], again["card"]["number"]) == ("ask", 1)
    assert talk.card("1")["number"] == 2


def test_another_procedure_leaves_the_questions(talk: Talk) -> None:
    to_checklist(talk)
    (reply,) = talk.all("đăng ký kết hôn hết bao nhiêu tiền")
    assert reply["card"]["code"] == "1.000894"
    assert talk.card("1")["type"] != "ask"


def test_help_comes_before_any_question(talk: Talk) -> None:
    to_checklist(talk)
    reply = talk("cháy nhà rồi cứu với")
    assert reply["card"] == {"type": "service", "kind": "emergency"} and reply["text"].startswith("Gọi 114")


@pytest.fixture
def database(settings: Settings) -> Engine:
    return connect(settings)


def test_a_complaint_is_taken_down_confirmed_sent_and_found_again(talk: Talk, database: Engine, logs: Path) -> None:
    assert talk.card("tôi muốn gửi phản ánh") == {"type": "service", "kind": "complaint", "step": "text"}
    assert talk.card("Đèn đường hẻm 12 hư cả tháng nay, tối đi rất nguy hiểm.")["step"] == "contact"
    read_back = talk("số của tôi 0912 345 678")
    assert read_back["card"]["step"] == "confirm" and "Đèn đường hẻm 12" in read_back["text"]
    assert "345" not in read_back["text"]
    sent = talk("Gửi đi")
    number = NUMBER.search(sent["text"])
    assert sent["card"]["step"] == "sent" and number is not None and number[0].startswith("PA-")
    with reading(database) as connection:
        row = connection.execute(select(messages).where(messages.c.number == number[0])).mappings().one()
    assert (row["state"], row["contact"]) == ("new", "0912345678")
    assert "chưa có người xử lý" in Talk(talk.http)(f"{number[0]} tới đâu rồi")["text"]
    for log in logs.iterdir():
        assert "0912345678" not in log.read_text(encoding="utf-8", errors="replace")


def test_what_is_broken_off_is_not_sent(talk: Talk, database: Engine) -> None:
    talk("tôi muốn để lại câu hỏi cho cán bộ")
    assert talk.card("Nhà tôi ở ranh hai phường thì nộp hồ sơ ở phường nào?")["step"] == "contact"
    assert talk.card("thôi không gửi nữa")["step"] == "cancelled"
    with reading(database) as connection:
        drafts = connection.execute(select(messages).where(messages.c.state == "draft")).mappings().all()
    assert not [row for row in drafts if "ranh hai phường" in row["text"]]
    assert talk.card("Lệ phí đăng ký kết hôn bao nhiêu?")["type"] == "answer"


def test_it_can_be_written_again(talk: Talk) -> None:
    talk("tôi muốn để lại câu hỏi cho cán bộ")
    talk("câu hỏi viết nhầm")
    talk("Bỏ qua")
    assert talk.card("Viết lại")["step"] == "text"
    assert talk.card("Bao giờ phường cấp số nhà mới cho hẻm 5?")["step"] == "contact"
    again = talk("Bỏ qua")
    assert "hẻm 5" in again["text"] and "viết nhầm" not in again["text"]


def test_satisfaction_is_kept(talk: Talk, database: Engine) -> None:
    goodbye = talk("tạm biệt nhé")
    labels = [choice["label"] for choice in goodbye["choices"]]
    assert (len(labels), labels[0], labels[-1]) == (5, "Rất hài lòng", "Rất không hài lòng")
    with reading(database) as connection:
        before = len(connection.execute(select(ratings)).all())
    assert talk.card("Không hài lòng")["step"] == "rated"
    with reading(database) as connection:
        assert len(connection.execute(select(ratings)).all()) == before + 1


def test_a_wrong_answer_is_marked_with_its_reason(talk: Talk, database: Engine) -> None:
    talk("đăng ký kết hôn hết bao nhiêu tiền")
    assert talk.card("trả lời sai rồi")["step"] == "reason"
    assert talk.card("Thông tin sai hoặc cũ")["step"] == "kept"
    with reading(database) as connection:
        last = connection.execute(select(marks).order_by(marks.c.at.desc())).mappings().first()
    assert last is not None
    assert (last["mark"], last["reason"], last["procedure"]) == ("down", "Thông tin sai hoặc cũ", "1.000894")


def test_a_thumb_under_an_answer_is_kept(http: httpx.Client) -> None:
    asked = http.post("/api/chat", json={"message": "đăng ký kết hôn hết bao nhiêu tiền"}).json()
    body = {"session": asked["session"], "reply": asked["replies"][0]["id"], "mark": "up"}
    for _ in range(20):  # the reply is kept after it was given
        if (answered := http.post("/api/feedback", json=body)).status_code == 200:
            break
    assert answered.json() == {"status": "ok"}
