import pytest

from bot.evaluation.conversation import Heard
from bot.evaluation.golden import LONGEST_QUOTE, fault
from bot.evaluation.questions import Expect, Question

FEE = Question("g-1", "sao y mấy tiền", "", Expect.answer, ("1",), ("fee",), must=("2.000 đồng", "trang"))
OPEN = Question("g-2", "làm lại căn cước", "", Expect.choose, ("1", "2"))
NOTHING = Question("g-3", "kể chuyện cười đi", "", Expect.unknown)
SAID = "2.000 đồng một trang."


@pytest.mark.parametrize(
    ("question", "heard"),
    [
        (FEE, Heard("answer", ("1",), ("fee",), SAID)),
        (OPEN, Heard("choose", ("2", "1"))),
        (NOTHING, Heard("unknown", text="Không có trong danh mục.")),
        (NOTHING, Heard("refused")),
    ],
)
def test_what_is_right_has_no_fault(question: Question, heard: Heard) -> None:
    assert fault(question, heard) == ""


@pytest.mark.parametrize(
    ("question", "heard", "said"),
    [
        (FEE, Heard("answer", ("2",), ("fee",), SAID), "expected answer 1; got answer 2 fee"),
        (FEE, Heard("answer", ("1",), ("who", "fee"), SAID), "expected the aspects fee; got answer 1 who fee"),
        (FEE, Heard("answer", ("1",), ("fee",), "3.000 đồng một trang."), "not said: 2.000 đồng; got answer 1 fee"),
        (FEE, Heard("error"), "expected answer 1; not said: 2.000 đồng; not said: trang; got error"),
        (OPEN, Heard("choose", ("1", "3")), "expected choose 1 2; got choose 1 3"),
        (OPEN, Heard("answer", ("1",), ("overview",)), "expected choose 1 2; got answer 1 overview"),
        (NOTHING, Heard("smalltalk"), "expected unknown; got smalltalk"),
    ],
)
def test_a_fault_says_what_was_found_instead(question: Question, heard: Heard, said: str) -> None:
    assert fault(question, heard) == f"{question.id} “{question.text}”: {said}: {heard.text!r}"


def test_a_long_answer_is_quoted_in_part() -> None:
    assert fault(NOTHING, Heard("answer", ("1",), text="a" * 999)).endswith(repr("a" * LONGEST_QUOTE))
