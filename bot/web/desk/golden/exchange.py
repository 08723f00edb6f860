"""Golden questions out of a file: all of them or, where one is wrong, none."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from bot.store.golden import ChangedElsewhere
from bot.web.context import Context
from bot.web.desk.door import Door, Visitor
from bot.web.desk.golden.names import ASPECTS, OUTCOMES
from bot.web.desk.golden.procedures import Procedures
from bot.web.desk.golden.sheet import Fault, Unreadable, read
from bot.web.desk.pages import page
from bot.web.desk.permissions import May
from bot.web.per_version import PerVersion

MOST_FAULTS = 100  # shown at once
_NO_FILE = "Bạn chọn một tệp .xlsx hoặc .csv."
_MEANWHILE = "Ai đó vừa sửa một câu trong lúc nhập, nên chưa có gì được lưu. Bạn gửi lại tệp."


def routes(context: Context, door: Door) -> APIRouter:
    """`/cau-chuan/nhap`."""
    router, desk = APIRouter(), context.desk
    viewer, judge = Depends(door.allows(May.look)), Depends(door.allows(May.judge))
    procedures = PerVersion(context, lambda version: Procedures(version.listing))

    def shown(
        visitor: Visitor, *, status: int = 200, fault: str = "", faults: Sequence[Fault] = (), told: str = ""
    ) -> Response:
        return page(
            context,
            "golden/import.html",
            visitor,
            status=status,
            fault=fault,
            faults=faults[:MOST_FAULTS],
            more=len(faults) - MOST_FAULTS,
            told=told,
            outcomes=OUTCOMES,
            aspects=ASPECTS,
            may_change=visitor.may(May.judge),
        )

    def take(visitor: Visitor, content: bytes) -> Response:
        try:
            wanted, faults = read(content, procedures())
        except Unreadable as unreadable:
            return shown(visitor, status=400, fault=str(unreadable))
        if faults:
            return shown(visitor, status=400, faults=faults)
        try:
            added, changed = desk.golden.take(wanted, by=visitor.account.name)
        except ChangedElsewhere:
            return shown(visitor, status=409, fault=_MEANWHILE)
        told = f"thêm {added}, sửa {changed}, giữ nguyên {len(wanted) - added - changed}"
        desk.audit.add(visitor.account.name, "golden_imported", "", told)
        return shown(visitor, told=f"Đã nhập {len(wanted)} câu chuẩn: {told}.")

    @router.get("/cau-chuan/nhap")
    async def ask(visitor: Visitor = viewer) -> Response:
        return shown(visitor)

    @router.post("/cau-chuan/nhap")
    async def taken(request: Request, visitor: Visitor = judge) -> Response:
        file = (await request.form()).get("tep")
        content = await file.read() if isinstance(file, UploadFile) else b""
        if not content:
            return shown(visitor, status=400, fault=_NO_FILE)
        return await run_in_threadpool(take, visitor, content)

    return router
