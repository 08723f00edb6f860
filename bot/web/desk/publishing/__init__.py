"""From a draft to what citizens are answered: review, a check, publishing, the history, and the way back."""

from __future__ import annotations

from fastapi import APIRouter

from bot.web.context import Context
from bot.web.desk.door import Door
from bot.web.desk.publishing import checking, drafts, history, live
from bot.web.desk.publishing.works import Works


def routes(context: Context, door: Door) -> APIRouter:
    """`/duyet…` and `/ho-so/{code}/lich-su`."""
    router, works = APIRouter(), Works(context)
    for pages in (checking, live, history, drafts):  # drafts last: their addresses are subjects, the others' are words
        router.include_router(pages.routes(context, door, works))
    return router
