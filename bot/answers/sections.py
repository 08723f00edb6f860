"""A record turned into sections, one an aspect. What the record does not say is said to be missing, never guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from bot.answers.aspects import ASPECTS
from bot.answers.documents import document_items
from bot.answers.section import Item, Link, Row, Section
from bot.knowledge.procedure import Channel, Fee, Filing, Procedure

CHANNELS = {Channel.counter: "Tại quầy", Channel.online: "Qua mạng", Channel.post: "Qua bưu điện"}
FILE_ONLINE = "Nộp trực tuyến"
NOT_STATED = "Cổng Dịch vụ công không ghi mục này. Bạn hỏi quầy trước khi đi."


def sections_of(procedure: Procedure) -> dict[str, Section]:
    """Every aspect's section, in the fixed order of the aspects."""
    return {
        aspect: Section(aspect, tuple(_ITEMS[aspect](procedure)) or (Item(NOT_STATED),), _link(procedure, aspect))
        for aspect in ASPECTS
    }


def _link(procedure: Procedure, aspect: str) -> Link | None:
    """The procedure's own page of the national portal, where it is also filed."""
    online = any(filing.channel is Channel.online for filing in procedure.channels)
    return Link(FILE_ONLINE, procedure.source.url) if aspect == "online" and online else None


def _lines(texts: Iterable[str]) -> list[Item]:
    return [Item(text) for text in texts]


def _overview(procedure: Procedure) -> list[Item]:
    return [Item(procedure.summary)]


def _by_channel(procedure: Procedure, say: Callable[[Filing], tuple[str, ...]]) -> list[Item]:
    """Lines under the names of the channels that say them; without names where all channels say the same."""
    channels: dict[tuple[str, ...], list[str]] = {}
    for filing in procedure.channels:
        channels.setdefault(say(filing), []).append(CHANNELS[filing.channel])
    rows = [Row(", ".join([names[0], *map(str.lower, names[1:])]), lines) for lines, names in channels.items()]
    if len(rows) == 1:
        return [Item(line, row=Row(rows[0].channel, (line,))) for line in rows[0].lines]
    return [Item(f"{row.channel}: {row.lines[0]}", sub=row.lines[1:], row=row) for row in rows]


def _fee(procedure: Procedure) -> list[Item]:
    def say(filing: Filing) -> tuple[str, ...]:
        return tuple(fee_text(procedure, fee) for fee in filing.fees)

    return _by_channel(procedure, say) + _lines(procedure.fee_notes)


def fee_text(procedure: Procedure, fee: Fee) -> str:
    """What is paid, with the case it is paid in."""
    amount = money(fee.amount) if fee.amount else ""
    text = fee.text if not amount or _names(fee.text, amount) else f"{amount}. {fee.text}"
    if not fee.when:
        return text
    return f"{text} (trường hợp: {'; '.join(procedure.label_of(ref) for ref in fee.when)})"


def _names(text: str, amount: str) -> bool:
    """Whether a text says this very amount: '15.000 đồng' does not say '5.000 đồng'."""
    return re.search(rf"(?<![\d.]){re.escape(amount)}", text) is not None


def money(amount: int) -> str:
    """An amount in VND as people write it: 15000 -> '15.000 đồng'."""
    return f"{amount:,}".replace(",", ".") + " đồng"


def _duration(procedure: Procedure) -> list[Item]:
    return _by_channel(procedure, lambda filing: tuple(time.text for time in filing.times))


def _place(procedure: Procedure) -> list[Item]:
    return _lines([procedure.place.text])


def _steps(procedure: Procedure) -> list[Item]:
    return [Item(f"Bước {number}: {step}") for number, step in enumerate(procedure.steps, 1)]


def _online(procedure: Procedure) -> list[Item]:
    filings = {filing.channel: filing for filing in procedure.channels}
    items = [
        Item(f"{CHANNELS[channel]}: {filings[channel].how}", sub=_time_and_fee(procedure, filings[channel]))
        for channel in (Channel.online, Channel.post)
        if channel in filings
    ]
    if Channel.online not in filings:
        items.insert(
            0, Item("Cổng Dịch vụ công không ghi cách nộp qua mạng. Bạn nộp theo cách dưới đây hoặc hỏi quầy.")
        )
        items += (
            [Item(f"{CHANNELS[Channel.counter]}: {filings[Channel.counter].how}")] if Channel.counter in filings else []
        )
    return items


def _time_and_fee(procedure: Procedure, filing: Filing) -> tuple[str, ...]:
    times = (f"Thời gian: {time.text}" for time in filing.times)
    fees = (f"Lệ phí: {fee_text(procedure, fee)}" for fee in filing.fees)
    return (*times, *fees)


def _conditions(procedure: Procedure) -> list[Item]:
    return _lines(procedure.conditions)


def _legal_basis(procedure: Procedure) -> list[Item]:
    return [Item(f"{law.code}: {law.name}") for law in procedure.legal_basis]


def _form(procedure: Procedure) -> list[Item]:
    return [Item(form.name, note=form.note or "") for form in procedure.forms]


def _result(procedure: Procedure) -> list[Item]:
    return _lines(procedure.result)


def _deadline(procedure: Procedure) -> list[Item]:
    return [Item(procedure.deadline_to_apply.text)] if procedure.deadline_to_apply else []


def _who(procedure: Procedure) -> list[Item]:
    on_behalf: list[str] = [f"Làm thay: {procedure.who.on_behalf}"] if procedure.who.on_behalf else []
    return _lines([*procedure.who.may_apply, *on_behalf])


_ITEMS: dict[str, Callable[[Procedure], Iterable[Item]]] = {
    "overview": _overview,
    "documents": document_items,
    "fee": _fee,
    "duration": _duration,
    "place": _place,
    "steps": _steps,
    "online": _online,
    "conditions": _conditions,
    "legal_basis": _legal_basis,
    "form": _form,
    "result": _result,
    "deadline_to_apply": _deadline,
    "who": _who,
}
