"""The ways a turn about procedures can end: an answer, an offer, or saying that nothing fits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.assistant import Assistant
from actions.conversation import Turn, missed, now, offered, talked_about
from actions.drafts import KIND_OF, SLOTS, begun, drop_draft
from actions.saying import say, say_words
from bot.answers.answer import answer
from bot.answers.aspects import IN_GENERAL
from bot.answers.brief import answer_brief
from bot.answers.choose import choose
from bot.answers.dated import Dates, dates_told, with_dates
from bot.answers.old_names import remarks
from bot.answers.services import KINDS, of_the_service
from bot.search.finder import Found
from bot.search.passages import FOLLOW_UP
from bot.search.thread import nearest
from bot.text.folding import fold

FALLBACK = "nlu_fallback"
# Aspects that a follow-up is taken for when it names none.
VAGUE = frozenset({*IN_GENERAL, "conditions"})
OTHERS = 3  # nearly meant, remembered in case the answer was not what was meant


def answer_procedure(
    dispatcher: CollectingDispatcher,
    bot: Assistant,
    turn: Turn,
    code: str,
    aspects: Sequence[str],
    *,
    found: Found | None = None,
    follow_up: bool = False,
    question: str | None = None,
    remark: str = "",
) -> list[EventType]:
    """Answer about a procedure; `found` is what the search made of a message that names it.

    `question` are the words that stand for the procedure from now on, where the message itself does not.
    """
    dates = dates_told(turn.message, turn.days(), turn.event)
    if code in bot.listing:
        procedure = bot.listing[code]
        asked, computed = with_dates(procedure, aspects, dates, bot.calendar, now().date())
        said = [*([remark] if remark else []), *remarks(turn.message, bot.old_names)]
        reply = answer(procedure, asked, bot.listing, today=date.today(), remarks=said, computed=computed)
    else:
        asked, reply = list(aspects), answer_brief(bot.listing.briefs[code], aspects, bot.ward)
    say(dispatcher, reply)
    if found is not None:
        question, others = turn.message, list(nearest(found, {code}, OTHERS))
    else:
        others = [] if question else list(turn.candidates or turn.others)
        question = _joined(turn) if follow_up else question
    return [
        *talked_about(turn, code, asked, question=question),
        SlotSet("others", [other for other in others if other != code][:OTHERS]),
        *_event(dates),
        *back_to_form(turn, code),
    ]


def answer_follow_up(dispatcher: CollectingDispatcher, bot: Assistant, turn: Turn, found: Found) -> list[EventType]:
    """Answer a message that is about the procedure talked about."""
    code = str(turn.procedure)
    aspects = turn.aspects(found)
    if set(aspects) <= VAGUE and code in bot.listing and not turn.days():
        # It hardly names an aspect ("bên kia không tới thì sao", "viết tay có được không"): look where in the record
        # something like it is said; and, as in "còn nộp trực tiếp thì sao", say again of that what was asked before.
        before = turn.asked_before if is_variant(turn.message) else ()
        inside = bot.inside(bot.listing[code], found.reading.text)
        named = [aspect for aspect in aspects if aspect not in IN_GENERAL]
        aspects = list(dict.fromkeys([*before, *named, *inside])) or aspects
    return answer_procedure(dispatcher, bot, turn, code, aspects)


def offer(
    dispatcher: CollectingDispatcher,
    bot: Assistant,
    turn: Turn,
    codes: Sequence[str],
    aspects: Sequence[str],
    question: str = "",
) -> list[EventType]:
    """Ask back which of several procedures is meant. What was just offered is not asked in the same words again.

    `question` are the words that led there, where the message itself did not.
    """
    again = tuple(codes) == turn.candidates
    turn_events = [SlotSet("offered_twice", again)]
    say(dispatcher, choose(codes, bot.listing, bot.clarifications.tells_apart(codes), again=again))
    question = question or (turn.thread.question if again else turn.message)
    return [*offered(codes, aspects, question), *turn_events, *back_to_form(turn, "")]


def say_nothing_fits(dispatcher: CollectingDispatcher, bot: Assistant, turn: Turn, found: Found) -> list[EventType]:
    """Nothing in the listing answers: a service after all, a question for which procedure, or where it is done."""
    if turn.act == FALLBACK and turn.runner_up in KINDS:
        values = of_the_service(turn.runner_up, bot.ward, bot.listing, bot.calendar, now())
        say_words(dispatcher, f"utter_{turn.runner_up}", **values)
        return []
    if turn.act == FALLBACK and turn.runner_up in KIND_OF:
        return [*begun(KIND_OF[turn.runner_up]), FollowupAction("message_form")]
    if found.topic == FOLLOW_UP:
        say_words(dispatcher, "utter_which_procedure")
        return []
    if (signpost := bot.signposts.get(found.topic)) is not None and signpost.office:
        say_words(
            dispatcher,
            "utter_elsewhere",
            referral=signpost.name,
            referral_office=signpost.office,
            referral_url=signpost.url or bot.ward.portal,
        )
    else:
        say_words(dispatcher, "utter_unknown")
    return missed(turn)


def left_form(turn: Turn) -> list[EventType]:
    """What was being asked or taken down is left, and what it remembered forgotten."""
    if turn.form == "message_form":
        drop_draft(turn.sender)
    if not turn.form:
        return []
    slots = ("requested_slot", "case_guess", "case_1", "case_2", "case_3", *SLOTS)
    return [ActiveLoop(None), *(SlotSet(name, None) for name in slots)]


def back_to_form(turn: Turn, code: str) -> list[EventType]:
    """After an aside a form asks again; questions about a case are left where the talk turns to another procedure."""
    if turn.form == "message_form" or (turn.form == "checklist_form" and code == turn.procedure):
        return [FollowupAction(turn.form)]
    return left_form(turn)


def _joined(turn: Turn) -> str:
    return f"{turn.thread.question}. {turn.message}".strip(". ")


def is_variant(message: str) -> bool:
    """ "Còn nộp trực tiếp thì sao": the same is asked about another way, or another person."""
    return fold(message).rstrip(" ?.!").endswith(("thi sao", "thi the nao", "thi s", "luon thi sao"))


def _event(dates: Dates) -> list[EventType]:
    return [SlotSet("event", dates.event.day.isoformat())] if dates.event and dates.event_is_new else []
