"""The doors for programs: the chat, marks on replies, and what the widget says of the ward."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from bot.answers.services import of_the_ward
from bot.answers.words import load_words
from bot.web import feedback
from bot.web.answering import answer
from bot.web.bodies import Answer, Asked, Deleted, Done, Marked, WardProfile
from bot.web.caching import ASKED_AGAIN, NEVER
from bot.web.context import Context
from bot.web.deleting import delete
from bot.web.described import may_end
from bot.web.errors import Fault
from bot.web.per_version import PerVersion
from bot.web.resting import announced

_DONE = {"status": "ok"}


def routes(context: Context) -> APIRouter:
    """`/api/chat`, `/api/feedback`, `/api/ward`."""
    router = APIRouter(prefix="/api")

    @router.post("/chat", response_model=Answer, responses=may_end(400, 413, 503))
    async def chat(asked: Asked) -> Response:
        """Send a message, get replies."""
        answered = await answer(context, asked.session, asked.message)
        body = {"session": answered.session, "replies": answered.replies}
        return JSONResponse(body, headers=NEVER, background=answered.later)

    @router.delete("/chat", response_model=Done, responses=may_end(400, 413, 503))
    async def delete_chat(deleted: Deleted) -> Response:
        """Delete all that is kept of a conversation, except what was sent to the ward on purpose."""
        await delete(context, deleted.session)
        return JSONResponse(_DONE)

    @router.post("/feedback", response_model=Done, responses=may_end(400, 413))
    async def mark(marked: Marked) -> Response:
        """Mark a reply of one's own conversation as good or bad."""
        token, conversation = context.sessions.open(marked.session)
        if token != marked.session:  # of another time, or of nobody
            raise Fault("bad_mark")
        if fault := await run_in_threadpool(feedback.mark, context.ratings, conversation, marked.dict()):
            raise Fault(fault)
        return JSONResponse(_DONE)

    profile = PerVersion(context, lambda version: _public(context))

    @router.get("/ward", response_model=WardProfile, responses=may_end())
    async def ward() -> Response:
        """What a widget says of the ward, and what everybody should read now."""
        said = [{"kind": kind, "text": text} for kind, text in announced(context.desk.notices.now(), context.ward)]
        return JSONResponse({**profile(), "notices": said}, headers=ASKED_AGAIN)

    return router


def _public(context: Context) -> dict[str, Any]:
    ward = context.ward
    return {
        "id": context.settings.ward,
        "name": ward.name,
        "address": ward.address,
        "hours": [f"{hours.days_text}: {hours.times_text}" for hours in ward.hours],
        "hotline": ward.hotline,
        "portal": ward.portal,
        "greeting": load_words()["utter_greet"][0].filled(of_the_ward(ward)),
        "suggestions": ward.suggestions,
        "retention_days": context.settings.retention_days,
    }
