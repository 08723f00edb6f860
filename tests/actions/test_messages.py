"""Questions, complaints and suggestions left for a person: told, a way to be answered, read back, sent, a number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

import pytest

from actions.assistant import assistant
from actions.drafts import KIND_OF, SERVICE_OF
from actions.messages import A_MATTER, BY_NUMBER, STATES
from bot.store import numbers, tables
from bot.text.request_numbers import PREFIXES, as_number
from tests.actions.conftest import Kept
from tests.actions.talk import CONVERSATION, DOMAIN, Talk
from tests.store.watch import Watch

pytestmark = pytest.mark.slow

ACTS = sorted(KIND_OF)
EMERGENCIES = sorted(act for act in DOMAIN["intents"] if act.startswith("emergency"))
TEXT = "Hôm qua quầy 3 trả tôi thiếu một bản sao, giờ phải làm sao?"
# Twelve syllables or more tell the matter itself.
MATTER = "Cán bộ quầy 2 bắt tôi chờ ba tiếng đồng hồ rồi bảo về, thái độ rất khó chịu"
PHONE, MASKED_PHONE = "0912345678", "[số điện thoại]"
MAIL, MASKED_MAIL = "lan.nguyen@gmail.com", "[email]"
RESIDENCE = "1.004194"
TALK: dict[str, Any] = {
    "procedure": RESIDENCE,
    "aspects": ["fee"],
    "topics": [RESIDENCE],
    "question": "đăng ký tạm trú",
    "misses": 0,
}
NOT_KEPT = DOMAIN["responses"]["utter_not_kept"][0]["custom"]["text"].split(",")[0]
BLANK = dict.fromkeys(["message_kind", "message_text", "message_contact", "message_confirmed", "requested_slot"])


def asked_for_text(act: str = "leave_question") -> Talk:
    talk = Talk(**TALK)
    talk("tôi muốn gửi", act)
    return talk


def asked_for_contact(act: str = "leave_question") -> Talk:
    talk = asked_for_text(act)
    talk(TEXT, "ask_procedure")
    return talk


def asked_to_confirm(act: str = "leave_question") -> Talk:
    talk = asked_for_contact(act)
    talk("Bỏ qua", "skip")
    return talk


def step(talk: Talk) -> str:
    """How far the form has come, by the card of what was said last."""
    return str(talk.said[-1]["card"].get("step"))


def assert_over(talk: Talk) -> None:
    """The form is over, and but for it the talk is what it was."""
    assert talk.form is None
    assert talk.remembered(*BLANK) == tuple(BLANK.values())
    assert talk.remembered(*TALK) == tuple(TALK.values())


# From the first word to the number


@pytest.mark.parametrize("act", ACTS)
def test_told_skipped_read_back_and_sent_it_gets_a_number(kept: Kept, act: str) -> None:
    kind = KIND_OF[act]
    talk = asked_for_text(act)
    assert (step(talk), talk.slots["requested_slot"]) == ("text", "message_text")
    talk(TEXT, "ask_procedure")
    assert (step(talk), talk.slots["requested_slot"]) == ("contact", "message_contact")
    talk("Bỏ qua", "skip")
    assert (step(talk), talk.slots["requested_slot"]) == ("confirm", "message_confirmed")
    reply = talk("Gửi đi", "affirm")
    (message,) = kept.rows(tables.messages)
    assert message["number"].startswith(PREFIXES[kind] + "-")
    assert reply["card"] == {
        **{"type": "service", "kind": SERVICE_OF[kind], "step": "sent", "number": message["number"]},
    }
    assert message["number"] in reply["text"] and assistant().ward.hotline in reply["text"]
    assert (message["state"], message["kind"], message["text"]) == ("new", kind, TEXT)
    assert (message["contact"], message["conversation"], message["procedure"]) == (None, CONVERSATION, RESIDENCE)
    assert_over(talk)


@pytest.mark.parametrize("act", ACTS)
def test_each_kind_is_asked_for_in_its_own_words_and_every_step_says_which_service_it_is(kept: Kept, act: str) -> None:
    talk = asked_for_text(act)
    asks = talk.said[0]["text"]
    others = {asked_for_text(other).said[0]["text"] for other in ACTS if other != act}
    assert asks not in others and "thôi" in asks
    for message, taken_for in ((TEXT, "ask_procedure"), ("Bỏ qua", "skip"), ("Gửi đi", "affirm")):
        assert talk.said[0]["card"]["kind"] == SERVICE_OF[KIND_OF[act]]
        talk(message, taken_for)


@pytest.mark.parametrize("act", [*DOMAIN["intents"], "nlu_fallback"])
def test_whatever_rasa_takes_it_for_what_is_told_is_the_text(kept: Kept, act: str) -> None:
    """But for a word to stop and a call for help."""
    talk = asked_for_text()
    talk(TEXT, act, chance=0.9)
    if act in (*EMERGENCIES, "cancel", "start_over"):
        assert kept.rows(tables.messages) == []
    else:
        (message,) = kept.rows(tables.messages)
        assert (message["text"], message["state"], step(talk)) == (TEXT, "draft", "contact")


def test_a_complaint_that_tells_the_matter_at_once_is_not_asked_for_it_again(kept: Kept) -> None:
    assert len(MATTER.split()) >= A_MATTER
    talk = Talk(**TALK)
    reply = talk(MATTER, "complaint")
    assert reply["card"] == {"type": "service", "kind": "complaint", "step": "contact"}
    (message,) = kept.rows(tables.messages)
    assert (message["text"], message["kind"], message["state"]) == (MATTER, "complaint", "draft")
    talk("Bỏ qua", "skip")
    assert MATTER in talk.said[0]["text"]
    assert talk("Gửi đi", "affirm")["card"]["step"] == "sent"


@pytest.mark.parametrize(
    ("message", "act"), [("tôi muốn phản ánh cán bộ", "complaint"), (MATTER, "leave_question"), (MATTER, "feedback")]
)
def test_what_only_says_that_something_will_be_told_is_no_text(kept: Kept, message: str, act: str) -> None:
    talk = Talk()
    assert talk(message, act)["card"]["step"] == "text"
    assert kept.rows(tables.messages) == []


def test_a_second_message_of_a_talk_begins_with_nothing_of_the_first(kept: Kept) -> None:
    talk = asked_to_confirm("complaint")
    talk("Gửi đi", "affirm")
    first = talk.said[0]["card"]["number"]
    talk("tôi muốn hỏi thêm", "leave_question")
    assert (step(talk), talk.slots["message_text"]) == ("text", None)
    talk("Thứ bảy có trả kết quả không?", "hours")
    assert step(talk) == "contact"
    talk("Bỏ qua", "skip")
    assert talk("Gửi đi", "affirm")["card"]["number"] != first
    assert {row["kind"] for row in kept.rows(tables.messages)} == {"complaint", "question"}


# The way to be answered


@pytest.mark.parametrize(("contact", "masked"), [(PHONE, MASKED_PHONE), (MAIL, MASKED_MAIL)])
@pytest.mark.parametrize("said", ["{}", "gọi {} nha", "số tôi là {}, gặp Lan"])
@pytest.mark.parametrize("act", ["nlu_fallback", "hotline", "affirm"])
def test_a_masked_contact_stands_for_the_one_that_the_gateway_kept(
    kept: Kept, contact: str, masked: str, said: str, act: str
) -> None:
    talk = asked_for_contact()
    kept.messages.leave_contact(CONVERSATION, contact)  # the gateway, before the message comes here
    reply = talk(said.format(masked), act)
    assert step(talk) == "confirm"
    assert masked.strip("[]") in reply["text"] and contact not in str(talk.slots)
    talk("Gửi đi", "affirm")
    (message,) = kept.rows(tables.messages)
    assert (message["state"], message["contact"]) == ("new", contact)


@pytest.mark.parametrize(
    ("message", "act"),
    [
        ("Bỏ qua", "skip"),
        ("bo qua", "nlu_fallback"),
        ("không cần đâu", "deny"),
        ("khong can", "nlu_fallback"),
        ("không", "deny"),
    ],
)
def test_nobody_has_to_leave_a_contact(kept: Kept, message: str, act: str) -> None:
    talk = asked_for_contact()
    reply = talk(message, act)
    assert step(talk) == "confirm" and BY_NUMBER in reply["text"]
    assert talk("Gửi đi", "affirm")["card"]["step"] == "sent"
    assert kept.rows(tables.messages)[0]["contact"] is None


def test_anything_else_is_answered_and_the_contact_is_asked_for_again(kept: Kept) -> None:
    talk = asked_for_contact()
    service = talk("mấy giờ mở cửa", "hours", chance=0.9)
    assert service["card"]["kind"] == "hours"
    assert (step(talk), talk.slots["requested_slot"]) == ("contact", "message_contact")
    assert talk.slots["message_text"] == TEXT


def test_a_question_about_a_procedure_in_between_is_answered_and_no_draft_outlives_the_form(kept: Kept) -> None:
    talk = asked_for_contact()
    assert talk("đăng ký kết hôn cần giấy tờ gì", aspects=["documents"], chance=0.9)["card"]["type"] == "answer"
    assert talk.form == "message_form" and talk.said[1]["card"]["step"] == "contact"
    talk("thôi", "cancel")
    assert talk.form is None and kept.rows(tables.messages) == []


@pytest.mark.parametrize("begin", [asked_for_contact, asked_to_confirm])
def test_what_was_told_is_not_dropped_without_a_word(kept: Kept, begin: Callable[[], Talk]) -> None:
    talk = begin()
    talk("đăng ký kết hôn cần giấy tờ gì", aspects=["documents"], chance=0.9)
    is_told = any("chưa gửi" in reply["text"] or "không gửi" in reply["text"] for reply in talk.said)
    assert talk.form == "message_form" or is_told


def test_a_number_in_the_text_itself_is_never_kept_unmasked(kept: Kept) -> None:
    talk = asked_for_text()
    talk(f"Gọi tôi {PHONE} hoặc {MAIL}, căn cước 079203001234", "nlu_fallback")
    (message,) = kept.rows(tables.messages)
    assert not any(part in message["text"] for part in (PHONE, MAIL, "079203001234"))


# Read back


def test_it_is_read_back_as_it_was_told_with_the_way_to_be_answered(kept: Kept) -> None:
    talk = asked_to_confirm()
    reply = talk.said[0]
    assert f"“{TEXT}”" in reply["text"] and BY_NUMBER in reply["text"]
    assert [choice["message"] for choice in reply["choices"]] == ["Gửi đi", "Viết lại", "Thôi không gửi nữa"]
    assert kept.rows(tables.messages)[0]["state"] == "draft"


@pytest.mark.parametrize(
    ("message", "act"),
    [
        ("Gửi đi", "affirm"),
        ("gui di", "nlu_fallback"),
        ("gửi giùm tôi", "leave_question"),
        ("đúng rồi", "affirm"),
        ("Đúng", "affirm"),
        ("đúng", "affirm"),
        ("ok", "nlu_fallback"),
        ("đồng ý", "nlu_fallback"),
        ("được", "choose"),
    ],
)
def test_a_yes_sends_it(kept: Kept, message: str, act: str) -> None:
    talk = asked_to_confirm()
    assert talk(message, act, chance=0.9)["card"].get("step") == "sent"
    assert kept.rows(tables.messages)[0]["state"] == "new"


@pytest.mark.parametrize(
    ("message", "act"),
    [
        ("không", "deny"),
        ("khoan đã", "deny"),
        ("đừng gửi", "deny"),
        ("không gửi", "nlu_fallback"),
        ("gửi cho ai vậy?", "ask_procedure"),
        ("mấy giờ mở cửa", "hours"),
        ("cảm ơn", "thanks"),
        ("Viết lại", "nlu_fallback"),
        ("để tôi sửa", "correct"),
        ("thôi", "cancel"),
    ],
)
def test_nothing_else_sends_it(kept: Kept, message: str, act: str) -> None:
    talk = asked_to_confirm()
    assert talk(message, act, chance=0.9)["card"].get("step") != "sent"
    assert [row["state"] for row in kept.rows(tables.messages)] in ([], ["draft"])


def test_a_plain_no_at_the_end_drops_it_and_says_so(kept: Kept) -> None:
    talk = asked_to_confirm()
    assert talk("không", "deny", chance=0.9)["card"].get("step") == "cancelled"
    assert kept.rows(tables.messages) == []


# Written again


@pytest.mark.parametrize(("message", "act"), [("Viết lại", "nlu_fallback"), ("sửa lại giúp tôi", "correct")])
def test_it_can_be_written_again(kept: Kept, message: str, act: str) -> None:
    talk = asked_to_confirm()
    talk(message, act)
    assert (step(talk), talk.slots["requested_slot"]) == ("text", "message_text")
    talk("Quầy 3 trả thiếu hai bản sao.", "nlu_fallback")
    assert step(talk) == "contact", "the draft begins anew"
    talk("Bỏ qua", "skip")
    assert step(talk) == "confirm" and "thiếu hai bản sao" in talk.said[0]["text"]
    talk("Gửi đi", "affirm")
    (row,) = kept.rows(tables.messages)
    assert (row["text"], row["state"]) == ("Quầy 3 trả thiếu hai bản sao.", "new")


def test_for_what_is_written_again_the_contact_is_asked_for_again(kept: Kept) -> None:
    talk = asked_for_contact()
    kept.messages.leave_contact(CONVERSATION, PHONE)
    talk(MASKED_PHONE, "nlu_fallback")
    talk("Viết lại", "nlu_fallback")
    talk("Quầy 3 trả thiếu hai bản sao.", "nlu_fallback")
    assert step(talk) == "contact", "the first one went with the first draft"
    kept.messages.leave_contact(CONVERSATION, MAIL)
    assert MASKED_MAIL.strip("[]") in talk(MASKED_MAIL, "nlu_fallback")["text"]
    talk("Gửi đi", "affirm")
    assert kept.rows(tables.messages)[0]["contact"] == MAIL, "it was promised to be answered there"


def test_who_leaves_no_contact_the_second_time_is_not_promised_the_first(kept: Kept) -> None:
    talk = asked_for_contact()
    kept.messages.leave_contact(CONVERSATION, PHONE)
    talk(MASKED_PHONE, "nlu_fallback")
    talk("Viết lại", "nlu_fallback")
    talk("Quầy 3 trả thiếu hai bản sao.", "nlu_fallback")
    assert BY_NUMBER in talk("Bỏ qua", "skip")["text"]
    talk("Gửi đi", "affirm")
    assert kept.rows(tables.messages)[0]["contact"] is None


# Stopped


@pytest.mark.parametrize("begin", [asked_for_text, asked_for_contact, asked_to_confirm])
@pytest.mark.parametrize("act", ACTS)
def test_to_stop_drops_the_draft_at_every_step(kept: Kept, begin: Callable[[str], Talk], act: str) -> None:
    talk = begin(act)
    reply = talk("Thôi không gửi nữa", "cancel")
    assert reply["card"] == {"type": "service", "kind": SERVICE_OF[KIND_OF[act]], "step": "cancelled"}
    assert kept.rows(tables.messages) == []
    assert_over(talk)


@pytest.mark.parametrize("begin", [asked_for_text, asked_for_contact, asked_to_confirm])
def test_to_stop_where_the_database_fails_still_stops(kept: Kept, begin: Callable[[], Talk]) -> None:
    talk = begin()
    with kept.busy():
        assert talk("Thôi không gửi nữa", "cancel")["card"]["step"] == "cancelled"
    assert_over(talk)


def test_to_stop_where_nothing_is_told_drops_nothing_and_forgets_the_offer_only(kept: Kept) -> None:
    kept.messages.draft("somebody-else", "question", "của người khác")
    talk = Talk(**TALK, candidates=["1.001193", "1.004884"])
    assert talk("thôi", "cancel")["card"] == {"type": "smalltalk", "kind": "all_right"}
    assert talk.slots["candidates"] is None
    assert_over(talk)
    assert len(kept.rows(tables.messages)) == 1


@pytest.mark.parametrize("begin", [asked_for_text, asked_for_contact, asked_to_confirm])
def test_to_start_over_leaves_nothing_to_be_filled_in(kept: Kept, begin: Callable[[], Talk]) -> None:
    talk = begin()
    assert talk("làm lại từ đầu", "start_over", chance=0.9)["card"]["kind"] == "start_over"
    assert talk.form is None and len(talk.said) == 1
    assert kept.rows(tables.messages) == []
    assert talk.remembered(*BLANK) == tuple(BLANK.values())


@pytest.mark.parametrize("act", EMERGENCIES)
@pytest.mark.parametrize("begin", [asked_for_text, asked_for_contact, asked_to_confirm])
def test_a_call_for_help_comes_first_and_is_never_taken_down(kept: Kept, begin: Callable[[], Talk], act: str) -> None:
    talk = begin()
    before = kept.rows(tables.messages)
    reply = talk("cháy nhà rồi, có người mắc kẹt", act, chance=0.9)
    assert reply["card"]["kind"] == "emergency"
    assert kept.rows(tables.messages) == before
    assert talk.form == "message_form", "what was told so far is not lost"


# The database fails


def assert_not_kept(reply: dict[str, object]) -> None:
    assert str(reply["text"]).startswith(NOT_KEPT) and assistant().ward.hotline in str(reply["text"])


def test_a_text_that_cannot_be_kept_is_said_not_to_be_kept(kept: Kept) -> None:
    talk = asked_for_text()
    with kept.busy():
        assert_not_kept(talk(TEXT, "nlu_fallback"))
    assert len(talk.said) == 1, "nor is it said that it was sent"
    assert_over(talk)


def test_a_matter_told_at_once_that_cannot_be_kept_is_said_not_to_be_kept(kept: Kept) -> None:
    talk = Talk(**TALK)
    with kept.busy():
        assert_not_kept(talk(MATTER, "complaint"))
    assert_over(talk)


def test_what_cannot_be_sent_is_said_not_to_be_kept_and_the_draft_is_not_lost(kept: Kept) -> None:
    talk = asked_to_confirm()
    with kept.busy():
        assert_not_kept(talk("Gửi đi", "affirm"))
    assert_over(talk)
    assert [row["state"] for row in kept.rows(tables.messages)] == ["draft"]


def test_a_draft_that_is_gone_is_not_said_to_be_sent(kept: Kept) -> None:
    talk = asked_to_confirm()
    kept.messages.drop(CONVERSATION)  # a day later, or the citizen had the conversation deleted
    assert_not_kept(talk("Gửi đi", "affirm"))
    assert_over(talk)


def test_what_is_written_again_and_cannot_be_kept_sends_nothing_old(kept: Kept) -> None:
    talk = asked_to_confirm()
    talk("Viết lại", "nlu_fallback")
    with kept.busy():
        assert_not_kept(talk("Quầy 3 trả thiếu hai bản sao.", "nlu_fallback"))
    assert_over(talk)
    assert [row["state"] for row in kept.rows(tables.messages)] == ["draft"]


def test_a_store_that_finds_no_free_number_is_a_failing_one(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.messages.draft("another", "question", "hỏi")
    (taken,) = kept.rows(tables.messages)
    monkeypatch.setattr(numbers, "draw", lambda kind: taken["number"])
    talk = asked_for_text()
    assert_not_kept(talk(TEXT, "nlu_fallback"))
    assert_over(talk)


def test_after_a_failure_the_same_can_be_left_again(kept: Kept) -> None:
    talk = asked_for_text()
    with kept.busy():
        talk(TEXT, "nlu_fallback")
    talk("tôi muốn gửi câu hỏi", "leave_question")
    talk(TEXT, "nlu_fallback")
    talk("Bỏ qua", "skip")
    assert talk("Gửi đi", "affirm")["card"]["step"] == "sent"


# What became of it


@pytest.fixture
def number(kept: Kept) -> str:
    kept.messages.draft("another-talk", "question", TEXT)
    return kept.messages.send("another-talk")


@pytest.mark.parametrize(("state", "words"), STATES.items())
def test_where_it_stands_is_said_by_its_number(kept: Kept, number: str, state: str, words: str) -> None:
    if state == "taken":
        kept.messages.take(number)
    reply = Talk()(number, "request_status")
    assert reply["card"] == {"type": "service", "kind": "human", "number": number}
    assert words in reply["text"] and number in reply["text"]


def test_the_answer_is_read_out_with_its_day(kept: Kept, number: str, watch: Watch) -> None:
    watch.time = datetime(2026, 11, 23, 3, 0, tzinfo=timezone.utc)
    kept.messages.answer(number, "Bạn mang giấy hẹn đến quầy 3 để nhận thêm một bản.")
    text = Talk()(f"câu {number} tới đâu rồi", "request_status")["text"]
    assert "23/11/2026" in text and "Bạn mang giấy hẹn đến quầy 3 để nhận thêm một bản." in text


def test_the_day_of_the_answer_is_the_day_in_vietnam(kept: Kept, number: str, watch: Watch) -> None:
    watch.time = datetime(2026, 11, 22, 23, 30, tzinfo=timezone.utc)  # half past six in the morning of the 23rd
    kept.messages.answer(number, "Bạn đến quầy 3.")
    assert "23/11/2026" in Talk()(number, "request_status")["text"]


@pytest.mark.parametrize("typed", [str.lower, lambda said: said.replace("-", " "), lambda said: f"mã {said} đâu rồi?"])
def test_a_number_is_known_however_it_is_typed(number: str, typed: Callable[[str], str]) -> None:
    assert Talk()(typed(number), "request_status")["card"]["number"] == number


def test_a_number_that_nobody_got_is_said_to_be_unknown(kept: Kept) -> None:
    text = Talk()("CH-2B2-3C3 sao rồi", "request_status")["text"]
    assert "không tìm thấy mã CH-2B2-3C3" in text and assistant().ward.hotline in text


def test_a_draft_has_no_number_yet(kept: Kept) -> None:
    kept.messages.draft(CONVERSATION, "question", TEXT)
    (draft,) = kept.rows(tables.messages)
    assert as_number(draft["number"]) and "không tìm thấy" in Talk()(draft["number"], "request_status")["text"]


def test_without_a_number_it_is_asked_for(kept: Kept) -> None:
    text = Talk()("câu hỏi của tôi tới đâu rồi", "request_status")["text"]
    assert "mã số" in text and as_number("CH-4K7-M2P") in text


def test_who_left_a_contact_does_not_see_it_read_out_to_whoever_knows_the_number(kept: Kept) -> None:
    kept.messages.draft("another-talk", "complaint", TEXT)
    kept.messages.leave_contact("another-talk", PHONE)
    text = Talk()(kept.messages.send("another-talk"), "request_status")["text"]
    assert PHONE not in text and TEXT not in text


def test_a_number_that_cannot_be_looked_up_is_no_unknown_number(kept: Kept, number: str) -> None:
    kept.break_down()
    talk = Talk(**TALK)
    assert_not_kept(talk(number, "request_status"))
    assert talk.remembered(*TALK) == tuple(TALK.values())


@pytest.mark.parametrize("message", ["CH-4K7-M2P", "câu hỏi của tôi tới đâu rồi"])
def test_asking_where_it_stands_changes_nothing(kept: Kept, message: str) -> None:
    talk = Talk(**TALK, candidates=["1.001193", "1.004884"])
    before = dict(talk.slots)
    talk(message, "request_status")
    assert talk.slots == before
