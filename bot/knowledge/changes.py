"""What differs between two states of a record, or of the ward's profile, by the parts that an editor knows it by.

Nothing is left out: where anything differs, at least one part is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import partial
from typing import Any, NamedTuple

from bot.knowledge.hours import DaysOff, Hours
from bot.knowledge.procedure import (
    Case,
    Channel,
    CopyKind,
    Deadline,
    Document,
    Fee,
    FeeBasis,
    Filing,
    Form,
    HandIn,
    LegalBasis,
    Level,
    Neighbour,
    OfficialFact,
    Procedure,
    Source,
    TimeUnit,
)
from bot.knowledge.procedure import Difference as Differing
from bot.knowledge.procedure import InForce as Holding
from bot.knowledge.ward import Contact, Local, LocalFee, LocalTime, Ward
from bot.knowledge.ward import Counter as Desk

ORDER = "thứ tự"
_ALIKE = 0.5  # two entries are one that was rewritten, not one gone and one new
_LEVELS = {
    Level.commune: "Phường, xã",
    Level.province: "Tỉnh, thành phố",
    Level.ministry: "Bộ",
    Level.vertical: "Ngành dọc",
    Level.other: "Nơi khác",
}
CHANNELS = {Channel.counter: "tại quầy", Channel.online: "qua mạng", Channel.post: "qua bưu điện"}
_UNITS = {
    TimeUnit.working_day: "ngày làm việc",
    TimeUnit.day: "ngày",
    TimeUnit.hour: "giờ",
    TimeUnit.same_day: "trong ngày",
    TimeUnit.by_text: "chỉ nói bằng lời",
}
_BASES = {
    FeeBasis.fixed: "mức chung cả nước",
    FeeBasis.province: "Hội đồng nhân dân tỉnh, thành phố quyết định",
    FeeBasis.free: "miễn phí",
    FeeBasis.not_stated: "nguồn không ghi",
}
_FACTS = {
    OfficialFact.time: "thời gian",
    OfficialFact.fee: "lệ phí",
    OfficialFact.documents: "giấy tờ",
    OfficialFact.legal_basis: "căn cứ pháp luật",
    OfficialFact.channels: "cách nộp",
}


class Difference(NamedTuple):
    """One part that differs: what it said, what it says; empty where there was, or is, nothing."""

    part: str
    before: str
    after: str


class _Item(NamedTuple):
    """One entry of a part: what it is known by, and what it says; `whole` says it all where `text` is shorter."""

    key: str
    text: str
    whole: str = ""


@dataclass(frozen=True)
class _Part:
    """A part of a record; `name` may be shared by the channels, which `where` tells apart."""

    name: str
    items: tuple[_Item, ...]
    where: str = ""


def differences(
    before: Procedure | None, after: Procedure | None, fields: Mapping[str, str] | None = None
) -> list[Difference]:
    """The parts of a record that differ, in the order of its form; None is a record that is not listed.

    `fields` are the names of fields, as `Listing.fields` has them.
    """
    names = fields or {}
    return _between(
        list(_parts(before, names)) if before else [],
        list(_parts(after, names)) if after else [],
        wheres=[CHANNELS[filing.channel] for record in (after, before) if record for filing in record.channels],
    )


def ward_differences(before: Ward | None, after: Ward | None) -> list[Difference]:
    """The parts of a ward's profile that differ."""
    return _between(list(_ward_parts(before)) if before else [], list(_ward_parts(after)) if after else [])


def money(amount: int) -> str:
    """15000 -> '15.000 đồng'."""
    return f"{amount:,} đồng".replace(",", ".")


# Two lists of parts, one list of differences


def _between(before: list[_Part], after: list[_Part], wheres: Sequence[str] = ()) -> list[Difference]:
    was = {(part.name, part.where): part for part in before}
    is_ = {(part.name, part.where): part for part in after}
    found: dict[tuple[str, str, str], list[str]] = {}
    for name, where in _merged(list(is_), list(was)):
        old, new = was.get((name, where)), is_.get((name, where))
        for part, one, other in _in_part(name, old.items if old else (), new.items if new else ()):
            found.setdefault((part, one, other), []).append(where)
    return [Difference(_named(part, places, set(wheres)), one, other) for (part, one, other), places in found.items()]


def _merged(first: list[Any], second: list[Any]) -> list[Any]:
    """All of both, what only the second has after what stands before it there."""
    merged = list(first)
    for index, one in enumerate(second):
        if one not in merged:
            at = merged.index(second[index - 1]) + 1 if index else 0
            merged.insert(at, one)
    return merged


def _named(part: str, places: list[str], everywhere: set[str]) -> str:
    """The channels are named unless all of them changed alike."""
    if places == [""] or (len(everywhere) > 1 and set(places) >= everywhere):
        return part
    return f"{part} ({', '.join(places)})"


def _in_part(name: str, before: Sequence[_Item], after: Sequence[_Item]) -> Iterator[Difference]:
    if before == after:
        return
    pairs = _pairs(before, after)
    for old, new in pairs:
        one, other = old.text if old else "", new.text if new else ""
        if one == other and old and new:
            one, other = old.whole, new.whole
        if one != other:
            yield Difference(name, one, other)
    kept = [(old, new) for old, new in pairs if old and new]
    as_before = [new for _, new in sorted(kept, key=lambda pair: _place(before, pair[0]))]
    if as_before != [new for _, new in kept]:
        yield Difference(f"{name}, {ORDER}", _in_row(before), _in_row(after))


def _pairs(before: Sequence[_Item], after: Sequence[_Item]) -> list[tuple[_Item | None, _Item | None]]:
    """What became what, in the order of `after`; what is gone stands where it stood."""
    left = list(before)
    became: list[_Item | None] = [None] * len(after)
    for alike in (_same, _same_text, _same_name, _much_alike):
        for index, new in enumerate(after):
            if became[index] is None:
                became[index] = _take(left, partial(alike, new))
    if len(before) == len(after) == 1 and left:
        became[0] = left.pop()  # the only one there is became the only one there is
    pairs: list[tuple[_Item | None, _Item | None]] = list(zip(became, after))
    for old in left:
        earlier = [index for index, (was, _) in enumerate(pairs) if was and _place(before, was) < _place(before, old)]
        pairs.insert(earlier[-1] + 1 if earlier else 0, (old, None))
    return pairs


def _take(items: list[_Item], wanted: Callable[[_Item], bool]) -> _Item | None:
    for index, item in enumerate(items):
        if wanted(item):
            return items.pop(index)
    return None


def _same(new: _Item, old: _Item) -> bool:
    return old == new


def _same_text(new: _Item, old: _Item) -> bool:
    return old.text == new.text


def _same_name(new: _Item, old: _Item) -> bool:
    return bool(old.key) and old.key == new.key


def _much_alike(new: _Item, old: _Item) -> bool:
    matcher = SequenceMatcher(None, old.text, new.text, autojunk=False)
    return matcher.real_quick_ratio() > _ALIKE and matcher.quick_ratio() > _ALIKE and matcher.ratio() > _ALIKE


def _place(items: Sequence[_Item], item: _Item | None) -> int:
    return next(index for index, other in enumerate(items) if other is item)


def _in_row(items: Sequence[_Item]) -> str:
    return " · ".join(item.key or item.text for item in items)


# A record


def _parts(record: Procedure, fields: Mapping[str, str]) -> Iterator[_Part]:
    def label(ref: str) -> str:
        return record.label_of(ref) if ref in record.case_refs() else ref

    yield _one("Mã", record.code)
    yield _texts("Mã cũ", record.former_codes)
    yield _texts("Mã mới", record.later_codes)
    yield _one("Tên thường gọi", record.name)
    yield _one("Tên chính thức", record.official_name)
    yield _one("Lĩnh vực", fields.get(record.field, record.field))
    yield _texts("Cấp giải quyết", [_LEVELS[level] for level in record.levels])
    yield _texts("Tên gọi khác", record.aliases)
    yield _texts("Câu ví dụ", record.questions)
    yield _one("Việc này là gì", record.summary)
    yield _texts("Ai được làm", record.who.may_apply)
    yield _one("Ai làm thay được", record.who.on_behalf)
    yield _one("Hạn phải đi làm", _deadline(record.deadline_to_apply) if record.deadline_to_apply else None)
    yield _items("Trường hợp", (_case(case) for case in record.cases))
    yield _items("Giấy tờ", (_document(document, label, record.forms) for document in record.documents))
    yield _texts("Các bước", record.steps)
    yield _one("Nơi nộp", record.place.text)
    yield _texts("Cách nộp", [CHANNELS[filing.channel] for filing in record.channels])
    for name, said in _FILINGS.items():
        for filing in record.channels:
            yield _Part(name, tuple(said(filing, label)), CHANNELS[filing.channel])
    yield _texts("Ghi chú lệ phí", record.fee_notes)
    yield _texts("Kết quả nhận được", record.result)
    yield _texts("Điều kiện", record.conditions)
    yield _items("Căn cứ pháp luật", (_law(law) for law in record.legal_basis))
    yield _items("Mẫu đơn, tờ khai", (_form(form) for form in record.forms))
    yield _items("Thủ tục liên quan", (_neighbour(other) for other in record.related))
    yield _items("Thủ tục dễ nhầm", (_neighbour(other) for other in record.confusable))
    yield _texts("Lưu ý", record.notes)
    yield from _source(record.source)
    yield _items("Khác với nguồn", (_differing(one) for one in record.differences))
    yield _one("Thời gian áp dụng", _holding(record.in_force))
    yield _one("Người có chuyên môn đã đọc và duyệt", "có" if record.reviewed else "chưa")


_Label = Callable[[str], str]


def _one(name: str, text: str | None) -> _Part:
    return _Part(name, (_Item("", text),) if text else ())


def _texts(name: str, texts: Iterable[str]) -> _Part:
    return _items(name, (_Item("", text) for text in texts))


def _items(name: str, items: Iterable[_Item]) -> _Part:
    return _Part(name, tuple(items))


def _deadline(deadline: Deadline) -> str:
    counted = [_amount(deadline.amount, deadline.unit), deadline.counted_from and f"tính từ {deadline.counted_from}"]
    return _with(deadline.text, counted)


def _case(case: Case) -> _Item:
    labels = " / ".join(choice.label for choice in case.choices)
    names = ", ".join(choice.id for choice in case.choices)
    return _Item(case.id, f"{case.question} {labels}", f"{case.question} {labels} (mã {case.id}: {names})")


def _document(document: Document, label: _Label, forms: Sequence[Form]) -> _Item:
    form = next((form.name for form in forms if form.id == document.form), document.form)
    kind = {CopyKind.photo: " chụp", CopyKind.certified: " có chứng thực", None: ""}[document.copy_kind]
    about = [
        "đưa ra xem rồi mang về" if document.action is HandIn.show else "",
        f"{document.originals} bản chính" if document.originals else "",
        f"{document.copies} bản sao{kind}" if document.copies else kind.strip() and f"bản sao{kind}",
        form and f"theo mẫu {form}",
        document.when and "khi: " + " hoặc ".join(map(label, document.when)),
        document.channels and "nộp " + ", ".join(CHANNELS[channel] for channel in document.channels),
        document.note,
    ]
    return _Item(document.name, _with(document.name, about, "; "))


def _ways(filing: Filing, label: _Label) -> Iterator[_Item]:
    yield _Item("", filing.how)


def _times(filing: Filing, label: _Label) -> Iterator[_Item]:
    yield from (_Item("", time.text, _with(time.text, [_amount(time.amount, time.unit)])) for time in filing.times)


def _fees(filing: Filing, label: _Label) -> Iterator[_Item]:
    yield from (_fee(fee, label) for fee in filing.fees)


_FILINGS: Mapping[str, Callable[[Filing, _Label], Iterator[_Item]]] = {
    "Nộp thế nào": _ways,
    "Thời gian giải quyết": _times,
    "Lệ phí": _fees,
}


def _fee(fee: Fee, label: _Label) -> _Item:
    said = money(fee.amount) if fee.amount is not None else ""
    when = "khi: " + " hoặc ".join(map(label, fee.when)) if fee.when else ""
    # Said aside where the words do not say it: a text may be changed and its amount forgotten.
    text = _with(fee.text, [said if said not in fee.text else "", when])
    return _Item("", text, _with(fee.text, [said, _BASES[fee.basis], when]))


def _law(law: LegalBasis) -> _Item:
    return _Item(law.code, f"{law.code}: {law.name}")


def _form(form: Form) -> _Item:
    return _Item(form.id, _with(form.name, [form.note]), _with(form.name, [form.note, f"mã {form.id}"], "; "))


def _neighbour(other: Neighbour) -> _Item:
    return _Item(other.code, f"{other.code}: {other.tell_apart}")


def _source(source: Source) -> Iterator[_Part]:
    yield _one("Nguồn, đường dẫn", source.url)
    yield _one("Nguồn, quyết định công bố", source.decision)
    yield _one("Nguồn, ngày công bố", f"{source.published_on:%d/%m/%Y}" if source.published_on else None)
    yield _one("Nguồn, ngày xem lại", f"{source.checked_on:%d/%m/%Y}")
    listed = source.listed_papers
    yield _one("Nguồn, số dòng giấy tờ", None if listed is None else str(listed))


def _differing(one: Differing) -> _Item:
    return _Item(one.fact.value, f"{_FACTS[one.fact]}: {one.why}")


def _holding(holding: Holding) -> str:
    since = f"từ {holding.since:%d/%m/%Y}" if holding.since else ""
    until = f"đến {holding.until:%d/%m/%Y}" if holding.until else ""
    return " ".join(filter(None, (since, until)))


def _amount(amount: int | None, unit: TimeUnit | None) -> str:
    return " ".join(str(part) for part in (amount, unit and _UNITS[unit]) if part is not None)


def _with(text: str, about: Iterable[str | list[Any] | None], between: str = ", ") -> str:
    """A text and, in brackets, what there is to say about it."""
    said = between.join(str(part) for part in about if part)
    return f"{text} ({said})" if said else text


# A ward


def _ward_parts(ward: Ward) -> Iterator[_Part]:
    for name, key in _WARD_TEXTS.items():
        yield _one(name, getattr(ward, key))
    yield _items("Giờ làm việc", (_hours(hours) for hours in ward.hours))
    yield _items("Ngày nghỉ riêng", (_days_off(days) for days in ward.days_off))
    yield _texts("Ngày làm bù", [f"{day:%d/%m/%Y}" for day in ward.extra_working_days])
    yield _items("Quầy", (_desk(counter) for counter in ward.counters))
    yield _one("Công an phường, xã", _contact(ward.police))
    yield _texts("Câu hỏi gợi ý", ward.suggestions)
    for local in ward.local:
        yield from _local(local)
    yield _one("Phường mẫu", "có" if ward.fictional else "không")


_WARD_TEXTS = {
    "Tên phường, xã": "name",
    "Tỉnh, thành phố": "province",
    "Nơi tiếp dân": "office",
    "Địa chỉ": "address",
    "Đường đến": "how_to_get_there",
    "Ghi chú giờ làm việc": "hours_note",
    "Đường dây nóng": "hotline",
    "Thư điện tử": "email",
    "Cổng Dịch vụ công": "portal",
    "Trang tra cứu hồ sơ": "dossier_lookup",
    "Khiếu nại, phản ánh": "complaint",
    "Góp ý, khen": "feedback",
    "Hẹn giờ": "appointment",
}


def _hours(hours: Hours) -> _Item:
    return _Item(hours.days_text, f"{hours.days_text}: {hours.times_text}")


def _days_off(days: DaysOff) -> _Item:
    until = f" đến {days.until:%d/%m/%Y}" if days.until and days.until != days.since else ""
    return _Item(f"{days.since:%d/%m/%Y}", f"{days.since:%d/%m/%Y}{until}: {days.reason}")


def _desk(counter: Desk) -> _Item:
    return _Item(counter.name, f"{counter.name}: {', '.join(counter.fields)}")


def _contact(contact: Contact) -> str:
    return ", ".join(filter(None, (contact.name, contact.phone, contact.note)))


def _local(local: Local) -> Iterator[_Part]:
    yield _one(f"{local.code}, thời gian riêng", _local_time(local.time) if local.time else None)
    yield _one(f"{local.code}, lệ phí riêng", _local_fee(local.fee) if local.fee else None)
    yield _one(f"{local.code}, ghi chú riêng", local.note)
    yield _one(f"{local.code}, phòng, quầy", local.room)


def _local_time(time: LocalTime) -> str:
    return _with(time.text, [_amount(time.amount, time.unit), *(CHANNELS[channel] for channel in time.channels)])


def _local_fee(fee: LocalFee) -> str:
    return _with(fee.text, ["" if money(fee.amount) in fee.text else money(fee.amount), fee.decision])
