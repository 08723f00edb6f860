"""Accounts, for an admin: who there is, what each may do, another password, closed and opened."""

from __future__ import annotations

import secrets

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool

from bot.store.accounts import AccountExists, BadName, LastAdmin, Role
from bot.web.context import Context
from bot.web.desk.door import Door, Visitor
from bot.web.desk.pages import page
from bot.web.desk.permissions import ROLE_NAMES, May
from bot.web.desk.sent import sent_by

_TAKEN = "Tên đăng nhập này đã có người dùng. Bạn chọn tên khác."
_BAD_NAME = "Tên đăng nhập gồm 2 đến 40 chữ thường không dấu, số, dấu chấm hoặc gạch ngang; bắt đầu bằng chữ."
_NO_ROLE = "Không có quyền này. Bạn chọn lại trong danh sách."
_NOBODY = "Không có tài khoản hoặc việc này. Bạn tải lại trang rồi thử lại."
_ONESELF = "Bạn không tự đổi quyền, đặt lại mật khẩu hay khóa tài khoản của mình được. Bạn nhờ người quản trị khác."
_LAST = "Đây là người quản trị cuối cùng. Bạn cho người khác quyền quản trị trước đã."


def routes(context: Context, door: Door) -> APIRouter:
    """`/nguoi-dung`."""
    router, desk = APIRouter(prefix="/nguoi-dung"), context.desk
    admin = Depends(door.allows(May.administer))

    def shown(visitor: Visitor, *, fault: str = "", **values: object) -> Response:
        values = {"told": "", "password": "", "typed": {}, **values}
        status, everybody = 400 if fault else 200, desk.accounts.all()
        return page(
            context,
            "accounts.html",
            visitor,
            status=status,
            fault=fault,
            accounts=everybody,
            roles=ROLE_NAMES,
            **values,
        )

    def add(visitor: Visitor, sent: dict[str, str]) -> Response:
        role, password = _role(sent), _new_password()
        if role is None:
            return shown(visitor, fault=_NO_ROLE, typed=sent)
        try:
            account = desk.accounts.add(sent.get("ten", "").strip().lower(), sent.get("goi-la", ""), role, password)
        except AccountExists:
            return shown(visitor, fault=_TAKEN, typed=sent)
        except BadName:
            return shown(visitor, fault=_BAD_NAME, typed=sent)
        desk.audit.add(visitor.account.name, "account_added", account.name, role.value)
        return shown(visitor, told=f"Đã tạo tài khoản {account.name}.", password=password)

    def change(visitor: Visitor, name: str, sent: dict[str, str]) -> Response:
        if name == visitor.account.name:
            return shown(visitor, fault=_ONESELF)
        changes = {"quyen": give_role, "mat-khau": reset, "khoa": close, "mo": reopen}
        try:
            told, password = changes[sent.get("viec", "")](visitor.account.name, name, sent)
        except KeyError:
            return shown(visitor, fault=_NOBODY)
        except LastAdmin:
            return shown(visitor, fault=_LAST)
        return shown(visitor, told=told, password=password)

    def give_role(by: str, name: str, sent: dict[str, str]) -> tuple[str, str]:
        if (role := _role(sent)) is None:
            raise KeyError(name)
        desk.accounts.change(name, role=role)
        desk.audit.add(by, "role_changed", name, role.value)
        return f"Đã đổi quyền của {name} thành: {ROLE_NAMES[role]}.", ""

    def reset(by: str, name: str, sent: dict[str, str]) -> tuple[str, str]:
        password = _new_password()
        desk.accounts.change_password(name, password, must_change=True)
        desk.audit.add(by, "password_reset", name)
        return f"Đã đặt lại mật khẩu của {name}.", password

    def close(by: str, name: str, sent: dict[str, str]) -> tuple[str, str]:
        desk.accounts.set_active(name, False)
        desk.audit.add(by, "account_closed", name)
        return f"Đã khóa tài khoản {name}. Người này không đăng nhập được nữa.", ""

    def reopen(by: str, name: str, sent: dict[str, str]) -> tuple[str, str]:
        desk.accounts.set_active(name, True)
        desk.audit.add(by, "account_opened", name)
        return f"Đã mở lại tài khoản {name}.", ""

    @router.get("")
    async def listed(visitor: Visitor = admin) -> Response:
        return await run_in_threadpool(shown, visitor)

    @router.post("")
    async def added(request: Request, visitor: Visitor = admin) -> Response:
        return await run_in_threadpool(add, visitor, await sent_by(request))

    @router.post("/{name}")
    async def changed(request: Request, name: str, visitor: Visitor = admin) -> Response:
        return await run_in_threadpool(change, visitor, name, await sent_by(request))

    return router


def _role(sent: dict[str, str]) -> Role | None:
    return next((role for role in Role if role.value == sent.get("quyen", "")), None)


def _new_password() -> str:
    return secrets.token_urlsafe(12)
