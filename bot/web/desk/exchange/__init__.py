"""Procedures in and out: files read into drafts one difference at a time, and all that is in force as one package."""

from __future__ import annotations

from fastapi import APIRouter

from bot.web.context import Context
from bot.web.desk.door import Door
from bot.web.desk.exchange import export_pages, import_pages


def routes(context: Context, door: Door) -> APIRouter:
    """`/nhap` and what is below it."""
    router = APIRouter()
    # The fixed names of exports stand before the numbers of imports.
    router.include_router(export_pages.routes(context, door))
    router.include_router(import_pages.routes(context, door))
    return router
