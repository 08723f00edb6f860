"""The list of golden questions, and the same as a spreadsheet."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Response
from starlette.concurrency import run_in_threadpool

from bot.web.caching import NEVER
from bot.web.context import Context
from bot.web.desk.door import Door, Visitor
from bot.web.desk.golden.examples import Examples
from bot.web.desk.golden.listing import ON_A_PAGE, Filter, Row, filtered, rows_of
from bot.web.desk.golden.names import ASPECTS, LAST, OUTCOMES
from bot.web.desk.golden.procedures import Procedures
from bot.web.desk.golden.sheet import as_spreadsheet
from bot.web.desk.pages import page
from bot.web.desk.permissions import May
from bot.web.desk.trail import XLSX
from bot.web.per_version import PerVersion

# What was just done, as the address says it.
DONE = {
    "them": "Đã thêm câu chuẩn.",
    "sua": "Đã lưu câu chuẩn.",
    "xoa": "Đã xóa câu chuẩn. Các lần hỏi thử trước vẫn giữ kết quả của câu này.",
}


def routes(context: Context, door: Door) -> APIRouter:
    """`/cau-chuan` and `/cau-chuan.xlsx`."""
    router, golden = APIRouter(), context.desk.golden
    viewer = Depends(door.allows(May.look))
    procedures = PerVersion(context, lambda version: Procedures(version.listing))
    examples = PerVersion(context, lambda version: Examples(version.listing))

    def rows() -> list[Row]:
        return rows_of(golden.all(), golden.runs.last(), procedures())

    def shown(visitor: Visitor, wanted: Filter, number: int, done: str) -> Response:
        all_rows = rows()
        some = filtered(all_rows, wanted)
        pages = max(1, -(-len(some) // ON_A_PAGE))
        number = min(max(1, number), pages)
        on_page = some[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
        return page(
            context,
            "golden/list.html",
            visitor,
            rows=on_page,
            taught={row.question.id for row in on_page if examples().code_of(row.question.question)},
            total=len(all_rows),
            found=len(some),
            wanted=wanted,
            number=number,
            pages=pages,
            address=_address(wanted),
            outcomes=OUTCOMES,
            aspects=ASPECTS,
            states=LAST,
            procedures={row.question.procedure: row.procedure for row in all_rows if row.procedure},
            fields=sorted({row.field for row in all_rows if row.field}),
            last=golden.runs.last(),
            going_on=golden.runs.going_on(),
            version=context.knowledge.now.number,
            done=DONE.get(done, ""),
            may_change=visitor.may(May.judge),
        )

    @router.get("/cau-chuan")
    async def listed(
        tim: str = "",
        procedure: str = Query("", alias="thu-tuc"),
        field: str = Query("", alias="linh-vuc"),
        outcome: str = Query("", alias="ket-qua"),
        last: str = Query("", alias="lan-cuoi"),
        trang: int = 1,
        da: str = "",
        visitor: Visitor = viewer,
    ) -> Response:
        return await run_in_threadpool(shown, visitor, Filter(tim, procedure, field, outcome, last), trang, da)

    @router.get("/cau-chuan.xlsx")
    async def export(visitor: Visitor = viewer) -> Response:
        content = await run_in_threadpool(lambda: as_spreadsheet(rows()[::-1]))
        headers = {**NEVER, "Content-Disposition": 'attachment; filename="cau-chuan.xlsx"'}
        return Response(content, media_type=XLSX, headers=headers)

    return router


def _address(wanted: Filter) -> str:
    """The filter as the part of an address before the page's number."""
    values = {
        "tim": wanted.words,
        "thu-tuc": wanted.procedure,
        "linh-vuc": wanted.field,
        "ket-qua": wanted.outcome,
        "lan-cuoi": wanted.last,
    }
    return urlencode({name: value for name, value in values.items() if value})
