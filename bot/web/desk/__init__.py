"""The desk (bàn làm việc): where the ward's people test answers, change the listing and see what citizens needed."""

from __future__ import annotations

from fastapi import APIRouter

from bot.web.context import Context
from bot.web.desk import (
    accounts,
    asked,
    editing,
    exchange,
    figures,
    golden,
    home,
    inbox,
    notices,
    own_account,
    publishing,
    sign_in,
    trail,
    trying,
    ward,
)
from bot.web.desk.door import DESK, Door


def routes(context: Context) -> APIRouter:
    """All pages of the desk."""
    router, door = APIRouter(include_in_schema=False), Door(context)
    for page in (
        home,
        sign_in,
        own_account,
        accounts,
        trail,
        notices,
        figures,
        trying,
        exchange,
        publishing,
        golden,
        asked,
        inbox,
        editing,
        ward,
    ):
        router.include_router(page.routes(context, door), prefix=DESK)
    return router
