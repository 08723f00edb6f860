"""What the ward's profile puts into the words of its services: address, hours, whether the counter is open now."""

from __future__ import annotations

from datetime import datetime

from bot.knowledge.calendar import Calendar, day_text
from bot.knowledge.hours import clock_text
from bot.knowledge.listing import Listing
from bot.knowledge.ward import Ward

EXAMPLES = 2
# Services that the act alone decides; the others take something down first.
KINDS = frozenset("hours address hotline human dossier_status appointment capabilities list_procedures".split())


def of_the_ward(ward: Ward) -> dict[str, str]:
    """What stays the same for a whole talk, by the name of the gap it fills."""
    police = ward.police
    return {
        "ward": ward.name,
        "office": ward.office,
        "address": ward.address,
        "hotline": ward.hotline,
        "email": ward.email,
        "portal": ward.portal,
        "dossier_lookup": ward.dossier_lookup,
        "police": police.name,
        "police_phone": f"{police.phone} ({police.note})" if police.note else police.phone,
        "complaint_ways": ward.complaint,
        "feedback_ways": ward.feedback,
        "appointment_ways": ward.appointment,
    }


def of_the_service(kind: str, ward: Ward, listing: Listing, calendar: Calendar, now: datetime) -> dict[str, str]:
    """What one service needs besides, by the name of the gap it fills."""
    if kind == "hours":
        return {"opening": opening(calendar, now), "hours": hours(ward)}
    if kind == "human":
        return {"opening": opening(calendar, now)}
    if kind == "address":
        counters = "\n".join(f"- {counter.name}: {', '.join(counter.fields)}" for counter in ward.counters)
        return {"directions": ward.how_to_get_there, "counters": counters}
    if kind == "capabilities":
        return {"listing_size": str(len(listing))}
    return {"listing": fields(listing)} if kind == "list_procedures" else {}


def hours(ward: Ward) -> str:
    """The opening hours, a line for each group of days."""
    return "\n".join([*(f"- {one.days_text}: {one.times_text}" for one in ward.hours), ward.hours_note])


def opening(calendar: Calendar, now: datetime) -> str:
    """Whether the counter is open at this moment, until when, or when it opens next."""
    state = calendar.opening(now)
    if state.is_open:
        note = f" ({state.note})" if state.note else ""
        until = f", đến {clock_text(state.until)}" if state.until else ""
        return f"Bây giờ quầy đang mở{until}{note}."
    why = f" ({state.note})" if state.note else ""
    if state.next_open is None:
        return f"Bây giờ quầy đóng cửa{why}."
    note = f" ({state.next_note})" if state.next_note else ""
    day = "hôm nay" if state.next_open.date() == now.date() else day_text(state.next_open.date())
    return f"Bây giờ quầy đóng cửa{why}. Mở lại lúc {clock_text(state.next_open.time())}, {day}{note}."


def fields(listing: Listing) -> str:
    """The fields of the listing, each with how many procedures it holds and the first of them."""
    groups: dict[str, list[str]] = {}
    for procedure in listing:
        groups.setdefault(procedure.field, []).append(procedure.name)
    lines = [
        f"- {name} ({len(groups[field])} việc): {'; '.join(groups[field][:EXAMPLES])}"
        for field, name in listing.fields.items()
        if field in groups
    ]
    head = f"Tôi biết sơ qua {len(listing.briefs)} thủ tục khác, và hướng dẫn kỹ {len(listing)} thủ tục, gồm:"
    return "\n".join([head, *lines])
