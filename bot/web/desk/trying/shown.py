"""The page, whole or the part of it that htmx swaps."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from starlette.responses import Response

from bot.answers.aspects import TITLES
from bot.answers.refusals import LONGEST_MESSAGE
from bot.web.context import Context
from bot.web.desk.door import Visitor
from bot.web.desk.pages import page
from bot.web.desk.permissions import May
from bot.web.desk.trying.figures import decimal, milliseconds, percent
from bot.web.desk.trying.form import LONGEST, Asked
from bot.web.desk.trying.judge_form import JudgeForm
from bot.web.desk.trying.names import LEGS, OUTCOMES, VERDICTS
from bot.web.pages.prose import pieces


def shown(
    context: Context, request: Request, visitor: Visitor, *, part: str = "trying_talk", status: int = 200, **values: Any
) -> Response:
    """`desk/trying.html` with a part in it; where htmx asked, the part alone."""
    is_swapped = "hx-request" in request.headers
    turn, before = values.get("turn"), values.get("before", ())
    everything = {
        "part": f"desk/{part}.html",
        "may_judge": visitor.may(May.judge),
        "token": "",
        "message": "",
        "before": (),
        "after": (*before, Asked.of(f"{turn.question}\t{turn.said}")) if turn else before,
        "turn": None,
        "judging": JudgeForm.of_turn(turn) if turn else None,
        "names": context.listing.names,
        "fault": "",
        "longest": LONGEST_MESSAGE,
        "longest_remark": LONGEST,
        "titles": TITLES,
        "legs": LEGS,
        "outcomes": OUTCOMES,
        "verdicts": VERDICTS,
        "pieces": pieces,
        "decimal": decimal,
        "percent": percent,
        "milliseconds": milliseconds,
        **values,
    }
    # htmx swaps only what was answered well; a fault is to be seen, too.
    status = 200 if is_swapped else status
    return page(context, f"{part}.html" if is_swapped else "trying.html", visitor, status=status, **everything)
