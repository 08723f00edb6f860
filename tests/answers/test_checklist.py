"""The list of papers for one's own case, for every record and every pair of answers to its first two questions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import combinations, product
from typing import Any

import pytest

from bot.answers.answer import WHAT_NEXT
from bot.answers.cases import SKIPPED, asked_of
from bot.answers.checklist import CHANGE, HOW_TO_ANSWER, checklist, question
from bot.answers.documents import named
from bot.answers.reply import Choice, Reply
from bot.answers.section import with_note
from bot.answers.sections import fee_text, money
from bot.knowledge.listing import Listing
from bot.knowledge.procedure import Case, Document, HandIn, Procedure
from bot.text.folding import fold
from tests.contract import assert_said

TODAY = date(2026, 11, 22)
MakeProcedure = Callable[..., Procedure]
Answers = dict[str, str]


def told_of(procedure: Procedure, *, skipping: bool) -> Iterator[Answers]:
    """Every way to answer the first two questions of a record; with `skipping`, each may be left out, too."""
    first = asked_of(procedure)[:2]
    picks = [[choice.id for choice in case.choices] + ([SKIPPED] if skipping else []) for case in first]
    for picked in product(*picks):
        yield {case.id: choice for case, choice in zip(first, picked)}


def every_list(listing: Listing) -> Iterator[tuple[Procedure, Answers, Reply]]:
    for procedure in listing:
        for told in told_of(procedure, skipping=True):
            yield procedure, told, checklist(procedure, told, today=TODAY)


def line(document: Document, procedure: Procedure) -> str:
    return with_note(named(document, procedure), document.note)


def listed(reply: Reply) -> list[str]:
    """The papers of a list, without those that depend."""
    return [*reply.card["checklist"]["hand_in"], *reply.card["checklist"]["show"]]


def state(document: Document, told: Answers) -> str:
    """Said once more, in other words than the code's: needed, left out, or still open."""
    holding = {f"{case}.{choice}" for case, choice in told.items()}
    open_refs = [ref for ref in document.when if told.get(ref.split(".")[0], SKIPPED) == SKIPPED]
    if not document.when or holding & set(document.when):
        return "needed"
    return "open" if open_refs else "left out"


# --- the papers ---------------------------------------------------------------------------------------------------


def test_the_papers_needed_are_in_and_those_of_another_choice_are_out(listing: Listing) -> None:
    lists = 0
    for procedure, told, reply in every_list(listing):
        lists += 1
        needed = [one for one in procedure.documents if state(one, told) == "needed"]
        by_action = {
            "hand_in": [line(one, procedure) for one in needed if one.action is HandIn.hand_in],
            "show": [line(one, procedure) for one in needed if one.action is HandIn.show],
        }
        for part, papers in by_action.items():
            assert reply.card["checklist"][part] == papers, (procedure.code, told)
    assert lists > 2000


def test_the_text_alone_tells_the_same_papers_in_the_same_order(listing: Listing) -> None:
    for procedure, told, reply in every_list(listing):
        place = 0
        for paper in [*listed(reply), *reply.card["checklist"]["depends"]]:
            found = reply.text.find(f"\n  + {paper}\n", place)
            assert found >= place, (procedure.code, told, paper)
            place = found + 1


def test_what_is_out_stands_nowhere(listing: Listing) -> None:
    for procedure, told, reply in every_list(listing):
        out = {line(one, procedure) for one in procedure.documents if state(one, told) == "left out"}
        others = {line(one, procedure) for one in procedure.documents if state(one, told) != "left out"}
        rows = {row.strip(" +-") for row in reply.text.splitlines()}
        assert not (out - others) & rows, (procedure.code, told)


def test_what_was_left_out_or_not_asked_stands_under_what_depends_with_its_condition(listing: Listing) -> None:
    for procedure, told, reply in every_list(listing):
        still_open = [one for one in procedure.documents if state(one, told) == "open"]
        depends = reply.card["checklist"]["depends"]
        assert len(depends) == len(still_open)
        for said, document in zip(depends, still_open):
            refs = [ref for ref in document.when if told.get(ref.split(".")[0], SKIPPED) == SKIPPED]
            conditions = " hoặc ".join(procedure.label_of(ref) for ref in refs)
            assert said == f"Nếu: {conditions}: {line(document, procedure)}", (procedure.code, told)
        assert ("Còn tùy:" in reply.text) == bool(still_open)


def test_a_question_left_out_changes_nothing_against_one_not_put(listing: Listing) -> None:
    for procedure in listing:
        skipped = {case.id: SKIPPED for case in asked_of(procedure)}
        card = checklist(procedure, skipped, today=TODAY).card
        assert card == checklist(procedure, {}, today=TODAY).card


def test_no_paper_is_listed_twice(listing: Listing) -> None:
    for procedure, told, reply in every_list(listing):
        papers = [*listed(reply), *reply.card["checklist"]["depends"]]
        assert len(papers) == len(set(papers)), (procedure.code, told)


def test_a_list_without_any_paper_says_so(listing: Listing) -> None:
    """An empty list looks as if something went wrong; or somebody goes to the counter with empty hands."""
    silent = {
        (procedure.code, tuple(told.items()))
        for procedure, told, reply in every_list(listing)
        if not listed(reply)
        and not reply.card["checklist"]["depends"]
        and not re.search(r"không (ghi|nêu|cần|phải nộp)", reply.text)
    }
    assert silent == set()


def test_numbers_come_from_the_record_only(listing: Listing) -> None:
    for procedure, told, reply in every_list(listing):
        amounts = [money(fee.amount) for filing in procedure.channels for fee in filing.fees if fee.amount]
        known = " ".join([procedure.json(ensure_ascii=False), *amounts, f"{procedure.source.checked_on:%d %m %Y}"])
        numbers = set(re.findall(r"\d+", reply.text)) - set(re.findall(r"\d+", known))
        assert numbers == set(), (procedure.code, told)


def test_changing_an_answer_changes_the_list(listing: Listing) -> None:
    """Wherever two answers need different papers or fees."""
    changes = 0
    for procedure in listing:
        for case in asked_of(procedure):
            for one, other in combinations([choice.id for choice in case.choices], 2):
                cards = [checklist(procedure, {case.id: choice}, today=TODAY).card for choice in (one, other)]
                differ = [
                    document
                    for document in procedure.documents
                    if state(document, {case.id: one}) != state(document, {case.id: other})
                ]
                assert cards[0]["checklist"]["answers"] != cards[1]["checklist"]["answers"]
                papers = [[*card["checklist"]["hand_in"], *card["checklist"]["show"]] for card in cards]
                assert (papers[0] != papers[1]) == bool(differ), (procedure.code, case.id, one, other)
                changes += bool(differ)
    assert changes > 400


def test_more_answers_leave_less_open(listing: Listing) -> None:
    for procedure in listing:
        open_before = len(checklist(procedure, {}, today=TODAY).card["checklist"]["depends"])
        told: Answers = {}
        for case in asked_of(procedure):
            told[case.id] = case.choices[0].id
            still_open = len(checklist(procedure, told, today=TODAY).card["checklist"]["depends"])
            assert still_open <= open_before
            open_before = still_open


# --- beside the papers --------------------------------------------------------------------------------------------


def test_every_list_is_a_reply_of_the_contract_with_its_source(listing: Listing) -> None:
    for procedure, told, reply in every_list(listing):
        assert_said(reply.as_json())
        assert (reply.card["code"], reply.card["aspects"]) == (procedure.code, ["documents"])
        assert reply.text.startswith(f"{procedure.name}: danh sách cho trường hợp của bạn\n")
        assert ".." not in reply.text and "None" not in reply.text, (procedure.code, told)


def test_what_was_answered_is_said_first(listing: Listing) -> None:
    for procedure, told, reply in every_list(listing):
        labels = [procedure.label_of(f"{case}.{choice}") for case, choice in told.items() if choice != SKIPPED]
        answers = [answer["answer"] for answer in reply.card["checklist"]["answers"]]
        assert answers == labels
        assert (f"Theo điều bạn cho biết: {'; '.join(labels)}." in reply.text) == bool(labels)


def test_every_question_put_can_be_answered_anew(listing: Listing) -> None:
    for procedure, told, reply in every_list(listing):
        asked = [case.question for case in asked_of(procedure) if case.id in told]
        *changes, last = [*reply.choices, Choice("", "")]
        if procedure.related:
            assert changes.pop() == WHAT_NEXT
        assert [choice.message for choice in changes] == [CHANGE + question for question in asked]
        assert [choice.label for choice in changes] == [f"Đổi: {question}" for question in asked]
        assert last == Choice("", "")


def test_the_fee_of_ones_own_case_is_told_and_no_other(listing: Listing) -> None:
    told_fees = 0
    for procedure, told, reply in every_list(listing):
        fees = [fee for filing in procedure.channels for fee in filing.fees if fee.when]
        holding = {f"{case}.{choice}" for case, choice in told.items()}
        own = {fee_text(procedure, fee) for fee in fees if holding & set(fee.when)}
        sections = {part["aspect"]: {item["text"] for item in part["items"]} for part in reply.card["sections"]}
        assert sections.get("fee", set()) == own, (procedure.code, told)
        told_fees += bool(own)
    assert told_fees > 20


@pytest.mark.parametrize(
    ("in_force", "note"),
    [
        ({}, None),
        ({"until": "2026-11-21"}, "chỉ áp dụng đến ngày 21/11/2026"),
        ({"since": "2026-12-01"}, "áp dụng từ ngày 01/12/2026"),
    ],
)
def test_a_list_from_a_record_not_in_force_says_so(
    make_procedure: MakeProcedure, in_force: dict[str, str], note: str | None
) -> None:
    reply = checklist(make_procedure(in_force=in_force), {}, today=TODAY)
    assert bool(reply.card["notes"]) == (note is not None)
    assert note is None or (note in reply.card["notes"][0] and note in reply.text)


CASES = [
    {
        "id": "giay",
        "question": "Có giấy chứng sinh không?",
        "choices": [{"id": "co", "label": "Có"}, {"id": "khong", "label": "Không có"}],
    },
    {
        "id": "ai",
        "question": "Ai đi nộp?",
        "choices": [{"id": "tu", "label": "Tự đi"}, {"id": "nho", "label": "Nhờ người khác"}],
    },
]
DOCUMENTS: list[dict[str, Any]] = [
    {"name": "Tờ khai", "originals": 1},
    {"name": "Giấy chứng sinh", "originals": 1, "when": ["giay.co"]},
    {"name": "Giấy cam đoan", "copies": 2, "when": ["giay.khong"], "note": "Tự viết."},
    {"name": "Căn cước", "action": "show", "originals": 1},
    {"name": "Giấy ủy quyền", "originals": 1, "when": ["ai.nho", "giay.khong"]},
]


@pytest.mark.parametrize(
    ("told", "hand_in", "depends"),
    [
        (
            {"giay": "co", "ai": "tu"},
            ["Tờ khai (1 bản chính)", "Giấy chứng sinh (1 bản chính)"],
            [],
        ),
        (
            {"giay": "khong", "ai": "tu"},
            ["Tờ khai (1 bản chính)", "Giấy cam đoan (2 bản sao). Tự viết.", "Giấy ủy quyền (1 bản chính)"],
            [],
        ),
        (
            {"giay": "co", "ai": SKIPPED},
            ["Tờ khai (1 bản chính)", "Giấy chứng sinh (1 bản chính)"],
            ["Nếu: Nhờ người khác: Giấy ủy quyền (1 bản chính)"],
        ),
        (
            {"ai": "nho"},
            ["Tờ khai (1 bản chính)", "Giấy ủy quyền (1 bản chính)"],
            ["Nếu: Có: Giấy chứng sinh (1 bản chính)", "Nếu: Không có: Giấy cam đoan (2 bản sao). Tự viết."],
        ),
    ],
)
def test_a_list_made_by_hand(
    make_procedure: MakeProcedure, told: Answers, hand_in: list[str], depends: list[str]
) -> None:
    reply = checklist(make_procedure(cases=CASES, documents=DOCUMENTS), told, today=TODAY)
    made = reply.card["checklist"]
    assert (made["hand_in"], made["depends"]) == (hand_in, depends)
    assert made["show"] == ["Căn cước (1 bản chính; chỉ đưa ra để đối chiếu)"]


# --- the questions ------------------------------------------------------------------------------------------------


def every_question(listing: Listing) -> Iterator[tuple[Procedure, Case, int, int]]:
    for procedure in listing:
        asked = asked_of(procedure)
        for number, case in enumerate(asked, 1):
            yield procedure, case, number, len(asked)


def test_every_question_shows_its_choices_numbered_and_may_be_left_out(listing: Listing) -> None:
    for procedure, case, number, count in every_question(listing):
        reply = question(procedure, case, number, count)
        assert_said(reply.as_json())
        first, *rows, last = reply.text.splitlines()
        assert first == (f"Câu {number} trong {count}. " if count > 1 else "") + case.question
        assert rows == [f"{place}. {choice.label}" for place, choice in enumerate(case.choices, 1)]
        assert last == HOW_TO_ANSWER
        labels = [choice.label for choice in case.choices]
        assert reply.choices == tuple(Choice(label, label) for label in [*labels, "Bỏ qua"])
        assert (reply.card["number"], reply.card["count"]) == (number, count)


def test_a_question_and_its_choices_are_short_enough_for_a_telephone(listing: Listing) -> None:
    for procedure, case, _, _ in every_question(listing):
        assert "?" in case.question and len(case.question.split()) <= 30, (procedure.code, case.question)
        labels = [fold(choice.label) for choice in case.choices]
        assert len(labels) == len(set(labels)) and 2 <= len(labels) <= 12, (procedure.code, labels)


# Records with a question of which several choices may hold.
SEVERAL_HOLD = ("1.001776", "2.000286", "1.013978")


def several_may_hold(procedure: Procedure) -> list[str]:
    """The questions of a record that say themselves that more than one choice may be right."""
    several = re.compile(r"mấy dòng|nhiều điều|nhiều mục|chọn nhiều|những điều nào")
    return [case.question for case in asked_of(procedure) if several.search(case.question)]


def test_no_question_has_more_than_one_right_answer(listing: Listing) -> None:
    """The form takes one answer: of a second one that is right as well, the papers would be left out."""
    asked = {procedure.code: several_may_hold(procedure) for procedure in listing if procedure.code not in SEVERAL_HOLD}
    assert {code: questions for code, questions in asked.items() if questions} == {}


@pytest.mark.xfail(strict=True, reason="several choices may hold, and the form takes one answer")
@pytest.mark.parametrize("code", SEVERAL_HOLD)
def test_nor_has_one_of_those_known_to_have_several(listing: Listing, code: str) -> None:
    questions = several_may_hold(listing[code])
    assert questions == []


def test_where_an_answer_was_unclear_the_guess_is_asked_about_and_not_the_same_again(listing: Listing) -> None:
    for procedure, case, number, count in every_question(listing):
        for guess in case.choices:
            reply = question(procedure, case, number, count, guess.id)
            assert_said(reply.as_json())
            assert f"“{guess.label}”" in reply.text
            assert reply.text != question(procedure, case, number, count).text
            first, *others, skip = reply.choices
            assert first == Choice(f"Đúng: {guess.label}", guess.label)
            assert {choice.message for choice in others} == {one.label for one in case.choices if one is not guess}
            assert skip == Choice("Bỏ qua", "Bỏ qua")
            assert (reply.card["question"], reply.card["code"]) == (case.question, procedure.code)
