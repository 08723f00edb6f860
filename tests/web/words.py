"""What an action says with words of domain.yml, as Rasa would pass it on to the gateway."""

from __future__ import annotations

from typing import Any

from bot.answers.services import of_the_ward
from bot.answers.words import load_words
from bot.knowledge.ward import Ward


def words(response: str, ward: Ward) -> dict[str, Any]:
    """A response that the ward's profile fills: text, card and choices. Raises KeyError for any other."""
    one, values = load_words()[response][0], of_the_ward(ward)
    return {
        "text": one.filled(values),
        "card": _filled(dict(one.card), values),
        "choices": [dict(choice) for choice in one.choices],
    }


def _filled(part: Any, values: dict[str, str]) -> Any:
    if isinstance(part, dict):
        return {key: _filled(value, values) for key, value in part.items()}
    return part.format(**values) if isinstance(part, str) else part
