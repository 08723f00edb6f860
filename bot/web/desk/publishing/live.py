"""Once it is published: waiting until citizens are answered from it, and how long that took."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool

from bot.web.context import Context
from bot.web.desk.door import Door, Visitor
from bot.web.desk.pages import page
from bot.web.desk.permissions import May
from bot.web.desk.publishing.works import Works
from bot.web.desk.sent import PathNumber

_NO_SUCH = "Không có bản này."


def routes(context: Context, door: Door, works: Works) -> APIRouter:
    """`/duyet/xuat-ban/{number}`."""
    router = APIRouter(prefix="/duyet")
    viewer = Depends(door.allows(May.look))

    def shown(visitor: Visitor, number: int) -> Response:
        try:
            version = works.versions.version(number)
        except FileNotFoundError:
            return page(context, "publishing/lost.html", visitor, status=404, words=_NO_SUCH)
        arrival = works.publisher.arrival(number)
        took = arrival.took if arrival else None
        return page(
            context,
            "publishing/live.html",
            visitor,
            version=version,
            is_current=works.versions.current() == number,
            arrival=arrival,
            took=None if took is None else f"{took:.1f}".replace(".", ","),
            is_waiting=arrival is not None and took is None,
        )

    @router.get("/xuat-ban/{number}")
    async def arriving(request: Request, number: PathNumber, visitor: Visitor = viewer) -> Response:
        response = await run_in_threadpool(shown, visitor, number)
        arrival = works.publisher.arrival(number)
        if "hx-request" in request.headers and (arrival is None or arrival.took is not None):
            response.headers["HX-Refresh"] = "true"
        return response

    return router
