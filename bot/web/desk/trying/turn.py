"""One turn of a trial, made ready for the page."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from bot.answers.verdict import in_short, outcome_of
from bot.web.behind import Behind, BehindUnavailable
from bot.web.context import Context
from bot.web.desk.trying.facts import facts_of
from bot.web.desk.trying.form import LONGEST, one_line
from bot.web.desk.trying.why import Why, why_of
from bot.web.pages.cards import Drawn, drawn

_REFUSED = "Câu này bị chặn ở cửa, trước khi trợ lý đọc: quá dài, trống, hoặc chỉ có số giấy tờ cá nhân."
_SILENT = "Chưa lấy được lý do: phần tìm kiếm không trả lời kịp. Câu bên cạnh vẫn là lời trợ lý. Bạn hỏi lại nếu cần."
_log = logging.getLogger("gateway")


@dataclass(frozen=True)
class Turn:
    """A turn of a trial: the replies ready to be drawn, what the first of them does, and why; `silent` says why not."""

    question: str
    replies: tuple[Drawn, ...]
    outcome: str
    said: str
    procedure: str
    aspects: tuple[str, ...]
    facts: tuple[str, ...]
    why: Why | None
    silent: str
    version: int


async def turn_of(
    context: Context,
    behind: Behind,
    conversation: str,
    message: str,
    replies: list[dict[str, Any]],
    slots: dict[str, Any],
    took_ms: int,
) -> Turn:
    """What became of a message: `slots` are what the talk had left before, `took_ms` is how long the turn took."""
    first = replies[0]
    card, why, silent = first["card"], None, ""
    if card["type"] == "refused":
        silent = _REFUSED
    else:
        try:
            last = await behind.last_turn(conversation)
            if last is None:
                raise BehindUnavailable("no such turn")
            explained = await behind.explain(last["understood"], slots)
            why = why_of(explained, last, slots, first, listing=context.listing, took_ms=took_ms)
        except (BehindUnavailable, LookupError, TypeError) as unknown:
            _log.warning("a trial cannot be explained: %r", unknown)
            silent = _SILENT
    return Turn(
        question=message[:LONGEST],
        replies=tuple(drawn(reply, context.listing) for reply in replies),
        outcome=outcome_of(first).value,
        said=one_line(in_short(first, context.listing.names)),
        procedure=card.get("code", "") if card["type"] == "answer" else "",
        aspects=tuple(card.get("aspects", ())),
        facts=facts_of(first),
        why=why,
        silent=silent,
        version=why.version if why else context.knowledge.now.number,
    )
