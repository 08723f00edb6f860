"""`/thu-tuc/<code>/qr.svg`: the address of a page as a picture that a phone reads."""

from __future__ import annotations

import io

import segno
from fastapi import APIRouter, HTTPException, Request, Response

from bot.web.context import Context
from bot.web.pages.listing.addresses import LISTING, origin, page_of
from bot.web.pages.listing.keeper import Keeper
from bot.web.pages.listing.own_case import own_case

MOST_KEPT = 512
QUIET_ZONE = 4  # modules, as the standard asks


def routes(context: Context) -> APIRouter:
    """The picture for each page that is written out."""
    router, keeper = APIRouter(), Keeper(MOST_KEPT, "image/svg+xml")

    @router.get(f"{LISTING}/{{code}}/qr.svg")
    async def qr(request: Request, code: str) -> Response:
        listing = context.listing
        if code not in listing:
            raise HTTPException(404)
        case = own_case(listing[code], request.query_params.getlist("ca"))
        address = origin(request, context.settings) + page_of(code, case.refs)
        return keeper.respond(address, lambda: picture(address))

    return router


def picture(address: str) -> str:
    """An address as SVG: black on white whatever the page's colours, sharp at every size."""
    out = io.BytesIO()
    segno.make_qr(address, error="m").save(
        out, kind="svg", border=QUIET_ZONE, light="#fff", xmldecl=False, omitsize=True, svgclass=None, lineclass=None
    )
    return out.getvalue().decode().replace("<svg ", '<svg shape-rendering="crispEdges" ', 1)
