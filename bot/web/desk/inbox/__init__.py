"""The inbox (hộp thư): what citizens sent to the ward, who works on it, and the answer they read by their number."""

from __future__ import annotations

from fastapi import APIRouter

from bot.web.context import Context
from bot.web.desk.door import Door
from bot.web.desk.inbox import letter, listed


def routes(context: Context, door: Door) -> APIRouter:
    """`/hop-thu` and what lies below it."""
    router = APIRouter()
    for page in (listed, letter):
        router.include_router(page.routes(context, door), prefix="/hop-thu")
    return router
