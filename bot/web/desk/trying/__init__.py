"""Thử câu hỏi: ask as a citizen would, see the same answer and beside it why, and say whether it is right."""

from __future__ import annotations

from fastapi import APIRouter

from bot.web.context import Context
from bot.web.desk.door import Door
from bot.web.desk.trying import asking, judging, listing
from bot.web.desk.trying.form import PATH


def routes(context: Context, door: Door) -> APIRouter:
    """`/thu`, and below it `/moi`, `/tim` and `/danh-gia`."""
    router = APIRouter()
    for part in (judging, listing, asking):
        router.include_router(part.routes(context, door), prefix=PATH)
    return router
