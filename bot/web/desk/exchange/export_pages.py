"""`/nhap/xuat.zip` and the two spreadsheets: everything in force, for whoever may look."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter, Depends, Response
from starlette.concurrency import run_in_threadpool

from bot.knowledge.listing import Listing
from bot.knowledge.versions import Versions
from bot.store import clock
from bot.store.clock import VIETNAM
from bot.web.caching import NEVER
from bot.web.context import Context
from bot.web.desk.door import Door, Visitor
from bot.web.desk.exchange.packing import directory, national, package, spreadsheet
from bot.web.desk.permissions import May
from bot.web.desk.trail import XLSX

ZIP = "application/zip"


def routes(context: Context, door: Door) -> APIRouter:
    """The three downloads."""
    router, settings, audit = APIRouter(), context.settings, context.desk.audit
    viewer = Depends(door.allows(May.look))

    async def download(
        visitor: Visitor, made: Callable[[datetime], bytes], name: str, ending: str, kind: str
    ) -> Response:
        now = clock.now().astimezone(VIETNAM)
        content = await run_in_threadpool(made, now)
        file = f"{name}-{now:%Y-%m-%d}.{ending}"
        await run_in_threadpool(audit.add, visitor.account.name, "exported", file)
        headers = {**NEVER, "Content-Disposition": f'attachment; filename="{file}"'}
        return Response(content, media_type=kind, headers=headers)

    def in_force() -> Listing:
        return national(settings, Versions(settings.published_folder).overlay())

    @router.get("/nhap/xuat.zip")
    async def everything(visitor: Visitor = viewer) -> Response:
        return await download(visitor, lambda now: package(settings, now), "toan-bo", "zip", ZIP)

    @router.get("/nhap/thu-tuc.xlsx")
    async def records(visitor: Visitor = viewer) -> Response:
        return await download(visitor, lambda now: spreadsheet(in_force()), "thu-tuc", "xlsx", XLSX)

    @router.get("/nhap/danh-muc.xlsx")
    async def listed(visitor: Visitor = viewer) -> Response:
        return await download(visitor, lambda now: directory(in_force()), "danh-muc", "xlsx", XLSX)

    return router
