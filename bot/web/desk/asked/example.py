"""A question of a citizen becomes an example question of a record: in the record's draft, to be published as any."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from bot.store.asked_turns import Asked
from bot.store.drafts import EditedElsewhere
from bot.web.context import Context
from bot.web.desk.asked.adding import LONGEST, Adding, NotAdded
from bot.web.desk.asked.turn import gone
from bot.web.desk.door import DESK, Door, Visitor
from bot.web.desk.golden.procedures import Procedures
from bot.web.desk.pages import page
from bot.web.desk.permissions import May
from bot.web.desk.records import Records
from bot.web.desk.sent import sent_by
from bot.web.per_version import PerVersion
from bot.web.search import SearchUnavailable

MOST = 8  # records that are proposed
_MEANWHILE = "Có người vừa sửa bản nháp này. Bạn bấm “Thêm vào bản nháp” lần nữa: câu của bạn vào sau chỗ họ sửa."


def routes(context: Context, door: Door) -> APIRouter:
    """`/{turn}/vi-du`."""
    router, desk = APIRouter(), context.desk
    editor = Depends(door.allows(May.edit))
    procedures = PerVersion(context, lambda version: Procedures(version.listing))
    adding = PerVersion(context, lambda version: Adding(desk, Records(context), version))

    def found(turn: str) -> Asked | None:
        return next((one for one in desk.asked.conversation(turn) if one.id == turn), None)

    async def proposed(asked: Asked, looked_for: str) -> list[str]:
        """Codes with a record of their own, the likeliest first: those named, else what the search finds."""
        if looked_for:
            codes = procedures().like(looked_for)
        else:
            try:
                codes = [asked.procedure, *(await context.search.find(asked.message)).codes]
            except SearchUnavailable:
                codes = [asked.procedure, *procedures().like(asked.message)]
        return [code for code in dict.fromkeys(codes) if code in context.listing][:MOST]

    async def shown(
        visitor: Visitor, turn: str, *, looked_for: str = "", text: str | None = None, code: str = "", fault: str = ""
    ) -> Response:
        asked = await run_in_threadpool(found, turn)
        if asked is None:
            return await run_in_threadpool(gone, context, visitor)
        codes = await proposed(asked, looked_for)
        codes = [code, *(one for one in codes if one != code)] if code in context.listing else codes
        return page(
            context,
            "asked_example.html",
            visitor,
            status=400 if fault else 200,
            asked=asked,
            records=[(one, context.listing[one].name) for one in codes],
            chosen=code or (codes[0] if len(codes) == 1 or asked.procedure in codes[:1] else ""),
            looked_for=looked_for,
            text=asked.message if text is None else text,
            fault=fault,
            longest=LONGEST,
        )

    @router.get("/{turn}/vi-du")
    async def ask(turn: str, tim: str = "", cau: str | None = None, visitor: Visitor = editor) -> Response:
        return await shown(visitor, turn, looked_for=tim.strip(), text=cau)

    @router.post("/{turn}/vi-du")
    async def add(request: Request, turn: str, visitor: Visitor = editor) -> Response:
        sent = await sent_by(request)
        text, code, looked_for = sent.get("cau", ""), sent.get("thu-tuc", ""), sent.get("tim", "")
        try:
            await run_in_threadpool(adding().add, code, text, by=visitor.account.name)
        except (NotAdded, EditedElsewhere) as fault:
            words = str(fault) if isinstance(fault, NotAdded) else _MEANWHILE
            return await shown(visitor, turn, looked_for=looked_for, text=text, code=code, fault=words)
        return RedirectResponse(f"{DESK}/cau-hoi/{turn}?them={code}", 303)

    return router
