"""Services of the ward: what depends on the ward and the hour is filled in, the words stand in domain.yml."""

from __future__ import annotations

import re

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answering import answer_follow_up, left_form
from actions.assistant import assistant
from actions.conversation import Turn, forgotten, now
from actions.procedures import find
from actions.saying import instead_of_words
from bot.answers.services import of_the_service, of_the_ward
from bot.knowledge.ward import Ward
from bot.search.decision import Decision
from bot.search.thread import is_about_the_same
from bot.text.folding import syllables

# Words about days and papers that are taken for a service, where in a talk about a procedure they may be a follow-up.
OPEN_TO_FOLLOW_UPS = frozenset({"hours", "dossier_status", "appointment", "list_procedures"})
LIKE_A_FOLLOW_UP = 0.0
_GREETING = re.compile(
    r"^(?:(?:dạ|da|xin|kính|em|con|cháu) )*(?:chào|chao|hello|hi|alo)"
    r"(?: (?:bạn|ban|anh|chị|chi|em|cô|co|chú|bác|ad|cán bộ))*[\s,.!]+",
    re.IGNORECASE,
)
LONGEST_GREETING = 5  # syllables: "dạ em chào anh chị"
SURE, HARDLY_SURE = 0.85, 0.6  # a service of which the classifier is as sure as this is one


class ActionService(Action):
    """Hours, address, hotline, a person, and what else the ward's profile answers."""

    def name(self) -> str:
        """The name in domain.yml."""
        return "action_service"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[EventType]:
        """Handle one turn."""
        bot, turn = assistant(), Turn.of(tracker)
        if turn.procedure and turn.act in OPEN_TO_FOLLOW_UPS and turn.chances.get(turn.act, 1.0) < self._sure(turn):
            found = bot.finder(turn.message, turn.encoded)
            if found.over_chatter > LIKE_A_FOLLOW_UP and is_about_the_same(found, turn.thread, bot.finder, asks=True):
                return [*answer_follow_up(dispatcher, bot, turn, found), *instead_of_words()]
        values = of_the_service(turn.act, bot.ward, bot.listing, bot.calendar, now())
        return [SlotSet(name, value) for name, value in {**_changed(tracker, bot.ward), **values}.items()]

    @staticmethod
    def _sure(turn: Turn) -> float:
        """How sure of a service one must be: a day that is named may be that of filing."""
        return SURE if turn.days() else HARDLY_SURE


def _changed(tracker: Tracker, ward: Ward) -> dict[str, str]:
    """What was published of the ward's profile since this talk began, which put its values down."""
    return {name: value for name, value in of_the_ward(ward).items() if tracker.get_slot(name) not in (None, value)}


class ActionSmallTalk(Action):
    """Lets a question that comes with a greeting through to the search."""

    def name(self) -> str:
        """The name in domain.yml."""
        return "action_small_talk"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[EventType]:
        """Handle one turn."""
        bot, turn = assistant(), Turn.of(tracker)
        if len(syllables(turn.message)) <= LONGEST_GREETING:
            return []
        found = bot.finder(_GREETING.sub("", turn.message))
        if found.decision is Decision.unknown:
            return []
        return [*find(dispatcher, bot, turn, found), *instead_of_words()]


class ActionStartOver(Action):
    """Forget the conversation."""

    def name(self) -> str:
        """The name in domain.yml."""
        return "action_start_over"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[EventType]:
        """Handle one turn."""
        return [*forgotten(), *left_form(Turn.of(tracker))]
