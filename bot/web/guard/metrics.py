"""What an operator may count: how many, how fast, how often in vain. No words, no addresses, no conversations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.answers.words import load_words
from bot.web.bodies import CardType

_CARDS = frozenset(get_args(CardType))
_METHODS = frozenset(("GET", "HEAD", "POST", "DELETE", "OPTIONS"))
_SECONDS = (0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 4.5)

disable_created_metrics()  # nobody asks when a figure was first counted


class Metrics:
    """The figures of one gateway, in a registry of its own. Every label has few values, all known beforehand."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        self._kinds = {one.card.get("kind") for variants in load_words().values() for one in variants}
        self._turns = Counter("assistant_turns", "Turns answered", ["card", "kind"], registry=registry)
        self._seconds = Histogram("assistant_turn_seconds", "How long a turn took", buckets=_SECONDS, registry=registry)
        self._errors = Counter("assistant_errors", "Requests answered with an error", ["code"], registry=registry)
        self._limited = Counter("assistant_limited", "Requests above a limit", ["by"], registry=registry)
        self._ready = Gauge("assistant_ready", "1 if the part answers", ["part"], registry=registry)
        self._requests = Counter(
            "assistant_http_requests", "Requests", ["method", "route", "status"], registry=registry
        )

    def turn(self, card: Mapping[str, Any], seconds: float) -> None:
        """Count a turn by the card of its first reply."""
        name, kind = card["type"], card.get("kind", "")
        known = "" if not kind else (kind if kind in self._kinds else "other")
        self._turns.labels(name if name in _CARDS else "other", known).inc()
        self._seconds.observe(seconds)

    def error(self, code: str) -> None:
        """Count an error by its code."""
        self._errors.labels(code).inc()

    def limited(self, by: str) -> None:
        """Count a request that came too soon, by what was counted: "address" or "session"."""
        self._limited.labels(by).inc()

    def ready(self, parts: Mapping[str, str]) -> None:
        """Keep which parts answer."""
        for part, state in parts.items():
            self._ready.labels(part).set(state == "ok")

    def request(self, scope: Scope, status: int) -> None:
        """Count a request by the template of its route."""
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._requests.labels(method, _template(scope), str(status)).inc()

    def text(self) -> bytes:
        """All figures in the format that Prometheus reads."""
        return generate_latest(self._registry)


class CountRequests:
    """Counts every request with the status it was answered with."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI wants it."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        status = 500

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watch)
        finally:
            self._metrics.request(scope, status)


def _template(scope: Scope) -> str:
    """The path of the route with its gaps, so that there are as many as routes."""
    if route := scope.get("route"):
        return str(route.path)
    return "/assets" if scope.get("root_path", "").startswith("/assets/") else "none"
