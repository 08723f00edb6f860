"""What somebody thinks of an answer: right, wrong and what would be right, or unclear; and the way to a golden one."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from bot.answers.verdict import Outcome
from bot.store.judgements import Judgement, Said, Verdict
from bot.web.context import Context
from bot.web.desk.door import Door, Visitor
from bot.web.desk.permissions import May
from bot.web.desk.trying.form import before_in, field, first_code, said_in, verdict_in
from bot.web.desk.trying.judge_form import MOST_OFFERED, JudgeForm, facts_in
from bot.web.desk.trying.names import VERDICTS
from bot.web.desk.trying.shown import shown
from bot.web.pages.listing.looking import Looker

_ASKED = Query("", alias="tim-thu-tuc")
_CHOOSE = "Bạn chọn Đúng, Sai hay Chưa rõ rồi bấm “Ghi đánh giá”."
_PICK = "Có những thủ tục dưới đây. Bạn chọn một, rồi bấm “Ghi đánh giá”."
_NOT_FOUND = "Không thấy thủ tục nào như vậy. Bạn thử từ khác, hoặc gõ mã thủ tục."


def routes(context: Context, door: Door) -> APIRouter:
    """`/thu/danh-gia` (to judge) and `/thu/tim` (a procedure to name)."""
    router, desk, look = APIRouter(), context.desk, Looker(context)
    tester, judge = Depends(door.allows(May.test)), Depends(door.allows(May.judge))

    def keep(said: Said, verdict: Verdict, by: str) -> Judgement:
        judgement = desk.judgements.add(said, verdict, by=by)
        desk.audit.add(by, "answer_judged", said.procedure, f"{VERDICTS[verdict.verdict]}: {said.question}")
        return judgement

    async def named_by(words: str) -> tuple[str, ...]:
        """The codes of the procedures that somebody may mean by a name or a code."""
        if named := first_code(words):
            return (named,) if named in context.listing.names else ()
        found = (await look(words)).results if words.strip() else ()
        return tuple(hit.code for hit in found[:MOST_OFFERED])

    @router.post("/danh-gia")
    async def judged(request: Request, visitor: Visitor = judge) -> Response:
        form = await request.form()
        before, token = before_in(form), field(form, "phien")

        def again(fault: str, found: tuple[str, ...] = ()) -> Response:
            filled = JudgeForm.of(form, fault=fault, found=found)
            values = {"judging": filled, "before": before, "token": token}
            return shown(context, request, visitor, part="trying_judge", status=400, **values)

        verdict, wanted = verdict_in(form), field(form, "tim-thu-tuc")
        if verdict.verdict not in VERDICTS:
            return again(_CHOOSE)
        if verdict.right_outcome in ("answer", "choose") and not verdict.right_procedure and wanted.strip():
            found = await named_by(wanted)
            return again(_PICK if found else _NOT_FOUND, found)
        try:
            judgement = await run_in_threadpool(keep, said_in(form), verdict, visitor.account.name)
        except ValueError:
            return again(_CHOOSE)
        return shown(
            context,
            request,
            visitor,
            part="trying_judged",
            judgement=judgement,
            golden=golden_of(judgement, facts_in(form)),
            token=token,
            after=before,
        )

    @router.get("/tim")
    async def find(request: Request, visitor: Visitor = tester, q: str = _ASKED) -> Response:
        rows = [(code, context.listing.names[code]) for code in await named_by(q)]
        return shown(context, request, visitor, part="trying_found", found=rows, look=q, picked="")

    return router


def golden_of(judgement: Judgement, facts: tuple[str, ...]) -> dict[str, object] | None:
    """What a golden question made of a judgement says, by the fields of its form; None where nobody said what is
    right."""
    said, verdict = judgement.said, judgement.verdict
    if verdict.verdict == "right":
        parts = {"ket-qua": said.outcome, "thu-tuc": said.procedure, "khia-canh": said.aspects, "su-that": facts}
    elif verdict.right_outcome:
        parts = {
            "ket-qua": verdict.right_outcome,
            "thu-tuc": verdict.right_procedure,
            "khia-canh": verdict.right_aspects,
            "su-that": (),
        }
    else:
        return None
    if parts["ket-qua"] == Outcome.answer.value and not parts["thu-tuc"]:
        return None
    return {"cau": said.question, "ghi-chu": verdict.remark, **parts}
