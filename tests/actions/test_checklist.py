"""The papers for one's own case: at most three questions, answered by button, number or in words, then the list."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pytest
from rasa_sdk import Tracker

from actions.assistant import assistant
from actions.checklist import SLOTS, understood
from actions.conversation import Turn
from bot.answers.answer import MY_CASE
from bot.answers.cases import SKIPPED, Choices, asked_of
from bot.answers.checklist import CHANGE
from bot.knowledge.procedure import Case
from tests.actions.talk import CONVERSATION, DOMAIN, Talk, latest_message, run

pytestmark = pytest.mark.slow

BIRTH, RESIDENCE, MARRIAGE, LOST_CARD = "1.001193", "1.004194", "1.000894", "1.014064"
LISTING = assistant().listing
WITH_CASES = [procedure.code for procedure in LISTING if asked_of(procedure)]
WITHOUT_CASES = [procedure.code for procedure in LISTING if not asked_of(procedure)]
ONE_QUESTION = next(code for code in WITH_CASES if len(asked_of(LISTING[code])) == 1)
EMERGENCIES = sorted(act for act in DOMAIN["intents"] if act.startswith("emergency"))
CERTIFICATE, SURROGATE, WHO = asked_of(LISTING[BIRTH])
BLANK = (None,) * len(SLOTS)


def opened(code: str = BIRTH, **slots: Any) -> Talk:
    """A talk about a procedure in which the first question was just put."""
    talk = Talk(procedure=code, topics=[code], aspects=["fee"], **slots)
    assert talk(MY_CASE.message, "checklist")["card"]["type"] == "ask"
    return talk


def shown(code: str = BIRTH, *answers: str) -> Talk:
    """A talk in which the list for these answers was just shown."""
    talk = opened(code)
    for answer in answers or ("Có giấy chứng sinh", "Bỏ qua", "Cha hoặc mẹ"):
        talk(answer, "skip" if answer == "Bỏ qua" else "choose")
    assert "checklist" in talk.said[0]["card"]
    return talk


def question_put(talk: Talk) -> str:
    """The question put last."""
    return str(talk.said[-1]["card"]["question"])


def unclear(code: str, case: Case, guess: str) -> Talk:
    """A talk in which an answer was not clear, and it was asked whether it meant `guess`."""
    talk = opened(code)
    slot = SLOTS[asked_of(LISTING[code]).index(case)]
    talk.slots.update(requested_slot=slot, case_guess=guess)
    return talk


# Put one after the other


def test_the_first_question_of_the_record_is_put_with_its_choices_as_buttons() -> None:
    talk = opened()
    (reply,) = talk.said
    assert reply["card"] == {"type": "ask", "question": CERTIFICATE.question, "code": BIRTH, "number": 1, "count": 3}
    assert [choice["message"] for choice in reply["choices"]] == [
        *(choice.label for choice in CERTIFICATE.choices),
        "Bỏ qua",
    ]
    assert all(f"{place}. {choice.label}" in reply["text"] for place, choice in enumerate(CERTIFICATE.choices, 1))
    assert (talk.form, talk.slots["requested_slot"], talk.remembered(*SLOTS)) == ("checklist_form", "case_1", BLANK)


def test_a_single_question_is_not_counted() -> None:
    (reply,) = opened(ONE_QUESTION).said
    assert (reply["card"]["number"], reply["card"]["count"]) == (1, 1)
    assert reply["text"].startswith(asked_of(LISTING[ONE_QUESTION])[0].question)


@pytest.mark.parametrize(
    "answers",
    [
        ("1", "số 1", "cái cuối"),
        ("Có giấy chứng sinh", "Không", "3"),
        ("Có giấy chứng sinh.", "KHÔNG", "nguoi khac duoc uy quyen"),
    ],
)
def test_each_answer_leads_to_the_next_question_and_the_last_to_the_list(answers: tuple[str, ...]) -> None:
    talk = opened()
    for number, answer in enumerate(answers, 1):
        assert talk.said[0]["card"]["number"] == number
        talk(answer, "choose")
    told = {"chung_sinh": "co", "mang_thai_ho": "khong", "nguoi_di": "uy_quyen"}
    card = talk.said[0]["card"]
    assert (card["type"], card["code"], card["aspects"]) == ("answer", BIRTH, ["documents"])
    assert [one["question"] for one in card["checklist"]["answers"]] == [
        CERTIFICATE.question,
        SURROGATE.question,
        WHO.question,
    ]
    assert talk.slots["case_answers"] == {BIRTH: told}
    assert (talk.form, talk.slots["requested_slot"], talk.remembered(*SLOTS)) == (None, None, BLANK)
    assert talk.remembered("procedure", "aspects", "misses") == (BIRTH, ["documents"], 0)


@pytest.mark.parametrize(
    ("answer", "choice"),
    [
        ("dạ có giấy chứng sinh của bệnh viện rồi", "co"),
        ("bé bị bỏ rơi trước cổng chùa", "bo_roi"),
        ("không có nhưng có người làm chứng việc sinh đẻ", "lam_chung"),
    ],
)
@pytest.mark.parametrize("act", ["ask_procedure", "nlu_fallback", "out_of_scope"])
def test_an_answer_may_be_given_in_words_whatever_rasa_takes_it_for(answer: str, choice: str, act: str) -> None:
    talk = opened()
    talk(answer, act)
    assert talk.slots["case_1"] == choice


@pytest.mark.parametrize(("message", "act"), [("Bỏ qua", "skip"), ("bo qua", "nlu_fallback"), ("skip", "choose")])
def test_a_question_left_out_stays_open_in_the_list(message: str, act: str) -> None:
    talk = opened()
    for _ in range(3):
        talk(message, act)
    checklist = talk.said[0]["card"]["checklist"]
    assert checklist["answers"] == []
    assert set(talk.slots["case_answers"][BIRTH].values()) == {SKIPPED}
    deciding = {f"{case.id}." for case in (CERTIFICATE, SURROGATE, WHO)}
    open_ = [one for one in LISTING[BIRTH].documents if any(ref.startswith(tuple(deciding)) for ref in one.when)]
    assert len(checklist["depends"]) == len(open_) > 0


@pytest.mark.parametrize("act", ["nlu_fallback", "deny", "ask_procedure"])
@pytest.mark.parametrize(
    "message", ["không biết", "em không rõ", "tôi không nhớ", "hổng biết nữa", "em cũng không chắc nữa", "ko biet"]
)
@pytest.mark.parametrize("code", [BIRTH, RESIDENCE, LOST_CARD])
def test_who_does_not_know_is_never_taken_to_have_chosen(code: str, message: str, act: str) -> None:
    talk = opened(code)
    talk(message, act, chance=0.9)
    assert talk.slots["case_1"] in (None, SKIPPED)


@pytest.mark.parametrize("code", WITH_CASES)
def test_every_record_with_questions_comes_to_its_list(code: str) -> None:
    talk = opened(code)
    cases = asked_of(LISTING[code])
    for case in cases:
        assert question_put(talk) == case.question
        talk(case.choices[-1].label, "nlu_fallback")
    assert len(talk.said[0]["card"]["checklist"]["answers"]) == len(cases)
    assert talk.slots["case_answers"] == {code: {case.id: case.choices[-1].id for case in cases}}


def test_the_button_of_every_choice_of_every_record_picks_that_choice() -> None:
    bot, turn = assistant(), Turn.of(Tracker("a", {}, latest_message("", "nlu_fallback"), [], False, None, {}, None))
    for code in WITH_CASES:
        for case in asked_of(LISTING[code]):
            labels = [choice.label for choice in case.choices]
            assert len(set(labels)) == len(labels), (code, case.id)
            picks = [understood(bot, replace(turn, message=label), case, None) for label in labels]
            assert picks == [choice.id for choice in case.choices], (code, case.id)


# Not clear


@pytest.fixture
def understanding_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is said in free words is unclear, and nearest to the first choice."""

    class Unsure:
        def pick(self, case: Case, answer: str) -> str | None:
            return None

        def guess(self, case: Case, answer: str) -> str:
            return case.choices[0].id

    unsure = replace(assistant(), choices=cast(Choices, Unsure()))
    monkeypatch.setattr("actions.checklist.assistant", lambda: unsure)


@pytest.mark.usefixtures("understanding_nothing")
def test_an_unclear_answer_is_asked_about_and_not_taken() -> None:
    talk = opened(ONE_QUESTION)
    talk("hình như vậy đó chị", "nlu_fallback")
    case = asked_of(LISTING[ONE_QUESTION])[0]
    guess = next(choice for choice in case.choices if choice.id == talk.slots["case_guess"])
    assert (talk.slots["case_1"], talk.form) == (None, "checklist_form")
    assert question_put(talk) == case.question and f"“{guess.label}”" in talk.said[0]["text"]
    offered = [choice["message"] for choice in talk.said[0]["choices"]]
    assert sorted(offered) == sorted([*(choice.label for choice in case.choices), "Bỏ qua"])


@pytest.mark.parametrize("guess", ["co", "lam_chung", "cam_doan"])
def test_yes_takes_what_was_asked_about(guess: str) -> None:
    talk = unclear(BIRTH, CERTIFICATE, guess)
    talk("đúng", "affirm")
    assert talk.remembered("case_1", "case_guess") == (guess, None)


@pytest.mark.parametrize("message", ["Đúng", "đúng", "dung roi"])
@pytest.mark.parametrize("guess", ["khong", "co"])
def test_the_word_that_the_reply_asks_for_is_a_yes_whatever_rasa_takes_it_for(message: str, guess: str) -> None:
    talk = unclear(BIRTH, SURROGATE, guess)
    talk(message, "nlu_fallback")
    assert talk.slots["case_2"] == guess


@pytest.mark.parametrize("message", ["không", "không phải", "sai rồi"])
@pytest.mark.parametrize(("case", "guess"), [(SURROGATE, "khong"), (CERTIFICATE, "cam_doan"), (CERTIFICATE, "co")])
def test_no_never_takes_what_was_asked_about(case: Case, guess: str, message: str) -> None:
    slot = SLOTS[asked_of(LISTING[BIRTH]).index(case)]
    talk = unclear(BIRTH, case, guess)
    talk(message, "deny", chance=0.9)
    assert talk.slots[slot] != guess


def test_another_choice_takes_that_one() -> None:
    talk = unclear(BIRTH, CERTIFICATE, "co")
    talk("Bé bị bỏ rơi", "nlu_fallback")
    assert talk.remembered("case_1", "case_guess") == ("bo_roi", None)


@pytest.mark.usefixtures("understanding_nothing")
def test_what_is_unclear_twice_is_left_open() -> None:
    talk = opened(ONE_QUESTION)
    for _ in range(2):
        talk("hình như vậy đó chị", "nlu_fallback")
    case = asked_of(LISTING[ONE_QUESTION])[0]
    assert talk.slots["case_answers"] == {ONE_QUESTION: {case.id: SKIPPED}}
    assert (talk.slots["case_guess"], talk.form) == (None, None)


def test_what_was_unclear_about_one_procedure_is_not_asked_about_another() -> None:
    talk = unclear(BIRTH, CERTIFICATE, "cam_doan")
    assert talk("đăng ký tạm trú cần giấy tờ gì", aspects=["documents"], chance=0.9)["card"]["code"] == RESIDENCE
    talk(MY_CASE.message, "checklist")
    assert question_put(talk) == asked_of(LISTING[RESIDENCE])[0].question
    assert talk.said[0]["card"]["number"] == 1


def test_starting_over_forgets_what_was_unclear() -> None:
    talk = unclear(BIRTH, CERTIFICATE, "cam_doan")
    talk("làm lại từ đầu", "start_over", chance=0.9)
    assert talk.form is None and len(talk.said) == 1
    assert talk.remembered(*SLOTS, "case_guess", "requested_slot") == (*BLANK, None, None)


# Changed


def test_one_answer_can_be_changed_and_the_list_changes_with_it() -> None:
    talk = shown()
    before = talk.said[0]["card"]["checklist"]
    change = next(choice for choice in talk.said[0]["choices"] if choice["message"] == CHANGE + CERTIFICATE.question)
    talk(change["message"], "checklist")
    assert question_put(talk) == CERTIFICATE.question
    talk("3", "choose")
    after = talk.said[0]["card"]["checklist"]
    assert after["hand_in"] != before["hand_in"]
    assert talk.slots["case_answers"][BIRTH] == {
        "chung_sinh": "cam_doan",
        "mang_thai_ho": SKIPPED,
        "nguoi_di": "cha_me",
    }


def test_every_question_that_was_put_can_be_changed() -> None:
    messages = [choice["message"] for choice in shown().said[0]["choices"]]
    assert [message for message in messages if message.startswith(CHANGE)] == [
        CHANGE + case.question for case in (CERTIFICATE, SURROGATE, WHO)
    ]


def test_the_list_asked_for_again_begins_with_the_first_question() -> None:
    talk = shown()
    talk(MY_CASE.message, "checklist")
    assert question_put(talk) == CERTIFICATE.question and talk.remembered(*SLOTS) == BLANK


def test_what_is_known_already_is_not_asked_again() -> None:
    talk = opened(case_answers={BIRTH: {"chung_sinh": "co"}, RESIDENCE: {"cach_lam": "rieng"}})
    assert (question_put(talk), talk.said[0]["card"]["number"]) == (SURROGATE.question, 2)
    talk("Không", "choose")
    talk("1", "choose")
    told = {"chung_sinh": "co", "mang_thai_ho": "khong", "nguoi_di": "cha_me"}
    assert talk.slots["case_answers"] == {BIRTH: told, RESIDENCE: {"cach_lam": "rieng"}}


def test_an_answer_that_the_record_no_longer_knows_is_asked_for_again() -> None:
    talk = opened(case_answers={BIRTH: {"chung_sinh": "khong_con_o_day", "khac": "gi_do"}})
    assert question_put(talk) == CERTIFICATE.question


# Something else in between


@pytest.mark.parametrize(
    ("message", "act", "kind"),
    [
        ("mấy giờ mở cửa", "hours", "hours"),
        ("cho tôi gặp cán bộ", "human", "human"),
        ("cảm ơn", "thanks", "thanks"),
        *(("cháy nhà rồi", act, "emergency") for act in EMERGENCIES),
    ],
)
def test_an_aside_is_answered_and_the_question_put_again(message: str, act: str, kind: str) -> None:
    talk = opened()
    assert talk(message, act, chance=0.9)["card"]["kind"] == kind
    assert question_put(talk) == CERTIFICATE.question
    assert (talk.form, talk.remembered(*SLOTS)) == ("checklist_form", BLANK)


def test_a_follow_up_is_answered_and_the_question_put_again() -> None:
    talk = opened()
    talk("1", "choose")
    card = talk("lệ phí bao nhiêu", "ask_aspect", aspects=["fee"], chance=0.9)["card"]
    assert (card["code"], card["aspects"]) == (BIRTH, ["fee"])
    assert question_put(talk) == SURROGATE.question
    assert talk.slots["case_1"] == "co"


def test_a_question_about_another_procedure_leaves_the_form_and_nothing_of_it_is_taken_along() -> None:
    talk = opened()
    talk("1", "choose")
    card = talk("đăng ký tạm trú cần giấy tờ gì", aspects=["documents"], chance=0.9)["card"]
    assert (card["type"], card["code"], talk.form) == ("answer", RESIDENCE, None)
    talk(MY_CASE.message, "checklist")
    assert question_put(talk) == asked_of(LISTING[RESIDENCE])[0].question
    assert talk.remembered(*SLOTS) == BLANK


def test_to_stop_leaves_the_form_and_keeps_the_procedure() -> None:
    talk = opened()
    talk("1", "choose")
    assert talk("thôi", "cancel", chance=0.9)["card"]["kind"] == "all_right"
    assert (talk.form, talk.slots["requested_slot"], talk.slots["procedure"]) == (None, None, BIRTH)


@pytest.mark.parametrize("act", ["hours", "thanks", "human", "rate", "repeat"])
def test_an_act_of_which_rasa_is_not_sure_may_be_an_answer(act: str) -> None:
    talk = opened()
    talk("Bé bị bỏ rơi lúc mới sinh", act, chance=0.3)
    assert talk.slots["case_1"] == "bo_roi"


# Nothing to ask


def test_where_all_bring_the_same_that_is_said_and_the_papers_are_told() -> None:
    talk = Talk(procedure=MARRIAGE, topics=[MARRIAGE])
    talk(MY_CASE.message, "checklist")
    no_cases, papers = talk.said
    assert no_cases["card"] == {"type": "smalltalk", "kind": "no_cases"}
    assert (papers["card"]["code"], papers["card"]["aspects"]) == (MARRIAGE, ["documents"])
    assert talk.form is None


# What a note of a paper says where its being needed depends on something that no question asks for.
_DEPENDING = ("nếu có", "chỉ nộp nếu", "chỉ cần khi")


def test_that_all_bring_the_same_is_not_said_where_a_paper_depends() -> None:
    told_so = []
    for code in WITHOUT_CASES:
        notes = [f"{one.name} {one.note or ''}".lower() for one in LISTING[code].documents]
        if any(words in note for note in notes for words in _DEPENDING):
            talk = Talk(procedure=code, topics=[code])
            talk(MY_CASE.message, "checklist")
            if "ai cũng nộp giấy tờ như nhau" in talk.said[0]["text"]:
                told_so.append(code)
    assert told_so == []


def test_of_a_procedure_known_in_brief_the_papers_are_told_without_questions() -> None:
    code = next(iter(LISTING.briefs))
    talk = Talk(procedure=code, topics=[code])
    assert talk(MY_CASE.message, "checklist")["card"]["code"] == code
    assert (talk.form, len(talk.said)) == (None, 1)


def test_a_procedure_named_with_it_is_the_one_asked_about() -> None:
    talk = Talk(procedure=BIRTH, topics=[BIRTH])
    talk("lập danh sách giấy tờ đăng ký tạm trú cho tôi", "checklist")
    assert (question_put(talk), talk.slots["procedure"]) == (asked_of(LISTING[RESIDENCE])[0].question, RESIDENCE)


def test_before_any_procedure_it_is_asked_which_is_meant() -> None:
    talk = Talk()
    assert talk(MY_CASE.message, "checklist")["card"] == {"type": "smalltalk", "kind": "which_procedure"}
    assert talk.form is None


@pytest.mark.parametrize("slots", [{}, {"procedure": BIRTH}])
def test_to_skip_where_nothing_was_asked_is_no_question_about_a_procedure(slots: dict[str, str]) -> None:
    assert Talk(**slots)("Bỏ qua", "skip")["card"] == {"type": "smalltalk", "kind": "all_right"}


# The form's own part


def validated(latest: dict[str, Any], **slots: Any) -> dict[str, Any]:
    """The slots that the form sets."""
    tracker = Tracker(CONVERSATION, slots, latest, [], False, None, {"name": "checklist_form"}, None)
    events, _ = run("validate_checklist_form", tracker)
    return {event["name"]: event["value"] for event in events}


def test_an_answer_is_one_to_the_question_put_and_to_no_other() -> None:
    slots = {"procedure": LOST_CARD, "requested_slot": "case_2", "case_1": "mat"}
    assert validated(latest_message("2", "choose"), **slots) == {"case_2": "tu_14", "case_guess": None}


def test_where_no_question_was_put_nothing_is_an_answer() -> None:
    assert validated(latest_message("2", "choose"), procedure=RESIDENCE) == {"requested_slot": "case_1"}


@pytest.mark.parametrize("procedure", [None, "9.999999"])
def test_without_a_record_no_slot_is_needed(procedure: str | None) -> None:
    message = latest_message("2", "choose")
    assert validated(message, procedure=procedure, requested_slot="case_1") == {"requested_slot": None}


def test_a_record_with_fewer_questions_asks_no_more_than_those() -> None:
    slots = {"procedure": RESIDENCE, "requested_slot": "case_2", "case_1": "rieng", "case_3": None}
    assert validated(latest_message("1", "choose"), **slots)["requested_slot"] is None
