"""The page of the notices and what its forms do."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from bot.store import clock
from bot.store.notices import LONGEST, NOTICE, OFF, URGENT, BadNotice
from bot.web.context import Context
from bot.web.desk.door import DESK, Door, Visitor
from bot.web.desk.notices.typed import FAULTS, FIELDS, read
from bot.web.desk.pages import page
from bot.web.desk.permissions import May
from bot.web.desk.sent import PathNumber

PATH = f"{DESK}/thong-bao"
KIND_NAMES = {NOTICE: "Thông báo", URGENT: "Khẩn", OFF: "Trợ lý tạm nghỉ"}
_DONE = {
    "dang": "Đã đăng. Người dân đọc được ngay.",
    "hen": "Đã hẹn giờ. Đến lúc đó thông báo tự hiện.",
    "nghi": "Trợ lý đã tạm nghỉ. Người dân hỏi thì được báo lý do và số điện thoại của phường.",
    "go": "Đã gỡ thông báo.",
    "lam-lai": "Trợ lý đã trả lời lại.",
}


def routes(context: Context, door: Door) -> APIRouter:
    """`/thong-bao`, `/thong-bao/nghi`, `/thong-bao/{number}/ket-thuc`."""
    router, notices, audit = APIRouter(prefix="/thong-bao"), context.desk.notices, context.desk.audit
    viewer, announcer = Depends(door.allows(May.look)), Depends(door.allows(May.announce))

    def shown(
        visitor: Visitor, *, status: int = 200, told: str = "", where: str = "", fault: str = "", **typed: str
    ) -> Response:
        now = clock.now()
        notices.refresh()
        history = notices.history()
        return page(
            context,
            "notices.html",
            visitor,
            status=status,
            now=now,
            off=notices.now().off,
            current=[one for one in history if one.kind != OFF and one.state(now) != "over"],
            history=history,
            kinds=KIND_NAMES,
            longest=LONGEST,
            told=told,
            where=where,
            fault=FAULTS.get(fault, fault),
            field=FIELDS.get(fault, ""),
            typed=typed,
            may_announce=visitor.may(May.announce),
        )

    def say(visitor: Visitor, sent: Mapping[str, str]) -> Response:
        kind = URGENT if sent.get("loai") == URGENT else NOTICE
        try:
            typed = read(sent, needs_why=True)
            number = notices.begin(
                kind,
                typed.text,
                by=visitor.account.name,
                why=typed.why,
                begins_at=typed.begins_at,
                until=typed.until,
            )
        except BadNotice as bad:
            return shown(visitor, status=400, where="dang", fault=bad.fault, **sent)
        audit.add(visitor.account.name, "notice_said", str(number), f"{KIND_NAMES[kind]}: {typed.text}")
        is_later = typed.begins_at is not None and typed.begins_at > clock.now()
        return _back("hen" if is_later else "dang")

    def rest(visitor: Visitor, sent: Mapping[str, str]) -> Response:
        try:
            typed = read(sent, needs_why=False)
            number = notices.begin(OFF, typed.text, by=visitor.account.name, why=typed.why, until=typed.until)
        except BadNotice as bad:
            return shown(visitor, status=400, where="nghi", fault=bad.fault, **sent)
        audit.add(visitor.account.name, "assistant_off", str(number), typed.text)
        return _back("nghi")

    def end(visitor: Visitor, number: int) -> Response:
        try:
            ended = notices.end(number, by=visitor.account.name)
        except KeyError:
            return shown(visitor, status=404, where="het", fault="Không có thông báo này, hoặc đã gỡ rồi.")
        audit.add(
            visitor.account.name, "assistant_on" if ended.kind == OFF else "notice_ended", str(number), ended.text
        )
        return _back("lam-lai" if ended.kind == OFF else "go")

    @router.get("")
    async def listed(xong: str = "", visitor: Visitor = viewer) -> Response:
        return await run_in_threadpool(shown, visitor, told=_DONE.get(xong, ""))

    @router.post("")
    async def said(request: Request, visitor: Visitor = announcer) -> Response:
        return await run_in_threadpool(say, visitor, await _sent(request))

    @router.post("/nghi")
    async def rested(request: Request, visitor: Visitor = announcer) -> Response:
        return await run_in_threadpool(rest, visitor, await _sent(request))

    @router.post("/{number}/ket-thuc")
    async def ended(number: PathNumber, visitor: Visitor = announcer) -> Response:
        return await run_in_threadpool(end, visitor, number)

    return router


def _back(done: str) -> Response:
    return RedirectResponse(f"{PATH}?xong={done}", 303)


async def _sent(request: Request) -> dict[str, str]:
    form = await request.form()
    return {name: str(form.get(name, "")) for name in ("loai", "noi-dung", "tu", "den", "vi-sao")}
