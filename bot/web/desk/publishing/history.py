"""What was published when, by whom and why; and the way back, for one record or for all."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from bot.knowledge.versions import PublishedElsewhere
from bot.knowledge.yaml_lines import RecordError
from bot.store.drafts import WARD
from bot.web.context import Context
from bot.web.desk.door import Door, Visitor
from bot.web.desk.pages import page
from bot.web.desk.permissions import May
from bot.web.desk.publishing.faults import in_words
from bot.web.desk.publishing.plans import Plan
from bot.web.desk.publishing.works import REVIEWING, Works, form_of, history_of, words_of
from bot.web.desk.sent import PageNumber, PathNumber, number_in, sent_by

ON_A_PAGE = 20
COMPARED = 30  # records of one version whose differences are shown
_NO_WHY = "Bạn ghi vì sao quay lại."
_NO_SUCH = "Không có bản này."
_NO_RECORD = "Không có thủ tục này."
_ELSEWHERE = "Vừa có người xuất bản bản khác. Bạn xem lại rồi quay lại nếu vẫn cần."
_SAME = "Bản đó giống hệt bản đang dùng, nên không có gì để quay lại."


def routes(context: Context, door: Door, works: Works) -> APIRouter:
    """`/duyet/phien-ban…` and `/ho-so/{subject}/lich-su`."""
    router, versions = APIRouter(), works.versions
    viewer, approver = Depends(door.allows(May.look)), Depends(door.allows(May.publish))

    def missing(visitor: Visitor, words: str) -> Response:
        return page(context, "publishing/lost.html", visitor, status=404, words=words)

    def all_of(visitor: Visitor, number: int) -> Response:
        found = versions.all()
        first = (number - 1) * ON_A_PAGE
        return page(
            context,
            "publishing/versions.html",
            visitor,
            versions=found[first : first + ON_A_PAGE],
            number=number,
            more=len(found) > first + ON_A_PAGE,
            called=works.called,
        )

    def one(visitor: Visitor, number: int, *, status: int = 200, **said: Any) -> Response:
        said = {"fault": "", "faults": [], "typed": "", **said}
        current = versions.current()
        if number > current or number < 0:
            return missing(visitor, _NO_SUCH)
        try:
            version = versions.version(number) if number else None
        except FileNotFoundError:
            return missing(visitor, _NO_SUCH)
        changed = works.reader.of_version(number, most=COMPARED) if number else []
        return page(
            context,
            "publishing/version.html",
            visitor,
            status=status,
            number=number,
            version=version,
            changed=changed,
            others=len(version.changes) - len(changed) if version else 0,
            back=len(versions.changes(current, number)) if number != current else 0,
            current=current,
            drafts=len(context.desk.drafts.all()),
            called=works.called,
            history_of=history_of,
            form_of=form_of,
            may_publish=visitor.may(May.publish),
            **said,
        )

    def of_record(visitor: Visitor, subject: str, *, status: int = 200, **said: Any) -> Response:
        said = {"fault": "", "faults": [], "typed": "", **said}
        found = versions.history(context.settings.ward if subject == WARD else subject)
        revisions = context.desk.drafts.revisions(subject)
        now = works.records.text_of(subject)
        if not (found or revisions or now):
            return missing(visitor, _NO_RECORD)
        steps = [(version, works.reader.compare_in(subject, version.parent, version.number)) for version in found]
        first = works.records.text_of(subject, 0)
        originally = works.records.changed_upstream(subject).get(subject)
        return page(
            context,
            "publishing/history.html",
            visitor,
            status=status,
            subject=subject,
            title=works.reader.name_of(subject, now),
            steps=steps[:COMPARED],
            same_as_now={
                number
                for number in [0, *(version.number for version in found)]
                if works.records.text_of(subject, number) == now
            },
            has_own=bool(first),
            upstream=None if originally is None else works.reader.compare(subject, originally, first),
            revisions=[
                (revision, works.reader.compare(subject, works.records.text_of(subject, revision.base), revision.text))
                for revision in revisions[:COMPARED]
            ],
            current=versions.current(),
            form=form_of(subject),
            called=works.called,
            form_of=form_of,
            may_publish=visitor.may(May.publish),
            **said,
        )

    async def go_back(visitor: Visitor, plan: Plan, sent: dict[str, str], why: str) -> Response:
        """Check first, or publish at once. Raises RecordError, PublishedElsewhere."""
        if sent.get("cach") == "thu":
            check = works.checks.begin(plan, visitor.account.name)
            return RedirectResponse(f"{REVIEWING}/thu/{check.id}", 303)
        number = await works.publisher.publish_at_once(plan, by=visitor.account.name, why=why)
        return RedirectResponse(f"{REVIEWING}/xuat-ban/{number}", 303)

    @router.get("/duyet/phien-ban")
    async def list_all(trang: PageNumber = 1, visitor: Visitor = viewer) -> Response:
        return await run_in_threadpool(all_of, visitor, max(1, trang))

    @router.get("/duyet/phien-ban/{number}")
    async def show_one(number: PathNumber, visitor: Visitor = viewer) -> Response:
        return await run_in_threadpool(one, visitor, number)

    @router.post("/duyet/phien-ban/{number}/quay-lai")
    async def roll_back(request: Request, number: PathNumber, visitor: Visitor = approver) -> Response:
        sent = await sent_by(request)
        why = words_of(sent, "vi-sao")
        said: dict[str, Any] = {"typed": why}
        try:
            plan = await run_in_threadpool(works.planner.of_version, number)
            if not why and sent.get("cach") != "thu":
                said |= {"status": 400, "fault": _NO_WHY}
            elif not await run_in_threadpool(versions.changes, plan.parent, number):
                said |= {"status": 409, "fault": _SAME}
            else:
                return await go_back(visitor, plan, sent, why)
        except FileNotFoundError:
            return missing(visitor, _NO_SUCH)
        except PublishedElsewhere:
            said |= {"status": 409, "fault": _ELSEWHERE}
        except RecordError as broken:
            said |= {"status": 409, "faults": in_words(str(broken).splitlines())}
        return await run_in_threadpool(lambda: one(visitor, number, **said))

    @router.get("/ho-so/{subject}/lich-su")
    async def show_record(subject: str, visitor: Visitor = viewer) -> Response:
        return await run_in_threadpool(of_record, visitor, subject)

    @router.post("/ho-so/{subject}/lich-su/quay-lai")
    async def roll_back_record(request: Request, subject: str, visitor: Visitor = approver) -> Response:
        sent = await sent_by(request)
        why, number = words_of(sent, "vi-sao"), number_in(sent.get("ban", ""))
        said: dict[str, Any] = {"typed": why}
        try:
            plan = await run_in_threadpool(works.planner.of_record, subject, number)
            if not why and sent.get("cach") != "thu":
                said |= {"status": 400, "fault": _NO_WHY}
            elif await run_in_threadpool(lambda: _same(works, subject, number)):
                said |= {"status": 409, "fault": _SAME}
            else:
                return await go_back(visitor, plan, sent, why)
        except FileNotFoundError:
            return missing(visitor, _NO_SUCH)
        except PublishedElsewhere:
            said |= {"status": 409, "fault": _ELSEWHERE}
        except RecordError as broken:
            said |= {"status": 409, "faults": in_words(str(broken).splitlines())}
        return await run_in_threadpool(lambda: of_record(visitor, subject, **said))

    return router


def _same(works: Works, subject: str, number: int) -> bool:
    return works.records.text_of(subject) == works.records.text_of(subject, number)
