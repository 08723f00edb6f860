"""A procedure's name to the letter, or its code, is a question about it, whatever its words make the classifier think.

Buttons send names: "Nghỉ, thôi làm hòa giải viên" must not be taken for a question about the days off.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.knowledge.local import load_ward_listing
from bot.settings import Settings
from bot.text.codes import codes_in
from bot.text.folding import fold

ASKS = "ask_procedure"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class NamedProcedure(GraphComponent):
    """Sets the act of a message that is a name of the ward's listing or a code; leaves all others alone."""

    def __init__(self) -> None:
        settings = Settings()
        listing, _ = load_ward_listing(settings.knowledge, settings.ward)
        self._names = frozenset(fold(name) for name in listing.names.values())

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> NamedProcedure:
        """Make the component; Rasa calls this. The names are those of the knowledge now, not of the training."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the act where the text is a name or a code."""
        for message in messages:
            text = (message.get(TEXT) or "").strip()
            if fold(text) in self._names or codes_in(text) == (text,):
                message.set(INTENT, {INTENT_NAME_KEY: ASKS, PREDICTED_CONFIDENCE_KEY: 1.0}, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing is learnt from names."""
        return training_data
