"""Asking all golden questions: of the version in force, or of a candidate for the next one."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from starlette.concurrency import run_in_threadpool

from bot.answers.verdict import Expected, Outcome, Reply, failings, in_short
from bot.knowledge.candidates import Candidates
from bot.knowledge.yaml_lines import RecordError
from bot.store.golden import GoldenQuestion
from bot.store.golden_runs import Busy, Result
from bot.web.behind import Behind, BehindUnavailable
from bot.web.context import Context
from bot.web.desk.trying.names import ACTS

AT_ONCE = 20  # questions asked in one go; between two others get their turn, and it is noted how far it is
MOST_BEGINNINGS = 3  # of a run during which another version is published each time
LONGEST_SAID = 240
WAIT = 0.3  # seconds between two looks whether another run has ended
_NO_ANSWER = "Trợ lý chưa trả lời được lúc này. Bạn hỏi thử lại sau vài phút."
_OVERTAKEN = "Trong lúc hỏi thử có bản mới được xuất bản. Bạn hỏi thử lại."
_CUT_OFF = "Lần hỏi thử bị ngắt giữa chừng. Bạn hỏi thử lại."
_BROKEN = "Bản nháp có chỗ sai nên chưa hỏi thử được. Bạn sửa bản nháp trước."


@dataclass(frozen=True)
class Run:
    """What became of all golden questions; `id` is its number in the history, 0 where there was nothing to ask."""

    version: int
    results: tuple[Result, ...]
    took_ms: int
    id: int = 0

    @property
    def failed(self) -> tuple[Result, ...]:
        """Those that failed."""
        return tuple(result for result in self.results if not result.passed)


@dataclass(frozen=True)
class Flips:
    """What differs between two runs: what fails now and what passes now, as it is `after`."""

    broken: tuple[Result, ...]
    mended: tuple[Result, ...]


class BrokenCandidate(Exception):
    """The records of a candidate cannot be loaded: `faults`, a line each."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class Overtaken(Exception):
    """Again and again another version was published while the questions were asked."""


async def run(context: Context, behind: Behind, folder: Path | None = None, *, by: str = "") -> Run:
    """Ask all golden questions of the version in force, or of the candidate in `folder`, and keep what became of them.

    Waits while another run goes on. Raises BehindUnavailable, BrokenCandidate, Overtaken.
    """
    if not await run_in_threadpool(context.desk.golden.all):
        return Run(context.knowledge.now.number, (), 0)
    while True:
        try:
            number = await begin(context, folder, by=by)
            break
        except Busy:
            await asyncio.sleep(WAIT)
    return await carry_out(context, behind, number, folder)


async def begin(context: Context, folder: Path | None = None, *, by: str = "") -> int:
    """Note that a run begins, to be carried out; its number. Raises Busy while another one goes on."""
    golden, version = context.desk.golden, context.knowledge.now.number
    total = len(await run_in_threadpool(golden.all))
    candidate = folder.name if folder else ""
    return await run_in_threadpool(lambda: golden.runs.begin(version, total, candidate=candidate, by=by))


async def carry_out(context: Context, behind: Behind, number: int, folder: Path | None = None) -> Run:
    """The run that has begun with this number. Raises as `run` does; the history says why it was given up."""
    runs = context.desk.golden.runs
    fault, is_cancelled = _CUT_OFF, False

    def give_up() -> None:
        if runs.get(number).is_running:
            runs.give_up(number, fault)

    try:
        return await _asked(context, behind, number, folder)
    except asyncio.CancelledError:
        is_cancelled = True
        raise
    except BehindUnavailable:
        fault = _NO_ANSWER
        raise
    except BrokenCandidate:
        fault = _BROKEN
        raise
    except Overtaken:
        fault = _OVERTAKEN
        raise
    finally:
        if is_cancelled:  # not in a thread: while the gateway stops there are none to be had
            give_up()
        else:
            await run_in_threadpool(give_up)


def flips(before: Run, after: Run) -> Flips:
    """What differs, of the questions that both asked and that nobody has changed in between."""
    known = {(result.id, result.revision): result.passed for result in before.results}
    both = [result for result in after.results if (result.id, result.revision) in known]
    changed = [result for result in both if result.passed is not known[result.id, result.revision]]
    return Flips(
        broken=tuple(result for result in changed if not result.passed),
        mended=tuple(result for result in changed if result.passed),
    )


async def _asked(context: Context, behind: Behind, number: int, folder: Path | None) -> Run:
    golden, began = context.desk.golden, time.perf_counter()
    questions = await run_in_threadpool(golden.all)
    names = await _names(context, folder)  # of a candidate that cannot be loaded nothing is asked
    for _ in range(MOST_BEGINNINGS):
        version, replies = await _replies(context, behind, number, questions, folder)
        if len(replies) == len(questions):
            break
    else:
        raise Overtaken
    names = {**(names if folder else context.listing.names), **ACTS}
    results = tuple(judged(question, reply, names) for question, reply in zip(questions, replies))
    took_ms = round(1000 * (time.perf_counter() - began))
    await run_in_threadpool(golden.runs.end, number, version, results, took_ms)
    return Run(version, results, took_ms, number)


async def _replies(
    context: Context, behind: Behind, number: int, questions: Sequence[GoldenQuestion], folder: Path | None
) -> tuple[int, list[Reply]]:
    """The version that answered, and its replies; fewer than there are questions if another one came in between."""
    replies: list[Reply] = []
    version = context.knowledge.now.number
    for start in range(0, len(questions), AT_ONCE):
        tried = await behind.answers([one.question for one in questions[start : start + AT_ONCE]], folder)
        if tried.faults:
            raise BrokenCandidate(tried.faults)
        if folder is None:
            if replies and tried.version != version:
                break
            version = tried.version
        replies += tried.replies
        await run_in_threadpool(context.desk.golden.runs.went_on, number, len(replies))
    return version, replies


async def _names(context: Context, folder: Path | None) -> Mapping[str, str]:
    """What the procedures are called in what was asked."""
    now = context.knowledge.now
    if folder is None:
        return now.listing.names
    try:
        loaded = await run_in_threadpool(Candidates(context.settings).check, folder)
    except RecordError as error:
        raise BrokenCandidate(str(error).splitlines()) from error
    return loaded.listing.names


def judged(question: GoldenQuestion, reply: Reply, names: Mapping[str, str]) -> Result:
    """What a reply makes of a golden question."""
    wrong = failings(expected_of(question), reply, names)
    said = in_short(reply, names)
    said = said if len(said) <= LONGEST_SAID else f"{said[:LONGEST_SAID].rstrip()}…"
    return Result(question.id, question.question, not wrong, ". ".join(wrong), said, question.revision)


def expected_of(question: GoldenQuestion) -> Expected:
    """A golden question as it is judged."""
    return Expected(Outcome(question.outcome), question.procedure, question.aspects, question.facts)
