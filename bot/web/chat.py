"""One turn: what a person typed goes in, replies come out. Contract 1 without HTTP."""

from __future__ import annotations

import logging
import re
import uuid
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from bot.answers.refusals import LONGEST_MESSAGE, masked_note, refused
from bot.store.messages import Messages
from bot.text.contacts import contacts_in
from bot.text.privacy import CODE, EMAIL, NAMES, NO_EMAIL, NO_PHONE, PHONE, found_in, mask
from bot.text.unicode import clean
from bot.web.rasa import RasaClient, is_command

_MOST_SIGNS = 4 * LONGEST_MESSAGE  # as typed: with marks apart from their letters, and signs that nobody sees
_CONTACTS = frozenset((PHONE, EMAIL, NO_PHONE, NO_EMAIL))  # alone, one of these may be meant to be called back
_PARTS = re.compile(r"(?<=[,.;!?\n])\s+")
_log = logging.getLogger("gateway")


def as_read(message: str) -> str | None:
    """A message cleaned; None for one that is too long."""
    if len(message) > _MOST_SIGNS:  # to clean it could take seconds
        return None
    message = clean(message)
    return message if len(message) <= LONGEST_MESSAGE else None


async def turn(message: str, conversation: str, rasa: RasaClient, messages: Messages) -> list[dict[str, Any]]:
    """Replies to a message. Personal numbers are masked before anything behind the gateway sees them.

    A way to be answered that somebody was asked for goes straight to where the message to the ward is kept.
    Raises RasaUnavailable.
    """
    read = as_read(message)
    if read is None:
        return [numbered(refused("too_long").as_json())]
    if is_command(read) or not any(letter.isalnum() for letter in read):
        return [numbered(refused("empty").as_json())]
    found, masked = found_in(read), mask(read)
    contacts = contacts_in(read)
    was_awaited = await run_in_threadpool(_leave_contact, messages, conversation, contacts[0]) if contacts else False
    if was_awaited:
        found = [name for name in found if name not in (PHONE, EMAIL)]
    alone = _is_nothing_else(masked)
    if alone and not set(found) <= _CONTACTS:
        replies = [refused("personal_data").as_json()]  # nothing to answer, and no answer to what was asked, either
    else:
        replies = await rasa.send(conversation, _without_codes(masked))
    if found:
        replies = _tell(replies, masked_note(found), alone)
    return [numbered(reply) for reply in replies]


def _without_codes(masked: str) -> str:
    """What stands beside a one-time code is about the code ("mã OTP của tôi là …"): searched for in vain."""
    asked = " ".join(part for part in _PARTS.split(masked) if CODE not in part)
    return asked if any(letter.isalnum() for letter in asked) else masked


def _tell(replies: list[dict[str, Any]], note: str, alone: bool) -> list[dict[str, Any]]:
    """Say what was masked: beside an answer, or where there is nothing to answer instead of one."""
    first, *others = replies
    if alone and first["card"]["type"] == "unknown":
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
    except KeyError:  # sent or dropped meanwhile
        return False
    except (SQLAlchemyError, ValueError):
        _log.exception("a contact could not be kept")
        return False
    return True


def numbered(reply: dict[str, Any]) -> dict[str, Any]:
    """A reply under an id of its own."""
    return {"id": uuid.uuid4().hex, **reply}
