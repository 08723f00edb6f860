"""One question with the conversation around it, masked."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Response
from starlette.concurrency import run_in_threadpool

from bot.store.asked_turns import Asked
from bot.store.turn_marks import key_of
from bot.text.alike import content_words
from bot.web.context import Context
from bot.web.desk.asked.words import MARKS, OUTCOMES, replied
from bot.web.desk.door import DESK, Door, Visitor
from bot.web.desk.pages import page
from bot.web.desk.permissions import May

AROUND = 10  # turns that are shown before it, and after it


def routes(context: Context, door: Door) -> APIRouter:
    """`/{turn}`."""
    router, desk = APIRouter(), context.desk
    viewer = Depends(door.allows(May.look))

    def shown(visitor: Visitor, turn: str, added_to: str) -> Response:
        talk = desk.asked.conversation(turn)
        place = next((place for place, one in enumerate(talk) if one.id == turn), None)
        if place is None:
            return gone(context, visitor)
        asked, first = talk[place], max(0, place - AROUND)
        around = talk[first : place + AROUND + 1]
        key = key_of(asked.decision, content_words(asked.message))
        mark = desk.turn_marks.all().get(key)
        names = context.listing.names
        return page(
            context,
            "asked_turn.html",
            visitor,
            asked=asked,
            talk=[(one, replied(one, context.listing)) for one in around],
            left_out=len(talk) - len(around),
            letters=desk.asked.letters_of(asked.conversation),
            key_of_words=key,
            mark=MARKS[mark.what] if mark and mark.hides(asked.at) else "",
            golden=golden_address(asked),
            added_to=added_to if added_to in names else "",
            added_name=names.get(added_to, ""),
            may_handle=visitor.may(May.handle),
            may_judge=visitor.may(May.judge),
            may_edit=visitor.may(May.edit),
        )

    @router.get("/{turn}")
    async def show(turn: str, them: str = "", visitor: Visitor = viewer) -> Response:
        return await run_in_threadpool(shown, visitor, turn, them)

    return router


def gone(context: Context, visitor: Visitor) -> Response:
    """The question was deleted meanwhile."""
    return page(context, "asked_gone.html", visitor, status=404, days=context.settings.retention_days)


def golden_address(asked: Asked) -> str:
    """The form for a golden question, filled in with what was asked and what became of it."""
    parts = [("cau", asked.message), ("ket-qua", OUTCOMES[asked.decision]), ("thu-tuc", asked.procedure)]
    return f"{DESK}/cau-chuan/moi?" + urlencode([*parts, *(("khia-canh", aspect) for aspect in asked.aspects)])
