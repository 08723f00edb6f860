"""`/nhap`: sending a file, and deciding on what it says."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.responses import RedirectResponse

from bot.store.imports import Import, Item
from bot.web.caching import NEVER
from bot.web.context import Context
from bot.web.desk.door import DESK, Door, Visitor
from bot.web.desk.exchange.bases import Bases
from bot.web.desk.exchange.faults import Unreadable
from bot.web.desk.exchange.proposals import Proposal, State, proposals
from bot.web.desk.exchange.reading import SOURCE_NAMES, Source, Taken, read_upload
from bot.web.desk.exchange.taking import Ticked, Told, take
from bot.web.desk.pages import page
from bot.web.desk.permissions import May
from bot.web.desk.sent import PageNumber, PathNumber, number_in
from bot.web.pages.listing.today import today

LARGEST = 20_000_000  # bytes
ON_A_PAGE = 20
_PIECE = 1 << 20
# What a page of an import shows: the word in the address, the words on the page.
VIEWS = {
    "khac": "Khác, chưa quyết",
    "moi": "Mới",
    "da-quyet": "Đã quyết",
    "giong": "Giống hệt",
    "tu-choi": "Không đọc được",
}


def routes(context: Context, door: Door) -> APIRouter:
    """`/nhap`, `/nhap/{number}`, and what is decided there."""
    router, desk = APIRouter(), context.desk
    viewer, editor = Depends(door.allows(May.look)), Depends(door.allows(May.edit))
    reading = threading.Lock()  # a large file takes memory while it is read: one at a time

    def start(visitor: Visitor, *, status: int = 200, faults: Sequence[str] = ()) -> Response:
        return page(
            context,
            "exchange/start.html",
            visitor,
            status=status,
            faults=faults,
            imports=desk.imports.all(most=50),
            to_do=desk.imports.to_do(),
            sources=SOURCE_NAMES,
            may_edit=visitor.may(May.edit),
            largest=LARGEST // 1_000_000,
        )

    def bring_in(path: Path, name: str, by: str) -> int:
        with reading:
            taken: Taken = read_upload(path, Bases(context).codes(), context.settings.ward)
        number = desk.imports.add(by=by, file=name, kind=taken.source.value, items=taken.items, left_out=taken.left_out)
        desk.audit.add(by, "import_read", str(number), f"{name}: {len(taken.items)} mục")
        return number

    def found(number: int, subject: str = "") -> list[Proposal]:
        items = desk.imports.items(number, subject)
        return proposals(items, Bases(context), desk.imports.decided(), context.listing.fields, today=today())

    def part_of(told: Told, proposal: Proposal, number: int, visitor: Visitor) -> str:
        """One procedure of the page, as it stands after a form was sent."""
        values = {"visitor": visitor, "may_edit": True, "number": number, "one": proposal, "told": told}
        return context.templates.render("desk/exchange/one.html", **values)

    @router.get("/nhap")
    async def show(visitor: Visitor = viewer) -> Response:
        return await run_in_threadpool(start, visitor)

    @router.post("/nhap")
    async def send(request: Request, visitor: Visitor = editor) -> Response:
        sent = (await request.form()).get("tep")
        try:
            if not isinstance(sent, UploadFile) or not sent.filename:
                raise Unreadable("Bạn chưa chọn tệp nào. Bạn chọn một tệp rồi gửi.")
            with tempfile.NamedTemporaryFile(prefix="nhap-") as file:
                size = 0
                while piece := await sent.read(_PIECE):
                    size += len(piece)
                    if size > LARGEST:
                        raise Unreadable(f"Tệp lớn hơn {LARGEST // 1_000_000} MB.")
                    file.write(piece)
                file.flush()
                number = await run_in_threadpool(bring_in, Path(file.name), sent.filename, visitor.account.name)
        except Unreadable as unreadable:
            show_again = partial(start, visitor, status=400, faults=unreadable.faults)
            return await run_in_threadpool(show_again)
        return RedirectResponse(f"{DESK}/nhap/{number}", 303)

    @router.post("/nhap/viec/{decided:int}")
    async def done(decided: PathNumber, visitor: Visitor = editor) -> Response:
        mended = await run_in_threadpool(desk.imports.done, decided)
        if mended:
            await run_in_threadpool(desk.audit.add, visitor.account.name, "import_mended", mended.subject, mended.note)
        return RedirectResponse(f"{DESK}/nhap#viec", 303)

    def listed(about: Import, view: str, number: int, told: str, visitor: Visitor) -> Response:
        everything = found(about.id)
        views = {key: [one for one in everything if _view_of(one) == key] for key in VIEWS}
        chosen = view if view in VIEWS else next((key for key in VIEWS if views[key]), "khac")
        last = max(1, -(-len(views[chosen]) // ON_A_PAGE))
        number = min(max(1, number), last)
        return page(
            context,
            "exchange/import.html",
            visitor,
            about=about,
            source=SOURCE_NAMES[Source(about.kind)],
            views=[(key, name, len(views[key])) for key, name in VIEWS.items()],
            view=chosen,
            shown=views[chosen][(number - 1) * ON_A_PAGE : number * ON_A_PAGE],
            page_number=number,
            last_page=last,
            number=about.id,
            told=Told(told) if told else None,
            may_edit=visitor.may(May.edit),
        )

    @router.get("/nhap/{number:int}")
    async def look(number: PathNumber, xem: str = "", trang: PageNumber = 1, visitor: Visitor = viewer) -> Response:
        about = await run_in_threadpool(desk.imports.get, number)
        if about is None:
            return RedirectResponse(f"{DESK}/nhap", 303)
        return await run_in_threadpool(listed, about, xem, trang, "", visitor)

    @router.post("/nhap/{number:int}/{subject}")
    async def decide(number: PathNumber, subject: str, request: Request, visitor: Visitor = editor) -> Response:
        form = await request.form()
        items: list[Item] = await run_in_threadpool(desk.imports.items, number, subject)
        if not items:
            return RedirectResponse(f"{DESK}/nhap", 303)

        def settle() -> tuple[Told, Proposal]:
            told = take(
                context,
                number,
                items[0],
                _ticked(form),
                context.listing.fields,
                by=visitor.account.name,
                today=today(),
            )
            return told, found(number, subject)[0]

        told, proposal = await run_in_threadpool(settle)
        status = 409 if told.is_fault else 200
        if "hx-request" in request.headers:
            # htmx puts in only what came with a good status; the words tell what went wrong.
            return Response(part_of(told, proposal, number, visitor), media_type="text/html", headers=NEVER)
        if told.is_fault:
            values: dict[str, Any] = {"number": number, "one": proposal, "told": told, "may_edit": True}
            return page(context, "exchange/again.html", visitor, status=status, **values)
        return RedirectResponse(f"{DESK}/nhap/{number}?xem={_view_in(form)}&trang={_page_in(form)}", 303)

    return router


def _ticked(form: FormData) -> Ticked:
    names = ("hien", "nhan", "viec")
    shown, taken, to_do = ({str(value) for value in form.getlist(name)} for name in names)
    return Ticked(number_in(str(form.get("ban", ""))), shown, taken, to_do)


def _view_in(form: FormData) -> str:
    view = str(form.get("xem", ""))
    return view if view in VIEWS else ""


def _page_in(form: FormData) -> int:
    return number_in(str(form.get("trang", "")), 1)


def _view_of(one: Proposal) -> str:
    if one.state is State.refused:
        return "tu-choi"
    if one.state is State.same:
        return "giong"
    if not one.open_parts:
        return "da-quyet"
    return "moi" if one.state is State.new else "khac"
