"""`/ho-so/<code>`: a record as a form, checked and shown while it is written, and kept as a draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from bot.store.drafts import REVIEW, EditedElsewhere
from bot.web.context import Context
from bot.web.desk.door import DESK, Door, Visitor
from bot.web.desk.editing.asking import Asking, Heard
from bot.web.desk.editing.changes import NoSuchButton, change
from bot.web.desk.editing.editor import Editor, NothingThere, Unchanged
from bot.web.desk.editing.preview import ASPECT, CASE
from bot.web.desk.editing.tree import Path
from bot.web.desk.editing.work import FORM, Work, number, received
from bot.web.desk.pages import page
from bot.web.desk.permissions import May
from bot.web.pages.listing.today import today
from bot.web.pages.prose import pieces

PATH = f"{DESK}/ho-so"
# What the buttons say; any other is a change of the form (bot/web/desk/editing/changes.py).
SAVE, OVERWRITE, CHECK, LIVE, ASK, TAKE = "luu", "ghi-de", "kiem", "song", "hoi", "lay"
TO_FILE, TO_FORM = "sang-yaml", "sang-bieu-mau"
_DONE = {
    "luu": "Đã lưu bản nháp.",
    "nhu-cu": "Chưa có gì thay đổi nên không lưu thêm.",
    "trong": "Tệp trống nên không lưu. Muốn bỏ thủ tục thì bạn bấm nút ở cuối trang.",
    "ghi-de": "Đã lưu bản của bạn thay bản kia. Bản kia vẫn còn trong lịch sử.",
    "moi": "Đã tạo bản nháp. Bạn điền từng phần rồi gửi duyệt.",
}


def routes(context: Context, door: Door) -> APIRouter:
    """The form, what its buttons do, and the preview alone."""
    router, editor, asking = APIRouter(prefix="/ho-so"), Editor(context), Asking(context)
    viewer, writer = Depends(door.allows(May.look)), Depends(door.allows(May.edit))

    def shown(
        visitor: Visitor, work: Work, *, status: int = 200, focus: Path | None = None, name: str = "page", **more: Any
    ) -> Response:
        draft = more.pop("draft") if "draft" in more else editor.drafts.get(work.code)
        listing = context.listing
        view = editor.view(work, focus)
        response = page(
            context,
            f"editing/{name}.html",
            visitor,
            status=status,
            **{
                "work": work,
                "view": view,
                "draft": draft,
                "is_removal": draft is not None and not draft.text,
                "by": editor.called(draft.by) if draft else "",
                "title": _title(work, listing.names),
                "is_listed": work.code in listing,
                "may_edit": visitor.may(May.edit),
                "in_review": draft is not None and draft.state == REVIEW,
                "is_saved": draft is not None and draft.revision == work.seen,
                "names": {code: one.name for code, one in listing.procedures.items()},
                "old_faults": [name for name in work.shown_faults if name not in view.words],
                "pieces": pieces,
                "told": "",
                "overwritten": _DONE["ghi-de"],
                "to_do": [one.note for one in context.desk.imports.to_do() if one.subject == work.code],
                "upstream_changed": work.code in editor.records.changed_upstream(work.code),
                "conflict": None,
                "heard": Heard(),
                "aspect_name": ASPECT,
                "case_name": CASE,
                **more,
            },
        )
        if name == "live" and view.digest == work.said:
            response.headers["HX-Reswap"] = "none"  # a screen reader would say the same faults at every pause
        return response

    def missing(visitor: Visitor, code: str) -> Response:
        can_return = editor.records.is_own(code) and visitor.may(May.edit)
        return page(
            context,
            "editing/missing.html",
            visitor,
            status=404,
            code=code,
            can_return=can_return,
            can_begin=code in context.listing.briefs and visitor.may(May.edit),
        )

    def open_(visitor: Visitor, code: str, query: Any, name: str = "page") -> Response:
        try:
            work, draft = editor.open(code, query.get("dang", FORM))
        except KeyError:
            return missing(visitor, code)
        work = replace(work, aspects=query.getlist(ASPECT), refs=[ref for ref in query.getlist(CASE) if ref])
        told = _DONE.get(query.get("xong", ""), "")
        return shown(visitor, work, draft=draft, told=told, name=name)

    def save(visitor: Visitor, work: Work, is_part: bool, *, over: int | None = None) -> Response:
        done = "luu" if over is None else "ghi-de"
        try:
            editor.save(work, visitor.account.name, over=over)
        except Unchanged:
            done = "nhu-cu"
        except NothingThere:
            done = "trong"
        except EditedElsewhere as elsewhere:
            other = editor.conflict(work, elsewhere)
            return shown(visitor, work, status=200 if is_part else 409, draft=elsewhere.draft, conflict=other)
        else:
            context.desk.audit.add(
                visitor.account.name, "draft_saved" if over is None else "draft_overwritten", work.code
            )
        asked = [*((ASPECT, one) for one in work.aspects), *((CASE, ref) for ref in work.refs)]
        address = urlencode([("dang", work.shown), ("xong", done), *asked])
        return RedirectResponse(f"{PATH}/{work.code}?{address}", 303)

    def done(visitor: Visitor, code: str, sent: Sequence[tuple[str, str]], is_part: bool) -> Response:
        """Whatever a button wants that needs nobody else."""
        work, order = received(code, sent), dict(sent).get("viec", CHECK)
        if order in (SAVE, OVERWRITE):
            over = number(dict(sent).get("thay", "0")) if order == OVERWRITE else None
            return save(visitor, work, is_part, over=over)
        if order == LIVE:
            return shown(visitor, work, name="live")
        focus: Path | None = None
        told = ""
        if order == TO_FILE:
            work = work.as_file()
        elif order == TO_FORM:
            work = work.as_form()
        elif order.startswith(f"{TAKE}:"):
            part = order.partition(":")[2]
            work, focus, told = editor.taken(work, part), (part,), "Đã lấy phần này. Bạn nhớ lưu."
        elif order != CHECK:
            if work.tree is None:
                raise NoSuchButton(order)
            went = change(work.tree, order, today=today())
            focus, told = went.focus, went.told
        # What stood against saving goes on standing there until it is settled.
        other = editor.conflict(work, EditedElsewhere(editor.drafts.get(code))) if "thay" in dict(sent) else None
        return shown(visitor, work, focus=focus, told=told, conflict=other)

    @router.get("/{code}")
    async def show(request: Request, code: str, visitor: Visitor = viewer) -> Response:
        return await run_in_threadpool(open_, visitor, code, request.query_params)

    @router.get("/{code}/xem-truoc")
    async def look(request: Request, code: str, visitor: Visitor = viewer) -> Response:
        return await run_in_threadpool(open_, visitor, code, request.query_params, "preview_page")

    @router.post("/{code}")
    async def sent(request: Request, code: str, visitor: Visitor = writer) -> Response:
        fields = [(name, value) for name, value in (await request.form()).multi_items() if isinstance(value, str)]
        is_part, order = "hx-request" in request.headers, dict(fields).get("viec", CHECK)
        try:
            work = received(code, fields)
            if work.question and (order == ASK or (order == CHECK and work.question != work.asked)):
                heard = await asking.ask(work)
                return await run_in_threadpool(shown, visitor, work, heard=heard)
            return await run_in_threadpool(done, visitor, code, fields, is_part)
        except (ValueError, KeyError):
            return await run_in_threadpool(
                lambda: page(context, "editing/missing.html", visitor, status=400, code=code, can_return=False)
            )

    return router


def _title(work: Work, names: Any) -> str:
    data = work.data() or {}
    return str(data.get("name") or names.get(work.code) or "Thủ tục mới")
