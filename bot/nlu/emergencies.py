"""A call for help comes first: its act is taken even where the classifier is not sure of it."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.after import AfterClassifier

EMERGENCIES = "emergency"  # how the names of these acts begin
# All of them together as likely as this: a number too many annoys, one too few may cost a life.
LIKELY = 0.5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class EmergencyFirst(AfterClassifier):
    """Sets the likeliest emergency where all of them together are likely enough."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Look at the ranking of each message."""
        for message in messages:
            ranking = message.get(INTENT_RANKING_KEY) or []
            calls = [act for act in ranking if act[INTENT_NAME_KEY].startswith(EMERGENCIES)]
            likely = sum(act[PREDICTED_CONFIDENCE_KEY] for act in calls)
            if calls and likely >= LIKELY:
                first = {INTENT_NAME_KEY: calls[0][INTENT_NAME_KEY], PREDICTED_CONFIDENCE_KEY: likely}
                others = [act for act in ranking if act[INTENT_NAME_KEY] != first[INTENT_NAME_KEY]]
                message.set(INTENT, first, add_to_output=True)
                message.set(INTENT_RANKING_KEY, [first, *others], add_to_output=True)
        return messages
