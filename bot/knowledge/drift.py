"""Our records beside a newer export of the national listing: what went, what came, which facts no longer agree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import chain

from bot.knowledge.listing import Listing
from bot.knowledge.official.procedure import Official, OfficialFiling, OfficialUnit
from bot.knowledge.procedure import Filing, OfficialFact, Procedure, TimeUnit

DECISION = "decision"
_UNITS = {
    OfficialUnit.working_day: (TimeUnit.working_day,),
    OfficialUnit.day: (TimeUnit.day,),
    OfficialUnit.hour: (TimeUnit.hour,),
    # The portal files under "other" whatever its form has no field for, often days: only the number can be compared.
    OfficialUnit.other: (TimeUnit.working_day, TimeUnit.day, TimeUnit.hour),
    OfficialUnit.month: (),
    OfficialUnit.year: (),
}
_MONEY = re.compile(r"(?<![\d.])(\d{1,3}(?:\.\d{3})+|\d{4,})(?!\s*USD)(?![\d/])")
_NUMBER = re.compile(r"\d+")
# 123/2015/NĐ-CP, 66.7/2025/NQ-CP, 60/2014/QH13, 06/VBHN-BXD
_LAW = re.compile(r"\d+(?:\.\d+)?/(?:\d{4}/)?[A-ZĐ][A-ZĐ0-9]*(?:-[A-ZĐ0-9]+)*", re.I)


class State(str, Enum):
    """How a fact of a record stands to the national listing."""

    agrees = "agrees"
    explained = "explained"  # it differs, and the record says why
    differs = "differs"


@dataclass(frozen=True)
class Row:
    """One fact of one record beside the national one."""

    code: str
    fact: str
    ours: str
    official: str
    state: State
    why: str = ""


@dataclass(frozen=True)
class Drift:
    """All facts compared, the codes that the national listing no longer has, and what it has that we do not."""

    rows: tuple[Row, ...]
    gone: tuple[str, ...]
    new: tuple[Official, ...]

    @property
    def open_rows(self) -> tuple[Row, ...]:
        """What an editor has to work down."""
        return tuple(row for row in self.rows if row.state is State.differs)


def drift(listing: Listing, officials: Mapping[str, Official]) -> Drift:
    """Compare every record. Procedures that we know by their facts alone are not new."""
    known = {code for procedure in listing for code in (procedure.code, *procedure.former_codes)} | set(listing.briefs)
    return Drift(
        rows=tuple(row for p in listing if p.code in officials for row in compare(p, officials[p.code])),
        gone=tuple(procedure.code for procedure in listing if procedure.code not in officials),
        new=tuple(each for each in officials.values() if each.is_for_communes and each.code not in known),
    )


def compare(procedure: Procedure, official: Official) -> Iterator[Row]:
    """The facts of one record beside the national ones; nothing where the source only names the procedure."""
    if not official.complete:
        return
    reasons: dict[str, str] = {difference.fact.value: difference.why for difference in procedure.differences}
    for fact, ours, theirs, agrees in (
        (OfficialFact.time, _times(procedure.channels), _official_times(official), _same_times(procedure, official)),
        (OfficialFact.fee, _money(our_amounts(procedure)), _money(official.amounts), _same_fees(procedure, official)),
        (
            OfficialFact.legal_basis,
            _joined(our_laws(procedure)),
            _joined(official_laws(official)),
            official_laws(official) <= our_laws(procedure),
        ),
        (
            OfficialFact.channels,
            _joined(filing.channel.value for filing in procedure.channels),
            _joined({filing.channel.value for filing in official.filings}),
            {filing.channel for filing in procedure.channels} == {filing.channel for filing in official.filings},
        ),
        (
            OfficialFact.documents,
            str(procedure.source.listed_papers),
            str(len(official.documents)),
            procedure.source.listed_papers in (None, len(official.documents)),
        ),
    ):
        why = "" if agrees else reasons.get(fact.value, "")
        state = State.agrees if agrees else State.explained if why else State.differs
        yield Row(procedure.code, fact.value, ours, theirs, state, why)
    same = procedure.source.decision == official.decision
    yield Row(
        procedure.code, DECISION, procedure.source.decision, official.decision, State.agrees if same else State.differs
    )


def _same_times(procedure: Procedure, official: Official) -> bool:
    """Whether every time that the portal counts stands under the same channel of the record.

    Where the portal has words only, every number of the record must be among them.
    """
    ours = {filing.channel: filing for filing in procedure.channels}
    counted = [filing for filing in official.filings if _is_counted(filing)]
    if counted:
        return all(filing.channel in ours and _has_time(ours[filing.channel], filing) for filing in counted)
    texts = (filing.text for filing in official.filings), (paper.name for paper in official.documents)
    words = " ".join([*official.steps, official.conditions, *chain(*texts)])
    numbers = set(map(int, _NUMBER.findall(words))) | {int(filing.amount) for filing in official.filings}
    numbers |= {1} if "một ngày" in words else set()
    return all(time.amount in numbers for filing in procedure.channels for time in filing.times if time.amount)


def _is_counted(filing: OfficialFiling) -> bool:
    """Whether the portal's number says something: 0 never does, nor does 1 of an unnamed unit."""
    least = 2 if filing.unit is OfficialUnit.other else 1
    return filing.amount >= least and bool(_UNITS[filing.unit])


def _has_time(ours: Filing, official: OfficialFiling) -> bool:
    if official.unit is OfficialUnit.other:
        said = {int(number) for time in ours.times for number in _NUMBER.findall(time.text)}
        return official.amount in said | {time.amount for time in ours.times}
    return any(time.amount == official.amount and time.unit in _UNITS[official.unit] for time in ours.times)


def _same_fees(procedure: Procedure, official: Official) -> bool:
    """Whether both name the same amounts; an amount in the words of either counts as named."""
    ours, theirs = our_amounts(procedure), official.amounts
    words = " ".join(
        [fee.text for filing in official.filings for fee in filing.fees] + [*official.steps, official.conditions]
    )
    named = theirs | _amounts_in(words) | _amounts_in(" ".join(filing.text for filing in official.filings))
    return theirs <= ours and {amount for amount in _fixed(procedure)} <= named


def our_amounts(procedure: Procedure) -> set[int]:
    """Every amount in VND that a record names under fees."""
    texts = [fee.text for filing in procedure.channels for fee in filing.fees] + list(procedure.fee_notes)
    return _fixed(procedure) | _amounts_in(" ".join(texts))


def _fixed(procedure: Procedure) -> set[int]:
    return {fee.amount for filing in procedure.channels for fee in filing.fees if fee.amount}


def _amounts_in(text: str) -> set[int]:
    return {int(found.replace(".", "")) for found in _MONEY.findall(text)}


def our_laws(procedure: Procedure) -> set[str]:
    """Numbers of the laws of a record, written one way."""
    return {_law(basis.code) for basis in procedure.legal_basis}


def official_laws(official: Official) -> set[str]:
    """Numbers of the published laws; entries without a number cannot be compared."""
    found = (_LAW.search(law.code.replace(" ", "")) or _LAW.search(law.name) for law in official.legal_basis)
    return {_law(match.group()) for match in found if match}


def _law(code: str) -> str:
    """'06/2015/NĐ-CP', '6/2015/nđ-cp' and 'Nghị định số 06/2015/NĐ-CP' are one law."""
    match = _LAW.search(code)
    number = (match.group() if match else code).upper().replace(" ", "").lstrip("0")
    number = number.replace("/NQ-QH", "/QH")
    return f"{number}P" if number.endswith("/NĐ-C") else number  # the portal's form cut the last letter off


def _times(filings: Iterable[Filing]) -> str:
    return _joined(
        f"{filing.channel.value} {time.amount or ''} {time.unit.value}".replace("  ", " ")
        for filing in filings
        for time in filing.times
    )


def _official_times(official: Official) -> str:
    return _joined(f"{filing.channel.value} {filing.amount:g} {filing.unit.value}" for filing in official.filings)


def _money(amounts: Iterable[int]) -> str:
    return ", ".join(f"{amount:,}".replace(",", ".") for amount in sorted(amounts)) or "-"


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(sorted(set(parts))) or "-"
