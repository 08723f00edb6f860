"""Questions about procedures: found, answered, asked back, chosen."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.answering import FALLBACK, answer_follow_up, answer_procedure, offer, say_nothing_fits
from actions.assistant import Assistant, assistant, assistants
from actions.conversation import Turn
from actions.declining import decline
from actions.drafts import KIND_OF
from actions.picking import only_picks, picked
from actions.saying import say_words
from bot.answers.aspects import DEFAULT
from bot.answers.choose import NONE_OF_THESE
from bot.search.decision import Decision
from bot.search.finder import Found
from bot.search.thread import (
    ELSEWHERE,
    SURELY,
    SURELY_CHATTER,
    changed_to,
    corrected_to,
    is_about_the_same,
    known_of_several,
    picked_by_telling,
)
from bot.text.codes import codes_in
from bot.text.corrections import what_is_meant
from bot.text.folding import fold, syllables

assistants().keep_looking()  # loaded while the server starts, not while a citizen waits


class ActionFindProcedure(Action):
    """Search for the procedure a message means; answer, ask back, or say that nothing fits."""

    def name(self) -> str:
        """The name in domain.yml."""
        return "action_find_procedure"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[EventType]:
        """Handle one turn."""
        bot, turn = assistant(), Turn.of(tracker)
        if turn.message == NONE_OF_THESE:  # the button, whatever Rasa takes it for
            return decline(dispatcher, bot, turn)
        if (code := chosen(bot, turn)) is not None:
            return answer_procedure(dispatcher, bot, turn, code, turn.asked_before)
        if only_picks(turn.message):  # searched, a bare "2" would still find some procedure
            return offer_again(dispatcher, bot, turn, turn.asked_before)
        return find(dispatcher, bot, turn, bot.finder(turn.message, turn.encoded))


class ActionAnswerAspect(Action):
    """Answer a follow-up about the procedure talked about."""

    def name(self) -> str:
        """The name in domain.yml."""
        return "action_answer_aspect"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[EventType]:
        """Handle one turn."""
        bot, turn = assistant(), Turn.of(tracker)
        found = bot.finder(turn.message, turn.encoded)
        # Rasa knows the act by its words; whether a procedure is named, the search knows better.
        names_another = found.decision is Decision.answer and found.best != turn.procedure
        if names_another and (turn.procedure is None or found.fits > SURELY):
            return find(dispatcher, bot, turn, found)
        return find(dispatcher, bot, turn, found)


class ActionCorrect(Action):
    """What was taken for granted is corrected: another procedure may be meant, what was asked stays."""

    def name(self) -> str:
        """The name in domain.yml."""
        return "action_correct"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[EventType]:
        """Handle one turn."""
        bot, turn = assistant(), Turn.of(tracker)
        found = bot.finder(what_is_meant(turn.message))
        asked = _asked_with(turn, found)
        if is_foreign(bot, turn, found):
            return find(dispatcher, bot, turn, found)
        if turn.candidates:
            picked_one = picked_by_telling(found, turn.thread, bot.finder, corrects=True)
            if picked_one is not None:
                return answer_procedure(dispatcher, bot, turn, picked_one, asked, follow_up=True)
        if turn.candidates or turn.procedure is None:
            return find(dispatcher, bot, turn, found)
        if found.decision is Decision.answer and found.fits > SURELY and found.best != turn.procedure:
            return answer_procedure(dispatcher, bot, turn, found.best, asked, found=found)
        if found.over_procedures > 0:  # it names nothing else: something is added, or what is right is not said yet
            if len(syllables(turn.message)) <= SAYS_NOTHING:
                return decline(dispatcher, bot, turn)
            return answer_follow_up(dispatcher, bot, turn, found)
        changed = corrected_to(found, turn.thread, bot.finder)
        return answer_procedure(dispatcher, bot, turn, changed or turn.procedure, asked, follow_up=True)


class ActionDecline(Action):
    """None of those offered, or not the one answered."""

    def name(self) -> str:
        """The name in domain.yml."""
        return "action_decline"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[EventType]:
        """Handle one turn."""
        turn = Turn.of(tracker)
        if turn.act == "deny" and what_is_meant(turn.message) != turn.message:  # "không phải cái đó, khai sinh cơ"
            return ActionCorrect().run(dispatcher, tracker, domain)
        return decline(dispatcher, assistant(), turn)


class ActionChoose(Action):
    """Take one of the procedures offered."""

    def name(self) -> str:
        """The name in domain.yml."""
        return "action_choose"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[EventType]:
        """Handle one turn."""
        bot, turn = assistant(), Turn.of(tracker)
        code = chosen(bot, turn)
        if code is None and turn.candidates and turn.act == "affirm":
            code = turn.candidates[0]
        if code is not None:
            return answer_procedure(dispatcher, bot, turn, code, turn.asked_before)
        if turn.candidates:
            return offer_again(dispatcher, bot, turn, turn.asked_before)
        if turn.act != "affirm":
            # Nothing was on offer, so the words mean something else: let the search look at them.
            return ActionFindProcedure().run(dispatcher, tracker, domain)
        say_words(dispatcher, "utter_all_right" if turn.procedure else "utter_which_procedure")
        return []


class ActionRepeat(Action):
    """Say the last answer or offer again."""

    def name(self) -> str:
        """The name in domain.yml."""
        return "action_repeat"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[EventType]:
        """Handle one turn."""
        bot, turn = assistant(), Turn.of(tracker)
        if turn.candidates:
            return offer(dispatcher, bot, turn, turn.candidates, turn.asked_before)
        if turn.procedure in bot.listing.names:
            return answer_procedure(dispatcher, bot, turn, str(turn.procedure), turn.asked_before)
        say_words(dispatcher, "utter_which_procedure")
        return []


def find(dispatcher: CollectingDispatcher, bot: Assistant, turn: Turn, found: Found) -> list[EventType]:
    """What a message means where the talk stands: one of those offered, the one talked about, or another."""
    aspects = turn.aspects(found)
    if turn.act == FALLBACK and turn.runner_up in KIND_OF and found.decision is Decision.unknown:
        return say_nothing_fits(dispatcher, bot, turn, found)
    if codes_in(turn.message) or is_foreign(bot, turn, found):
        return _decided(dispatcher, bot, turn, found, aspects)
    if turn.candidates:
        if fold(turn.message) == fold(turn.thread.question) or (found.over_procedures > 0 and found.over_chatter > 0):
            return offer_again(dispatcher, bot, turn, aspects)
        if (code := picked_by_telling(found, turn.thread, bot.finder)) is not None:
            return answer_procedure(dispatcher, bot, turn, code, _asked(turn, found), follow_up=True)
    elif is_about_the_same(found, turn.thread, bot.finder, asks=turn.act != "out_of_scope"):
        changed = changed_to(found, turn.thread, bot.finder)
        if changed is not None and found.decision is Decision.unknown:
            return answer_procedure(dispatcher, bot, turn, changed, aspects, follow_up=True)
        return answer_follow_up(dispatcher, bot, turn, found)
    elif found.decision is Decision.unknown and turn.act != "out_of_scope" and not found.topic:
        changed = changed_to(found, turn.thread, bot.finder)
        if changed is not None:
            return answer_procedure(dispatcher, bot, turn, changed, aspects, follow_up=True)
    return _decided(dispatcher, bot, turn, found, aspects)


def is_foreign(bot: Assistant, turn: Turn, found: Found) -> bool:
    """Whether nothing here answers a message, whatever the talk was about: chatter, or something done elsewhere."""
    if found.decision is not Decision.unknown or found.over_chatter > ELSEWHERE:
        return False
    return turn.act == "out_of_scope" or found.topic in bot.signposts or found.over_chatter < SURELY_CHATTER


def offer_again(
    dispatcher: CollectingDispatcher, bot: Assistant, turn: Turn, aspects: Sequence[str]
) -> list[EventType]:
    """What was offered is still to be chosen from: said in other words, never the same question twice.

    Who asks on for the second time without choosing is answered for the likeliest, and told so.
    """
    if not turn.candidates:
        say_words(dispatcher, "utter_which_procedure")
        return []
    if turn.offered_twice:
        best = turn.candidates[0]
        remark = f"Tôi tạm hiểu bạn hỏi việc “{bot.listing.names[best]}”. Không đúng thì bạn nhắn “không phải”."
        return answer_procedure(dispatcher, bot, turn, best, aspects, remark=remark)
    return offer(dispatcher, bot, turn, turn.candidates, aspects)


def chosen(bot: Assistant, turn: Turn) -> str | None:
    """The offered procedure that the message picks by number, place or name (a button)."""
    offered_still = [code for code in turn.candidates if code in bot.listing.names]
    position = picked(turn.message, [bot.listing.names[code] for code in offered_still])
    return offered_still[position] if position is not None else None


def _decided(
    dispatcher: CollectingDispatcher, bot: Assistant, turn: Turn, found: Found, aspects: Sequence[str]
) -> list[EventType]:
    if found.decision is Decision.unknown:
        return say_nothing_fits(dispatcher, bot, turn, found)
    if found.decision is Decision.choose:
        known = None if codes_in(turn.message) else known_of_several(found.offered, turn.thread)
        if known is not None:
            return answer_procedure(dispatcher, bot, turn, known, aspects)
        return offer(dispatcher, bot, turn, found.offered, aspects)
    return answer_procedure(dispatcher, bot, turn, found.best, aspects, found=found)


SAYS_NOTHING = 4  # syllables of "à em nhầm rồi"
_ASKS = re.compile(
    r"\?|\b(?:bao nhieu|nhieu tien|may ngay|bao lau|o dau|can gi|giay gi|giay to gi|the nao|lam sao|ai|mau nao)\b"
)


def _asked_with(turn: Turn, found: Found) -> Sequence[str]:
    """What a correction asks itself; else what was asked before it."""
    asks = _ASKS.search(fold(turn.message)) is not None
    return turn.aspects(found) if asks or not turn.asked_before else turn.asked_before


def _asked(turn: Turn, found: Found) -> Sequence[str]:
    """What a choice or a correction is about: what is asked with it, else what was asked before."""
    aspects = turn.aspects(found)
    return turn.asked_before if aspects == [DEFAULT] and turn.asked_before else aspects
