"""Responses of the domain as a citizen gets them: filled by Rasa's own code, as a reply."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import yaml
from rasa.core.nlg.interpolator import interpolate

from bot.answers.reply import Choice, Reply
from bot.answers.services import of_the_service, of_the_ward
from bot.answers.words import DOMAIN
from bot.knowledge.calendar import Calendar
from bot.knowledge.listing import Listing
from bot.knowledge.ward import Ward

RESPONSES: dict[str, list[dict[str, Any]]] = yaml.safe_load(DOMAIN.read_text(encoding="utf-8"))["responses"]
MONDAY_MORNING = datetime(2026, 11, 23, 9)
# What is taken down in steps is answered by the first of them.
TAKEN_DOWN = frozenset({"complaint", "feedback"})


def said(name: str, values: Mapping[str, str], **slots: str) -> Reply:
    """One response with its gaps filled; `slots` tell which one of several of that name. Raises KeyError."""
    held = (
        one["custom"]
        for one in RESPONSES[name]
        if all(slots[part["name"]] == part["value"] for part in one.get("condition", []))
    )
    return as_reply(next(held), values)


def as_reply(custom: Mapping[str, Any], values: Mapping[str, str]) -> Reply:
    """What stands under `custom` in the domain, filled."""
    filled = interpolate(json.loads(json.dumps(custom)), dict(values))  # it changes what it is given
    return Reply(filled["text"], filled["card"], tuple(Choice(**choice) for choice in filled["choices"]))


def of_everything(ward: Ward, listing: Listing, now: datetime = MONDAY_MORNING) -> dict[str, str]:
    """All that the ward's profile puts in, for a whole talk and for each service."""
    values = dict(of_the_ward(ward))
    for kind in ("hours", "address", "capabilities", "list_procedures"):
        values |= of_the_service(kind, ward, listing, Calendar(ward), now)
    return values


def service(kind: str, ward: Ward, listing: Listing) -> Reply:
    """What is said when somebody asks for a service of the ward. Raises KeyError for a kind that is none."""
    values = of_everything(ward, listing)
    if kind in TAKEN_DOWN:
        return said("utter_ask_message_text", values, message_kind=kind)
    return said(f"utter_{kind}", values)
