"""Back to a procedure talked about before, and on to those that follow."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answering import answer_procedure, left_form
from actions.assistant import assistant
from actions.conversation import Turn
from actions.procedures import find, is_foreign
from actions.saying import say, say_words
from bot.answers.next_steps import following, next_steps
from bot.search.decision import Decision
from bot.search.thread import SURELY, gone_back_to
from bot.text.folding import fold

_FIRST = ("dau tien", "luc dau", "ban dau", "cai dau", "viec dau")


class ActionReturn(Action):
    """Go back to something talked about before; what was asked with it is answered."""

    def name(self) -> str:
        """The name in domain.yml."""
        return "action_return"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[EventType]:
        """Handle one turn."""
        bot, turn = assistant(), Turn.of(tracker)
        found = bot.finder(turn.message, turn.encoded)
        first = any(words in fold(turn.message) for words in _FIRST)
        back = gone_back_to(found, turn.thread, first=first, aside=turn.misses > 0)
        if back is not None:
            name = bot.listing.names[back]
            return answer_procedure(dispatcher, bot, turn, back, turn.aspects(found), question=name)
        if turn.procedure is None and found.decision is Decision.unknown:
            say_words(dispatcher, "utter_which_procedure")
            return []
        return find(dispatcher, bot, turn, found)


class ActionNextSteps(Action):
    """What people usually do after the procedure talked about."""

    def name(self) -> str:
        """The name in domain.yml."""
        return "action_next_steps"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[EventType]:
        """Handle one turn."""
        bot, turn = assistant(), Turn.of(tracker)
        found = bot.finder(turn.message, turn.encoded)
        if is_foreign(bot, turn, found):
            return find(dispatcher, bot, turn, found)
        code = found.best if found.decision is Decision.answer and found.fits > SURELY else turn.procedure
        if code is None:
            say_words(dispatcher, "utter_which_procedure")
            return []
        related = following(code, bot.listing)
        say(dispatcher, next_steps(code, related, bot.listing))
        codes = [one.code for one in related]
        return [
            SlotSet("procedure", code),
            SlotSet("candidates", codes or None),
            SlotSet("offered_twice", None),
            *left_form(turn),
        ]
