"""Questions about procedures: found, answered, asked back, chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.assistant import Assistant, assistant
from actions.conversation import Turn, forgotten, nothing_pending, offered, talked_about
from actions.picking import only_picks, picked
from bot.answers import services
from bot.answers.answer import answer
from bot.answers.aspects import DEFAULT
from bot.answers.brief import answer_brief
from bot.answers.choose import NONE_OF_THESE, choose, say_again, unknown, which_procedure
from bot.answers.old_names import remarks
from bot.answers.reply import Reply
from bot.search.decision import Decision
from bot.search.finder import Found
from bot.search.passages import FOLLOW_UP

FALLBACK = "nlu_fallback"
# In answer to a follow-up another procedure is taken up only when it is clearly named.
SURELY_ANOTHER = 0.75

assistant()  # while the server starts, not while a citizen waits


def _say(dispatcher: CollectingDispatcher, reply: Reply) -> None:
    dispatcher.utter_message(json_message=reply.as_json())


def _answer(
    dispatcher: CollectingDispatcher, bot: Assistant, code: str, aspects: Sequence[str], message: str = ""
) -> list[EventType]:
    if code in bot.listing:
        said = remarks(message, bot.old_names)
        _say(dispatcher, answer(bot.listing[code], aspects, bot.listing, today=date.today(), remarks=said))
    else:
        _say(dispatcher, answer_brief(bot.listing.briefs[code], aspects, bot.ward))
    return talked_about(code, aspects)


def _offer(bot: Assistant, codes: Sequence[str]) -> Reply:
    return choose(codes, bot.listing, bot.clarifications.tells_apart(codes))


class ActionFindProcedure(Action):
    """Search for the procedure a message means; answer, ask back, or say that nothing fits."""

    def name(self) -> str:
        """The name in domain.yml."""
        return "action_find_procedure"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[EventType]:
        """Handle one turn."""
        bot, turn = assistant(), Turn.of(tracker)
        if turn.message == NONE_OF_THESE:  # the button, whatever Rasa takes it for
            return ActionDecline().run(dispatcher, tracker, domain)
        if (code := _chosen(bot, turn)) is not None:
            return _answer(dispatcher, bot, code, turn.asked_before)
        if only_picks(turn.message):  # searched, a bare "2" would still find some procedure
            _say(dispatcher, _offer(bot, turn.candidates) if turn.candidates else which_procedure())
            return []
        found = bot.finder(turn.message)
        if found.decision is Decision.unknown:
            return self._nothing_fits(dispatcher, bot, turn, found)
        if found.best in turn.candidates:  # a story told in answer to an offer picks, too
            return _answer(dispatcher, bot, found.best, _aspects_of_choice(turn, turn.aspects(found)))
        if found.decision is Decision.choose:
            _say(dispatcher, _offer(bot, found.offered))
            return offered(found.offered, turn.aspects(found))
        return _answer(dispatcher, bot, found.best, turn.aspects(found), turn.message)

    def _nothing_fits(
        self, dispatcher: CollectingDispatcher, bot: Assistant, turn: Turn, found: Found
    ) -> list[EventType]:
        if turn.procedure and found.topic == FOLLOW_UP:
            return _answer(dispatcher, bot, turn.procedure, turn.aspects(found))
        if turn.act == FALLBACK and turn.runner_up in services.KINDS:
            _say(dispatcher, services.service(turn.runner_up, bot.ward, bot.listing))
            return []
        if found.topic == FOLLOW_UP:
            _say(dispatcher, which_procedure())
            return []
        _say(dispatcher, unknown(bot.ward, bot.signposts.get(found.topic)))
        return nothing_pending()


class ActionAnswerAspect(Action):
    """Answer a follow-up about the procedure talked about."""

    def name(self) -> str:
        """The name in domain.yml."""
        return "action_answer_aspect"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[EventType]:
        """Handle one turn."""
        bot, turn = assistant(), Turn.of(tracker)
        found = bot.finder(turn.message)
        # Rasa knows the act by its words; whether a procedure is named, the search knows better.
        names_another = found.decision is Decision.answer and found.best != turn.procedure
        if names_another and (turn.procedure is None or found.fits > SURELY_ANOTHER):
            return _answer(dispatcher, bot, found.best, turn.aspects(found))
        if turn.candidates:
            _say(dispatcher, _offer(bot, turn.candidates))
            return offered(turn.candidates, turn.aspects(found))
        if found.topic in bot.signposts:
            _say(dispatcher, unknown(bot.ward, bot.signposts[found.topic]))
            return []
        if turn.procedure in bot.listing.names:
            return _answer(dispatcher, bot, str(turn.procedure), turn.aspects(found))
        _say(dispatcher, which_procedure())
        return []


class ActionChoose(Action):
    """Take one of the procedures offered."""

    def name(self) -> str:
        """The name in domain.yml."""
        return "action_choose"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[EventType]:
        """Handle one turn."""
        bot, turn = assistant(), Turn.of(tracker)
        code = _chosen(bot, turn)
        if code is None and turn.candidates and turn.act == "affirm":
            code = turn.candidates[0]
        if code is not None:
            return _answer(dispatcher, bot, code, turn.asked_before)
        if turn.candidates:
            _say(dispatcher, _offer(bot, turn.candidates))
            return []
        if turn.act != "affirm":
            # Nothing was on offer, so the words mean something else: let the search look at them.
            return ActionFindProcedure().run(dispatcher, tracker, domain)
        _say(dispatcher, which_procedure())
        return []


class ActionDecline(Action):
    """None of those offered: ask for other words."""

    def name(self) -> str:
        """The name in domain.yml."""
        return "action_decline"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[EventType]:
        """Handle one turn."""
        _say(dispatcher, say_again())
        return forgotten()


class ActionRepeat(Action):
    """Say the last answer or offer again."""

    def name(self) -> str:
        """The name in domain.yml."""
        return "action_repeat"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[EventType]:
        """Handle one turn."""
        bot, turn = assistant(), Turn.of(tracker)
        if turn.candidates:
            _say(dispatcher, _offer(bot, turn.candidates))
            return []
        if turn.procedure in bot.listing.names:
            return _answer(dispatcher, bot, str(turn.procedure), turn.asked_before)
        _say(dispatcher, which_procedure())
        return []


def _chosen(bot: Assistant, turn: Turn) -> str | None:
    """The offered procedure that the message picks by number, place or name (a button)."""
    offered_still = [code for code in turn.candidates if code in bot.listing.names]
    position = picked(turn.message, [bot.listing.names[code] for code in offered_still])
    return offered_still[position] if position is not None else None


def _aspects_of_choice(turn: Turn, aspects: Sequence[str]) -> Sequence[str]:
    """What the choice is about: what is asked with it, else what was asked before."""
    return turn.asked_before if list(aspects) == [DEFAULT] and turn.asked_before else aspects
