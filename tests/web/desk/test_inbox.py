"""The inbox: letters of citizens, taken, answered and found by their number."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from sqlalchemy import update
from sqlalchemy.engine import Engine

from bot.knowledge.calendar import Calendar
from bot.knowledge.ward import Ward
from bot.store import clock
from bot.store.desk import Desk
from bot.store.messages import Messages
from bot.store.tables import messages as table
from bot.web.desk.inbox.due import due_on, is_overdue
from bot.web.desk.trail import ACTIONS
from tests.web.desk.conftest import SignedIn, form
from tests.web.markup import assert_sound, read, text

INBOX = "/ban-lam-viec/hop-thu"
CONTACT = "0912345678"


@pytest.fixture
def messages(engine: Engine) -> Messages:
    return Messages(engine)


@pytest.fixture
def number(messages: Messages) -> str:
    """A question of a citizen who left a number."""
    messages.draft("c", "question", "Hộ chiếu làm ở đâu?", "1.001193")
    messages.leave_contact("c", CONTACT)
    return messages.send("c")


async def test_everybody_reads_letters_and_only_who_answers_sees_the_contact(signed_in: SignedIn, number: str) -> None:
    for role, sees in {"viewer": False, "staff": True, "editor": False, "approver": True, "admin": True}.items():
        client = await signed_in(role)
        for path in (INBOX, f"{INBOX}/{number}"):
            page = await client.get(path)
            assert page.status_code == 200
            assert_sound(page.text, with_script=True)
            assert "Hộ chiếu làm ở đâu?" in page.text
        assert (CONTACT in page.text) is sees
        assert ('href="tel:0912345678"' in page.text) is sees
        assert ("<textarea" in page.text) is sees


@pytest.mark.parametrize("what", ["nhan", "tra-loi", "ghi-chu", "rut"])
@pytest.mark.parametrize("role", ["viewer", "editor"])
async def test_who_may_not_answer_changes_nothing(
    signed_in: SignedIn, desk: Desk, number: str, role: str, what: str
) -> None:
    client = await signed_in(role)
    sent = {"ban": "0", "tra-loi": "x", "ghi-chu": "x", "chac": "1"}
    assert (await form(client, f"{INBOX}/{number}/{what}", sent)).status_code == 403
    assert desk.letters.get(number).revision == 0 and desk.letters.steps(number) == []


async def test_the_list_says_how_long_the_contact_is_kept(signed_in: SignedIn, number: str) -> None:
    page = await (await signed_in("staff")).get(f"{INBOX}/{number}")
    assert "90 ngày sau khi trả lời" in text(read(page.text))


async def test_taken_answered_and_read_by_the_citizen(
    signed_in: SignedIn, desk: Desk, messages: Messages, number: str
) -> None:
    client = await signed_in("staff")
    taken = await form(client, f"{INBOX}/{number}/nhan", {"ban": "0"})
    assert taken.status_code == 303 and taken.headers["location"] == f"{INBOX}/{number}?xong=nhan"
    assert "Bạn đã nhận thư này" in (await client.get(taken.headers["location"])).text
    answer = "Bạn nộp ở Công an phường.\r\nGọi 0900 000 000 nếu cần."
    assert (await form(client, f"{INBOX}/{number}/tra-loi", {"ban": "1", "tra-loi": answer})).status_code == 303
    found = messages.find(number)
    assert found and found.state == "answered"
    assert found.answer == "Bạn nộp ở Công an phường.\nGọi 0900 000 000 nếu cần."
    assert (await form(client, f"{INBOX}/{number}/mo-lai", {"ban": "2"})).status_code == 303
    assert (await form(client, f"{INBOX}/{number}/tra-lai", {"ban": "3"})).status_code == 303
    done = [(entry.action, entry.subject) for entry in desk.audit.entries(account="staff")]
    actions = [action for action, subject in done if subject == number]
    assert actions == ["letter_given_back", "letter_reopened", "letter_answered", "letter_taken"]
    assert set(actions) <= set(ACTIONS)


async def test_of_two_officials_the_second_is_told_and_keeps_what_was_typed(
    signed_in: SignedIn, desk: Desk, number: str
) -> None:
    first, second = await signed_in("staff"), await signed_in("approver")
    await form(first, f"{INBOX}/{number}/nhan", {"ban": "0"})
    late = await form(second, f"{INBOX}/{number}/nhan", {"ban": "0"})
    assert late.status_code == 409 and "Staff đang làm thư này" in late.text
    late = await form(second, f"{INBOX}/{number}/tra-loi", {"ban": "0", "tra-loi": "Đến quầy 3"})
    assert late.status_code == 409 and desk.letters.get(number).answer is None
    await form(first, f"{INBOX}/{number}/tra-loi", {"ban": "1", "tra-loi": "Đến quầy 4"})
    again = await form(first, f"{INBOX}/{number}/tra-loi", {"ban": "1", "tra-loi": "Đến quầy 5"})
    assert again.status_code == 409 and "Staff đã trả lời thư này" in again.text
    assert desk.letters.get(number).answer == "Đến quầy 4"


async def test_who_has_not_got_it_cannot_answer_it(signed_in: SignedIn, desk: Desk, number: str) -> None:
    desk.letters.take(number, by="somebody", seen=0)
    client = await signed_in("staff")
    assert "Câu trả lời cho người gửi" not in (await client.get(f"{INBOX}/{number}")).text
    refused = await form(client, f"{INBOX}/{number}/tra-loi", {"ban": "1", "tra-loi": "Đến quầy 4"})
    assert refused.status_code == 409 and "somebody đang làm thư này" in refused.text


@pytest.mark.parametrize(
    ("answer", "fault"),
    [("gọi 0987654321 gặp anh Nam", "có số điện thoại"), ("  ", "chưa viết gì"), ("x" * 4001, "Dài quá")],
)
async def test_an_answer_that_everybody_may_read_names_nobodys_number(
    signed_in: SignedIn, desk: Desk, number: str, answer: str, fault: str
) -> None:
    refused = await form(await signed_in("staff"), f"{INBOX}/{number}/tra-loi", {"ban": "0", "tra-loi": answer})
    assert refused.status_code == 400 and fault in text(read(refused.text))
    assert answer[:30].strip() in refused.text and desk.letters.get(number).state == "new"


async def test_notes_are_for_the_desk_only(signed_in: SignedIn, messages: Messages, number: str, desk: Desk) -> None:
    client = await signed_in("staff")
    assert (await form(client, f"{INBOX}/{number}/ghi-chu", {"ghi-chu": "hỏi anh Nam 0987654321"})).status_code == 303
    assert "hỏi anh Nam [số điện thoại]" in (await client.get(f"{INBOX}/{number}")).text
    found = messages.find(number)
    assert found and found.answer is None
    assert (await form(client, f"{INBOX}/{number}/ghi-chu", {"ghi-chu": " "})).status_code == 400


async def test_the_author_may_have_it_deleted_once_the_official_is_sure(
    signed_in: SignedIn, desk: Desk, messages: Messages, number: str
) -> None:
    client = await signed_in("staff")
    assert (await form(client, f"{INBOX}/{number}/rut", {"ban": "0"})).status_code == 400
    assert (await form(client, f"{INBOX}/{number}/xoa-lien-he", {"ban": "0", "chac": "1"})).status_code == 303
    assert desk.letters.get(number).contact is None
    gone = await form(client, f"{INBOX}/{number}/rut", {"ban": "0", "chac": "1"})
    assert messages.find(number) is None
    assert f"Đã xóa thư {number}" in (await client.get(gone.headers["location"])).text
    assert (await client.get(f"{INBOX}/{number}")).status_code == 404
    assert (await form(client, f"{INBOX}/{number}/nhan", {"ban": "0"})).status_code == 404


async def test_a_letter_is_found_by_its_number_or_its_words(signed_in: SignedIn, number: str) -> None:
    client = await signed_in("viewer")
    for typed in (number, number.lower().replace("-", " "), f"mã {number}"):
        found = await client.get(INBOX, params={"tim": typed})
        assert found.status_code == 303 and found.headers["location"] == f"{INBOX}/{number}"
    assert number in (await client.get(INBOX, params={"tim": "ho chieu"})).text
    assert number not in (await client.get(INBOX, params={"tim": "khai sinh"})).text
    missing = await client.get(INBOX, params={"tim": "ch 2b3 4c5"})
    assert missing.status_code == 200 and "Không có thư nào mang mã CH-2B3-4C5" in missing.text


async def test_the_tabs_show_what_is_in_each_state(signed_in: SignedIn, desk: Desk, number: str) -> None:
    client = await signed_in("staff")

    async def shown() -> set[str]:
        tabs = ("chua-xong", "moi", "dang-lam", "cua-toi", "da-tra-loi", "tat-ca", "gi-day")
        return {tab for tab in tabs if number in (await client.get(INBOX, params={"trang-thai": tab})).text}

    assert await shown() == {"chua-xong", "moi", "tat-ca", "gi-day"}
    desk.letters.take(number, by="staff", seen=0)
    assert await shown() == {"chua-xong", "dang-lam", "cua-toi", "tat-ca", "gi-day"}
    desk.letters.give_back(number, by="staff", seen=1)
    desk.letters.take(number, by="other", seen=2)
    assert "cua-toi" not in await shown()
    desk.letters.answer(number, "xong", by="other", seen=3)
    assert await shown() == {"da-tra-loi", "tat-ca"}


async def test_what_is_overdue_stands_first_and_the_desk_says_what_waits(
    signed_in: SignedIn, messages: Messages, engine: Engine, number: str
) -> None:
    messages.draft("old", "complaint", "Rác đầy ngõ")
    late = messages.send("old")
    long_ago = clock.now() - timedelta(days=30)
    with engine.begin() as connection:
        connection.execute(update(table).where(table.c.number == late).values(sent_at=long_ago))
    client = await signed_in("viewer")
    page = text(read((await client.get(INBOX)).text))
    assert page.index(late) < page.index("Quá hạn") < page.index(number)
    assert "2 thư, 1 thư quá hạn" in page
    assert "2 thư mới, 1 quá hạn" in (await client.get("/ban-lam-viec")).text


def test_three_working_days_the_first_not_counted(ward: Ward, desk: Desk, number: str, engine: Engine) -> None:
    # A Thursday evening; 01 and 02 September are public holidays, then comes a weekend.
    sent = datetime(2026, 8, 27, 13, 0, tzinfo=timezone.utc)
    with engine.begin() as connection:
        connection.execute(update(table).where(table.c.number == number).values(sent_at=sent))
    letter, calendar = desk.letters.get(number), Calendar(ward)
    due = due_on(letter, calendar)
    assert due == calendar.add_working_days(date(2026, 8, 27), 3) and (due - date(2026, 8, 27)).days > 5
    assert not is_overdue(letter, calendar, due) and is_overdue(letter, calendar, due + timedelta(days=1))
    letter = desk.letters.answer(number, "xong", by="lan", seen=0)
    assert not is_overdue(letter, calendar, due + timedelta(days=1))


@pytest.mark.parametrize("path", ["", "/CH-222-B33", "/%3Cscript%3E", "?tim=%25&trang=9999999", "?loai=x&trang-thai=x"])
async def test_nothing_there_is_said_in_words(signed_in: SignedIn, path: str) -> None:
    page = await (await signed_in("staff")).get(INBOX + path)
    assert page.status_code == (404 if path.startswith("/") else 200)
    assert_sound(page.text, with_script=True)
    assert "<script>" not in page.text and "Không có thư nào" in page.text


@pytest.mark.parametrize("sent", [{}, {"ban": "x"}, {"ban": "-1"}, {"ban": "9" * 30}])
async def test_a_form_of_others_making_is_refused(signed_in: SignedIn, desk: Desk, number: str, sent: dict) -> None:
    client = await signed_in("staff")
    desk.letters.take(number, by="staff", seen=0)
    assert (await form(client, f"{INBOX}/{number}/tra-lai", sent)).status_code == 409
    assert (await form(client, f"{INBOX}/{number}/gi-day", {"ban": "1"})).status_code == 404
