"""One's own account: another password."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from bot.store.accounts import LONGEST, SHORTEST, BadPassword, Locked
from bot.web.caching import NEVER
from bot.web.context import Context
from bot.web.desk.door import OWN_ACCOUNT, Door, Visitor
from bot.web.desk.pages import page
from bot.web.desk.permissions import May
from bot.web.desk.sent import sent_by

_WRONG = "Mật khẩu đang dùng chưa đúng."
_LOCKED = "Nhập sai mật khẩu đang dùng quá nhiều lần. Bạn đợi 15 phút rồi thử lại."
_TWICE = "Hai lần nhập mật khẩu mới không giống nhau."
_SAME = "Mật khẩu mới phải khác mật khẩu đang dùng."
_BAD = (
    f"Mật khẩu mới cần từ {SHORTEST} đến {LONGEST} ký tự, và khó đoán: "
    "không dùng tên đăng nhập, dãy số liền nhau hay vài ký tự lặp lại."
)


def routes(context: Context, door: Door) -> APIRouter:
    """`/tai-khoan`."""
    router, desk = APIRouter(), context.desk
    viewer = Depends(door.allows(May.look))

    def shown(visitor: Visitor, *, fault: str = "", changed: bool = False) -> Response:
        status = 400 if fault else 200
        return page(
            context, "own_account.html", visitor, status=status, shortest=SHORTEST, fault=fault, changed=changed
        )

    def change(name: str, old: str, new: str, again: str) -> str:
        """What is wrong; nothing if it was done."""
        if new != again:
            return _TWICE
        try:
            if desk.accounts.check(name, old) is None:
                return _WRONG
            if new == old:
                return _SAME
            desk.accounts.change_password(name, new)
        except Locked:
            return _LOCKED
        except BadPassword:
            return _BAD
        desk.audit.add(name, "password_changed", name)
        return ""

    @router.get("/tai-khoan")
    async def show(xong: str = "", visitor: Visitor = viewer) -> Response:
        return shown(visitor, changed=bool(xong))

    @router.post("/tai-khoan")
    async def save(request: Request, visitor: Visitor = viewer) -> Response:
        sent = await sent_by(request)
        typed = (sent.get(name, "") for name in ("dang-dung", "moi", "moi-lai"))
        if fault := await run_in_threadpool(change, visitor.account.name, *typed):
            return shown(visitor, fault=fault)
        # All sign-ins have ended, this one, too: whoever knew the old password is out, and they are in anew.
        done = RedirectResponse(f"{OWN_ACCOUNT}?xong=1", 303, headers=NEVER)
        return await door.let_in(request, visitor.account.name, done)

    return router
