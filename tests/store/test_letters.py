"""What citizens sent, as the staff work on it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.store import desk_tables, tables
from bot.store.letters import ANSWER, ERASE, GIVE_BACK, NOTE, REOPEN, TAKE, ChangedMeanwhile, Letters, masked_but
from bot.store.messages import Messages
from bot.store.retention import erase_contacts
from tests.store.rows import Rows
from tests.store.watch import Watch

HOTLINE = "0900 000 000"


@pytest.fixture
def letters(engine: Engine, watch: Watch) -> Letters:
    return Letters(engine, now=watch)


@pytest.fixture
def number(messages: Messages) -> str:
    """A question that was sent with a contact, beside a draft of somebody else."""
    messages.draft("other", "complaint", "chưa gửi")
    messages.draft("c", "question", "Hộ chiếu làm ở đâu?", "1.001193")
    messages.leave_contact("c", "0912345678")
    return messages.send("c")


def test_a_letter_is_found_by_its_number_however_it_is_typed(letters: Letters, number: str) -> None:
    for typed in (number, number.lower().replace("-", " "), number.replace("-", "")):
        assert letters.get(typed).number == number
    letter = letters.get(number)
    assert (letter.state, letter.revision, letter.taken_by, letter.contact) == ("new", 0, None, "0912345678")
    for nothing in ("CH-222-222", "khai sinh", ""):
        with pytest.raises(KeyError):
            letters.get(nothing)


def test_drafts_are_nobodys_business(letters: Letters, number: str, rows: Rows) -> None:
    draft = next(row["number"] for row in rows(tables.messages) if row["state"] == "draft")
    assert [letter.number for letter in letters.all()] == [number]
    assert letters.counts() == {"new": 1, "taken": 0, "answered": 0}
    with pytest.raises(KeyError):
        letters.get(draft)


def test_from_new_to_answered_and_back(letters: Letters, messages: Messages, number: str, watch: Watch) -> None:
    letter = letters.take(number, by="lan", seen=0)
    assert (letter.state, letter.taken_by, letter.taken_at, letter.revision) == ("taken", "lan", watch.time, 1)
    letter = letters.give_back(number, by="hoa", seen=1)
    assert (letter.state, letter.taken_by, letter.taken_at) == ("new", None, None)
    letter = letters.answer(number, "Bạn đến Quầy số 3.", by="hoa", seen=2)
    read = messages.find(number)
    assert read and (read.state, read.answer, read.answered_at) == ("answered", "Bạn đến Quầy số 3.", watch.time)
    assert (letter.answered_by, letter.revision) == ("hoa", 3)
    letter = letters.reopen(number, by="lan", seen=3)
    read = messages.find(number)
    assert read and (read.state, letter.taken_by, letter.answered_at) == ("taken", "lan", None)
    letters.answer(number, "Quầy số 4.", by="lan", seen=4)
    read = messages.find(number)
    assert read and read.answer == "Quầy số 4."
    steps = [(step.by, step.what, step.text) for step in letters.steps(number)]
    assert steps == [
        ("lan", TAKE, ""),
        ("hoa", GIVE_BACK, ""),
        ("hoa", ANSWER, "Bạn đến Quầy số 3."),
        ("lan", REOPEN, ""),
        ("lan", ANSWER, "Quầy số 4."),
    ]


def test_of_two_who_act_on_what_they_saw_the_second_is_told(letters: Letters, number: str) -> None:
    letters.take(number, by="lan", seen=0)
    with pytest.raises(ChangedMeanwhile) as told:
        letters.take(number, by="hoa", seen=0)
    assert told.value.letter.taken_by == "lan"
    with pytest.raises(ChangedMeanwhile):
        letters.answer(number, "vội", by="hoa", seen=0)
    assert letters.get(number).answer is None and len(letters.steps(number)) == 1


def test_of_many_at_the_same_moment_one_takes_it(letters: Letters, number: str) -> None:
    def take(name: str) -> bool:
        try:
            letters.take(number, by=name, seen=0)
        except ChangedMeanwhile:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(take, [f"ten{number}" for number in range(8)])) == 1
    assert len(letters.steps(number)) == 1


def test_what_does_not_fit_the_state_is_refused(letters: Letters, number: str) -> None:
    for refused in (letters.give_back, letters.reopen):
        with pytest.raises(ValueError):
            refused(number, by="lan", seen=0)
    letters.take(number, by="lan", seen=0)
    with pytest.raises(ValueError):
        letters.take(number, by="lan", seen=1)
    with pytest.raises(ValueError):  # Lan has it
        letters.answer(number, "Quầy số 3", by="hoa", seen=1)
    with pytest.raises(ValueError):
        letters.answer(number, " \u200b ", by="lan", seen=1)
    assert letters.get(number).revision == 1


def test_letters_are_found_by_their_words_without_diacritics(
    letters: Letters, messages: Messages, number: str, watch: Watch
) -> None:
    watch.time += timedelta(hours=1)
    messages.draft("d", "complaint", "Rác đầy ngõ 5")
    later = messages.send("d")
    letters.note(later, "đã báo đội môi trường", by="lan")
    letters.answer(number, "Quầy số 3", by="lan", seen=0)
    assert [letter.number for letter in letters.all()] == [number, later]
    found = {
        words: [letter.number for letter in letters.all(text=words)]
        for words in ("ho chieu", "HỘ CHIẾU", "rac ngo", "moi truong", "quay so", "ho ngo", "%")
    }
    assert found == {
        "ho chieu": [number],
        "HỘ CHIẾU": [number],
        "rac ngo": [later],
        "moi truong": [later],
        "quay so": [number],
        "ho ngo": [],
        "%": [],
    }
    assert [letter.number for letter in letters.all(kind="complaint")] == [later]
    assert [letter.number for letter in letters.all(state="answered")] == [number]


def test_a_note_is_masked_and_stops_nobodys_work(letters: Letters, number: str) -> None:
    letters.note(number, "gọi lại 0987654321", by="lan")
    assert [(step.what, step.text) for step in letters.steps(number)] == [(NOTE, "gọi lại [số điện thoại]")]
    letters.take(number, by="hoa", seen=0)
    with pytest.raises(ValueError):
        letters.note(number, "  ", by="lan")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"Gọi {HOTLINE} nhé", f"Gọi {HOTLINE} nhé"),
        (f"{HOTLINE}, đừng gọi 0912345678", f"{HOTLINE}, đừng gọi [số điện thoại]"),
        ("viết cho motcua@x.example", "viết cho motcua@x.example"),
        ("viết cho bamotcua@x.example", "viết cho [email]"),
        ("Cần:\n\n- tờ khai\n- căn cước", "Cần:\n- tờ khai\n- căn cước"),
        ("số 0912\n345678", "số [số điện thoại]"),
    ],
)
def test_an_answer_names_the_ward_and_nobody_else(text: str, kept: str) -> None:
    assert masked_but(text, (HOTLINE, "motcua@x.example")) == kept


def test_its_author_may_have_the_contact_or_all_of_it_deleted(letters: Letters, number: str, rows: Rows) -> None:
    letters.note(number, "gọi lại", by="lan")
    letters.take(number, by="lan", seen=0)
    letters.erase_contact(number, by="lan")
    assert letters.get(number).contact is None and letters.steps(number)[-1].what == ERASE
    letters.withdraw(number)
    assert rows(desk_tables.message_work) == rows(desk_tables.message_steps) == []
    assert [row["conversation"] for row in rows(tables.messages)] == ["other"]
    with pytest.raises(KeyError):
        letters.withdraw(number)


def test_a_contact_goes_some_time_after_the_answer_and_never_before(
    letters: Letters, number: str, engine: Engine, watch: Watch
) -> None:
    keeping = timedelta(days=90)
    watch.time += keeping * 2
    assert erase_contacts(engine, watch.time - keeping) == 0
    letters.answer(number, "Quầy số 3", by="lan", seen=0)
    watch.time += keeping
    assert erase_contacts(engine, watch.time - keeping) == 0
    watch.time += timedelta(seconds=1)
    assert erase_contacts(engine, watch.time - keeping) == 1
    letter = letters.get(number)
    assert letter.contact is None and letter.answer == "Quầy số 3"
    assert erase_contacts(engine, watch.time - keeping) == 0
