"""The assistant for people without script: a form goes in, a page with the same answers as in the chat comes out."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from bot.answers.refusals import LONGEST_MESSAGE
from bot.answers.words import load_words
from bot.web import feedback
from bot.web.answering import answer
from bot.web.context import Context
from bot.web.deleting import delete
from bot.web.errors import Fault
from bot.web.pages.cards import drawn
from bot.web.pages.form import read_form
from bot.web.pages.prose import pieces

# Nobody in between keeps it; the browser's own way back still shows the answer.
_OWN = {"Cache-Control": "private, no-cache"}


def routes(context: Context) -> APIRouter:
    """`/hoi`, with `/hoi/xoa` (delete) and `/hoi/danh-gia` (marks)."""
    router = APIRouter(prefix="/hoi")
    asked_why = load_words()["utter_ask_feedback_reason"][0].choices
    reasons = [choice["message"] for choice in asked_why[:-1]]  # the last one skips the question

    def page(state: str, *, status: int = 200, headers: dict[str, str] | None = None, **values: Any) -> Response:
        shown = {"token": "", "message": "", "asked": "", "replies": (), "fault": "", **values}
        return context.templates.page(
            "plain.html",
            status=status,
            headers={**_OWN, **(headers or {})},
            here="/hoi",
            state=state,
            pieces=pieces,
            longest=LONGEST_MESSAGE,
            days=context.settings.retention_days,
            **shown,
        )

    def failed(state: str, fault: Fault, **values: Any) -> Response:
        context.metrics.error(fault.code)
        said = fault.message(context.ward.hotline)
        return page(state, status=fault.status, headers=fault.headers, fault=said, **values)

    @router.get("")
    async def begin(request: Request) -> Response:
        return page("begin", message=request.query_params.get("cau-hoi", ""))

    @router.post("")
    async def ask(request: Request) -> Response:
        form = await read_form(request)
        token, message = form["session"], form["message"]
        if not form.readable:
            return page("unreadable", status=400, token=token, message=message)
        try:
            answered = await answer(context, token, message)
        except Fault as fault:
            return failed("unanswered", fault, token=token, message=message)
        is_to_shorten = answered.replies[0]["card"].get("reason") == "too_long"
        response = page(
            "answered",
            token=answered.session,
            asked=message,
            message=message if is_to_shorten else "",
            replies=[drawn(reply, context.listing) for reply in answered.replies],
        )
        response.background = answered.later
        return response

    @router.post("/xoa")
    async def forget(request: Request) -> Response:
        token = (await read_form(request))["session"]
        try:
            known = await delete(context, token)
        except Fault as fault:
            return failed("not_deleted", fault, token=token)
        return page("deleted") if known else page("no_session", status=400)

    @router.post("/danh-gia")
    async def mark(request: Request) -> Response:
        form = await read_form(request)
        token, conversation = context.sessions.open(form["session"])
        if token != form["session"]:  # of another time, or of nobody
            return failed("not_marked", Fault("bad_mark"))
        if fault := await run_in_threadpool(feedback.mark, context.ratings, conversation, dict(form.fields)):
            return failed("not_marked", Fault(fault), token=token)
        if form["mark"] == "down" and not form["reason"]:
            return page("ask_why", token=token, marked=form["reply"], reasons=reasons)
        return page("marked", token=token)

    return router
