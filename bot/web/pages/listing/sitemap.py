"""`/sitemap.xml` and `/robots.txt`: what search engines should and should not read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from xml.sax.saxutils import escape

from fastapi import APIRouter, Request, Response

from bot.web.caching import A_WHILE
from bot.web.context import Context
from bot.web.pages.listing.addresses import LISTING, origin, page_of
from bot.web.pages.listing.keeper import Keeper
from bot.web.per_version import PerVersion

MOST_KEPT = 8
OTHER_PAGES = ("/", LISTING, "/rieng-tu", "/tro-nang")
_ROBOTS = """User-agent: *
Disallow: /api/
Disallow: /hoi
Disallow: {listing}?tim=
Sitemap: {base}/sitemap.xml
"""


def routes(context: Context) -> APIRouter:
    """Both files."""
    router, kept = APIRouter(), PerVersion(context, lambda version: Keeper(MOST_KEPT, "application/xml"))

    @router.get("/sitemap.xml")
    async def sitemap(request: Request) -> Response:
        base = origin(request, context.settings)
        return kept().respond(base, lambda: "\n".join(_sitemap(context, base)))

    @router.get("/robots.txt")
    async def robots(request: Request) -> Response:
        text = _ROBOTS.format(listing=LISTING, base=origin(request, context.settings))
        return Response(text, media_type="text/plain", headers=A_WHILE)

    return router


def _sitemap(context: Context, base: str) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    yield from (_entry(f"{base}{path}") for path in OTHER_PAGES)
    for procedure in context.listing:
        yield _entry(f"{base}{page_of(procedure.code)}", procedure.source.checked_on)
    yield "</urlset>\n"


def _entry(address: str, changed: date | None = None) -> str:
    day = f"<lastmod>{changed}</lastmod>" if changed else ""
    return f"<url><loc>{escape(address)}</loc>{day}</url>"
