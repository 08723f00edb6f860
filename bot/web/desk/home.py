"""The first page of the desk: what waits for this person."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Response
from starlette.concurrency import run_in_threadpool

from bot.web.context import Context
from bot.web.desk.door import Door, Visitor
from bot.web.desk.inbox.waiting import Waiting
from bot.web.desk.pages import page
from bot.web.desk.permissions import ROLE_NAMES, May
from bot.web.desk.records import Records


def routes(context: Context, door: Door) -> APIRouter:
    """The desk itself."""
    router = APIRouter()
    waiting, records = Waiting(context), Records(context)
    viewer = Depends(door.allows(May.look))

    @router.get("")
    async def show(visitor: Visitor = viewer) -> Response:
        changed = len(await run_in_threadpool(records.changed_upstream))
        waits = {  # by the path of the area
            "hop-thu": await run_in_threadpool(waiting.words),
            "ho-so": f"{changed} bản gốc đã đổi" if changed else "",
        }
        return page(context, "home.html", visitor, role=ROLE_NAMES[visitor.account.role], waits=waits)

    return router
