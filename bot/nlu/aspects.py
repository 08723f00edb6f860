"""The aspects of a question as a Rasa component: learnt from the metadata of the training examples."""

from __future__ import annotations

from typing import Any

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.aspect_model import AspectModel
from bot.nlu.tokenizer import READING, VietnameseTokenizer

ASPECTS_KEY = "aspects"  # in an example's metadata, and in the output for the actions
_FILE = "aspects.joblib"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class AspectClassifier(GraphComponent):
    """Adds `aspects`, how likely each is asked for, to every message."""

    def __init__(self, storage: ModelStorage, resource: Resource, model: AspectModel | None = None) -> None:
        self._storage, self._resource, self._model = storage, resource, model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> AspectClassifier:
        """Make an untrained component; Rasa calls this."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> AspectClassifier:
        """Read the trained model from Rasa's archive."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, joblib.load(folder / _FILE))

    @classmethod
    def required_components(cls) -> list[type]:
        """Our tokenizer leaves the reading that this component looks at."""
        return [VietnameseTokenizer]

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from all examples whose metadata names aspects."""
        labelled = [
            (message.get(READING), example[ASPECTS_KEY])
            for message in training_data.training_examples
            if (example := (message.get("metadata") or {}).get("example")) and ASPECTS_KEY in example
        ]
        self._model = AspectModel()
        self._model.learn([text for text, _ in labelled], [aspects for _, aspects in labelled])
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._model, folder / _FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the aspects to each message."""
        for message in messages:
            if self._model is not None and message.get(READING):
                message.set(ASPECTS_KEY, self._model.probabilities(message.get(READING)), add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing that follows learns from the aspects."""
        return training_data
