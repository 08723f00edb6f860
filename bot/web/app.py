"""The gateway as a web application: the chat endpoint, the page, and nothing else of what runs behind it."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from bot.answers.services import of_the_ward
from bot.answers.words import load_words
from bot.knowledge.ward import Ward, load_ward
from bot.settings import Settings
from bot.store.database import connect
from bot.store.messages import Messages
from bot.store.ratings import Ratings
from bot.store.replies import Replies
from bot.web import feedback
from bot.web.chat import turn
from bot.web.errors import error
from bot.web.rasa import RasaClient, RasaUnavailable
from bot.web.sessions import Sessions

LARGEST_BODY = 64 * 1024  # bytes; a message has at most 500 characters, one that is too long still gets a kind answer
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_log = logging.getLogger("gateway")


def create_app(settings: Settings) -> FastAPI:
    """The application. Raises RecordError if the ward's profile is broken, StoreError if there is no database."""
    ward = load_ward(settings.knowledge / "wards" / f"{settings.ward}.yml")
    rasa, sessions = RasaClient(settings.rasa_port), Sessions(settings.session_secret)
    database = connect(settings)
    messages, ratings, replies_kept = Messages(database), Ratings(database), Replies(database)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        await rasa.close()

    app = FastAPI(title="Trợ lý Một cửa", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)

    @app.post("/api/chat")
    async def chat(request: Request) -> Response:
        body = await _read(request)
        if body is None:
            return error("too_large")
        asked = _parse(body)
        if asked is None:
            return error("bad_request")
        token, conversation = sessions.open(asked.get("session"))
        try:
            replies = await turn(asked["message"], conversation, rasa, messages)
        except RasaUnavailable as unavailable:
            _log.error("Rasa on port %s does not answer: %s", settings.rasa_port, unavailable)
            return error("unavailable", hotline=ward.hotline)
        later = BackgroundTask(feedback.keep, replies_kept, conversation, replies)
        return JSONResponse({"session": token, "replies": replies}, background=later)

    @app.post("/api/feedback")
    async def mark(request: Request) -> Response:
        body = await _read(request)
        if body is None:
            return error("too_large")
        given = _json_object(body)
        if given is None or not isinstance(given.get("session"), str):
            return error("bad_mark")
        token, conversation = sessions.open(given["session"])
        if token != given["session"]:  # of another time, or of nobody
            return error("bad_mark")
        fault = await run_in_threadpool(feedback.mark, ratings, conversation, given)
        return error(fault, hotline=ward.hotline) if fault else JSONResponse({"status": "ok"})

    @app.get("/api/ward")
    async def ward_profile() -> dict[str, Any]:
        return _public(ward)

    @app.get("/api/health")
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.middleware("http")
    async def secure(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        try:
            # A null byte is no part of any path; the file system would refuse it less politely.
            response = error("not_found") if "\0" in request.url.path else await call_next(request)
        except Exception:
            _log.exception("unexpected error at %s", request.url.path)
            response = error("internal", hotline=ward.hotline)
        response.headers.update(HEADERS)
        return response

    @app.exception_handler(HTTPException)
    async def http_error(request: Request, fault: HTTPException) -> Response:
        return error({404: "not_found", 405: "not_allowed"}.get(fault.status_code, "bad_request"))

    app.mount("/", StaticFiles(directory=Path(__file__).with_name("static"), html=True))
    return app


async def _read(request: Request) -> bytes | None:
    """The body, or None as soon as it grows too large."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_BODY:
            return None
    return body


def _parse(body: bytes) -> dict[str, Any] | None:
    """The request of the contract, or None if it is anything else."""
    asked = _json_object(body)
    if asked is None or not isinstance(asked.get("message"), str):
        return None
    if not isinstance(asked.get("session"), (str, type(None))):
        return None
    # A lone half of a surrogate pair is valid JSON but no text: it could not be sent on.
    asked["message"] = asked["message"].encode("utf-8", "replace").decode("utf-8")
    return asked


def _json_object(body: bytes) -> dict[str, Any] | None:
    try:
        read = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) else None


def _public(ward: Ward) -> dict[str, Any]:
    return {
        "name": ward.name,
        "address": ward.address,
        "hours": [f"{hours.days_text}: {hours.times_text}" for hours in ward.hours],
        "hotline": ward.hotline,
        "portal": ward.portal,
        "greeting": load_words()["utter_greet"][0].filled(of_the_ward(ward)),
        "suggestions": ward.suggestions,
    }


def __getattr__(name: str) -> FastAPI:
    """`bot.web.app:app` for an ASGI server; made only when asked for, so that a test can make its own."""
    if name == "app":
        return create_app(Settings())
    raise AttributeError(name)
