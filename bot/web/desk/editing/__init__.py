"""The listing as editors work on it: all procedures, each as a form, with its answers beside it."""

from __future__ import annotations

from fastapi import APIRouter

from bot.web.context import Context
from bot.web.desk.door import Door
from bot.web.desk.editing import begin_page, form_page, list_page


def routes(context: Context, door: Door) -> APIRouter:
    """`/ho-so` and what lies below it."""
    router = APIRouter()
    for pages in (list_page, begin_page, form_page):  # 'moi' is asked for before any code
        router.include_router(pages.routes(context, door))
    return router
