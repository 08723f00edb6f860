"""`/ho-so`: all procedures, found and filtered."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool

from bot.knowledge.overlay import code_of
from bot.knowledge.versions import Versions
from bot.web.context import Context
from bot.web.desk.door import Door, Visitor
from bot.web.desk.editing.counted import asked_lately
from bot.web.desk.editing.editor import Editor
from bot.web.desk.editing.faults import read_text
from bot.web.desk.editing.listed import ORDERS, STATES, Row, Wanted, chosen, rows_of
from bot.web.desk.pages import page
from bot.web.desk.permissions import May
from bot.web.pages.listing.today import today


def routes(context: Context, door: Door) -> APIRouter:
    """The list."""
    router, editor = APIRouter(prefix="/ho-so"), Editor(context)
    versions = Versions(context.settings.published_folder)
    folder = context.settings.knowledge / "wards" / context.settings.ward
    own = frozenset(code_of(path) for path in folder.rglob("*.yml"))
    viewer = Depends(door.allows(May.look))

    def own_name(code: str) -> str:
        data = read_text(editor.records.text_of(code, 0))[0] or {}
        return str(data.get("name", code))

    def rows() -> list[Row]:
        now = context.knowledge.now
        return rows_of(
            now,
            versions.overlay(now.number),
            editor.drafts.all(),
            asked_lately(context.database),
            own_name,
            own,
            editor.records.changed_upstream(),
        )

    def shown(visitor: Visitor, wanted: Wanted) -> Response:
        day, everything = today(), rows()
        found = chosen(everything, wanted, today=day)
        return page(
            context,
            "editing/list.html",
            visitor,
            rows=found,
            count=len(everything),
            wanted=wanted,
            states=STATES,
            orders=ORDERS,
            fields=sorted({row.field for row in everything if row.field}),
            drafted_by={row.drafted_by: editor.called(row.drafted_by) for row in found if row.drafted_by},
            day=day,
            may_edit=visitor.may(May.edit),
        )

    @router.get("")
    async def show(request: Request, visitor: Visitor = viewer) -> Response:
        return await run_in_threadpool(shown, visitor, Wanted.of(request.query_params))

    return router
