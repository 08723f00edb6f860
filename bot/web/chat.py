"""One turn: what a person typed goes in, replies come out. Contract 1 without HTTP."""

from __future__ import annotations

import logging
import uuid
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from bot.answers.refusals import LONGEST_MESSAGE, PRIVACY_NOTE, refused
from bot.store.messages import Messages
from bot.text.contacts import contacts_in
from bot.text.privacy import has_identity_number, mask
from bot.text.unicode import clean
from bot.web.rasa import RasaClient, is_command

_log = logging.getLogger("gateway")


async def turn(message: str, conversation: str, rasa: RasaClient, messages: Messages) -> list[dict[str, Any]]:
    """Replies to a message. Personal numbers are masked before anything behind the gateway sees them.

    A way to be answered that somebody was asked for goes straight to where the message to the ward is kept.
    Raises RasaUnavailable.
    """
    message = clean(message)
    if is_command(message) or not any(letter.isalnum() for letter in message):
        return [_numbered(refused("empty").as_json())]
    if len(message) > LONGEST_MESSAGE:
        return [_numbered(refused("too_long").as_json())]
    if contacts := contacts_in(message):
        await run_in_threadpool(_leave_contact, messages, conversation, contacts[0])
    replies = await rasa.send(conversation, mask(message))
    if has_identity_number(message):
        replies = _warn(replies)
    return [_numbered(reply) for reply in replies]


def _warn(replies: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Ask people not to send identity numbers: beside an answer, or instead of none."""
    if replies[0]["card"]["type"] == "unknown":
        return [refused("personal_data").as_json()]
    first = {**replies[0], "text": f"{replies[0]['text']}\n\nLưu ý: {PRIVACY_NOTE}"}
    if first["card"]["type"] == "answer":
        first["card"] = {**first["card"], "notes": [*first["card"]["notes"], PRIVACY_NOTE]}
    return [first, *replies[1:]]


def _leave_contact(messages: Messages, conversation: str, contact: str) -> None:
    try:
        if messages.awaits_contact(conversation):
            messages.leave_contact(conversation, contact)
    except (SQLAlchemyError, KeyError, ValueError):
        _log.exception("a contact could not be kept")


def _numbered(reply: dict[str, Any]) -> dict[str, Any]:
    return {"id": uuid.uuid4().hex, **reply}
