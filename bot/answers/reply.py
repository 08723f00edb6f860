"""One reply of the chat: plain text that is good enough alone, a card for a page, and choices to send back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Choice:
    """A button: what stands on it, and the message it sends."""

    label: str
    message: str

    def as_json(self) -> dict[str, str]:
        """For the chat endpoint."""
        return {"label": self.label, "message": self.message}


@dataclass(frozen=True)
class Reply:
    """What the assistant says at once. The gateway gives each reply its id."""

    text: str
    card: dict[str, Any]
    choices: tuple[Choice, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """For Rasa's custom message and the chat endpoint."""
        return {"text": self.text, "card": self.card, "choices": [choice.as_json() for choice in self.choices]}
