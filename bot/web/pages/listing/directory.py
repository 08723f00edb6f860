"""`/thu-tuc`: all procedures by field with their counts, some of them, or what a search found."""

from __future__ import annotations

from fastapi import APIRouter, Query, Request, Response

from bot.web.caching import NEVER
from bot.web.context import Context
from bot.web.pages.listing.addresses import LISTING, origin
from bot.web.pages.listing.groups import briefs_by_field, by_field
from bot.web.pages.listing.keeper import Keeper
from bot.web.pages.listing.looking import LONGEST_QUESTION, Looker
from bot.web.pages.listing.structured_data import of_the_listing
from bot.web.pages.listing.ways import Way, channels_of, count_ways, way_of, ways_text
from bot.web.per_version import PerVersion

MOST_KEPT = 32


def routes(context: Context) -> APIRouter:
    """The directory and its search."""
    router, look = APIRouter(), Looker(context)
    kept = PerVersion(context, lambda version: Keeper(MOST_KEPT))

    @router.get(LISTING)
    async def directory(
        request: Request, tim: str = "", field: str = Query("", alias="linh-vuc"), way: str = Query("", alias="cach")
    ) -> Response:
        if tim.strip():
            return await found(tim)
        base = origin(request, context.settings)
        field = field if field in context.listing.fields else ""
        chosen = Way(way) if way in set(Way) else None
        return kept().respond((base, field, chosen, context.desk.notices.now()), lambda: page(base, field, chosen))

    async def found(question: str) -> Response:
        looked = await look(question)
        return context.templates.page(
            "results.html",
            headers=NEVER,  # what somebody looks for may say who they are
            looked=looked,
            longest=LONGEST_QUESTION,
            cut=len(question) > LONGEST_QUESTION,
        )

    def page(base: str, field: str, way: Way | None) -> str:
        listing = context.listing
        shown = [
            procedure
            for procedure in listing
            if field in ("", procedure.field) and way in (None, way_of(channels_of(procedure)))
        ]
        whole = not field and way is None
        return context.templates.render(
            "listing.html",
            canonical=f"{base}{LISTING}",
            structured=of_the_listing(context.ward, base),
            longest=LONGEST_QUESTION,
            total=len(listing),
            fields=listing.fields,
            ways=count_ways(listing),
            shown=len(shown),
            field=field,
            way=way,
            groups=by_field(shown, listing),
            ways_of=lambda procedure: ways_text(channels_of(procedure)),
            briefs=briefs_by_field(listing, context.ward) if whole else {},
            briefs_total=len(listing.briefs),
        )

    return router
