"""Asking all golden questions from the desk: how far it is, what became of them, and all earlier runs."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from fastapi import APIRouter, Depends, HTTPException, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from bot.store.golden_runs import Busy, GoldenRun
from bot.web.behind import BehindUnavailable
from bot.web.caching import NEVER
from bot.web.context import Context
from bot.web.desk.door import DESK, Door, Visitor
from bot.web.desk.golden.running import Flips, Overtaken, Run, begin, carry_out, flips
from bot.web.desk.pages import page
from bot.web.desk.permissions import May
from bot.web.desk.sent import PageNumber, PathNumber

GOLDEN = f"{DESK}/cau-chuan"
ON_A_PAGE = 30
_LAST_PAGE = 1_000_000


def routes(context: Context, door: Door) -> APIRouter:
    """`/cau-chuan/chay` and what is below it."""
    router, desk, behind = APIRouter(prefix="/cau-chuan/chay"), context.desk, context.behind
    viewer, judge = Depends(door.allows(May.look)), Depends(door.allows(May.judge))
    runs, going_on = desk.golden.runs, set[asyncio.Task]()

    async def carried_out(number: int) -> None:
        with suppress(BehindUnavailable, Overtaken):  # the history says so
            await carry_out(context, behind, number)

    def compared(run: GoldenRun) -> tuple[GoldenRun, Flips] | None:
        """The run to compare with, and what differs: a candidate with what was in force then, that with the version
        before."""
        before = runs.last(version=run.version) if run.candidate else runs.last(before=run.version)
        if before is None or not run.is_whole:
            return None
        return before, flips(_as_run(before), _as_run(run))

    def of(number: int) -> GoldenRun:
        try:
            return runs.get(number)
        except KeyError:
            raise HTTPException(404, "Không có lần hỏi thử này.") from None

    def shown(visitor: Visitor, number: int) -> Response:
        run = of(number)
        return page(
            context,
            "golden/run.html",
            visitor,
            run=run,
            failed=[result for result in run.results if not result.passed],
            passed=[result for result in run.results if result.passed],
            compared=compared(run),
            kept={question.id for question in desk.golden.all()},
            may_change=visitor.may(May.judge),
        )

    def history(visitor: Visitor, number: int) -> Response:
        found = runs.all(most=ON_A_PAGE + 1, skip=(number - 1) * ON_A_PAGE)
        more = len(found) > ON_A_PAGE
        return page(context, "golden/runs.html", visitor, runs=found[:ON_A_PAGE], more=more, number=number)

    @router.get("")
    async def all_runs(trang: PageNumber = 1, visitor: Visitor = viewer) -> Response:
        return await run_in_threadpool(history, visitor, min(max(1, trang), _LAST_PAGE))

    @router.post("")
    async def start(visitor: Visitor = judge) -> Response:
        if not await run_in_threadpool(desk.golden.all):
            return RedirectResponse(GOLDEN, 303, headers=NEVER)
        try:
            number = await begin(context, by=visitor.account.name)
        except Busy:
            running = await run_in_threadpool(runs.going_on)
            return RedirectResponse(f"{GOLDEN}/chay/{running.id}" if running else f"{GOLDEN}/chay", 303, headers=NEVER)
        await run_in_threadpool(desk.audit.add, visitor.account.name, "golden_run", str(number))
        task = asyncio.create_task(carried_out(number))
        going_on.add(task)  # the loop itself would let go of it
        task.add_done_callback(going_on.discard)
        return RedirectResponse(f"{GOLDEN}/chay/{number}", 303, headers=NEVER)

    @router.get("/{number:int}")
    async def one(number: PathNumber, visitor: Visitor = viewer) -> Response:
        return await run_in_threadpool(shown, visitor, number)

    @router.get("/{number:int}/tien-do")
    async def progress(number: PathNumber, visitor: Visitor = viewer) -> Response:
        run = await run_in_threadpool(of, number)
        headers = NEVER if run.is_running else {**NEVER, "HX-Refresh": "true"}
        return context.templates.page("desk/golden/progress.html", headers=headers, run=run)

    return router


def _as_run(run: GoldenRun) -> Run:
    return Run(run.version, run.results, run.took_ms or 0, run.id)
