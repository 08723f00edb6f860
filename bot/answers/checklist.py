"""The list of papers for exactly one case: what to hand in, what to show, what still depends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.answers.answer import in_force_note, next_choice, source_card, source_line
from bot.answers.cases import SKIPPED, asked_of
from bot.answers.documents import named
from bot.answers.reply import Choice, Reply
from bot.answers.section import Item, Section, with_note
from bot.answers.sections import fee_text
from bot.knowledge.procedure import Case, Document, HandIn, Procedure

CHANGE = "Đổi câu trả lời: "
NO_PAPERS = "Bản hướng dẫn không ghi giấy tờ nào cho trường hợp này. Bạn hỏi quầy trước khi đi."
HOW_TO_ANSWER = "Bạn bấm chọn, nhắn số, hoặc trả lời bằng lời. Không rõ thì bấm “Bỏ qua”."
PARTS = {HandIn.hand_in: "Nộp", HandIn.show: "Đưa ra xem rồi mang về"}


def question(procedure: Procedure, case: Case, number: int, count: int, guess: str | None = None) -> Reply:
    """Ask one question of the record; each choice is a button, and it may be left out.

    `guess` is the choice that an answer seemed to mean: then that is asked, not the same question again.
    """
    if guess in [choice.id for choice in case.choices]:
        return _is_it(procedure, case, str(guess))
    head = f"Câu {number} trong {count}. " if count > 1 else ""
    lines = [f"{place}. {choice.label}" for place, choice in enumerate(case.choices, 1)]
    text = "\n".join([f"{head}{case.question}", *lines, HOW_TO_ANSWER])
    card = {
        "type": "ask",
        "question": case.question,
        "code": procedure.code,
        "number": number,
        "count": count,
    }
    return Reply(text, card, (*(Choice(one.label, one.label) for one in case.choices), Choice("Bỏ qua", "Bỏ qua")))


def _is_it(procedure: Procedure, case: Case, guess: str) -> Reply:
    meant = next(choice for choice in case.choices if choice.id == guess)
    others = [choice for choice in case.choices if choice.id != guess]
    text = f"Tôi chưa chắc đã hiểu đúng. Ý bạn là “{meant.label}”? Đúng thì nhắn “đúng”, không thì chọn ô khác."
    card = {"type": "ask", "question": case.question, "code": procedure.code}
    choices = [Choice(f"Đúng: {meant.label}", meant.label), *(Choice(one.label, one.label) for one in others)]
    return Reply(text, card, (*choices, Choice("Bỏ qua", "Bỏ qua")))


def checklist(procedure: Procedure, answers: Mapping[str, str], *, today: date) -> Reply:
    """The papers for the answers given, by case id; what was left out or not asked stays as it depends."""
    told = {case: choice for case, choice in answers.items() if choice != SKIPPED}
    needed = [one for one in procedure.documents if _holds(one.when, told) is True]
    open_ = [one for one in procedure.documents if _holds(one.when, told) is None]
    items = [
        *(Item(text) for text in _answers(procedure, told)),
        *(
            Item(f"{title}:", sub=tuple(_line(one, procedure) for one in needed if one.action is action))
            for action, title in PARTS.items()
            if any(one.action is action for one in needed)
        ),
    ]
    if not needed and not open_:
        items.append(Item(NO_PAPERS))
    if open_:
        items.append(
            Item("Còn tùy:", sub=tuple(f"{_condition(procedure, one, told)}: {_line(one, procedure)}" for one in open_))
        )
    fees = [fee for filing in procedure.channels for fee in filing.fees if fee.when and _holds(fee.when, told)]
    sections = [Section("documents", tuple(items))]
    if fees:
        lines = dict.fromkeys(fee_text(procedure, fee) for fee in fees)
        sections.append(Section("fee", tuple(map(Item, lines))))
    notes = in_force_note(procedure, today)
    changes = [case for case in asked_of(procedure) if case.id in answers]
    text = "\n\n".join(
        [
            f"{procedure.name}: danh sách cho trường hợp của bạn",
            *(section.as_text() for section in sections),
            *(f"Lưu ý: {note}" for note in notes),
            source_line(procedure),
        ]
    )
    card = {
        "type": "answer",
        "code": procedure.code,
        "name": procedure.name,
        "aspects": ["documents"],
        "sections": [section.as_card() for section in sections],
        "source": source_card(procedure),
        "notes": notes,
        "checklist": {
            "answers": [
                {
                    "question": case.question,
                    "answer": procedure.label_of(f"{case.id}.{told[case.id]}"),
                    "ref": f"{case.id}.{told[case.id]}",
                }
                for case in changes
                if case.id in told
            ],
            "hand_in": [_line(one, procedure) for one in needed if one.action is HandIn.hand_in],
            "show": [_line(one, procedure) for one in needed if one.action is HandIn.show],
            "depends": [_depending(one, procedure, told) for one in open_],
        },
    }
    choices = tuple(Choice(f"Đổi: {case.question}", CHANGE + case.question) for case in changes)
    return Reply(text, card, (*choices, *next_choice(procedure)))


def _holds(when: list[str], told: Mapping[str, str]) -> bool | None:
    """Whether a paper is needed: always, or in one of its cases; None where that is not told."""
    if not when:
        return True
    refs = [ref.split(".") for ref in when]
    if any(told.get(case) == choice for case, choice in refs):
        return True
    return False if all(case in told for case, _ in refs) else None


def _condition(procedure: Procedure, document: Document, told: Mapping[str, str]) -> str:
    open_ = [ref for ref in document.when if ref.split(".")[0] not in told]
    return "Nếu: " + " hoặc ".join(procedure.label_of(ref) for ref in open_)


def _answers(procedure: Procedure, told: Mapping[str, str]) -> list[str]:
    labels = [procedure.label_of(f"{case.id}.{told[case.id]}") for case in procedure.cases if case.id in told]
    return [f"Theo điều bạn cho biết: {'; '.join(labels)}."] if labels else []


def _depending(document: Document, procedure: Procedure, told: Mapping[str, str]) -> str:
    return f"{_condition(procedure, document, told)}: {_line(document, procedure)}"


def _line(document: Document, procedure: Procedure) -> str:
    return with_note(named(document, procedure), document.note)
