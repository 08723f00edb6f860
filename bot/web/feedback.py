"""Marks on replies: what was replied is kept without its words, so that a mark can say what it is about."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from bot.store.asked_turns import ELSEWHERE
from bot.store.ratings import Ratings
from bot.store.replies import Replies

LONGEST_REASON = 300
_log = logging.getLogger("gateway")


def keep(replies: Replies, conversation: str, said: Sequence[dict[str, Any]]) -> None:
    """Keep what was replied. A database that fails costs the mark, never the answer."""
    for reply in said:
        card = reply["card"]
        try:
            replies.add(
                reply["id"],
                conversation,
                card_type=card["type"],
                kind=card.get("kind") or _where(card),
                procedure=card.get("code"),
                aspects=card.get("aspects", ()),
            )
        except SQLAlchemyError:
            _log.exception("a reply could not be kept")


def _where(card: dict[str, Any]) -> str | None:
    """Of what is not done here but known, that it is done elsewhere: its referral is called by its name. Of what was
    refused, why."""
    if card["type"] == "refused":
        return str(card["reason"])
    referral = card.get("referral") or {}
    return ELSEWHERE if card["type"] == "unknown" and referral.get("name") != referral.get("office") else None


def mark(ratings: Ratings, conversation: str, body: dict[str, Any]) -> str | None:
    """Keep a mark; the code of the error if it cannot be: the body is {"reply", "mark": "up"|"down", "reason"?}."""
    reply, value, reason = body.get("reply"), body.get("mark"), body.get("reason", "")
    if not all(isinstance(part, str) for part in (reply, value, reason)) or len(reason) > LONGEST_REASON:
        return "bad_mark"
    try:
        ratings.mark(str(reply), conversation, str(value), reason)
    except (KeyError, ValueError):
        return "bad_mark"
    except SQLAlchemyError:
        _log.exception("a mark could not be kept")
        return "internal"
    return None
