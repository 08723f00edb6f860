"""`/phuong`: the ward's profile as a form or as the text of its file, checked and shown while it is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from bot.store.drafts import REVIEW, WARD, EditedElsewhere
from bot.web.context import Context
from bot.web.desk.door import DESK, Door, Visitor
from bot.web.desk.editing.changes import NoSuchButton, change
from bot.web.desk.editing.tree import Path
from bot.web.desk.pages import page
from bot.web.desk.permissions import May
from bot.web.desk.ward.editor import Editor, Unchanged
from bot.web.desk.ward.work import FORM, Work, received
from bot.web.pages.listing.today import today

PATH = f"{DESK}/phuong"
SAVE, OVERWRITE, CHECK, LIVE, TO_FILE, TO_FORM = "luu", "ghi-de", "kiem", "song", "sang-yaml", "sang-bieu-mau"
_DONE = {
    "luu": "Đã lưu bản nháp. Người dân chưa thấy cho đến khi bản nháp được xuất bản.",
    "nhu-cu": "Chưa có gì thay đổi nên không lưu thêm.",
    "ghi-de": "Đã lưu bản của bạn thay bản kia. Bản kia vẫn còn trong lịch sử.",
    "bo": "Đã bỏ bản nháp. Đây là bản đang dùng.",
}


def routes(context: Context, door: Door) -> APIRouter:
    """The form, what its buttons do, and dropping the draft."""
    router, editor, audit = APIRouter(), Editor(context), context.desk.audit
    viewer, writer = Depends(door.allows(May.look)), Depends(door.allows(May.edit))

    def shown(
        visitor: Visitor, work: Work, *, status: int = 200, focus: Path | None = None, name: str = "page", **more: Any
    ) -> Response:
        draft = editor.drafts.get(WARD)
        view = editor.view(work, focus)
        values = {
            "work": work,
            "view": view,
            "draft": draft,
            "may_edit": visitor.may(May.edit),
            "in_review": draft is not None and draft.state == REVIEW,
            "is_saved": draft is not None and draft.revision == work.seen,
            "names": context.listing.names,
            "old_faults": [],
            "told": "",
            "other": None,
            "differing": [],
            **more,
        }
        values["old_faults"] = [one for one in values["old_faults"] if one not in view.words]
        return page(context, f"ward/{name}.html", visitor, status=status, **values)

    def save(visitor: Visitor, work: Work, is_part: bool, over: int | None) -> Response:
        done = "luu" if over is None else "ghi-de"
        try:
            editor.save(work, visitor.account.name, over=over)
        except Unchanged:
            done = "nhu-cu"
        except EditedElsewhere as elsewhere:
            text = elsewhere.draft.text if elsewhere.draft else editor.records.text_of(WARD)
            other = {"draft": elsewhere.draft, "text": text}
            # htmx puts in only what came with a good status.
            status = 200 if is_part else 409
            return shown(visitor, work, status=status, other=other, differing=editor.differing(work, text))
        else:
            audit.add(visitor.account.name, "draft_saved" if over is None else "draft_overwritten", WARD)
        return RedirectResponse(f"{PATH}?dang={work.shown}&xong={done}", 303)

    def done(visitor: Visitor, sent: Sequence[tuple[str, str]], is_part: bool) -> Response:
        """Whatever a button wants."""
        values, work = dict(sent), received(sent, editor.fields)
        order = values.get("viec", CHECK)
        if order in (SAVE, OVERWRITE):
            over = values.get("thay", "0")
            return save(visitor, work, is_part, int(over) if order == OVERWRITE and over.isdecimal() else None)
        if order == LIVE:
            return shown(visitor, work, name="live", old_faults=[value for name, value in sent if name == "loi"])
        if order == CHECK:
            return shown(visitor, work)
        if order in (TO_FILE, TO_FORM):
            return shown(visitor, work.as_file() if order == TO_FILE else work.as_form())
        if work.tree is None:
            raise NoSuchButton(order)
        went = change(work.tree, order, today=today(), fields=editor.fields)
        return shown(visitor, work, focus=went.focus, told=went.told)

    def open_(visitor: Visitor, way: str, told: str) -> Response:
        work, _ = editor.open(way)
        return shown(visitor, work, told=_DONE.get(told, ""))

    def drop(by: str, seen: int) -> bool:
        try:
            editor.drafts.discard(WARD, seen=seen)
        except EditedElsewhere:
            return False
        audit.add(by, "draft_discarded", WARD)
        return True

    @router.get("/phuong")
    async def show(dang: str = FORM, xong: str = "", visitor: Visitor = viewer) -> Response:
        return await run_in_threadpool(open_, visitor, dang, xong)

    @router.post("/phuong")
    async def sent(request: Request, visitor: Visitor = writer) -> Response:
        fields = [(name, value) for name, value in (await request.form()).multi_items() if isinstance(value, str)]
        try:
            return await run_in_threadpool(done, visitor, fields, "hx-request" in request.headers)
        except NoSuchButton:
            return RedirectResponse(PATH, 303)

    @router.post("/phuong/bo")
    async def discard(request: Request, visitor: Visitor = writer) -> Response:
        seen = str((await request.form()).get("da-xem", ""))
        gone = await run_in_threadpool(drop, visitor.account.name, int(seen) if seen.isdecimal() else -1)
        return RedirectResponse(f"{PATH}?xong=bo" if gone else PATH, 303)

    return router
