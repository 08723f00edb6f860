"""The assistant on a page of its own, and the script by which another website embeds it."""

from __future__ import annotations

from fastapi import APIRouter, Response

from bot.web.caching import A_WHILE
from bot.web.context import Context


def routes(context: Context) -> APIRouter:
    """`/` and `/widget.js`."""
    router = APIRouter()

    @router.get("/")
    async def front() -> Response:
        return context.templates.page("chat.html")

    @router.get("/widget.js")
    async def widget() -> Response:
        return Response(context.assets.widget, media_type="text/javascript", headers=A_WHILE)

    return router
