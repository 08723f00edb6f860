"""The one way into Rasa: its own REST channel, and a door by which a conversation is forgotten."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from rasa.core.channels.channel import UserMessage
from rasa.core.channels.rest import RestInput
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty

_log = logging.getLogger(__name__)
Handle = Callable[[UserMessage], Awaitable[None]]


class Channel(RestInput):
    """`POST /webhooks/rest/webhook` as Rasa has it, and `DELETE /webhooks/rest/conversations/<sender>`.

    Named in credentials.yml.
    """

    def blueprint(self, on_new_message: Handle) -> Blueprint:
        """The routes."""
        routes = super().blueprint(_without_words(on_new_message))

        @routes.route("/conversations/<sender:str>", methods=["DELETE"])
        async def forget(request: Request, sender: str) -> HTTPResponse:
            agent = request.app.ctx.agent
            async with agent.lock_store.lock(sender):  # a turn under way would remember it again at its end
                agent.tracker_store._tracker_store.delete(sender)  # Rasa wraps our store and has no way in
            return empty()

        return routes


def _without_words(on_new_message: Handle) -> Handle:
    """Where a turn fails, Rasa's channel would write into its log what the citizen said."""

    async def handle(message: UserMessage) -> None:
        try:
            await on_new_message(message)
        except asyncio.CancelledError:
            _log.error("a turn took too long")
        except Exception:
            _log.exception("a turn failed")

    return handle
