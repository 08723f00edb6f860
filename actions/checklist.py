"""The list of papers for one's own case: at most three questions of the record, put by a form."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answering import answer_procedure
from actions.assistant import Assistant, assistant
from actions.conversation import Turn, now, talked_about
from actions.picking import picked
from actions.procedures import find
from actions.saying import instead_of_words, say, say_words
from bot.answers.cases import SKIPPED, asked_of, is_not_known, known_answers
from bot.answers.checklist import CHANGE, checklist, question
from bot.knowledge.procedure import Case, Procedure
from bot.search.decision import Decision
from bot.search.thread import SURELY
from bot.text.folding import fold, syllables

SLOTS = ("case_1", "case_2", "case_3")
UNCLEAR = "?"  # before the choice that an unclear answer seems to mean
NOT_THAT = "!"  # the guess was wrong
SHORT = 4  # syllables of "bỏ qua đi em"
_SKIPPING = ("bo qua", "skip")
# "Ý bạn là “…”?" is confirmed, or not.
_CONFIRMS = re.compile(r"^(?:da |vang )*(?:dung|phai|u|uh|ua|vang|da|ok|oke|chuan|chinh xac|co)\b(?! khong)")
_REJECTS = re.compile(r"^(?:da |vang )*(?:khong|ko|k|hong|hok|chua|sai|dau co)\b")


class ActionOpenChecklist(Action):
    """Begin the questions, go on with those not answered yet, or put one again that is to be changed."""

    def name(self) -> str:
        """The name in domain.yml."""
        return "action_open_checklist"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[EventType]:
        """Handle one turn."""
        bot, turn = assistant(), Turn.of(tracker)
        found = bot.finder(turn.message, turn.encoded)
        names_one = found.decision is Decision.answer and found.fits > SURELY and not turn.message.startswith(CHANGE)
        code = found.best if names_one else turn.procedure
        if code is None:
            if found.decision is Decision.unknown:
                say_words(dispatcher, "utter_which_procedure")
                return [*instead_of_words()]
            return [*find(dispatcher, bot, turn, found), *instead_of_words()]
        if code not in bot.listing or not asked_of(bot.listing[code]):
            if code in bot.listing:
                say_words(dispatcher, "utter_no_cases")
            return [*answer_procedure(dispatcher, bot, turn, code, ["documents"]), *instead_of_words()]
        procedure = bot.listing[code]
        answers = known_answers(procedure, turn.case_answers.get(code, {}))
        cases = asked_of(procedure)
        changed = [case for case in cases if turn.message == CHANGE + case.question]
        if changed or all(case.id in answers for case in cases):
            for case in changed or cases:
                answers.pop(case.id, None)
        return [
            *talked_about(turn, code, ["documents"]),
            SlotSet("case_guess", None),
            *(SlotSet(slot, answers.get(case.id)) for slot, case in _slots(procedure)),
        ]


class ValidateChecklistForm(FormValidationAction):
    """Understands the answers; what is no answer goes to the rules, and the question is put again afterwards."""

    def name(self) -> str:
        """The name in domain.yml."""
        return "validate_checklist_form"

    async def required_slots(
        self, domain_slots: list[str], dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict
    ) -> list[str]:
        """A slot for each question of the record talked about."""
        procedure = _procedure(assistant(), tracker)
        return [slot for slot, _ in _slots(procedure)] if procedure else []

    def extract_case_1(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> dict[str, Any]:
        """The answer to the first question."""
        return _extract("case_1", tracker)

    def extract_case_2(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> dict[str, Any]:
        """The answer to the second question."""
        return _extract("case_2", tracker)

    def extract_case_3(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> dict[str, Any]:
        """The answer to the third question."""
        return _extract("case_3", tracker)

    def validate_case_1(self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> dict:
        """A choice is kept, an unclear answer asked about."""
        return _validated("case_1", value, tracker)

    def validate_case_2(self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> dict:
        """A choice is kept, an unclear answer asked about."""
        return _validated("case_2", value, tracker)

    def validate_case_3(self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> dict:
        """A choice is kept, an unclear answer asked about."""
        return _validated("case_3", value, tracker)


class _ActionAskCase(Action):
    slot = ""

    def name(self) -> str:
        """The name in domain.yml."""
        return f"action_ask_{self.slot}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[EventType]:
        """Put the question."""
        procedure = _procedure(assistant(), tracker)
        if procedure is None:
            return []
        slots = _slots(procedure)
        for number, (slot, case) in enumerate(slots, 1):
            if slot == self.slot:
                say(dispatcher, question(procedure, case, number, len(slots), tracker.get_slot("case_guess")))
        return []


class ActionAskCase1(_ActionAskCase):
    """Put the first question."""

    slot = "case_1"


class ActionAskCase2(_ActionAskCase):
    """Put the second question."""

    slot = "case_2"


class ActionAskCase3(_ActionAskCase):
    """Put the third question."""

    slot = "case_3"


class ActionShowChecklist(Action):
    """Show the list for the answers given, and remember them."""

    def name(self) -> str:
        """The name in domain.yml."""
        return "action_show_checklist"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[EventType]:
        """Handle one turn."""
        bot, turn = assistant(), Turn.of(tracker)
        procedure = _procedure(bot, tracker)
        if procedure is None:
            say_words(dispatcher, "utter_which_procedure")
            return []
        told = {case.id: tracker.get_slot(slot) for slot, case in _slots(procedure) if tracker.get_slot(slot)}
        say(dispatcher, checklist(procedure, told, today=now().date()))
        return [
            SlotSet("case_answers", {**turn.case_answers, procedure.code: told}),
            *(SlotSet(slot, None) for slot in (*SLOTS, "case_guess")),
            *talked_about(turn, procedure.code, ["documents"]),
        ]


class ActionSkip(Action):
    """ "Bỏ qua" where no question was put."""

    def name(self) -> str:
        """The name in domain.yml."""
        return "action_skip"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[EventType]:
        """Handle one turn."""
        bot, turn = assistant(), Turn.of(tracker)
        found = bot.finder(turn.message, turn.encoded)
        if found.decision is Decision.unknown or found.fits < SURELY or len(syllables(turn.message)) <= SHORT:
            say_words(dispatcher, "utter_all_right")
            return []
        return find(dispatcher, bot, turn, found)


def _slots(procedure: Procedure) -> list[tuple[str, Case]]:
    return list(zip(SLOTS, asked_of(procedure)))


def _procedure(bot: Assistant, tracker: Tracker) -> Procedure | None:
    code = tracker.get_slot("procedure")
    return bot.listing.procedures.get(code)


def _extract(slot: str, tracker: Tracker) -> dict[str, Any]:
    bot, turn = assistant(), Turn.of(tracker)
    procedure = _procedure(bot, tracker)
    if procedure is None or tracker.get_slot("requested_slot") != slot:
        return {}
    case = dict(_slots(procedure))[slot]
    answer = understood(bot, turn, case, tracker.get_slot("case_guess"))
    return {} if answer is None else {slot: answer}


def _validated(slot: str, value: Any, tracker: Tracker) -> dict[str, Any]:
    if value == NOT_THAT:  # the question once more, without the guess
        return {slot: None, "case_guess": None}
    if not str(value).startswith(UNCLEAR):
        return {slot: value, "case_guess": None}
    if tracker.get_slot("case_guess"):  # unclear for the second time: it stays open, and the list says so
        return {slot: SKIPPED, "case_guess": None}
    return {slot: None, "case_guess": str(value).removeprefix(UNCLEAR)}


def understood(bot: Assistant, turn: Turn, case: Case, guess: str | None) -> str | None:
    """What a message answers to a case's question: a choice, `SKIPPED`, or `UNCLEAR` and the nearest choice.

    None where it is no answer but something else.
    """
    said = " ".join(syllables(fold(turn.message)))
    if turn.act == "skip" or said in _SKIPPING or is_not_known(turn.message):
        return SKIPPED
    if guess is not None and turn.act != "ask_aspect":
        if _CONFIRMS.match(said):
            return guess
        if turn.act == "deny" or _REJECTS.match(said):
            others = [choice.id for choice in case.choices if choice.id != guess]
            return others[0] if len(others) == 1 else NOT_THAT
    position = picked(turn.message, [choice.label for choice in case.choices])
    if position is not None:
        return case.choices[position].id
    if is_aside(bot, turn):
        return None
    return bot.choices.pick(case, turn.message) or UNCLEAR + bot.choices.guess(case, turn.message)


# Acts that are no answer to a question about the case, if the classifier is as sure as this.
_ASIDES = frozenset(
    """
    ask_aspect hours address hotline human dossier_status appointment capabilities list_procedures leave_question
    complaint feedback request_status cancel wrong_answer rate start_over return_to checklist next_steps repeat thanks
    goodbye greet insult override emergency emergency_fire emergency_police emergency_medical emergency_child
    emergency_self_harm
    """.split()
)
_SURE = 0.6


def is_aside(bot: Assistant, turn: Turn) -> bool:
    """Whether a message is something else than an answer: a question of its own, a greeting, a call for help."""
    if turn.act in _ASIDES and turn.chances.get(turn.act, 1.0) >= _SURE:
        return True
    if turn.act not in ("ask_procedure", "ask_aspect", "out_of_scope"):
        return False
    found = bot.finder(turn.message, turn.encoded)
    return found.decision is Decision.answer and found.best != turn.procedure and found.fits > SURELY
