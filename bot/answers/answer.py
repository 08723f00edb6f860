"""The answer to a question about one procedure: what was asked first, then the rest, with its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from bot.answers.aspects import ASPECTS, DEFAULT, ESSENTIALS, FOLLOW_UPS, IN_GENERAL, TITLES
from bot.answers.cases import asked_of
from bot.answers.dated import Computed
from bot.answers.reply import Choice, Reply
from bot.answers.sections import sections_of
from bot.knowledge.listing import Listing
from bot.knowledge.procedure import Procedure

NEIGHBOURS_OFFERED = 2
FOLLOW_UPS_OFFERED = 4
MY_CASE = Choice("Lập danh sách cho trường hợp của tôi", "Lập danh sách giấy tờ cho trường hợp của tôi")
WHAT_NEXT = Choice("Việc làm kèm, làm tiếp", "Xong việc này thì làm gì tiếp?")
NOT_COUNTED: Mapping[str, Computed] = MappingProxyType({})


def answer(
    procedure: Procedure,
    aspects: Sequence[str],
    listing: Listing,
    *,
    today: date,
    remarks: Sequence[str] = (),
    computed: Mapping[str, Computed] = NOT_COUNTED,
) -> Reply:
    """Say of a procedure what was asked, in the order asked; asked in general, the essentials.

    `remarks` on the citizen's own words come before the record's notes; what is `computed` for an aspect from a day
    that the citizen told stands first in its section.
    """
    asked = list(dict.fromkeys(aspects)) or [DEFAULT]
    sections = {
        name: replace(section, items=(*computed[name].items, *section.items)) if name in computed else section
        for name, section in sections_of(procedure).items()
    }
    said = [*asked, *_essentials(asked)]
    rest = [aspect for aspect in ASPECTS if aspect not in said]
    notes = [*remarks, *in_force_note(procedure, today), *procedure.notes]
    text = "\n\n".join(
        [
            f"{procedure.name}",
            *(sections[aspect].as_text() for aspect in said),
            *(f"Lưu ý: {note}" for note in notes),
            source_line(procedure),
        ]
    )
    card = {
        "type": "answer",
        "code": procedure.code,
        "name": procedure.name,
        "aspects": asked,
        "open": [*asked, *_to_bring(asked)],
        "sections": [sections[aspect].as_card() for aspect in (*said, *rest)],
        "source": source_card(procedure),
        "notes": notes,
    }
    for one in computed.values():
        card.update(one.card)
    return Reply(
        text,
        card,
        (*_case(procedure, said), *_follow_ups(said), *next_choice(procedure), *_neighbours(procedure, listing)),
    )


def source_line(procedure: Procedure) -> str:
    """Where the facts come from, as a sentence."""
    source = procedure.source
    return f"Nguồn: Quyết định {source.decision}, kiểm tra ngày {_day(source.checked_on)}. {source.url}"


def source_card(procedure: Procedure) -> dict[str, Any]:
    """Where the facts come from, for a page."""
    source = procedure.source
    return {"url": source.url, "decision": source.decision, "checked_on": source.checked_on.isoformat()}


def _case(procedure: Procedure, said: Sequence[str]) -> list[Choice]:
    """Beside the papers of all cases, the way to those of one's own."""
    return [MY_CASE] if "documents" in said and asked_of(procedure) else []


def next_choice(procedure: Procedure) -> list[Choice]:
    """The way on, where the record knows of one."""
    return [WHAT_NEXT] if procedure.related else []


def _essentials(asked: Sequence[str]) -> list[str]:
    """What else to say to a question in general. Who asks how it is done knows what it is."""
    if not set(asked) & set(IN_GENERAL):
        return []
    wanted = ESSENTIALS if DEFAULT in asked else ESSENTIALS[1:]
    return [aspect for aspect in wanted if aspect not in asked]


def _to_bring(asked: Sequence[str]) -> list[str]:
    """What else lies open on a card: who asks in general wants to know what to bring; the rest is folded away."""
    return ["documents"] if DEFAULT in asked and "documents" not in asked else []


def _follow_ups(said: Sequence[str]) -> list[Choice]:
    choices = [Choice(TITLES[aspect], message) for aspect, message in FOLLOW_UPS.items() if aspect not in said]
    return choices[:FOLLOW_UPS_OFFERED]


def _neighbours(procedure: Procedure, listing: Listing) -> list[Choice]:
    """The procedures most easily taken for this one, so that a wrong guess costs one tap."""
    codes = [neighbour.code for neighbour in procedure.confusable if neighbour.code in listing]
    names = [listing[code].name for code in codes[:NEIGHBOURS_OFFERED]]
    return [Choice(f"Việc khác: {name}", name) for name in names]


def in_force_note(procedure: Procedure, today: date) -> list[str]:
    """What to say of a record that holds no longer, or not yet."""
    since, until = procedure.in_force.since, procedure.in_force.until
    if until and until < today:
        return [f"Nội dung này chỉ áp dụng đến ngày {_day(until)}. Bạn hỏi quầy trước khi đi."]
    if since and since > today:
        return [f"Nội dung này áp dụng từ ngày {_day(since)}."]
    return []


def _day(day: date) -> str:
    return day.strftime("%d/%m/%Y")
