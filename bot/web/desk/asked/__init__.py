"""Questions of citizens (câu hỏi của dân): what they asked, where the answers failed, and what is made of it."""

from __future__ import annotations

from fastapi import APIRouter

from bot.web.context import Context
from bot.web.desk.asked import example, listed, turn
from bot.web.desk.door import Door


def routes(context: Context, door: Door) -> APIRouter:
    """`/cau-hoi` and what lies below it."""
    router = APIRouter()
    for page in (listed, turn, example):
        router.include_router(page.routes(context, door), prefix="/cau-hoi")
    return router
