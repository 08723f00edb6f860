"""`/thu-tuc.xlsx`: the listing as a spreadsheet for whoever counts, compares or prints it."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Response
from starlette.concurrency import run_in_threadpool

from bot.knowledge.listing import Listing
from bot.web.caching import SOON
from bot.web.context import Context
from bot.web.pages.listing.addresses import LISTING
from bot.web.pages.listing.spreadsheet import listing_as_spreadsheet
from bot.web.per_version import PerVersion

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HEADERS = {**SOON, "Content-Disposition": 'attachment; filename="thu-tuc.xlsx"'}


class Export:
    """The file, made when it is first asked for, by one thread while others go on."""

    def __init__(self, listing: Listing) -> None:
        self._listing, self._making, self._made = listing, asyncio.Lock(), b""

    async def __call__(self) -> bytes:
        """Its bytes."""
        async with self._making:
            self._made = self._made or await run_in_threadpool(listing_as_spreadsheet, self._listing)
            return self._made


def routes(context: Context) -> APIRouter:
    """The download."""
    router, export = APIRouter(), PerVersion(context, lambda version: Export(version.listing))

    @router.get(f"{LISTING}.xlsx")
    async def download() -> Response:
        return Response(await export()(), media_type=XLSX, headers=_HEADERS)

    return router
