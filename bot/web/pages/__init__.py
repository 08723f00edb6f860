"""Pages that the server draws: they need no script, may be printed, linked and found by search engines."""

from __future__ import annotations

from fastapi import APIRouter

from bot.web.context import Context
from bot.web.pages import front, information, listing, plain


def routes(context: Context) -> APIRouter:
    """All pages."""
    router = APIRouter(include_in_schema=False)
    for page in (front, listing, plain, information):
        router.include_router(page.routes(context))
    return router
