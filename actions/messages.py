"""Questions, complaints and suggestions left for a person: a form takes them down, reads them back and sends them."""

from __future__ import annotations

import logging
import re
from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError

from actions.answering import answer_follow_up
from actions.assistant import assistant
from actions.conversation import Turn
from actions.drafts import KIND_OF, begun, broken_off, done, keep_draft
from actions.saying import instead_of_words, say_words
from bot.knowledge.calendar import date_text
from bot.store.clock import VIETNAM
from bot.store.messages import Message
from bot.text.folding import fold, syllables
from bot.text.privacy import has_contact
from bot.text.request_numbers import number_in

JUST_STOPS = 4  # syllables of "thôi không cần nữa"
SHORT = 5  # words of "gửi đi giúp tôi ạ"
ASKING = frozenset({"ai", "sao", "dau", "nao", "gi", "khong", "chua"})
BY_NUMBER = "bạn xem bằng mã số"
BY_CONTACT = "theo {contact} bạn để lại"
# A first message of so many words says the matter itself ("cán bộ quầy 2 bắt tôi chờ ba tiếng …").
A_MATTER = 8
STATES = {
    "new": "phường đã nhận, chưa có người xử lý.",
    "taken": "cán bộ đang xử lý.",
}
# Words of a complaint, and words that ask what became of one.
_COMPLAINS = re.compile(r"\b(?:phan anh|khieu nai|to cao|gop y|kien nghi)\b")
_ASKS_STATE = re.compile(
    r"\b(?:toi dau|den dau|sao roi|the nao roi|chua|tra loi|xu ly|ket qua|ma so|da gui|gui roi)\b"
    r"|\b(?:hom|bua|tuan) truoc\b"
)
_WITHDRAWS = re.compile(r"\b(?:huy|rut|xoa)(?: \w+){0,3} (?:phan anh|khieu nai|gop y|cau hoi|pa|ch|gy)\b")
_STOPPING = frozenset({"thôi", "thoi", "hủy", "huỷ", "huy", "dừng", "thoát", "thoat"})
_log = logging.getLogger(__name__)


class ActionOpenMessage(Action):
    """Begin to take something down; a first message that says the matter is taken as its text."""

    def name(self) -> str:
        """The name in domain.yml."""
        return "action_open_message"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[EventType]:
        """Handle one turn."""
        turn = Turn.of(tracker)
        kind = KIND_OF.get(turn.act, "question")
        is_long = len(syllables(turn.message)) >= A_MATTER
        told = turn.act == "complaint" and is_long and not _COMPLAINS.search(fold(turn.message))
        if told and not keep_draft(tracker, kind, turn.message):
            say_words(dispatcher, "utter_not_kept")
            return [*instead_of_words()]
        return begun(kind, _sayable(turn.message) if told else None)


class ValidateMessageForm(FormValidationAction):
    """Takes down the text, the way to be answered (kept by the gateway, never seen here) and the word to send."""

    def name(self) -> str:
        """The name in domain.yml."""
        return "validate_message_form"

    def extract_message_text(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> dict[str, Any]:
        """Anything said is the text, but for a word to stop."""
        turn = Turn.of(tracker)
        if tracker.get_slot("requested_slot") != "message_text" or _stops(turn):
            return {}
        return {"message_text": _sayable(turn.message)}

    def validate_message_text(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict
    ) -> dict[str, Any]:
        """Keep a draft, so that the gateway knows that a contact may follow."""
        if keep_draft(tracker, str(tracker.get_slot("message_kind")), str(value)):
            return {"message_text": value}
        say_words(dispatcher, "utter_not_kept")
        return {"message_text": None, "requested_slot": None}

    def extract_message_contact(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict
    ) -> dict[str, Any]:
        """A masked number or address stands for the one that the gateway kept; or none is left."""
        turn = Turn.of(tracker)
        if tracker.get_slot("requested_slot") != "message_contact":
            return {}
        if (mark := has_contact(turn.message)) is not None:
            return {"message_contact": BY_CONTACT.format(contact=mark)}
        skips = turn.act in ("skip", "deny") or any(word in fold(turn.message) for word in ("bo qua", "khong can"))
        if skips and not _stops(turn):
            return {"message_contact": BY_NUMBER}
        return {}

    def validate_message_contact(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict
    ) -> dict[str, Any]:
        """Only the two ways are extracted."""
        return {"message_contact": value}

    def extract_message_confirmed(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict
    ) -> dict[str, Any]:
        """Send, or write it again."""
        turn = Turn.of(tracker)
        if tracker.get_slot("requested_slot") != "message_confirmed":
            return {}
        said = " ".join(syllables(fold(turn.message)))
        words = said.split()
        sends = words[:1] == ["gui"] and len(words) <= SHORT and not set(words) & ASKING and "?" not in turn.message
        if _stops(turn) and not sends:
            return {}
        if "viet lai" in said or "sua" in said.split():
            return {"message_confirmed": "again"}
        if sends or turn.act == "affirm" or said in ("dung", "dung roi", "ok", "oke", "duoc", "dong y", "da", "vang"):
            return {"message_confirmed": "send"}
        return {}

    def validate_message_confirmed(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict
    ) -> dict[str, Any]:
        """To write it again, the text is asked for again, and so is the contact: the draft begins anew."""
        if value == "again":
            return {"message_confirmed": None, "message_text": None, "message_contact": None}
        return {"message_confirmed": value}


class ActionSendMessage(Action):
    """Hand it to the staff and give the number."""

    def name(self) -> str:
        """The name in domain.yml."""
        return "action_send_message"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[EventType]:
        """Handle one turn."""
        if tracker.get_slot("message_text") is None:  # it could not be kept, and that was said
            return done()
        try:
            number = assistant().messages.send(tracker.sender_id)
        except (SQLAlchemyError, KeyError):
            _log.exception("a message could not be sent")
            say_words(dispatcher, "utter_not_kept")
            return done()
        say_words(dispatcher, "utter_sent", number=number)
        return done()


class ActionCancel(Action):
    """Stop what is being filled in; nothing is kept."""

    def name(self) -> str:
        """The name in domain.yml."""
        return "action_cancel"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[EventType]:
        """Handle one turn."""
        turn = Turn.of(tracker)
        if turn.form == "message_form":
            return broken_off(dispatcher, turn)
        if _WITHDRAWS.search(fold(turn.message)):
            say_words(dispatcher, "utter_cannot_withdraw")
            return []
        found = assistant().finder(turn.message, turn.encoded)
        if turn.procedure is not None and found.over_procedures > 0 and len(syllables(turn.message)) > JUST_STOPS:
            return answer_follow_up(dispatcher, assistant(), turn, found)  # "thôi hỏi thật nè, mất mấy ngày"
        say_words(dispatcher, "utter_all_right")
        return [ActiveLoop(None), SlotSet("requested_slot", None), SlotSet("candidates", None)]


class ActionRequestStatus(Action):
    """What became of something left here, by its number."""

    def name(self) -> str:
        """The name in domain.yml."""
        return "action_request_status"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[EventType]:
        """Handle one turn."""
        turn = Turn.of(tracker)
        if _WITHDRAWS.search(fold(turn.message)):
            say_words(dispatcher, "utter_cannot_withdraw")
            return []
        number = number_in(turn.message)
        if number is None and _COMPLAINS.search(fold(turn.message)) and not _ASKS_STATE.search(fold(turn.message)):
            # "Tôi muốn phản ánh chuyện rác": nothing was left here yet, it is about to be.
            return [*begun("complaint"), FollowupAction("message_form")]
        if number is None:
            say_words(dispatcher, "utter_ask_number")
            return []
        try:
            message = assistant().messages.find(number)
        except SQLAlchemyError:
            _log.exception("a message could not be looked up")
            say_words(dispatcher, "utter_not_kept")
            return []
        if message is None:
            say_words(dispatcher, "utter_no_such_number", number=number)
        else:
            say_words(dispatcher, "utter_request_state", number=message.number, state=state_text(message))
        return []


def state_text(message: Message) -> str:
    """Where a message stands, in words."""
    if message.state == "answered" and message.answered_at is not None:
        return f"cán bộ đã trả lời ngày {date_text(message.answered_at.astimezone(VIETNAM).date())}:\n{message.answer}"
    return STATES[message.state]


def _sayable(text: str) -> str:
    """Rasa takes "0[" in a text for a gap that it could not fill."""
    return text.replace("0[", "0 [")


def _stops(turn: Turn) -> bool:
    """Whether a message is no part of what is taken down: a word to stop, or a call for help, which comes first."""
    if turn.act.startswith("emergency"):
        return True
    # Not folded: "dừng" is no "đúng".
    said = turn.message.casefold().strip(" .,!")
    return turn.act in ("cancel", "start_over") or said in _STOPPING
