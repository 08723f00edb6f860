"""The door of the desk: who is signed in, whether they may, and whether a form is one of ours."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from bot.store.accounts import Account
from bot.web.context import Context
from bot.web.desk.permissions import May, may

DESK = "/ban-lam-viec"
SIGN_IN = f"{DESK}/dang-nhap"
SIGN_OUT = f"{DESK}/dang-xuat"
OWN_ACCOUNT = f"{DESK}/tai-khoan"
COOKIE = "ban-lam-viec"
FORM_KEY, FORM_KEY_HEADER = "khoa", "x-khoa"
_CHANGES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_BEFORE_THE_CHANGE = frozenset({OWN_ACCOUNT, SIGN_OUT})  # what somebody may do whose password others know
_OURS = frozenset({"", "same-origin", "none"})  # what Sec-Fetch-Site says of a form of our own


@dataclass(frozen=True)
class Visitor:
    """Somebody signed in."""

    account: Account
    form_key: str
    key: str

    def may(self, what: May) -> bool:
        """Whether they may do this."""
        return may(self.account.role, what)


class Refused(Exception):
    """Ends a request at the door with a response of its own."""

    def __init__(self, response: Response) -> None:
        super().__init__("refused")
        self.response = response


class Door:
    """Lets people in; made once, used by all routes of the desk as a dependency."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def allows(self, what: May) -> Callable[[Request], Awaitable[Visitor]]:
        """A dependency of routes: gives the visitor, or ends the request (nobody, not allowed, a form of others)."""

        async def visitor(request: Request) -> Visitor:
            found = await self.visitor(request)
            if found is None:
                raise Refused(self._to_sign_in(request))
            if found.account.must_change and request.scope["path"] not in _BEFORE_THE_CHANGE:
                raise Refused(_go_to(request, OWN_ACCOUNT))
            if not found.may(what):
                raise Refused(self._page(403, "not_allowed", found))
            # Last, since it reads the body: whoever may not do this has nothing read.
            if request.method in _CHANGES and not await self._is_ours(request, found):
                raise Refused(self._page(403, "old_form", found))
            return found

        return visitor

    async def visitor(self, request: Request) -> Visitor | None:
        """Who is signed in, if anybody."""
        key = request.cookies.get(COOKIE, "")
        signed_in = await run_in_threadpool(self._context.desk.sign_ins.of, key) if key else None
        if signed_in is None:
            return None
        self._context.limits.let_pass(key)
        return Visitor(signed_in.account, signed_in.form_key, key)

    async def let_in(self, request: Request, account: str, response: Response) -> Response:
        """Sign somebody in whose password was checked; whoever was signed in here before is no longer."""
        sign_ins = self._context.desk.sign_ins
        if before := request.cookies.get(COOKIE, ""):
            await run_in_threadpool(sign_ins.end, before)
        response.set_cookie(
            COOKIE,
            await run_in_threadpool(sign_ins.begin, account),
            path=DESK,
            httponly=True,
            samesite="strict",
            secure=self._context.settings.public_url.startswith("https://"),
        )
        return response

    async def _is_ours(self, request: Request, visitor: Visitor) -> bool:
        if not is_from_here(request):
            return False
        sent = request.headers.get(FORM_KEY_HEADER) or str((await request.form()).get(FORM_KEY, ""))
        return secrets.compare_digest(sent.encode(), visitor.form_key.encode())

    def _to_sign_in(self, request: Request) -> Response:
        return _go_to(request, f"{SIGN_IN}?den={quote(_page_of(request), safe='/')}")

    def _page(self, status: int, state: str, visitor: Visitor) -> Response:
        return self._context.templates.page("desk/refused.html", status=status, state=state, visitor=visitor)


def is_desk(path: str) -> bool:
    """Whether a path is one of the desk's."""
    return path == DESK or path.startswith(f"{DESK}/")


def is_from_here(request: Request) -> bool:
    """Whether a browser says that a page of ours sent this; old browsers say nothing."""
    return request.headers.get("sec-fetch-site", "") in _OURS


def inside(address: str, otherwise: str = DESK) -> str:
    """Where to go on: the path and query of a page of the desk, whatever the link said; else `otherwise`."""
    parts = _split(address)
    if not is_desk(parts.path) or parts.scheme or parts.netloc or "\\" in address or ".." in parts.path.split("/"):
        return otherwise
    return _with_query(parts.path, parts.query)


def _page_of(request: Request) -> str:
    """The page that somebody is on; a part of a page stands on another than its own address says."""
    if "hx-request" in request.headers:
        shown = _split(request.headers.get("hx-current-url", ""))
        return _with_query(shown.path, shown.query) or DESK
    if request.method != "GET":
        return DESK
    return _with_query(quote(request.scope["path"]), request.scope["query_string"].decode("latin-1"))


def _with_query(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


def _split(address: str) -> SplitResult:
    """Nothing but empty parts for what is no address."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def _go_to(request: Request, address: str) -> Response:
    if "hx-request" in request.headers:  # a part of a page: the whole of it has to go
        return Response(status_code=401, headers={"HX-Redirect": address})
    return RedirectResponse(address, 303)
