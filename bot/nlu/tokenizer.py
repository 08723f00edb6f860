"""Rasa's view of a Vietnamese message: read as the search reads it, split into words."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from bot.settings import Settings
from bot.text import language

READING = "reading"  # what the message was taken to say, for the components after this one


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class VietnameseTokenizer(Tokenizer):
    """Cleans, writes out shorthand, restores diacritics and segments with underthesea before Rasa sees a word."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._reader = language.load(Settings())

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> VietnameseTokenizer:
        """Make the component; Rasa calls this."""
        return cls(config)

    @staticmethod
    def supported_languages() -> list[str]:
        """Vietnamese only."""
        return ["vi"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Rasa's own defaults for tokenizers."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_"}

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Words of the reading. Offsets count in the reading, not in what was typed: we mark no entities."""
        reading = self._reader(message.get(attribute))
        message.set(READING, reading.text)
        tokens, at = [], 0
        for word in reading.words:
            tokens.append(Token(word, at))
            at += len(word) + 1
        return tokens
