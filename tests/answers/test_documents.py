from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.answers.documents import document_items
from bot.knowledge.listing import Listing
from bot.knowledge.procedure import Procedure

MakeProcedure = Callable[..., Procedure]
CASES = [
    {
        "id": "ly_do",
        "question": "Vì sao làm lại?",
        "choices": [
            {"id": "mat", "label": "Bị mất"},
            {"id": "hong", "label": "Bị hỏng"},
            {"id": "khac", "label": "Vì việc khác"},
        ],
    }
]


def lines(make_procedure: MakeProcedure, *documents: dict[str, Any]) -> list[str]:
    return [item.as_text() for item in document_items(make_procedure(documents=list(documents), cases=CASES))]


@pytest.mark.parametrize(
    ("document", "line"),
    [
        ({"name": "Đơn"}, "- Đơn"),
        ({"name": "Đơn", "originals": 1}, "- Đơn (1 bản chính)"),
        ({"name": "Đơn", "copies": 2}, "- Đơn (2 bản sao)"),
        ({"name": "Đơn", "copies": 1, "copy_kind": "photo"}, "- Đơn (1 bản chụp)"),
        ({"name": "Đơn", "copies": 1, "copy_kind": "certified"}, "- Đơn (1 bản sao có chứng thực)"),
        ({"name": "Đơn", "originals": 1, "copies": 2}, "- Đơn (1 bản chính, 2 bản sao)"),
        ({"name": "Đơn", "action": "show"}, "- Đơn (chỉ đưa ra để đối chiếu)"),
        ({"name": "Đơn", "channels": ["online", "post"]}, "- Đơn (khi nộp qua mạng, gửi bưu điện)"),
        ({"name": "Đơn", "note": "Quầy có sẵn."}, "- Đơn. Quầy có sẵn."),
    ],
)
def test_a_document_says_how_many_and_what_for(
    make_procedure: MakeProcedure, document: dict[str, Any], line: str
) -> None:
    assert lines(make_procedure, document) == [line]


def test_what_everybody_brings_comes_first_and_the_rest_stands_below_the_question_it_depends_on(
    make_procedure: MakeProcedure,
) -> None:
    first, *rest = lines(
        make_procedure,
        {"name": "Giấy cớ mất", "when": ["ly_do.mat"], "note": "Tự viết."},
        {"name": "Tờ khai"},
        {"name": "Thẻ hỏng", "originals": 1, "when": ["ly_do.hong"]},
    )
    assert first == "- Tờ khai"
    assert "\n".join(rest).splitlines() == [
        "- Vì sao làm lại?",
        "  + Bị mất: Giấy cớ mất. Tự viết.",
        "  + Bị hỏng: Thẻ hỏng (1 bản chính)",
    ]


def after_choice(text: str, procedure: Procedure, ref: str) -> str:
    """The part of the text that speaks of one choice: from its label to the next choice's."""
    case = next(case for case in procedure.cases if ref.startswith(f"{case.id}."))
    below = text.split(case.question, 1)[1]
    start = below.index(f"{procedure.label_of(ref)}:")
    others = [below.find(f"+ {choice.label}:", start + 1) for choice in case.choices]
    return below[start : min((place for place in others if place > 0), default=None)]


def test_a_document_of_two_choices_is_told_with_both(make_procedure: MakeProcedure) -> None:
    document = {"name": "Giấy cớ mất", "when": ["ly_do.mat", "ly_do.hong"]}
    procedure = make_procedure(documents=[document], cases=CASES)
    text = "\n".join(item.as_text() for item in document_items(procedure))
    assert all("Giấy cớ mất" in after_choice(text, procedure, ref) for ref in document["when"])
    assert "Vì việc khác" not in text


def test_every_document_of_every_record_is_told_and_told_to_the_right_people(listing: Listing) -> None:
    for procedure in listing:
        text = "\n".join(item.as_text() for item in document_items(procedure))
        for document in procedure.documents:
            if not document.when:
                assert f"- {document.name}" in text, procedure.code
            for ref in document.when:
                assert document.name in after_choice(text, procedure, ref), (procedure.code, ref)


def test_several_documents_of_one_choice_read_as_a_list(listing: Listing) -> None:
    """A full stop before a semicolon: two sentences and a list run into one another."""
    run_together = [
        (procedure.code, line)
        for procedure in listing
        for item in document_items(procedure)
        for line in item.as_text().splitlines()
        if ".;" in line
    ]
    assert run_together == []
