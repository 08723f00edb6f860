"""A message of a trial: asked as a citizen would, answered as a citizen is, and beside it why."""

from __future__ import annotations

import logging
import time
from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import RedirectResponse

from bot.answers.refusals import LONGEST_MESSAGE
from bot.store.trials import is_trial
from bot.web.answering import answer
from bot.web.behind import Behind, BehindUnavailable
from bot.web.context import Context
from bot.web.deleting import delete
from bot.web.desk.door import DESK, Door, Visitor
from bot.web.desk.permissions import May
from bot.web.desk.trying.form import PATH, before_in, field
from bot.web.desk.trying.shown import shown
from bot.web.desk.trying.turn import turn_of
from bot.web.errors import Fault
from bot.web.sessions import LIFETIME

_log = logging.getLogger("gateway")


def routes(context: Context, door: Door) -> APIRouter:
    """`/thu` and `/thu/moi`."""
    router, behind, tester = APIRouter(), context.behind, Depends(door.allows(May.test))

    @router.get("")
    async def begin(request: Request, cau: str = "", visitor: Visitor = tester) -> Response:
        return shown(context, request, visitor, message=cau[:LONGEST_MESSAGE])

    @router.post("")
    async def ask(request: Request, visitor: Visitor = tester) -> Response:
        form = await request.form()
        message, before = field(form, "cau"), before_in(form)
        token, conversation = _trial(context, field(form, "phien"))
        slots = await _slots(behind, conversation) if before else {}
        began = time.perf_counter()
        try:
            answered = await answer(context, token, message)
        except Fault as fault:
            said = fault.message(context.ward.hotline)
            return shown(
                context, request, visitor, status=fault.status, token=token, message=message, before=before, fault=said
            )
        took_ms = round(1000 * (time.perf_counter() - began))
        turn = await turn_of(context, behind, conversation, message, answered.replies, slots, took_ms)
        return shown(context, request, visitor, token=answered.session, before=before, turn=turn)

    @router.post("/moi")
    async def begin_anew(request: Request, visitor: Visitor = tester) -> Response:
        token = field(await request.form(), "phien")
        conversation = context.sessions.conversation(token)
        if conversation is not None and is_trial(conversation):
            try:
                await delete(context, token)
            except Fault as fault:  # Rasa forgets it by itself within a day
                _log.warning("a trial could not be forgotten: %s", fault.code)
        return RedirectResponse(f"{DESK}{PATH}", 303)

    return router


def _trial(context: Context, token: str) -> tuple[str, str]:
    """The trial that a token names, or a new one: nothing that is asked here may end up among citizens' turns."""
    conversation = context.sessions.conversation(token, LIFETIME)
    if conversation is None or not is_trial(conversation) or conversation in context.forgotten:
        return context.sessions.new_trial()
    return token, conversation


async def _slots(behind: Behind, conversation: str) -> dict[str, Any]:
    """What the talk had left before the message, as far as it can be told."""
    try:
        last = await behind.last_turn(conversation)
    except BehindUnavailable:
        return {}
    return dict(last["slots"]) if last else {}
