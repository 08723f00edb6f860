"""The guards, in the order in which a request meets them."""

from __future__ import annotations

from brotli_asgi import BrotliMiddleware
from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from bot import setting_checks
from bot.web.context import Context
from bot.web.guard.address_limit import AddressLimit
from bot.web.guard.body_size import BodySize
from bot.web.guard.conditional import Conditional
from bot.web.guard.fresh_notices import FreshNotices
from bot.web.guard.headers import SecurityHeaders
from bot.web.guard.metrics import CountRequests
from bot.web.guard.no_nul import NoNul
from bot.web.guard.refusals import Refusals, Unexpected

PREFLIGHT_KEPT = 7200  # seconds; no browser keeps it longer
WORTH_COMPRESSING = 500  # bytes
_COMPRESSED_ALREADY = [r"\.xlsx$"]


def install(app: FastAPI, context: Context) -> None:
    """Put the guards before the application."""
    refusals = Refusals(context)
    refusals.install(app)
    guards = [
        Middleware(CountRequests, metrics=context.metrics),
        Middleware(SecurityHeaders, encrypted=context.settings.public_url.startswith("https://")),
        *_cross_origin(context),
        Middleware(Unexpected, refusals=refusals),
        Middleware(AddressLimit, context=context, refusals=refusals),
        Middleware(NoNul, refusals=refusals),
        Middleware(BrotliMiddleware, minimum_size=WORTH_COMPRESSING, excluded_handlers=_COMPRESSED_ALREADY),
        Middleware(FreshNotices, notices=context.desk.notices),
        Middleware(Conditional),
        Middleware(BodySize),
    ]
    for guard in reversed(guards):  # the last one added is met first
        app.add_middleware(guard.cls, *guard.args, **guard.kwargs)


def _cross_origin(context: Context) -> list[Middleware]:
    origins = setting_checks.origins(context.settings.origins)
    if not origins:
        return []
    return [
        Middleware(
            CORSMiddleware,
            allow_origins=origins,
            allow_methods=("GET", "POST", "DELETE"),
            allow_headers=("Content-Type",),
            expose_headers=("Retry-After",),
            max_age=PREFLIGHT_KEPT,
        )
    ]
