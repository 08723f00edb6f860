"""The public listing (niêm yết công khai): every procedure on a page of its own, for people, printers and programs."""

from __future__ import annotations

from fastapi import APIRouter

from bot.web.context import Context
from bot.web.pages.listing import directory, export, one, qr, sitemap


def routes(context: Context) -> APIRouter:
    """`/thu-tuc` and all below it, the spreadsheet, and what search engines ask for."""
    router = APIRouter()
    for part in (directory, export, one, qr, sitemap):
        router.include_router(part.routes(context))
    return router
