"""The check before publishing, page by page: chosen, going on, what it found, published."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from bot.knowledge.versions import Kind, PublishedElsewhere
from bot.store.drafts import REVIEW, Draft
from bot.web.context import Context
from bot.web.desk.door import Door, Visitor
from bot.web.desk.pages import page
from bot.web.desk.permissions import May
from bot.web.desk.publishing.checks import Check, Step
from bot.web.desk.publishing.publisher import ChangedSinceCheck
from bot.web.desk.publishing.reading import Compared, subject_of
from bot.web.desk.publishing.works import REVIEWING, Works, form_of, words_of
from bot.web.desk.sent import sent_by

STEPS = {
    Step.loading: "Đọc lại nội dung và tìm chỗ sai",
    Step.preparing: "Chuẩn bị cho trợ lý trả lời theo bản mới",
    Step.asking_now: "Hỏi thử câu chuẩn theo bản đang dùng",
    Step.asking_next: "Hỏi thử câu chuẩn theo bản mới",
}
COMPARED = 50  # records whose differences are shown when the whole listing is to go back
_CHOSE_NONE = "Bạn chưa chọn bản nháp nào đang chờ duyệt."
_LOST = "Lần kiểm tra này không còn, có thể vì máy chủ vừa khởi động lại. Bản nháp vẫn còn nguyên, bạn kiểm tra lại."
_NO_WHY = "Bạn ghi vì sao xuất bản."
_NO_GOLDEN_WHY = "Có câu chuẩn sẽ không đạt. Bạn ghi vì sao vẫn xuất bản, hoặc trả lại bản nháp cho người soạn."
_ELSEWHERE = (
    "Trong lúc bạn xem, {who} đã xuất bản bản {number}. Chưa có gì của bạn bị mất. Bạn kiểm tra lại trên bản đó."
)
_CHANGED = "Sau khi kiểm tra, có bản nháp đã đổi: {names}. Chưa xuất bản gì. Bạn kiểm tra lại rồi xuất bản."
_UNDER_WAY = "Lần kiểm tra này chưa xong hoặc có lỗi, nên chưa xuất bản được."


def routes(context: Context, door: Door, works: Works) -> APIRouter:
    """`/duyet/thu` and `/duyet/xuat-ban`."""
    router, store = APIRouter(prefix="/duyet"), context.desk.drafts
    viewer, approver = Depends(door.allows(May.look)), Depends(door.allows(May.publish))

    def compared(check: Check) -> list[Compared]:
        plan = check.plan
        if plan.back_to is not None:
            subjects = [subject_of(change) for change in works.versions.changes(plan.parent, plan.back_to)][:COMPARED]
            return [works.reader.compare_in(subject, plan.parent, plan.back_to) for subject in subjects]
        found = []
        for edit in plan.edits:
            subject, is_gone = subject_of(edit.change), edit.change.kind is Kind.removed
            after = edit.text or ("" if is_gone else works.records.text_of(subject, 0))
            found.append(works.reader.compare(subject, works.records.text_of(subject, plan.parent), after))
        return found

    def shown(visitor: Visitor, check: Check, *, status: int = 200, **said: Any) -> Response:
        drafts = [draft for subject in check.plan.drafts if (draft := store.get(subject))]
        said = {"fault": "", "again": False, "why": "; ".join(dict.fromkeys(d.why for d in drafts if d.why)), **said}
        writers = [store.writer(subject, seen) for subject, seen in check.plan.drafts.items()]
        return page(
            context,
            "publishing/check.html",
            visitor,
            status=status,
            check=check,
            steps=STEPS,
            reached=list(STEPS).index(check.step) if check.step in STEPS else len(STEPS),
            going_on=None if check.has_ended else context.desk.golden.runs.going_on(),
            seen=seen_of(check),
            compared=compared(check) if check.step is Step.done else [],
            form_of=form_of,
            is_own=visitor.account.name in writers,
            may_publish=visitor.may(May.publish),
            **{"golden_why": "", **said},
        )

    def to_publish() -> list[Draft]:
        """What waits, but for drafts that would change nothing."""
        waiting = [draft for draft in store.all() if draft.state == REVIEW]
        overlay = works.versions.overlay()
        return [draft for draft in waiting if draft.text != works.records.text_in(overlay, draft.subject)]

    def seen_of(check: Check) -> str:
        going_on = None if check.has_ended else context.desk.golden.runs.going_on()
        return f"{check.step.value}.{going_on.done if going_on else 0}"

    def lost(visitor: Visitor) -> Response:
        return page(context, "publishing/lost.html", visitor, status=404, words=_LOST)

    @router.post("/thu")
    async def begin(request: Request, visitor: Visitor = approver) -> Response:
        sent = await request.form()
        chosen = {str(subject) for subject in sent.getlist("ho-so")}
        waiting = await run_in_threadpool(to_publish)
        if not sent.get("tat-ca"):
            waiting = [draft for draft in waiting if draft.subject in chosen]
        if not waiting:
            return page(context, "publishing/lost.html", visitor, status=400, words=_CHOSE_NONE)
        try:
            plan = await run_in_threadpool(works.planner.of_drafts, waiting)
        except ValueError as broken:
            words = (
                f"Bản nháp {str(broken).partition(':')[0]} không đọc được. Bạn mở biểu mẫu, lưu lại rồi gửi duyệt lại."
            )
            return page(context, "publishing/lost.html", visitor, status=400, words=words)
        check = works.checks.begin(plan, visitor.account.name)
        await run_in_threadpool(
            context.desk.audit.add, visitor.account.name, "drafts_checked", "", ", ".join(plan.subjects)
        )
        return RedirectResponse(f"{REVIEWING}/thu/{check.id}", 303)

    @router.get("/thu/{number}")
    async def progress(request: Request, number: str, seen: str = "", visitor: Visitor = viewer) -> Response:
        check = works.checks.get(number)
        if check is None:
            return await run_in_threadpool(lost, visitor)
        if seen == await run_in_threadpool(seen_of, check):
            return Response(status_code=204)  # htmx leaves the page as it is, and nobody is told the same again
        response = await run_in_threadpool(shown, visitor, check)
        if check.has_ended and "hx-request" in request.headers:
            response.headers["HX-Refresh"] = "true"  # the whole page, with another title and what was found
        return response

    @router.post("/xuat-ban")
    async def publish(request: Request, visitor: Visitor = approver) -> Response:
        sent = await sent_by(request)
        check = works.checks.get(sent.get("lan", ""))
        if check is None:
            return await run_in_threadpool(lost, visitor)
        why, golden_why = words_of(sent, "vi-sao"), words_of(sent, "van-xuat-ban")
        typed = {"why": why, "golden_why": golden_why}
        if not why or (check.breaks and not golden_why):
            fault = _NO_WHY if not why else _NO_GOLDEN_WHY
            return await run_in_threadpool(lambda: shown(visitor, check, status=400, fault=fault, **typed))
        try:
            number = await works.publisher.publish_checked(
                check, by=visitor.account.name, why=why, golden_why=golden_why if check.breaks else ""
            )
        except PublishedElsewhere:
            fault = await run_in_threadpool(_elsewhere, works)
        except ChangedSinceCheck as changed:
            fault = _CHANGED.format(names=", ".join(map(works.reader.name_of, changed.subjects)))
        except ValueError:
            fault = _UNDER_WAY
        else:
            return RedirectResponse(f"{REVIEWING}/xuat-ban/{number}", 303)
        return await run_in_threadpool(lambda: shown(visitor, check, status=409, fault=fault, again=True, **typed))

    return router


def _elsewhere(works: Works) -> str:
    number = works.versions.current()
    who = works.called(works.versions.version(number).by) if number else "có người"
    return _ELSEWHERE.format(who=who, number=number)
