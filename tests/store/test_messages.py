"""A question, complaint or piece of feedback, from the draft to the answer."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy.engine import Engine

from bot.processes import environment
from bot.settings import Settings
from bot.store import numbers, tables
from bot.store.database import StoreError
from bot.store.messages import TRIES, Message, Messages
from bot.text.privacy import mask
from bot.text.request_numbers import PREFIXES, as_number, number_in
from tests.store.at_once import run_at_once
from tests.store.rows import Rows
from tests.store.watch import Watch


def sent(messages: Messages, conversation: str = "c", kind: str = "question", text: str = "Nộp ở đâu?") -> str:
    messages.draft(conversation, kind, text)
    return messages.send(conversation)


def found(messages: Messages, number: str) -> Message:
    message = messages.find(number)
    assert message is not None
    return message


# Drafts


def test_a_draft_is_kept_until_it_is_sent(messages: Messages, watch: Watch) -> None:
    assert not messages.awaits_contact("c")
    messages.draft("c", "question", "Nộp ở đâu?", "1.001193")
    draft = messages.draft_of("c")
    assert messages.awaits_contact("c") and draft
    assert (draft.state, draft.text, draft.procedure, draft.created_at) == (
        *("draft", "Nộp ở đâu?", "1.001193"),
        watch.time,
    )
    assert (draft.contact, draft.sent_at, draft.answer, draft.answered_at) == (None, None, None, None)


def test_a_new_draft_takes_the_place_of_the_earlier_one(messages: Messages, rows: Rows) -> None:
    messages.draft("c", "question", "cũ", "1.001193")
    messages.leave_contact("c", "0912345678")
    messages.draft("c", "complaint", "mới")
    (row,) = rows(tables.messages)
    assert (row["kind"], row["text"], row["contact"], row["procedure"]) == ("complaint", "mới", None, None)
    assert row["number"].startswith("PA-")


def test_each_conversation_has_its_own_draft(messages: Messages) -> None:
    messages.draft("a", "question", "của a")
    messages.draft("b", "question", "của b")
    messages.drop("a")
    assert not messages.awaits_contact("a")
    assert messages.send("b")
    messages.drop("a")  # nothing is left to drop


def test_a_draft_is_found_by_nobody(messages: Messages) -> None:
    messages.draft("c", "question", "hỏi")
    draft = messages.draft_of("c")
    assert draft and messages.find(draft.number) is None
    for change in (lambda: messages.take(draft.number), lambda: messages.answer(draft.number, "x")):
        with pytest.raises(KeyError):
            change()


@pytest.mark.parametrize("kind", ["Question", "", "praise"])
def test_an_unknown_kind_is_refused_with_those_there_are(messages: Messages, kind: str) -> None:
    with pytest.raises(ValueError, match="question, complaint, feedback"):
        messages.draft("c", kind, "hỏi")


@pytest.mark.parametrize("text", ["", "  \n", "\u200b"])
def test_an_empty_text_is_refused(messages: Messages, text: str) -> None:
    with pytest.raises(ValueError, match="empty"):
        messages.draft("c", "question", text)
    assert not messages.awaits_contact("c")


def test_drafts_older_than_a_day_are_dropped_and_nothing_else(messages: Messages, watch: Watch) -> None:
    number = sent(messages, "sent")
    messages.draft("old", "question", "cũ")
    watch.time += timedelta(seconds=1)
    messages.draft("young", "question", "mới")
    watch.time += timedelta(days=1)
    assert messages.drop_old_drafts() == 1
    assert (messages.awaits_contact("old"), messages.awaits_contact("young")) == (False, True)
    assert messages.find(number)
    assert messages.drop_old_drafts() == 0


# What is kept of what was said


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("gọi 0912345678 cho tôi", "gọi [số điện thoại] cho tôi"),
        ("căn cước 079203001234", "căn cước [số định danh]"),
        ("079203\u200b001234", "[số định danh]"),
        ("thư a@b.vn", "thư [email]"),
        ("về CH-4K7-M2P và H12.34-261101-0007", "về CH-4K7-M2P và H12.34-261101-0007"),
        ("dòng một\ndòng hai", "dòng một\ndòng hai"),
    ],
)
def test_question_and_answer_are_kept_without_personal_numbers(messages: Messages, text: str, kept: str) -> None:
    number = sent(messages, text=text)
    messages.answer(number, text)
    message = found(messages, number)
    assert (message.text, message.answer) == (kept, kept)


@pytest.mark.parametrize("contact", ["0912345678", "0912.345 678", "+84 912 345 678", "a.b@c.vn"])
def test_a_contact_is_kept_as_it_was_given(messages: Messages, contact: str) -> None:
    messages.draft("c", "question", "hỏi")
    messages.leave_contact("c", f" {contact} ")
    assert found(messages, messages.send("c")).contact == contact


@pytest.mark.parametrize("contact", ["", "không", "079203001234", "0912345678 a@b.vn", "gọi 0912345678", "12 Lê Lợi"])
def test_what_is_no_contact_is_not_kept(messages: Messages, contact: str) -> None:
    messages.draft("c", "question", "hỏi")
    with pytest.raises(ValueError, match="a contact is") as caught:
        messages.leave_contact("c", contact)
    draft = messages.draft_of("c")
    assert draft and draft.contact is None
    assert not contact or contact not in str(caught.value)


def test_without_a_draft_there_is_nothing_to_add_to_or_to_send(messages: Messages) -> None:
    sent(messages)
    with pytest.raises(KeyError):
        messages.leave_contact("c", "0912345678")
    with pytest.raises(KeyError):
        messages.send("c")


# Numbers


@pytest.mark.parametrize(("kind", "prefix"), [("question", "CH"), ("complaint", "PA"), ("feedback", "GY")])
def test_what_is_sent_gets_a_number_of_its_kind(messages: Messages, watch: Watch, kind: str, prefix: str) -> None:
    messages.draft("c", kind, "điều muốn nói")
    watch.time += timedelta(minutes=2)
    number = messages.send("c")
    assert number.startswith(f"{prefix}-")
    message = found(messages, number)
    assert (message.number, message.kind, message.state, message.sent_at) == (number, kind, "new", watch.time)
    assert message.created_at == watch.time - timedelta(minutes=2)
    assert not messages.awaits_contact("c")


@pytest.mark.parametrize("kind", PREFIXES)
def test_numbers_are_easy_to_read_aloud_never_masked_and_hardly_ever_the_same(kind: str) -> None:
    drawn = [numbers.draw(kind) for _ in range(1000)]
    assert len(set(drawn)) >= 998
    for number in drawn:
        prefix, *halves = number.split("-")
        assert prefix == PREFIXES[kind] and [len(half) for half in halves] == [3, 3]
        assert not set("".join(halves)) & set("0O1IL")
        assert as_number(number) == number_in(f"số {number}.") == number
        assert mask(f"số {number} nhé, 0912345678") == f"số {number} nhé, [số điện thoại]"
    assert len({sign for number in drawn for sign in number[3:]}) == 26, "eight digits, 17 letters and the dash"


def test_a_number_is_found_however_it_is_typed(messages: Messages) -> None:
    number = sent(messages)
    compact = number.replace("-", "")
    spaced = " ".join(compact)
    for typed in (number, number.lower(), compact, f" {compact.lower()} ", spaced, number.replace("-", " – ")):
        assert found(messages, typed).number == number


@pytest.mark.parametrize(
    "typed", ["", "CH", "CH-4K0-M1O", "ch 4ko mil", "H12.34-261101-0007", "' OR 1=1 --", "1.001193"]
)
def test_what_was_never_given_out_is_not_found(messages: Messages, typed: str) -> None:
    sent(messages)
    assert messages.find(typed) is None
    with pytest.raises(KeyError):
        messages.take(typed)
    with pytest.raises(KeyError):
        messages.answer(typed, "trả lời")


def test_a_number_that_is_taken_is_drawn_again(messages: Messages, monkeypatch: pytest.MonkeyPatch) -> None:
    first = sent(messages, "a")
    drawn = iter([first, first, "CH-2B2-3C3"])
    monkeypatch.setattr(numbers, "draw", lambda kind: next(drawn))
    assert sent(messages, "b", text="khác") == "CH-2B2-3C3"
    assert found(messages, first).text == "Nộp ở đâu?"


def test_drawing_ends_where_no_number_is_free(messages: Messages, monkeypatch: pytest.MonkeyPatch) -> None:
    first, drawn = sent(messages, "a"), Counter[str]()
    monkeypatch.setattr(numbers, "draw", lambda kind: drawn.update([kind]) or first)
    with pytest.raises(StoreError, match="No free number"):
        messages.draft("b", "question", "khác")
    assert drawn["question"] == TRIES


# The staff


def test_the_staff_take_and_answer(messages: Messages, watch: Watch) -> None:
    number = sent(messages)
    new = found(messages, number)
    messages.take(number.lower())
    taken = found(messages, number)
    watch.time += timedelta(hours=1)
    messages.answer(number.replace("-", " "), "Tại quầy số 2.")
    assert taken == replace(new, state="taken")
    assert found(messages, number) == replace(taken, state="answered", answer="Tại quầy số 2.", answered_at=watch.time)


def test_an_answer_needs_no_taking_first(messages: Messages) -> None:
    number = sent(messages)
    messages.answer(number, "Tại quầy.")
    assert found(messages, number).state == "answered"


def test_only_one_takes_it_and_only_one_answers(messages: Messages) -> None:
    number = sent(messages)
    messages.take(number)
    with pytest.raises(ValueError, match=f"{number} is taken, not new"):
        messages.take(number)
    messages.answer(number, "Tại quầy.")
    with pytest.raises(ValueError, match="is answered, not new or taken"):
        messages.answer(number, "Chỗ khác.")
    with pytest.raises(ValueError, match="is answered, not new"):
        messages.take(number)
    assert found(messages, number).answer == "Tại quầy."


def test_an_empty_answer_is_none(messages: Messages) -> None:
    number = sent(messages)
    with pytest.raises(ValueError, match="empty"):
        messages.answer(number, " ")
    assert found(messages, number).state == "new"


# Forgetting


def test_a_forgotten_conversation_leaves_what_was_sent_but_not_whose_it_was(messages: Messages, rows: Rows) -> None:
    number, other = sent(messages), sent(messages, "other")
    messages.draft("c", "complaint", "chưa gửi")
    before = found(messages, number)
    messages.forget("c")
    assert found(messages, number) == replace(before, conversation=None)
    assert found(messages, other).conversation == "other"
    assert [row["state"] for row in rows(tables.messages)] == ["new", "new"]
    messages.forget("c")


def test_times_are_those_of_the_world_unless_a_test_sets_them(engine: Engine) -> None:
    before = datetime.now(timezone.utc)
    message = found(Messages(engine), sent(Messages(engine)))
    assert message.sent_at and before <= message.created_at <= message.sent_at <= datetime.now(timezone.utc)


# Many at once

WRITES = 200
WRITER = f"""
from bot.settings import Settings
from bot.store.database import connect
from bot.store.messages import Messages
messages = Messages(connect(Settings()))
wait()
for number in range({WRITES}):
    messages.draft(f"{{sys.argv[1]}}-{{number}}", "question", f"câu {{number}}")
    print(messages.send(f"{{sys.argv[1]}}-{{number}}"))
"""


def test_two_processes_write_at_once_and_nothing_is_lost(store_settings: Settings, rows: Rows) -> None:
    said = run_at_once(WRITER, arguments=["a", "b"], environment=environment(store_settings))
    given = {number for out in said for number in out.split()}
    kept = rows(tables.messages)
    assert {row["number"] for row in kept} == given and len(kept) == 2 * WRITES
    assert {row["conversation"] for row in kept} == {f"{name}-{n}" for name in "ab" for n in range(WRITES)}
    assert {row["state"] for row in kept} == {"new"}


def test_threads_write_at_once_and_nothing_is_lost(messages: Messages, rows: Rows) -> None:
    with ThreadPoolExecutor(8) as pool:
        given = list(pool.map(lambda n: sent(messages, f"{n}", text=f"câu {n}"), range(WRITES)))
    kept = {row["number"]: row["text"] for row in rows(tables.messages)}
    assert kept == {number: f"câu {n}" for n, number in enumerate(given)}


def test_of_drafts_written_at_once_one_stays(messages: Messages, rows: Rows) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: messages.draft("c", "question", f"câu {n}"), range(40)))
    assert len(rows(tables.messages)) == 1


def test_a_draft_sent_twice_at_once_is_sent_once(messages: Messages, rows: Rows) -> None:
    def send(conversation: str) -> str:
        try:
            return messages.send(conversation)
        except KeyError:
            return ""

    for turn in range(20):
        messages.draft(f"{turn}", "question", "hỏi")
        with ThreadPoolExecutor(2) as pool:
            assert sorted(map(bool, pool.map(send, [f"{turn}"] * 2))) == [False, True]
    assert len(rows(tables.messages)) == 20


def test_of_many_officials_one_takes_a_message(messages: Messages) -> None:
    number = sent(messages)

    def take(_: int) -> bool:
        try:
            messages.take(number)
        except ValueError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(take, range(16))) == 1
