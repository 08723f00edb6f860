"""Facts of the portal beside a record: what differs, and how it would be written where a program can write it.

A number is put in place of a number where there is one on either side and the words name it. Everything else a person
has to say in plain words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.knowledge.drift import DECISION, State, compare, official_laws, our_laws
from bot.knowledge.official.procedure import Official, OfficialFiling, OfficialUnit
from bot.knowledge.procedure import OfficialFact, Procedure, Time, TimeUnit
from bot.knowledge.record_file import as_data
from bot.web.desk.exchange.words import VALUES

_UNITS = {
    OfficialUnit.working_day: TimeUnit.working_day,
    OfficialUnit.day: TimeUnit.day,
    OfficialUnit.hour: TimeUnit.hour,
}
_UNIT_NAMES = {
    OfficialUnit.working_day: "ngày làm việc",
    OfficialUnit.day: "ngày",
    OfficialUnit.hour: "giờ",
    OfficialUnit.month: "tháng",
    OfficialUnit.year: "năm",
    OfficialUnit.other: "(Cổng không ghi đơn vị)",
}
_COUNTED = re.compile(r"\d+\s+(?:ngày|giờ|tháng|năm)\b")
_LABELS = {
    OfficialFact.time.value: "Thời gian giải quyết",
    OfficialFact.fee.value: "Lệ phí",
    OfficialFact.documents.value: "Giấy tờ",
    OfficialFact.legal_basis.value: "Căn cứ pháp luật",
    OfficialFact.channels.value: "Cách nộp",
    DECISION: "Quyết định công bố",
}


@dataclass(frozen=True)
class Fact:
    """One fact that differs. `change` has new values of the record's keys, None where a person has to write it.

    `alike` says whether both sides are written alike, so that their lines can be compared; `writes` what the record
    will say where that is not what the portal says; `note` what is to be done.
    """

    key: str
    label: str
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    change: Mapping[str, Any] | None
    alike: bool
    writes: tuple[str, ...]
    note: str


def differing(procedure: Procedure, official: Official, *, today: date) -> Iterator[Fact]:
    """The facts that the record and the portal do not agree on and that no `differences` of the record explains."""
    for row in compare(procedure, official):
        if row.state is not State.differs or (row.fact == DECISION and not official.decision):
            continue
        ours, theirs, change, alike = _sides(row.fact, procedure, official, today)
        label = _LABELS[row.fact]
        note = "" if change is not None else f"Cổng đã đổi {label.lower()}: {'; '.join(theirs) or 'không ghi gì'}"
        writes = tuple(_written(row.fact, change)) if change else ()
        yield Fact(row.fact, label, tuple(ours), tuple(theirs), change, alike, writes, note)


Sides = tuple[Sequence[str], Sequence[str], Mapping[str, Any] | None, bool]


def _sides(fact: str, procedure: Procedure, official: Official, today: date) -> Sides:
    if fact == OfficialFact.time.value:
        return _time_lines(procedure), _official_time_lines(official), _new_times(procedure, official), False
    if fact == OfficialFact.fee.value:
        return _fee_lines(procedure), _official_fee_lines(official), _new_fees(procedure, official), False
    if fact == OfficialFact.legal_basis.value:
        return _law_lines(procedure, official)
    if fact == OfficialFact.channels.value:
        ours = [VALUES[filing.channel.value] for filing in procedure.channels]
        return ours, sorted({VALUES[filing.channel.value] for filing in official.filings}), None, True
    if fact == OfficialFact.documents.value:
        ours = [
            f"Lần xem trước, Cổng có {procedure.source.listed_papers} dòng giấy tờ. Ở đây ghi:",
            *(f"  {document.name}" for document in procedure.documents),
        ]
        papers = [f"  {document.name}" for document in official.documents]
        return ours, [f"Nay Cổng có {len(official.documents)} dòng giấy tờ:", *papers], None, False
    return _decision(procedure, official, today)


def _written(fact: str, change: Mapping[str, Any]) -> Iterator[str]:
    """The sentences that a change of times or fees makes."""
    kind = {OfficialFact.time.value: "times", OfficialFact.fee.value: "fees"}.get(fact)
    if kind:
        for channel in change["channels"]:
            yield from (f"{VALUES[channel['channel']]}: {each['text']}" for each in channel[kind])


def _time_lines(procedure: Procedure) -> list[str]:
    return [f"{VALUES[filing.channel.value]}: {time.text}" for filing in procedure.channels for time in filing.times]


def _official_time_lines(official: Official) -> list[str]:
    return _once(
        f"{VALUES[filing.channel.value]}: {filing.amount:g} {_UNIT_NAMES[filing.unit]}. {filing.text}".strip()
        for filing in official.filings
    )


def _fee_lines(procedure: Procedure) -> list[str]:
    fees = [f"{VALUES[filing.channel.value]}: {fee.text}" for filing in procedure.channels for fee in filing.fees]
    return [*fees, *procedure.fee_notes]


def _official_fee_lines(official: Official) -> list[str]:
    return _once(
        f"{VALUES[filing.channel.value]}: {_money(int(fee.amount))} {fee.currency or 'đồng'}. {fee.text}".strip()
        for filing in official.filings
        for fee in filing.fees
    )


def _once(lines: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(lines))


def _money(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def _law_lines(procedure: Procedure, official: Official) -> Sides:
    """Only laws that the record does not name are added: what it names beside the portal's may be right, too."""
    known, missing = our_laws(procedure), {}
    for law in official.legal_basis:
        for number in official_laws(official.copy(update={"legal_basis": (law,)})) - known:
            code = law.code.strip()
            missing[number] = {
                "code": code if code.upper().lstrip("0") == number else number,
                "name": " ".join(law.name.split()) or code,
            }
    data = list(as_data(procedure).get("legal_basis", []))
    ours = [f"{law['code']}: {law['name']}" for law in data]
    added = [f"{law['code']}: {law['name']}" for law in missing.values()]
    return ours, [*ours, *added], {"legal_basis": [*data, *missing.values()]}, True


def _decision(procedure: Procedure, official: Official, today: date) -> Sides:
    source = dict(as_data(procedure)["source"])
    new = {**source, "decision": official.decision, "checked_on": today}
    if official.published_on:
        new["published_on"] = official.published_on
    return [procedure.source.decision], [official.decision], {"source": new}, True


def _new_times(procedure: Procedure, official: Official) -> Mapping[str, Any] | None:
    """The channels with the portal's numbers, where each has one counted time and its words begin with the number."""
    wanted: dict[str, OfficialFiling] = {}
    for filing in official.filings:
        if filing.unit not in _UNITS or filing.amount != int(filing.amount) or filing.amount < 1:
            return None
        if wanted.setdefault(filing.channel.value, filing).amount != filing.amount:
            return None  # several cases, each with its own time
    channels = as_data(procedure).get("channels", [])
    if not wanted or not set(wanted) <= {channel["channel"] for channel in channels}:
        return None
    changed = []
    for channel, ours in zip(channels, procedure.channels):
        theirs = wanted.get(channel["channel"])
        times = _with_number(ours.times, theirs) if theirs else channel["times"]
        if times is None:
            return None
        changed.append({**channel, "times": times})
    return {"channels": changed}


def _with_number(times: Sequence[Time], theirs: OfficialFiling) -> list[dict[str, Any]] | None:
    if len(times) != 1 or not times[0].amount:
        return None
    amount, unit = int(theirs.amount), _UNITS[theirs.unit]
    old = rf"(?<!\d){times[0].amount} {VALUES[times[0].unit.value]}(?! làm việc)"
    if len(_COUNTED.findall(times[0].text)) > 1:
        return None  # the words count something else, too, and would contradict themselves
    text, count = re.subn(old, f"{amount} {VALUES[unit.value]}", times[0].text)
    return [{"amount": amount, "unit": unit.value, "text": text}] if count == 1 else None


def _new_fees(procedure: Procedure, official: Official) -> Mapping[str, Any] | None:
    """The channels with the portal's amount, where the record and the portal name one amount each."""
    ours = {fee.amount for filing in procedure.channels for fee in filing.fees if fee.amount}
    if len(ours) != 1 or len(official.amounts) != 1:
        return None
    (before,), (after,) = ours, official.amounts
    named = re.compile(rf"(?<![\d.]){re.escape(_money(int(before or 0)))}(?![\d.]*\d)")
    data = as_data(procedure)

    def said(text: str) -> str:
        return named.sub(_money(after), text)

    channels = []
    for channel in data["channels"]:
        fees = []
        for fee in channel["fees"]:
            if fee.get("amount") == before and not named.search(fee["text"]):
                return None  # the words name it in a way of their own
            fees.append({**fee, "text": said(fee["text"]), **({"amount": after} if fee.get("amount") else {})})
        channels.append({**channel, "fees": fees})
    notes = [said(note) for note in data.get("fee_notes", [])]
    return {"channels": channels, **({"fee_notes": notes} if notes else {})}
