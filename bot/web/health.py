"""For who operates it: whether the gateway lives, whether the whole assistant answers, and how it fares."""

from __future__ import annotations

import hmac

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST

from bot.web.bodies import Done, Readiness
from bot.web.caching import NEVER
from bot.web.context import Context
from bot.web.described import may_end
from bot.web.errors import Fault
from bot.web.readiness import OK, Probe


def routes(context: Context) -> APIRouter:
    """`/api/health`, `/api/ready`, `/metrics`."""
    router, probe = APIRouter(), Probe(context)
    expected = f"Bearer {context.settings.metrics_token}".encode()

    @router.get("/api/health", response_model=Done, responses=may_end())
    async def health() -> Response:
        """Whether the gateway itself lives."""
        return JSONResponse({"status": OK}, headers=NEVER)

    @router.get(
        "/api/ready",
        response_model=Readiness,
        responses={**may_end(), 503: {"model": Readiness, "description": "Questions are not answered at the moment."}},
    )
    async def ready() -> Response:
        """Whether questions are answered: by Rasa, the action server and its index, asked at most every 5 seconds."""
        result = await probe()
        return JSONResponse(result.dict(), status_code=200 if result.status == OK else 503, headers=NEVER)

    @router.get("/metrics", include_in_schema=False)
    async def metrics(request: Request) -> Response:
        if not context.settings.metrics_token:
            raise Fault("not_found")
        if not hmac.compare_digest(request.headers.get("authorization", "").encode(), expected):
            raise Fault("unauthorized")
        await probe()
        return Response(context.metrics.text(), media_type=CONTENT_TYPE_LATEST, headers=NEVER)

    return router
