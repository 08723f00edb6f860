"""Publishing what was checked, and watching until citizens are answered from it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.concurrency import run_in_threadpool

from bot.knowledge.candidates import Candidates
from bot.knowledge.overlay import read_overlay
from bot.knowledge.versions import Order, PublishedElsewhere, Version, Versions
from bot.store import clock
from bot.store.drafts import REVIEW
from bot.web.behind import BehindUnavailable
from bot.web.context import Context
from bot.web.desk.publishing.checks import Check, Step
from bot.web.desk.publishing.plans import Plan, Planner
from bot.web.keeping import keep_up

LOOK_EVERY = 0.1  # seconds between two looks whether a version is in force everywhere
LOOK_SELDOM = 5.0  # once it is late
LATE = 30.0  # seconds after which it is said that something is amiss
WATCHED = 600.0  # seconds until nobody looks any more
MOST = 30  # arrivals that are remembered
_log = logging.getLogger("gateway")


class ChangedSinceCheck(Exception):
    """A draft is another one than was checked: `subjects`."""

    def __init__(self, subjects: list[str]) -> None:
        super().__init__(", ".join(subjects))
        self.subjects = subjects


@dataclass
class Arrival:
    """A version on its way to where citizens are answered: seconds from the click, None until it is there."""

    number: int
    began: float
    at_gateway: float | None = None
    at_actions: float | None = None
    task: asyncio.Task[None] | None = field(default=None, repr=False)

    @property
    def took(self) -> float | None:
        """Seconds until it was everywhere."""
        if self.at_gateway is None or self.at_actions is None:
            return None
        return max(self.at_gateway, self.at_actions)

    @property
    def is_late(self) -> bool:
        """Whether it should have been there by now."""
        return self.took is None and time.monotonic() - self.began > LATE


class Publisher:
    """Publishes plans, one at a time."""

    def __init__(self, context: Context, planner: Planner, candidates: Candidates) -> None:
        self._context, self._planner, self._candidates = context, planner, candidates
        self._versions = Versions(context.settings.published_folder)
        self._alone = asyncio.Lock()
        self._arrivals: dict[int, Arrival] = {}

    async def publish_checked(self, check: Check, *, by: str, why: str, golden_why: str = "") -> int:
        """Publish what a check was of, if it still is that; the number of the version.

        Raises ChangedSinceCheck, PublishedElsewhere, ValueError for a check that has not gone well.
        """
        async with self._alone:
            if check.number is not None:  # the button was pressed twice
                return check.number
            if check.step is not Step.done:
                raise ValueError("the check has not gone well")
            began = time.monotonic()
            await run_in_threadpool(self._same, check)
            golden = {**check.figures(), **({"why": golden_why} if golden_why else {})}
            number = check.plan.parent + 1
            try:
                await run_in_threadpool(self._publish, check.plan, by, why, golden)
            except PublishedElsewhere:
                raise
            except Exception:
                # In force though it could not be noted: the second press must not be told of somebody else.
                check.number = number if self._versions.current() == number else None
                raise
            check.number = number
        self._watch(number, began)
        return number

    async def publish_at_once(self, plan: Plan, *, by: str, why: str) -> int:
        """Publish a plan without asking the golden questions, having loaded it; the number of the version.

        Raises RecordError, PublishedElsewhere, FileNotFoundError.
        """
        async with self._alone:
            began = time.monotonic()
            await run_in_threadpool(lambda: self._candidates.check(plan.folder(self._candidates)))
            version = await run_in_threadpool(self._publish, plan, by, why, {"asked": False})
        self._watch(version.number, began)
        return version.number

    def arrival(self, number: int) -> Arrival | None:
        """How far a version is that this process published."""
        return self._arrivals.get(number)

    def _same(self, check: Check) -> None:
        """Raise ChangedSinceCheck unless the drafts are those that were checked, and make what was checked."""
        drafts, plan = self._context.desk.drafts, check.plan
        found = {subject: drafts.get(subject) for subject in plan.drafts}
        same = {s for s, draft in found.items() if draft and draft.state == REVIEW and draft.revision == plan.drafts[s]}
        if changed := [subject for subject in plan.drafts if subject not in same]:
            raise ChangedSinceCheck(changed)
        if self._versions.current() != plan.parent:
            raise PublishedElsewhere(f"version {self._versions.current()} was published after {plan.parent}")
        if plan.drafts:
            plan = self._planner.of_drafts([draft for draft in found.values() if draft])
        # Whatever the way of it: what is published is byte for byte what was loaded and asked.
        if read_overlay(plan.folder(self._candidates)).fingerprint != check.fingerprint:
            raise ChangedSinceCheck(check.plan.subjects)

    def _publish(self, plan: Plan, by: str, why: str, golden: Mapping[str, Any]) -> Version:
        writers = self._writers(plan)
        version = plan.publish(self._versions, Order(plan.parent, clock.now(), by, why, golden))
        self._note(plan, version, writers)
        self._context.desk.drafts.published(dict(plan.drafts))
        return version

    def _note(self, plan: Plan, version: Version, writers: Mapping[str, str]) -> None:
        broken = version.golden.get("broken") or []
        detail = [
            version.why,
            "" if plan.back_to is None else f"quay lại bản {plan.back_to}",
            "" if version.golden.get("asked") else "không hỏi thử câu chuẩn",
            f"{len(broken)} câu chuẩn không đạt nữa: {version.golden.get('why', '')}" if broken else "",
            ", ".join(f"{subject} (soạn: {by})" for subject, by in writers.items()),
            "tự duyệt bản mình soạn" if version.by in writers.values() else "",
        ]
        action = "version_rolled_back" if plan.back_to is not None else "version_published"
        if plan.back_to is None and not plan.drafts:
            action = "record_rolled_back"
            detail.append(", ".join(plan.subjects))
        self._context.desk.audit.add(version.by, action, str(version.number), ". ".join(filter(None, detail)))

    def _writers(self, plan: Plan) -> dict[str, str]:
        """Who wrote the drafts: submitting them is another thing."""
        drafts = self._context.desk.drafts
        return {subject: drafts.writer(subject, revision) for subject, revision in plan.drafts.items()}

    def _watch(self, number: int, began: float) -> None:
        arrival = self._arrivals[number] = Arrival(number, began)
        for old in list(self._arrivals)[:-MOST]:
            del self._arrivals[old]
        arrival.task = asyncio.get_running_loop().create_task(self._follow(arrival))

    async def _follow(self, arrival: Arrival) -> None:
        def passed() -> float:
            return time.monotonic() - arrival.began

        while arrival.took is None and passed() < WATCHED:
            if arrival.at_gateway is None and await self._gateway_has(arrival.number):
                arrival.at_gateway = passed()
            if arrival.at_actions is None and await self._actions_have(arrival.number):
                arrival.at_actions = passed()
            await asyncio.sleep(LOOK_SELDOM if arrival.is_late else LOOK_EVERY)

    async def _gateway_has(self, number: int) -> bool:
        try:
            await keep_up(self._context)
        except Exception:  # what was in force stays in force, and the page says that it does
            _log.exception("the published version cannot be used")
        return self._context.knowledge.now.number >= number

    async def _actions_have(self, number: int) -> bool:
        try:
            return (await self._context.behind.answers([])).version >= number
        except BehindUnavailable:
            return False
