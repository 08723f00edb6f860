"""Every request that cannot be answered ends here: as the contract's error for programs, as a page for people."""

from __future__ import annotations

import logging

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.context import Context
from bot.web.desk.door import Refused
from bot.web.errors import Fault, error
from bot.web.pages.errors import error_page, wants_page

_CODES = {404: "not_found", 405: "not_allowed", 413: "too_large"}
_log = logging.getLogger("gateway")


class Refusals:
    """Makes the responses and counts them."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def __call__(self, scope: Scope, fault: Fault) -> Response:
        """The response to a request that ends with this fault."""
        self._context.metrics.error(fault.code)
        hotline = self._context.ward.hotline
        if not wants_page(Request(scope)):
            return error(fault.code, hotline=hotline, wait=fault.wait)
        page = error_page(self._context, fault.status, fault.message(hotline))
        page.headers.update(fault.headers)
        return page

    def install(self, app: FastAPI) -> None:
        """Answer what the application's own parts raise."""

        @app.exception_handler(Refused)
        async def refused_at_the_door(request: Request, refused: Refused) -> Response:
            return refused.response

        @app.exception_handler(Fault)
        async def fault_raised(request: Request, fault: Fault) -> Response:
            return self(request.scope, fault)

        @app.exception_handler(RequestValidationError)
        async def not_the_contract(request: Request, invalid: RequestValidationError) -> Response:
            return self(request.scope, Fault(_bad(request.scope)))

        @app.exception_handler(HTTPException)
        async def http_error(request: Request, raised: HTTPException) -> Response:
            response = self(request.scope, Fault(_CODES.get(raised.status_code, _bad(request.scope))))
            if raised.status_code == 405:
                response.headers["Allow"] = ", ".join(sorted(_methods(app, request.scope)))
            return response


class Unexpected:
    """Whatever goes wrong inside is 500 in Vietnamese, and tells nothing of it but to the log."""

    def __init__(self, app: ASGIApp, refusals: Refusals) -> None:
        self._app, self._refusals = app, refusals

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI wants it."""
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, watch)
        except Exception:
            if scope["type"] != "http":
                raise
            _log.exception("unexpected error")
            if not started:
                await self._refusals(scope, Fault("internal"))(scope, receive, send)


def _methods(app: FastAPI, scope: Scope) -> set[str]:
    """What may be done at a path; one route alone knows only its own part of it."""
    matching = [route for route in app.routes if route.matches(scope)[0] != Match.NONE]
    methods = {method for route in matching for method in getattr(route, "methods", None) or ("GET",)}
    return methods | ({"HEAD"} if "GET" in methods else set())


def _bad(scope: Scope) -> str:
    return "bad_mark" if scope["path"] == "/api/feedback" else "bad_request"
