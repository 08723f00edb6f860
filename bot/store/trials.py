"""Talks in which the ward's people try the assistant: nothing of them is kept, counted or rated."""

from __future__ import annotations

import re
import secrets

PREFIX = "thu-"
# As long as `new_trial` makes them: what citizens' conversations are called is shorter, whatever it begins with.
_TRIAL = re.compile(rf"{PREFIX}[\w-]{{16}}")


def new_trial() -> str:
    """The id of a new one."""
    return PREFIX + secrets.token_urlsafe(12)


def is_trial(conversation: str) -> bool:
    """Whether a conversation is one of these."""
    return _TRIAL.fullmatch(conversation) is not None
