"""Golden questions (câu chuẩn): what must be answered, and how, whatever is published."""

from __future__ import annotations

from fastapi import APIRouter

from bot.web.context import Context
from bot.web.desk.door import Door
from bot.web.desk.golden import edit, exchange, run, show


def routes(context: Context, door: Door) -> APIRouter:
    """`/cau-chuan` and all below it."""
    router = APIRouter()
    for page in (show, exchange, run, edit):  # what has a name before what has a number
        router.include_router(page.routes(context, door))
    return router
