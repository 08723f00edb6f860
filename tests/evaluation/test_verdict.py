import pytest

from bot.evaluation.conversation import Heard
from bot.evaluation.questions import Question
from bot.evaluation.verdict import Verdict, in_words, judge, names_first

ANSWERABLE = Question("q", "text", "plain", codes=("1", "2"), aspects=("fee",))
UNANSWERABLE = Question("u", "text", "plain", kind="far")


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
        (Heard("unknown"), "right"),
        (Heard("refused"), "right"),
        (Heard("answer", ("3",), ("fee",)), "answered wrongly"),
        (Heard("choose", ("3", "4")), "asked back"),
        (Heard("smalltalk"), "taken for something else: smalltalk"),
    ],
)
def test_unanswerable(heard: Heard, words: str) -> None:
    assert in_words(UNANSWERABLE, heard) == words
