"""Signing in and out."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from bot.store.accounts import Account, Locked
from bot.store.clock import VIETNAM
from bot.web.caching import NEVER
from bot.web.context import Context
from bot.web.desk.door import COOKIE, DESK, SIGN_IN, Door, Visitor, inside, is_from_here
from bot.web.desk.permissions import May
from bot.web.errors import wait_text
from bot.web.pages.form import read_form

_WRONG = "Tên hoặc mật khẩu chưa đúng. Bạn thử lại."
_LOCKED = "Nhập sai quá nhiều lần. Bạn thử lại sau {until:%H:%M}, hoặc nhờ người quản trị đặt lại mật khẩu."
_TOO_MANY = "Có quá nhiều lần đăng nhập từ mạng này. Bạn đợi khoảng {wait} rồi thử lại."
_NOT_OURS = "Trang đăng nhập vừa rồi không đúng hoặc đã cũ. Bạn đăng nhập lại ở đây."


def routes(context: Context, door: Door) -> APIRouter:
    """`/dang-nhap` and `/dang-xuat`."""
    router, desk = APIRouter(), context.desk
    viewer = Depends(door.allows(May.look))

    def form(*, name: str = "", back: str = DESK, fault: str = "", status: int = 200, wait: int = 0) -> Response:
        headers = {**NEVER, "Retry-After": str(wait)} if wait else NEVER
        return context.templates.page(
            "desk/sign_in.html", status=status, headers=headers, typed=name, back=inside(back), fault=fault
        )

    def check(name: str, password: str) -> Account | str:
        try:
            account = desk.accounts.check(name, password)
        except Locked as locked:
            desk.audit.add(name, "sign_in_locked")
            return _LOCKED.format(until=locked.until.astimezone(VIETNAM))
        if account is None:
            # A name that nobody has may be a password, typed into the wrong field.
            desk.audit.add(name if desk.accounts.has(name) else "", "sign_in_failed")
            return _WRONG
        desk.audit.add(name, "sign_in")
        return account

    @router.get("/dang-nhap")
    async def ask(den: str = DESK) -> Response:
        return form(back=den)

    @router.post("/dang-nhap")
    async def sign_in(request: Request) -> Response:
        if not is_from_here(request):
            return form(fault=_NOT_OURS, status=403)
        if wait := await context.limits.sign_in(request.client.host if request.client else ""):
            context.metrics.limited("sign_in")
            return form(fault=_TOO_MANY.format(wait=wait_text(wait)), status=429, wait=wait)
        sent = await read_form(request)
        name, back = sent["ten"].strip(), sent["den"]
        found = await run_in_threadpool(check, name.lower(), sent["mat-khau"])
        if isinstance(found, str):
            return form(name=name, back=back, fault=found, status=401)
        return await door.let_in(request, found.name, RedirectResponse(inside(back), 303, headers=NEVER))

    @router.post("/dang-xuat")
    async def sign_out(request: Request, visitor: Visitor = viewer) -> Response:
        everywhere = (await request.form()).get("moi-noi")
        if everywhere:
            await run_in_threadpool(desk.sign_ins.end_all, visitor.account.name)
        else:
            await run_in_threadpool(desk.sign_ins.end, visitor.key)
        await run_in_threadpool(desk.audit.add, visitor.account.name, "sign_out", "", "mọi nơi" if everywhere else "")
        response = RedirectResponse(SIGN_IN, 303, headers=NEVER)
        response.delete_cookie(COOKIE, path=DESK)
        return response

    return router
