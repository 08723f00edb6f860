"""Adding, changing and removing a golden question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import ImmutableMultiDict
from starlette.responses import RedirectResponse

from bot.answers.refusals import LONGEST_MESSAGE
from bot.store.golden import AlreadyGolden, ChangedElsewhere, GoldenQuestion
from bot.web.caching import NEVER
from bot.web.context import Context
from bot.web.desk.door import DESK, Door, Visitor, inside
from bot.web.desk.golden.examples import Examples
from bot.web.desk.golden.form import Typed, check, typed_in, typed_of
from bot.web.desk.golden.names import ASPECTS, OUTCOMES
from bot.web.desk.golden.procedures import Procedures
from bot.web.desk.pages import page
from bot.web.desk.permissions import May
from bot.web.desk.sent import PathNumber, number_in
from bot.web.per_version import PerVersion

GOLDEN = f"{DESK}/cau-chuan"
_WARNED = "da-bao"  # our own form asks to be warned once; a click elsewhere is taken as it is
_NO_SUCH = "Không có câu chuẩn này. Có thể ai đó vừa xóa. Bạn xem lại danh sách."
Sent = Mapping[str, Sequence[str]]


def routes(context: Context, door: Door) -> APIRouter:
    """`/cau-chuan/moi`, `/cau-chuan/{number}` and what is sent there."""
    router, golden, audit = APIRouter(prefix="/cau-chuan"), context.desk.golden, context.desk.audit
    viewer, judge = Depends(door.allows(May.look)), Depends(door.allows(May.judge))
    procedures = PerVersion(context, lambda version: Procedures(version.listing))
    examples = PerVersion(context, lambda version: Examples(version.listing))

    def shown(visitor: Visitor, typed: Typed, *, status: int = 200, **values: object) -> Response:
        defaults: dict[str, object] = {
            "question": None,
            "faults": {},
            "meant": (),
            "twin": None,
            "now": None,
            "warned": False,
            "back": "",
        }
        return page(
            context,
            "golden/form.html",
            visitor,
            status=status,
            typed=typed,
            outcomes=OUTCOMES,
            aspects=ASPECTS,
            choices=procedures().choices(),
            named=procedures().shown,  # a bare code, as an address brings it, is shown with its name
            taught_by=_taught_by(typed.question),
            longest=LONGEST_MESSAGE,
            may_change=visitor.may(May.judge),
            **{**defaults, **values},
        )

    def _taught_by(text: str) -> str:
        code = examples().code_of(text)
        return procedures().shown(code) if code else ""

    def of(number: int) -> GoldenQuestion:
        try:
            return golden.get(number)
        except KeyError:
            raise HTTPException(404, _NO_SUCH) from None

    def add(visitor: Visitor, sent: Sent) -> Response:
        typed, back = typed_in(sent), _last(sent, "ve")
        checked = check(typed, procedures())
        if checked.wanted is None:
            return shown(visitor, typed, status=400, faults=checked.faults, meant=checked.meant, back=back)
        if _last(sent, _WARNED) == "0" and _taught_by(typed.question):
            return shown(visitor, typed, status=400, warned=True, back=back)
        try:
            added = golden.add(checked.wanted, by=visitor.account.name)
        except AlreadyGolden as already:
            return shown(visitor, typed, status=409, twin=already.existing, back=back)
        audit.add(visitor.account.name, "golden_added", str(added.id), added.question)
        return RedirectResponse(inside(back, f"{GOLDEN}?da=them"), 303, headers=NEVER)

    def change(visitor: Visitor, number: int, sent: Sent) -> Response:
        question, typed = of(number), typed_in(sent)
        checked = check(typed, procedures())
        seen = number_in(_last(sent, "ban"), 0)
        if checked.wanted is None:
            values = {"question": question, "seen": seen, "faults": checked.faults, "meant": checked.meant}
            return shown(visitor, typed, status=400, **values)
        try:
            changed = golden.change(number, checked.wanted, seen=seen, by=visitor.account.name)
        except AlreadyGolden as already:
            return shown(visitor, typed, status=409, question=question, seen=seen, twin=already.existing)
        except ChangedElsewhere as elsewhere:
            now = elsewhere.now
            return shown(visitor, typed, status=409, question=now, seen=now.revision, now=typed_of(now, procedures()))
        if changed.revision != seen:
            audit.add(visitor.account.name, "golden_changed", str(number), changed.question)
        return RedirectResponse(f"{GOLDEN}?da=sua", 303, headers=NEVER)

    def remove(visitor: Visitor, number: int) -> Response:
        try:
            removed = golden.remove(number)
        except KeyError:
            raise HTTPException(404, _NO_SUCH) from None
        audit.add(visitor.account.name, "golden_removed", str(number), removed.question)
        return RedirectResponse(f"{GOLDEN}?da=xoa", 303, headers=NEVER)

    @router.get("/moi")
    async def new(request: Request, visitor: Visitor = judge) -> Response:
        sent = _fields(request.query_params)
        return await run_in_threadpool(lambda: shown(visitor, typed_in(sent), back=_last(sent, "ve")))

    @router.post("/kiem-tra")
    async def looked_at(request: Request, visitor: Visitor = judge) -> Response:
        sent = _fields(await request.form())
        taught_by = await run_in_threadpool(_taught_by, typed_in(sent).question)
        return context.templates.page("desk/golden/taught.html", headers=NEVER, taught_by=taught_by)

    @router.post("")
    async def added(request: Request, visitor: Visitor = judge) -> Response:
        return await run_in_threadpool(add, visitor, _fields(await request.form()))

    @router.get("/{number:int}")
    async def one(number: PathNumber, visitor: Visitor = viewer) -> Response:
        def made() -> Response:
            question = of(number)
            return shown(visitor, typed_of(question, procedures()), question=question, seen=question.revision)

        return await run_in_threadpool(made)

    @router.post("/{number:int}")
    async def changed(request: Request, number: PathNumber, visitor: Visitor = judge) -> Response:
        return await run_in_threadpool(change, visitor, number, _fields(await request.form()))

    @router.post("/{number:int}/xoa")
    async def removed(number: PathNumber, visitor: Visitor = judge) -> Response:
        return await run_in_threadpool(remove, visitor, number)

    return router


def _fields(sent: ImmutableMultiDict) -> Sent:
    """The texts of a form by name; a file is none."""
    return {name: [value for value in sent.getlist(name) if isinstance(value, str)] for name in sent}


def _last(sent: Sent, name: str) -> str:
    return (sent.get(name) or [""])[-1]
