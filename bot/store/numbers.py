"""New request numbers, drawn at random so that nobody can count or guess what others have sent."""

from __future__ import annotations

import secrets

from bot.text.request_numbers import DIGITS, LETTERS, PREFIXES


def draw(kind: str) -> str:
    """A number for a message of this kind: "CH-4K7-M2P". Raises ValueError for an unknown kind."""
    if kind not in PREFIXES:
        raise ValueError(f"the kind of a message is one of {', '.join(PREFIXES)}, not '{kind}'")
    return f"{PREFIXES[kind]}-{_half()}-{_half()}"


def _half() -> str:
    while True:
        half = "".join(secrets.choice(DIGITS + LETTERS) for _ in range(3))
        if any(sign in DIGITS for sign in half) and any(sign in LETTERS for sign in half):
            return half
