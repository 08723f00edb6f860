"""All judgements: those that are wrong or unclear are what an editor works on."""

from __future__ import annotations

from contextlib import suppress

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from bot.answers.aspects import TITLES
from bot.web.context import Context
from bot.web.desk.door import DESK, Door, Visitor
from bot.web.desk.pages import page
from bot.web.desk.permissions import May
from bot.web.desk.sent import PageNumber, number_in
from bot.web.desk.trying.form import PATH, field
from bot.web.desk.trying.judging import golden_of
from bot.web.desk.trying.names import OUTCOMES, VERDICTS

ON_A_PAGE = 30


def routes(context: Context, door: Door) -> APIRouter:
    """`/thu/danh-gia` (to read) and `/thu/danh-gia/bo` (to drop one)."""
    router, desk = APIRouter(), context.desk
    viewer, judge = Depends(door.allows(May.look)), Depends(door.allows(May.judge))

    @router.get("/danh-gia")
    async def read(y: str = "", thu_tuc: str = "", trang: PageNumber = 1, visitor: Visitor = viewer) -> Response:
        number, verdict = max(1, trang), y if y in VERDICTS else ""
        found = await run_in_threadpool(
            lambda: desk.judgements.all(
                verdict=verdict, procedure=thu_tuc, most=ON_A_PAGE + 1, skip=(number - 1) * ON_A_PAGE
            )
        )
        counts = await run_in_threadpool(desk.judgements.counts)
        return page(
            context,
            "trying_judgements.html",
            visitor,
            judgements=[(one, golden_of(one, ())) for one in found[:ON_A_PAGE]],
            more=len(found) > ON_A_PAGE,
            number=number,
            counts=counts,
            verdict=verdict,
            procedure=thu_tuc,
            verdicts=VERDICTS,
            outcomes=OUTCOMES,
            titles=TITLES,
            names=context.listing.names,
            may_judge=visitor.may(May.judge),
            may_test=visitor.may(May.test),
        )

    @router.post("/danh-gia/bo")
    async def drop(request: Request, visitor: Visitor = judge) -> Response:
        form = await request.form()

        def remove(number: int) -> None:
            gone = desk.judgements.remove(number)
            desk.audit.add(visitor.account.name, "judgement_removed", gone.said.procedure, gone.said.question)

        with suppress(KeyError):  # somebody else dropped it
            await run_in_threadpool(remove, number_in(field(form, "so"), 0))
        shown = field(form, "y")
        return RedirectResponse(f"{DESK}{PATH}/danh-gia?y={shown if shown in VERDICTS else ''}", 303)

    return router
