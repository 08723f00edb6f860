"""The answer to a question about one procedure: what was asked first, then the rest, with its source."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.answers.aspects import ASPECTS, DEFAULT, ESSENTIALS, FOLLOW_UPS, IN_GENERAL, TITLES
from bot.answers.reply import Choice, Reply
from bot.answers.sections import sections_of
from bot.knowledge.listing import Listing
from bot.knowledge.procedure import Procedure

NEIGHBOURS_OFFERED = 2


def answer(
    procedure: Procedure, aspects: Sequence[str], listing: Listing, *, today: date, remarks: Sequence[str] = ()
) -> Reply:
    """Say of a procedure what was asked, in the order asked; asked in general, the essentials.

    `remarks` on the citizen's own words come before the record's notes.
    """
    asked = list(dict.fromkeys(aspects)) or [DEFAULT]
    sections = sections_of(procedure)
    said = [*asked, *_essentials(asked)]
    rest = [aspect for aspect in ASPECTS if aspect not in said]
    notes = [*remarks, *_in_force_note(procedure, today), *procedure.notes]
    source = procedure.source
    text = "\n\n".join(
        [
            f"{procedure.name}",
            *(sections[aspect].as_text() for aspect in said),
            *(f"Lưu ý: {note}" for note in notes),
            f"Nguồn: Quyết định {source.decision}, kiểm tra ngày {_day(source.checked_on)}. {source.url}",
        ]
    )
    card = {
        "type": "answer",
        "code": procedure.code,
        "name": procedure.name,
        "aspects": asked,
        "sections": [sections[aspect].as_card() for aspect in (*said, *rest)],
        "source": {"url": source.url, "decision": source.decision, "checked_on": source.checked_on.isoformat()},
        "notes": notes,
    }
    return Reply(text, card, tuple(_follow_ups(said)) + tuple(_neighbours(procedure, listing)))


def _essentials(asked: Sequence[str]) -> list[str]:
    """What else to say to a question in general. Who asks how it is done knows what it is."""
    if not set(asked) & set(IN_GENERAL):
        return []
    wanted = ESSENTIALS if DEFAULT in asked else ESSENTIALS[1:]
    return [aspect for aspect in wanted if aspect not in asked]


def _follow_ups(said: Sequence[str]) -> list[Choice]:
    return [Choice(TITLES[aspect], message) for aspect, message in FOLLOW_UPS.items() if aspect not in said][:4]


def _neighbours(procedure: Procedure, listing: Listing) -> list[Choice]:
    """The procedures most easily taken for this one, so that a wrong guess costs one tap."""
    codes = [neighbour.code for neighbour in procedure.confusable if neighbour.code in listing]
    names = [listing[code].name for code in codes[:NEIGHBOURS_OFFERED]]
    return [Choice(f"Việc khác: {name}", name) for name in names]


def _in_force_note(procedure: Procedure, today: date) -> list[str]:
    since, until = procedure.in_force.since, procedure.in_force.until
    if until and until < today:
        return [f"Nội dung này chỉ áp dụng đến ngày {_day(until)}. Bạn hỏi quầy trước khi đi."]
    if since and since > today:
        return [f"Nội dung này áp dụng từ ngày {_day(since)}."]
    return []


def _day(day: date) -> str:
    return day.strftime("%d/%m/%Y")
