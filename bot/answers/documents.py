"""The required documents as a citizen reads them: what everybody brings, then what depends on the case."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.answers.section import Item, with_note
from bot.knowledge.procedure import Case, Channel, CopyKind, Document, HandIn, Procedure

CHANNELS = {Channel.counter: "nộp tại quầy", Channel.online: "nộp qua mạng", Channel.post: "gửi bưu điện"}
# A form's name ends with its number in brackets: "Đơn … (Mẫu số 2, Phụ lục II Nghị định 175/2024/NĐ-CP)".
_FORM_NUMBER = re.compile(r"(?<=\()[Mm]ẫu [^()]+(?=\))")
COPIES = {CopyKind.photo: "bản chụp", CopyKind.certified: "bản sao có chứng thực", None: "bản sao"}


def document_items(procedure: Procedure) -> Iterator[Item]:
    """One item for each document that is always needed, then one for each case with what each choice needs below."""
    for document in procedure.documents:
        if not document.when:
            yield Item(named(document, procedure), note=document.note or "")
    for case in procedure.cases:
        lines = tuple(_choice_lines(procedure, case))
        if lines:
            yield Item(case.question, sub=lines)


def _choice_lines(procedure: Procedure, case: Case) -> Iterator[str]:
    for choice in case.choices:
        ref = f"{case.id}.{choice.id}"
        needed = [document for document in procedure.documents if ref in document.when]
        if needed:
            *others, last = (with_note(named(document, procedure), document.note) for document in needed)
            yield f"{choice.label}: {'; '.join([*(line.rstrip('.') for line in others), last])}"


def named(document: Document, procedure: Procedure) -> str:
    """A paper with how many of it, on which form, and what is done with it."""
    amounts = []
    if document.originals:
        amounts.append(f"{document.originals} bản chính")
    if document.copies:
        amounts.append(f"{document.copies} {COPIES[document.copy_kind]}")
    remarks = [", ".join(amounts)] if amounts else []
    if form := _form(document, procedure):
        remarks.append(form)
    if document.action is HandIn.show:
        remarks.append("chỉ đưa ra để đối chiếu")
    if document.channels:
        remarks.append("khi " + ", ".join(CHANNELS[channel] for channel in document.channels))
    return f"{document.name} ({'; '.join(remarks)})" if remarks else document.name


def _form(document: Document, procedure: Procedure) -> str:
    """The number of the form to fill in ("Mẫu số 2, Phụ lục II …"), unless the paper's own name says it."""
    form = next((form for form in procedure.forms if form.id == document.form), None)
    number = _FORM_NUMBER.search(form.name) if form else None
    if number is None or number[0].casefold() in document.name.casefold() or "mẫu" in document.name.casefold():
        return ""
    return number[0][0].lower() + number[0][1:]
