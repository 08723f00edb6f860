"""What the assistant would say of a record in the making: any aspects, any case, drawn as a citizen sees it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.answers.answer import answer
from bot.answers.aspects import ASPECTS, DEFAULT, TITLES
from bot.answers.cases import asked_of
from bot.answers.checklist import checklist
from bot.answers.reply import Reply
from bot.knowledge.listing import Listing
from bot.knowledge.procedure import Case, Procedure
from bot.web.pages.cards import Drawn, drawn
from bot.web.pages.listing.own_case import own_case

ASPECT, CASE = "xem-khia-canh", "xem-ca"  # names of the fields beside the form


@dataclass(frozen=True)
class Preview:
    """The replies, what was asked, and what else may be; without replies, too much of the record is still open."""

    replies: Sequence[Drawn] = ()
    aspects: Sequence[str] = (DEFAULT,)
    refs: Sequence[str] = ()
    cases: Sequence[Case] = ()

    titles = TITLES


def preview(
    record: Procedure | None, listing: Listing, aspects: Iterable[str], refs: Iterable[str], *, today: date
) -> Preview:
    """The answer to the aspects and, where a case was told, the list of papers for it."""
    asked = [aspect for aspect in aspects if aspect in ASPECTS] or [DEFAULT]
    if record is None:
        return Preview(aspects=asked)
    record = _sound(record)
    others = {code: one for code, one in listing.procedures.items() if code != record.code}
    around = replace(listing, procedures=others)  # without the record: the page of a draft is none to lead to
    case = own_case(record, refs)
    replies = [answer(record, asked, around, today=today)]
    if case.answers:
        replies.append(checklist(record, dict(case.answers), today=today))
    return Preview(
        [drawn(_as_sent(reply, place), around) for place, reply in enumerate(replies)],
        asked,
        case.refs,
        asked_of(record),
    )


def _as_sent(reply: Reply, place: int) -> dict[str, object]:
    return {"id": f"xem-{place}", **reply.as_json()}


def _sound(record: Procedure) -> Procedure:
    """Without conditions and neighbours that lead nowhere: they are faults, and no answer could name them."""
    refs = record.case_refs()
    return record.copy(
        update={
            "documents": [
                one.copy(update={"when": [ref for ref in one.when if ref in refs]}) for one in record.documents
            ],
            "channels": [
                filing.copy(
                    update={
                        "fees": [
                            fee.copy(update={"when": [ref for ref in fee.when if ref in refs]}) for fee in filing.fees
                        ]
                    }
                )
                for filing in record.channels
            ],
        }
    )
