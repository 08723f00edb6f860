"""One turn: what a person typed goes in, replies come out. Contract 1 without HTTP."""

from __future__ import annotations

import logging
import uuid
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from bot.answers.refusals import LONGEST_MESSAGE, masked_note, refused
from bot.store.messages import Messages
from bot.text.contacts import contacts_in
from bot.text.privacy import EMAIL, NAMES, PHONE, found_in, mask
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
    found, masked = found_in(message), mask(message)
    contacts = contacts_in(message)
    was_awaited = await run_in_threadpool(_leave_contact, messages, conversation, contacts[0]) if contacts else False
    if was_awaited:
        found = [name for name in found if name not in (PHONE, EMAIL)]
    replies = await rasa.send(conversation, masked)
    if found:
        replies = _tell(replies, masked_note(found), _is_nothing_else(masked))
    return [_numbered(reply) for reply in replies]


def _tell(replies: list[dict[str, Any]], note: str, nothing_else: bool) -> list[dict[str, Any]]:
    """Say what was masked: beside an answer, or where there is nothing to answer instead of one."""
    first, *others = replies
    if nothing_else and first["card"]["type"] == "unknown":
        first, others = refused("personal_data").as_json(), []
    first = {**first, "text": f"{first['text']}\n\nLưu ý: {note}"}
    if first["card"]["type"] == "answer":
        first["card"] = {**first["card"], "notes": [*first["card"]["notes"], note]}
    return [first, *others]


def _is_nothing_else(masked: str) -> bool:
    for name in NAMES:
        masked = masked.replace(name, "")
    return not any(letter.isalnum() for letter in masked)


def _leave_contact(messages: Messages, conversation: str, contact: str) -> bool:
    """Whether a message awaited it and now has it."""
    try:
        if not messages.awaits_contact(conversation):
            return False
        messages.leave_contact(conversation, contact)
    except (SQLAlchemyError, KeyError, ValueError):
        _log.exception("a contact could not be kept")
        return False
    return True


def _numbered(reply: dict[str, Any]) -> dict[str, Any]:
    return {"id": uuid.uuid4().hex, **reply}
