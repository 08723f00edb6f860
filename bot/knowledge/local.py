"""What holds in one ward only: shorter times, the province council's fees, a note, a room, procedures of its own.

Differences stand in the ward's profile, local procedures as records in the folder of the same name beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot.knowledge import listing as listings
from bot.knowledge.listing import Listing
from bot.knowledge.overlay import NOTHING, Overlay
from bot.knowledge.procedure import Fee, FeeBasis, Filing, Procedure, Time, TimeUnit
from bot.knowledge.ward import Local, LocalFee, LocalTime, Ward, load_ward
from bot.knowledge.yaml_lines import RecordError

# What a council may set: amounts that the national listing leaves open.
_OPEN = frozenset({FeeBasis.province, FeeBasis.not_stated})
_HOURS = {TimeUnit.hour: 1, TimeUnit.working_day: 8, TimeUnit.day: 24, TimeUnit.same_day: 8}


def load_ward_listing(knowledge: Path, ward: str, overlay: Overlay = NOTHING) -> tuple[Listing, Ward]:
    """The listing as one ward publishes it, and the ward's profile. Raises RecordError, one line a fault."""
    wards = knowledge / "wards"
    path = overlay.wards.get(ward, wards / f"{ward}.yml")
    profile = load_ward(path)
    return localized(listings.load(knowledge, more=wards / ward, overlay=overlay), profile, path), profile


def localized(listing: Listing, ward: Ward, path: Path) -> Listing:
    """The listing with the ward's own values in place. Raises RecordError where the ward has no say."""
    faults = [fault for local in ward.local for fault in _faults(local, listing)]
    if faults:
        raise RecordError("\n".join(f"{path}:1: local: {fault}" for fault in faults))
    changed = {local.code: _with(listing[local.code], local, ward) for local in ward.local}
    return replace(listing, procedures={**listing.procedures, **changed})


def _faults(local: Local, listing: Listing) -> list[str]:
    if local.code not in listing:
        return [f"{local.code} has no record"]
    procedure, faults = listing[local.code], []
    if local.time:
        filings = _concerned(procedure, local.time)
        longer = [filing for filing in filings if not _shortens(local.time, filing.times)]
        if not filings or longer:
            faults.append(f"{local.code}: time: a ward may shorten a time that the record counts, not lengthen it")
    if local.fee and not all(fee.basis in _OPEN for filing in procedure.channels for fee in filing.fees):
        faults.append(f"{local.code}: fee: the record has a fee fixed for the whole country")
    return faults


def _concerned(procedure: Procedure, time: LocalTime) -> list[Filing]:
    return [filing for filing in procedure.channels if not time.channels or filing.channel in time.channels]


def _shortens(time: LocalTime, times: Sequence[Time]) -> bool:
    counted = [other for other in times if other.amount]
    return any(time.amount * _HOURS[time.unit] < (other.amount or 0) * _HOURS[other.unit] for other in counted)


def _with(procedure: Procedure, local: Local, ward: Ward) -> Procedure:
    """A copy of the record with the ward's values, each said to be the ward's."""
    note = [f"Riêng tại {ward.name}: {local.note}"] if local.note else []
    place = procedure.place
    if local.room:
        place = place.copy(update={"text": f"{place.text} Tại {ward.name}: {local.room}."})
    return procedure.copy(
        update={
            "channels": [_filing(filing, procedure, local, ward) for filing in procedure.channels],
            "notes": [*note, *procedure.notes],
            "place": place,
        }
    )


def _filing(filing: Filing, procedure: Procedure, local: Local, ward: Ward) -> Filing:
    times, fees = list(filing.times), list(filing.fees)
    if local.time and filing in _concerned(procedure, local.time):
        times = [_time(local.time, filing, ward), *(time for time in times if not time.amount)]
    if local.fee:
        fees = [_fee(local.fee, ward)]
    return filing.copy(update={"times": times, "fees": fees})


def _time(time: LocalTime, filing: Filing, ward: Ward) -> Time:
    national = next(other.text for other in filing.times if other.amount).rstrip(".")
    text = f"{time.text.rstrip('.')}. Đây là thời gian riêng của {ward.name}; chung cả nước là: {national}."
    return Time(amount=time.amount, unit=time.unit, text=text)


def _fee(fee: LocalFee, ward: Ward) -> Fee:
    text = f"{fee.text.rstrip('.')}. Mức này áp dụng tại {ward.name}, theo {fee.decision}."
    return Fee(basis=FeeBasis.province, amount=fee.amount, text=text)
