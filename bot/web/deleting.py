"""A conversation that its citizen deletes: for every door alike."""

from __future__ import annotations

import logging

from sqlalchemy.exc import SQLAlchemyError

from bot.web.context import Context
from bot.web.errors import Fault
from bot.web.forget import forget
from bot.web.rasa import RasaUnavailable

_log = logging.getLogger("gateway")


async def delete(context: Context, token: str) -> bool:
    """Delete all that is kept of the conversation that the token names, however old it is; False if it names none.

    What is still on its way to be kept is dropped, and the token is worth nothing any more. Raises Fault.
    """
    conversation = context.sessions.conversation(token)
    if conversation is None:
        return False
    context.forgotten.add(conversation)
    try:
        async with context.forgotten.alone(conversation):
            await forget(context, conversation)
    except RasaUnavailable as silent:
        raise Fault("unavailable") from silent
    except SQLAlchemyError as broken:
        _log.exception("a conversation could not be deleted")
        raise Fault("internal") from broken
    return True
