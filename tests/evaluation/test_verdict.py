import unicodedata

import pytest

from bot.evaluation.conversation import Heard
from bot.evaluation.questions import Expect, Question
from bot.evaluation.verdict import Verdict, in_words, judge, missing_facts, names_first

ANSWERABLE = Question("q", "text", "plain", Expect.answer, codes=("1", "2"), aspects=("fee",))
OPEN = Question("m", "text", "plain", Expect.choose, codes=("1", "2"))
UNANSWERABLE = Question("u", "text", "plain", Expect.unknown, kind="far")


@pytest.mark.parametrize(
    ("heard", "verdict", "first", "words"),
    [
        (Heard("answer", ("2",), ("fee",)), Verdict.right, True, "right"),
        (Heard("answer", ("2",), ("who",)), Verdict.right, True, "right procedure, other aspects"),
        (Heard("answer", ("3",), ("fee",)), Verdict.wrong_answer, False, "answered wrongly"),
        (Heard("choose", ("1", "3")), Verdict.asked_back, True, "asked back, right one at place 1"),
        (Heard("choose", ("3", "2")), Verdict.asked_back, False, "asked back, right one at place 2"),
        (Heard("choose", ("3", "4")), Verdict.asked_back, False, "asked back, right one not offered"),
        (Heard("unknown"), Verdict.refused_falsely, False, "refused falsely"),
        (Heard("refused"), Verdict.refused_falsely, False, "refused falsely"),
        (Heard("service"), Verdict.elsewhere, False, "taken for something else: service"),
        (Heard("error"), Verdict.elsewhere, False, "taken for something else: error"),
    ],
)
def test_answerable(heard: Heard, verdict: Verdict, first: bool, words: str) -> None:
    assert judge(ANSWERABLE, heard) is verdict
    assert names_first(ANSWERABLE, heard) is first
    assert in_words(ANSWERABLE, heard) == words


@pytest.mark.parametrize(
    ("heard", "words"),
    [
        (Heard("choose", ("2", "1")), "right"),
        (Heard("choose", ("3", "1", "2")), "right"),
        (Heard("choose", ("1", "3")), "asked back, not all offered"),
        (Heard("answer", ("1",), ("fee",)), "answered wrongly"),
        (Heard("unknown"), "refused falsely"),
        (Heard("smalltalk"), "taken for something else: smalltalk"),
    ],
)
def test_what_leaves_the_procedure_open_is_asked_back_with_all_that_fit(heard: Heard, words: str) -> None:
    assert in_words(OPEN, heard) == words


@pytest.mark.parametrize(
    ("heard", "words"),
    [
        (Heard("unknown"), "right"),
        (Heard("refused"), "right"),
        (Heard("answer", ("3",), ("fee",)), "answered wrongly"),
        (Heard("choose", ("3", "4")), "asked back"),
        (Heard("smalltalk"), "taken for something else: smalltalk"),
    ],
)
def test_unanswerable(heard: Heard, words: str) -> None:
    assert in_words(UNANSWERABLE, heard) == words


@pytest.mark.parametrize("expect", [Expect.service, Expect.smalltalk])
def test_a_service_or_small_talk_is_known_by_its_card(expect: Expect) -> None:
    question = Question("s", "text", "plain", expect)
    assert judge(question, Heard(expect.value)) is Verdict.right
    assert judge(question, Heard("error")) is Verdict.elsewhere
    assert judge(question, Heard("unknown")) is Verdict.refused_falsely


def test_facts_are_looked_for_in_the_text_whatever_its_case_lines_and_letters() -> None:
    question = Question("q", "text", "", Expect.answer, ("1",), ("fee",), must=("miễn.*lệ phí", r"(?<!\d)15 ngày"))
    text = unicodedata.normalize("NFD", "Miễn\nLệ phí; 115 ngày")
    assert missing_facts(question, Heard("answer", ("1",), ("fee",), text)) == [r"(?<!\d)15 ngày"]
    assert missing_facts(question, Heard("answer", ("1",), ("fee",), text + ", 15 ngày")) == []


def test_a_right_answer_without_its_facts_is_told_by_what_is_not_said() -> None:
    question = Question("q", "text", "", Expect.answer, ("1",), ("fee",), must=("8.000", "nghèo"))
    heard = Heard("answer", ("1",), ("fee",), "Hộ nghèo không phải nộp.")
    assert judge(question, heard) is Verdict.right
    assert in_words(question, heard) == "right procedure and aspects, not said: 8.000"
