"""The golden set: questions that must always be answered rightly, to the fact. One that is not stops a change."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.progress import track

from bot import serve
from bot.evaluation.conversation import Heard, ask, client
from bot.evaluation.questions import QUESTIONS, Expect, Question, load
from bot.evaluation.verdict import Verdict, judge, missing_facts
from bot.settings import Settings

GOLDEN = QUESTIONS / "golden"
LONGEST_QUOTE = 300


def run(settings: Settings, console: Console) -> list[str]:
    """Ask all of them of an assistant started for it; return a line for each that failed."""
    questions = load(GOLDEN)
    with serve.running(settings) as address:
        found = faults(address, track(questions, "Asking", console=console, transient=True))
    console.print(f"{len(questions)} golden questions, {len(found)} failed")
    return found


def faults(address: str, questions: Iterable[Question]) -> list[str]:
    """What is wrong with the answers of a running assistant, a line for each question that failed."""
    with client(address) as http:
        return [said for question in questions if (said := fault(question, ask(http, question.text)))]


def fault(question: Question, heard: Heard) -> str:
    """What was found instead of what should be; empty if all is right."""
    wrong = []
    if judge(question, heard) is not Verdict.right:
        wrong.append(" ".join(["expected", question.expect.value, *question.codes]))
    elif question.expect is Expect.answer and set(heard.aspects) != set(question.aspects):
        wrong.append(f"expected the aspects {' '.join(question.aspects)}")
    wrong += [f"not said: {pattern}" for pattern in missing_facts(question, heard)]
    if not wrong:
        return ""
    got = " ".join([heard.card, *heard.codes, *heard.aspects])
    return f"{question.id} “{question.text}”: {'; '.join(wrong)}; got {got}: {heard.text[:LONGEST_QUOTE]!r}"
