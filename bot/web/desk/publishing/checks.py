"""A check before publishing, in the background: does it load, and what becomes of the golden questions?

Checks live in the memory of the gateway, which is one process: a restart in between loses the check and nothing else.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool

from bot.knowledge.candidates import Candidates
from bot.knowledge.overlay import read_overlay
from bot.knowledge.yaml_lines import RecordError
from bot.store import clock
from bot.web.behind import BehindUnavailable
from bot.web.context import Context
from bot.web.desk.golden.running import BrokenCandidate, Flips, Overtaken, Run, flips, run
from bot.web.desk.publishing.faults import Fault, in_words
from bot.web.desk.publishing.plans import Plan

MOST = 30  # checks that are remembered
_log = logging.getLogger("gateway")


class Step(str, Enum):
    """How far a check is; the last three are ends."""

    loading = "loading"
    preparing = "preparing"
    asking_now = "asking_now"
    asking_next = "asking_next"
    done = "done"
    faulty = "faulty"  # the records are broken: `faults`
    failed = "failed"  # it could not be checked: `trouble`


ENDS = frozenset({Step.done, Step.faulty, Step.failed})


@dataclass
class Check:
    """One check; `fingerprint` is of the content that was checked, `number` of the version it became, if any."""

    id: str
    plan: Plan
    by: str
    at: datetime
    step: Step = Step.loading
    folder: Path | None = None
    fingerprint: str = ""
    faults: tuple[Fault, ...] = ()
    trouble: str = ""
    before: Run | None = None
    after: Run | None = None
    flips: Flips | None = None
    number: int | None = None
    task: asyncio.Task[None] | None = field(default=None, repr=False)

    @property
    def has_ended(self) -> bool:
        """Whether there is nothing to wait for any more."""
        return self.step in ENDS

    @property
    def breaks(self) -> bool:
        """Whether a golden question fails that passes now."""
        return bool(self.flips and self.flips.broken)

    def figures(self) -> dict[str, Any]:
        """What is kept with the version of what the golden questions said."""
        if self.before is None or self.after is None or self.flips is None:
            return {"asked": False}
        return {
            "asked": True,
            "total": len(self.after.results),
            "passed": len(self.after.results) - len(self.after.failed),
            "passed_before": len(self.before.results) - len(self.before.failed),
            "broken": [result.question for result in self.flips.broken],
            "mended": [result.question for result in self.flips.mended],
        }


class Checks:
    """The checks of this process."""

    def __init__(self, context: Context, candidates: Candidates) -> None:
        self._context, self._candidates = context, candidates
        self._all: dict[str, Check] = {}

    def begin(self, plan: Plan, by: str) -> Check:
        """Check a plan in the background."""
        check = Check(secrets.token_hex(8), plan, by, clock.now())
        self._all[check.id] = check
        for old in list(self._all)[:-MOST]:
            if self._all[old].has_ended:
                del self._all[old]
        check.task = asyncio.get_running_loop().create_task(self._run(check))
        return check

    def get(self, number: str) -> Check | None:
        """A check of this process, if it is one."""
        return self._all.get(number)

    async def _run(self, check: Check) -> None:
        try:
            await self._checked(check)
            check.step = Step.done
        except (RecordError, BrokenCandidate) as broken:
            check.faults = tuple(in_words(str(broken).splitlines()))
            check.step = Step.faulty
        except (BehindUnavailable, Overtaken) as missing:
            check.trouble, check.step = TROUBLES[type(missing)], Step.failed
        except FileNotFoundError:
            check.trouble, check.step = "Bản này không còn nữa.", Step.failed
        except Exception:
            _log.exception("a check before publishing failed")
            check.trouble, check.step = "Có lỗi khi kiểm tra. Bạn thử lại.", Step.failed

    async def _checked(self, check: Check) -> None:
        check.folder = await run_in_threadpool(check.plan.folder, self._candidates)
        check.fingerprint = await run_in_threadpool(lambda folder: read_overlay(folder).fingerprint, check.folder)
        await run_in_threadpool(self._candidates.check, check.folder)
        check.step = Step.preparing
        if faults := (await self._context.behind.answers([], check.folder)).faults:
            raise BrokenCandidate(faults)
        check.step = Step.asking_now
        check.before = await run(self._context, self._context.behind, by=check.by)
        check.step = Step.asking_next
        check.after = await run(self._context, self._context.behind, check.folder, by=check.by)
        check.flips = flips(check.before, check.after)


TROUBLES: Mapping[type[Exception], str] = {
    BehindUnavailable: "Trợ lý chưa trả lời được, nên chưa hỏi thử được câu chuẩn. Bạn thử lại sau ít phút.",
    Overtaken: "Trong lúc kiểm tra có người xuất bản bản khác. Bạn kiểm tra lại.",
}
