"""What an editor said to the parts of one procedure: into the draft, or remembered as not wanted, or as work."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.store.drafts import EditedElsewhere
from bot.store.imports import Decision, Item
from bot.web.context import Context
from bot.web.desk.exchange.bases import Bases
from bot.web.desk.exchange.proposals import Part, proposals, text_with


@dataclass(frozen=True)
class Ticked:
    """A form that was sent: the revision of the draft that it showed, all parts on it, and those ticked."""

    seen: int
    shown: Collection[str] = ()
    taken: Collection[str] = ()
    to_do: Collection[str] = ()


@dataclass(frozen=True)
class Told:
    """What came of it, in words, and whether something went wrong."""

    words: str
    is_fault: bool = False
    taken: tuple[Part, ...] = field(default=())


CHANGED = Told("Nội dung ở đây vừa có người sửa, nên chưa lưu gì. Bạn xem lại các chỗ khác rồi nhận.", is_fault=True)


def take(
    context: Context, number: int, item: Item, ticked: Ticked, fields: Mapping[str, str], *, by: str, today: date
) -> Told:
    """Do what a form says about one procedure: all of it, or nothing where the draft has changed since it was shown."""
    desk, bases = context.desk, Bases(context)
    (proposal,) = proposals([item], bases, desk.imports.decided(), fields, today=today)
    base, there = proposal.base, {part.token: part for part in proposal.parts}
    if base.revision != ticked.seen or not {*ticked.shown, *ticked.taken, *ticked.to_do} <= set(there):
        return CHANGED
    taken = tuple(part for token, part in there.items() if token in ticked.taken and part.change is not None)
    to_do = tuple(part for token, part in there.items() if token in ticked.to_do and part.change is None)
    left = [there[token] for token in ticked.shown if there[token] not in (*taken, *to_do)]
    if taken:
        text = text_with(item, base, [part.key for part in taken], fields, today=today)
        try:
            desk.drafts.save(item.subject, text, by=by, seen=base.revision, base=base.number)
        except EditedElsewhere:
            return CHANGED
    for parts, decision in ((taken, Decision.accepted), (to_do, Decision.to_do), (left, Decision.declined)):
        for part in parts:
            note = part.note if decision is Decision.to_do else ""
            desk.imports.decide(number, item.subject, part.key, part.value, decision, by=by, note=note)
    if taken:
        labels = ", ".join(part.label for part in taken)
        desk.audit.add(by, "import_taken", item.subject, f"Lần nhập {number}: {labels}")
    if left:
        labels = ", ".join(part.label for part in left)
        desk.audit.add(by, "import_declined", item.subject, f"Lần nhập {number}: {labels}")
    if to_do:
        desk.audit.add(by, "import_noted", item.subject, "; ".join(part.note for part in to_do))
    return Told(_words(len(taken), len(to_do), len(left)), taken=taken)


def _words(taken: int, to_do: int, left: int) -> str:
    said = [
        *([f"đã đưa {taken} chỗ vào bản nháp"] if taken else []),
        *([f"ghi {to_do} chỗ vào việc cần sửa"] if to_do else []),
        *([f"không nhận {left} chỗ"] if left else []),
    ]
    words = ", ".join(said) or "Bạn chưa chọn chỗ nào"
    return f"{words[:1].upper()}{words[1:]}."
