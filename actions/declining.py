"""Not what was meant: the next best, other words, and after a second miss a person."""

from __future__ import annotations

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.answering import answer_procedure, left_form, offer
from actions.assistant import Assistant
from actions.conversation import Turn, missed, now
from actions.drafts import broken_off
from actions.saying import say_words
from bot.answers.services import opening

PATIENCE = 1  # misses in a row after which a person is the better help


def decline(dispatcher: CollectingDispatcher, bot: Assistant, turn: Turn) -> list[EventType]:
    """Offer what was nearly meant; where that was just offered, ask for other words, then for a person."""
    if turn.form == "message_form":
        return broken_off(dispatcher, turn)
    if turn.misses >= PATIENCE:
        say_words(dispatcher, "utter_no_luck", opening=opening(bot.calendar, now()))
        return [*missed(turn), *left_form(turn)]
    if turn.others and not turn.candidates:
        question = turn.thread.question
        if len(turn.others) == 1:  # nothing to choose from
            remark = "Vậy có lẽ bạn hỏi việc này. Không phải thì bạn kể thêm một chút."
            said = answer_procedure(dispatcher, bot, turn, turn.others[0], turn.asked_before, remark=remark)
            return [*said, *missed_once(turn)]
        return [*offer(dispatcher, bot, turn, turn.others, turn.asked_before, question), *missed_once(turn)]
    say_words(dispatcher, "utter_say_again")
    return [*missed(turn), *left_form(turn)]


def missed_once(turn: Turn) -> list[EventType]:
    """An offer in place of an answer that was not meant counts as a miss, but what is offered stays on offer."""
    return [event for event in missed(turn) if event["name"] == "misses"]
