"""Messages whose act is certain, whatever their words make the classifier think.

Buttons send names: "Nghỉ, thôi làm hòa giải viên" must not be taken for a question about the days off. A code is a
question about its procedure, the number of something left with the ward asks what became of it, and the button that
changes an answer of the checklist holds a question of a record.
"""

from __future__ import annotations

import logging

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.answers.checklist import CHANGE
from bot.knowledge.live import Live
from bot.knowledge.yaml_lines import RecordError
from bot.nlu.after import AfterClassifier
from bot.settings import Settings
from bot.text.codes import codes_in
from bot.text.folding import fold
from bot.text.request_numbers import number_in

_log = logging.getLogger(__name__)
# What stands on buttons, typed instead of pressed (folded).
LABELS = {
    "de lai cau hoi": "leave_question",
    "gap can bo": "human",
    "gui gop y": "feedback",
    "bo qua": "skip",
    "xem danh muc thu tuc": "list_procedures",
    "sai viec toi hoi": "wrong_answer",
    "thong tin sai hoac cu": "wrong_answer",
    "thieu dieu toi can": "wrong_answer",
    "kho hieu": "wrong_answer",
}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class CertainAct(AfterClassifier):
    """Sets the act of a message that can mean but one thing; leaves all others alone."""

    def __init__(self) -> None:
        self._knowledge = Live(Settings())
        self._names = self._in_force()

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the act where it is certain."""
        if self._is_renewed():
            self._names = self._in_force()
        for message in messages:
            if (act := self._act((message.get(TEXT) or "").strip())) is not None:
                certain = {INTENT_NAME_KEY: act, PREDICTED_CONFIDENCE_KEY: 1.0}
                message.set(INTENT, certain, add_to_output=True)
                message.set(INTENT_RANKING_KEY, [certain], add_to_output=True)
        return messages

    def _is_renewed(self) -> bool:
        try:
            return self._knowledge.refresh()
        except RecordError:  # what was in force stays in force; the gateway and the action server log it, too
            _log.exception("the published version cannot be used")
            return False

    def _in_force(self) -> frozenset[str]:
        return frozenset(fold(name) for name in self._knowledge.now.listing.names.values())

    def _act(self, text: str) -> str | None:
        if fold(text) in self._names or codes_in(text) == (text,):
            return "ask_procedure"
        if text.startswith(CHANGE):
            return "checklist"
        if (act := LABELS.get(fold(text).strip(" .!"))) is not None:
            return act
        return "request_status" if number_in(text) is not None else None
