"""The one way into Rasa: its own REST channel, and doors by which a conversation is forgotten or looked at."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.channels.rest import RestInput
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty, json

_log = logging.getLogger(__name__)
Handle = Callable[[UserMessage], Awaitable[None]]


class Channel(RestInput):
    """`POST /webhooks/rest/webhook` as Rasa has it, and below `/webhooks/rest`, for the gateway alone:

    - `DELETE /conversations/<sender>` forgets one, `GET` says what became of its last message;
    - `POST /understand` with `{"texts": […]}` says what Rasa takes each text for, outside any conversation.

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

        @routes.route("/understand", methods=["POST"])
        async def understand(request: Request) -> HTTPResponse:
            agent = request.app.ctx.agent
            return json([await agent.parse_message(text) for text in request.json["texts"]])

        @routes.route("/conversations/<sender:str>", methods=["GET"])
        async def last_turn(request: Request, sender: str) -> HTTPResponse:
            tracker = await request.app.ctx.agent.tracker_store.retrieve(sender)
            return json(_last_turn(tracker)) if tracker and tracker.latest_message else empty(404)

        return routes


def _last_turn(tracker: DialogueStateTracker) -> dict[str, Any]:
    """What the last message was understood as, which actions answered it, and what is remembered after it."""
    actions: list[str] = []
    for event in reversed(tracker.applied_events()):
        if isinstance(event, UserUttered):
            break
        if isinstance(event, ActionExecuted) and event.action_name != ACTION_LISTEN_NAME:
            actions.insert(0, event.action_name)
    return {
        "understood": tracker.latest_message.parse_data,
        "actions": actions,
        "slots": {name: value for name, value in tracker.current_slot_values().items() if value is not None},
    }


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
