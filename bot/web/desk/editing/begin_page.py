"""Beginning and ending: a new record, a record out of the listing or back into it, a draft given up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from bot.knowledge.record_file import as_text
from bot.store.drafts import EditedElsewhere
from bot.web.context import Context
from bot.web.desk.door import DESK, Door, Visitor
from bot.web.desk.editing.editor import Editor
from bot.web.desk.pages import page
from bot.web.desk.permissions import May
from bot.web.desk.records import CODE
from bot.web.desk.sent import number_in, sent_by

PATH = f"{DESK}/ho-so"
_BAD_CODE = "Mã gồm một chữ số, dấu chấm, rồi sáu chữ số. Ví dụ: 1.001193."
_TAKEN = "Mã này đã có trong danh mục hoặc đã có bản nháp. Bạn mở ra để sửa."
_NO_NAME = "Bạn chưa viết tên thủ tục."
_NO_FIELD = "Bạn chọn một lĩnh vực."
_ELSEWHERE = "Người khác vừa lưu bản khác của thủ tục này. Bạn xem lại rồi hãy bỏ thủ tục."


def routes(context: Context, door: Door) -> APIRouter:
    """`/moi`, `/{code}/go`, `/{code}/dua-lai`, `/{code}/bo`. To be asked before the form: 'moi' is no code."""
    router, editor = APIRouter(prefix="/ho-so"), Editor(context)
    viewer, writer = Depends(door.allows(May.look)), Depends(door.allows(May.edit))
    note = context.desk.audit.add

    def new_form(visitor: Visitor, typed: Mapping[str, str], *, fault: str = "", where: str = "") -> Response:
        return page(
            context,
            "editing/new.html",
            visitor,
            status=400 if fault else 200,
            typed=typed,
            fault=fault,
            where=where,
            fields=context.listing.fields,
            briefs=context.listing.briefs,
            may_edit=visitor.may(May.edit),
        )

    def begin(visitor: Visitor, sent: Mapping[str, str]) -> Response:
        code, name, field = (sent.get(key, "").strip() for key in ("ma", "ten", "linh-vuc"))
        if not CODE.fullmatch(code):
            return new_form(visitor, sent, fault=_BAD_CODE, where="ma")
        if code in context.listing or editor.drafts.get(code):
            return new_form(visitor, sent, fault=_TAKEN, where="ma")
        known = context.listing.briefs.get(code)
        if not (name or known):
            return new_form(visitor, sent, fault=_NO_NAME, where="ten")
        if field not in context.listing.fields:
            return new_form(visitor, sent, fault=_NO_FIELD, where="linh-vuc")
        data: dict[str, Any] = {"code": code, "name": name or (known.name if known else ""), "field": field}
        if known:
            data |= {"official_name": known.name, "levels": [level.value for level in known.levels]}
            data["source"] = {"url": known.url, "decision": known.decision, "checked_on": known.checked_on}
        return keep(visitor, code, as_text(data), "draft_saved", seen=0, then=f"{PATH}/{code}?xong=moi")

    def keep(visitor: Visitor, code: str, text: str, action: str, *, seen: int, then: str) -> Response:
        base = context.knowledge.now.number
        try:
            editor.drafts.save(code, text, by=visitor.account.name, seen=seen, base=base)
        except EditedElsewhere:
            return ask_removal(visitor, code, fault=_ELSEWHERE)
        note(visitor.account.name, action, code)
        return RedirectResponse(then, 303)

    def ask_removal(visitor: Visitor, code: str, fault: str = "") -> Response:
        if code not in context.listing:
            return page(context, "editing/missing.html", visitor, status=404, code=code, can_return=False)
        draft, listing = editor.drafts.get(code), context.listing
        pointing = [one for one in listing if code in {other.code for other in (*one.related, *one.confusable)}]
        return page(
            context,
            "editing/remove.html",
            visitor,
            status=409 if fault else 200,
            procedure=listing[code],
            draft=draft,
            by=editor.called(draft.by) if draft else "",
            pointing=pointing,
            fault=fault,
            may_edit=visitor.may(May.edit),
        )

    def discard(visitor: Visitor, code: str, seen: int) -> Response:
        try:
            editor.drafts.discard(code, seen=seen)
        except EditedElsewhere:
            return RedirectResponse(f"{PATH}/{code}", 303)
        note(visitor.account.name, "draft_discarded", code)
        return RedirectResponse(PATH, 303)

    @router.get("/moi")
    async def new(request: Request, visitor: Visitor = viewer) -> Response:
        return await run_in_threadpool(new_form, visitor, dict(request.query_params))

    @router.post("/moi")
    async def begun(request: Request, visitor: Visitor = writer) -> Response:
        return await run_in_threadpool(begin, visitor, await sent_by(request))

    @router.get("/{code}/go")
    async def removing(code: str, visitor: Visitor = viewer) -> Response:
        return await run_in_threadpool(ask_removal, visitor, code)

    @router.post("/{code}/go")
    async def removed(request: Request, code: str, visitor: Visitor = writer) -> Response:
        seen = number_in((await sent_by(request)).get("da-xem", "0"))
        if code not in context.listing:
            return await run_in_threadpool(ask_removal, visitor, code)
        then = f"{PATH}/{code}"
        return await run_in_threadpool(lambda: keep(visitor, code, "", "removal_drafted", seen=seen, then=then))

    @router.post("/{code}/dua-lai")
    async def returned(code: str, visitor: Visitor = writer) -> Response:
        text = await run_in_threadpool(editor.records.text_of, code, 0) if CODE.fullmatch(code) else ""
        if not text or code in context.listing:
            return await run_in_threadpool(ask_removal, visitor, code)
        then = f"{PATH}/{code}"
        return await run_in_threadpool(lambda: keep(visitor, code, text, "draft_saved", seen=0, then=then))

    @router.post("/{code}/bo")
    async def dropped(request: Request, code: str, visitor: Visitor = writer) -> Response:
        seen = number_in((await sent_by(request)).get("da-xem", "0"))
        return await run_in_threadpool(discard, visitor, code, seen)

    return router
