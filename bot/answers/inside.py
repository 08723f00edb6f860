"""Where in one record something is said that is like a message which names no aspect."""

from __future__ import annotations

import numpy as np

from bot.answers.sections import NOT_STATED, sections_of
from bot.encoder.encoder import Encoder
from bot.knowledge.procedure import Procedure

# The line must be as like the message as this (cosine), else nothing in the record is about it.
LEAST = 0.38
_LEFT_OUT = ("overview", "legal_basis")


class Inside:
    """Compares a message with every line of a record; a record's vectors are kept once it was asked about."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._kept: dict[str, tuple[Procedure, list[str], np.ndarray]] = {}

    def __call__(self, procedure: Procedure, message: str) -> list[str]:
        """The aspect whose line is most like the message, as a list of one; empty where none is like it."""
        aspects, vectors = self._lines(procedure)
        if not message.strip() or not aspects:
            return []
        likeness = vectors @ self._encoder(message).vector
        best = int(np.argmax(likeness))
        return [aspects[best]] if likeness[best] >= LEAST else []

    def _lines(self, procedure: Procedure) -> tuple[list[str], np.ndarray]:
        kept = self._kept.get(procedure.code)
        if kept is None or kept[0] is not procedure:  # a record that was published anew is another
            kept = self._kept[procedure.code] = (procedure, *self._describe(procedure))
        return kept[1], kept[2]

    def _describe(self, procedure: Procedure) -> tuple[list[str], np.ndarray]:
        lines = [
            (aspect, " ".join([item.text, item.note, *item.sub]))
            for aspect, section in sections_of(procedure).items()
            if aspect not in _LEFT_OUT
            for item in section.items
            if item.text != NOT_STATED
        ]
        return [aspect for aspect, _ in lines], self._encoder.vectors([text for _, text in lines])
