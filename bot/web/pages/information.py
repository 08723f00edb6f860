"""What people should know of the assistant: what is kept of them, and how well it can be used by everybody."""

from __future__ import annotations

from fastapi import APIRouter, Response

from bot.store.messages import DRAFTS_LIVE
from bot.web.caching import SOON
from bot.web.context import Context


def routes(context: Context) -> APIRouter:
    """`/rieng-tu` and `/tro-nang`."""
    router = APIRouter()

    @router.get("/rieng-tu")
    async def privacy() -> Response:
        days = context.settings.retention_days
        hours = int(DRAFTS_LIVE.total_seconds() // 3600)
        return context.templates.page("privacy.html", headers=SOON, here="/rieng-tu", days=days, draft_hours=hours)

    @router.get("/tro-nang")
    async def accessibility() -> Response:
        return context.templates.page("accessibility.html", headers=SOON, here="/tro-nang")

    return router
