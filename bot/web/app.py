"""The gateway as a web application: what guards it, then its doors. Nothing else of what runs behind it is seen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from bot.settings import Settings
from bot.web import api, desk, health, pages
from bot.web.context import load_context
from bot.web.guard import turn_log
from bot.web.guard.install import install
from bot.web.keeping import housekeeping


def create_app(settings: Settings) -> FastAPI:
    """The application. Raises SettingsError, RecordError if a record or the ward's profile is broken, StoreError."""
    context = load_context(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with housekeeping(context):
            yield
        await context.close()

    app = FastAPI(
        title="Trợ lý Một cửa",
        version="1",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    for door in (api, health, pages, desk):
        app.include_router(door.routes(context))
    app.mount(context.assets.prefix, context.assets.app)
    install(app, context)
    return app


def __getattr__(name: str) -> FastAPI:
    """`bot.web.app:app` for an ASGI server; made only when asked for, so that a test can make its own."""
    if name == "app":
        turn_log.configure()
        return create_app(Settings())
    raise AttributeError(name)
