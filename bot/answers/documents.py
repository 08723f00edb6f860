"""The required documents as a citizen reads them: what everybody brings, then what depends on the case."""

from __future__ import annotations

from collections.abc import Iterator

from bot.answers.section import Item, with_note
from bot.knowledge.procedure import Case, Channel, CopyKind, Document, HandIn, Procedure

CHANNELS = {Channel.counter: "nộp tại quầy", Channel.online: "nộp qua mạng", Channel.post: "gửi bưu điện"}
COPIES = {CopyKind.photo: "bản chụp", CopyKind.certified: "bản sao có chứng thực", None: "bản sao"}


def document_items(procedure: Procedure) -> Iterator[Item]:
    """One item for each document that is always needed, then one for each case with what each choice needs below."""
    for document in procedure.documents:
        if not document.when:
            yield Item(_named(document), note=document.note or "")
    for case in procedure.cases:
        lines = tuple(_choice_lines(procedure, case))
        if lines:
            yield Item(case.question, sub=lines)


def _choice_lines(procedure: Procedure, case: Case) -> Iterator[str]:
    for choice in case.choices:
        ref = f"{case.id}.{choice.id}"
        needed = [document for document in procedure.documents if ref in document.when]
        if needed:
            *others, last = (with_note(_named(document), document.note) for document in needed)
            yield f"{choice.label}: {'; '.join([*(line.rstrip('.') for line in others), last])}"


def _named(document: Document) -> str:
    amounts = []
    if document.originals:
        amounts.append(f"{document.originals} bản chính")
    if document.copies:
        amounts.append(f"{document.copies} {COPIES[document.copy_kind]}")
    remarks = [", ".join(amounts)] if amounts else []
    if document.action is HandIn.show:
        remarks.append("chỉ đưa ra để đối chiếu")
    if document.channels:
        remarks.append("khi " + ", ".join(CHANNELS[channel] for channel in document.channels))
    return f"{document.name} ({'; '.join(remarks)})" if remarks else document.name
