"""The letters, those overdue first; found by their number or by their words."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from bot.knowledge.calendar import Calendar
from bot.store.letters import ANSWERED, NEW, TAKEN, Letter
from bot.text.request_numbers import as_number, number_in
from bot.web.context import Context
from bot.web.desk.door import DESK, Door, Visitor
from bot.web.desk.inbox.due import due_on, is_overdue, overdue
from bot.web.desk.inbox.words import KINDS, STATES
from bot.web.desk.pages import page
from bot.web.desk.permissions import May
from bot.web.pages.listing.today import today
from bot.web.per_version import PerVersion

ON_A_PAGE = 25
OPEN, MINE, ALL = "chua-xong", "cua-toi", "tat-ca"
TABS = {
    OPEN: "Chưa xong",
    "moi": "Mới",
    "dang-lam": "Đang làm",
    MINE: "Bạn đang làm",
    "da-tra-loi": "Đã trả lời",
    ALL: "Tất cả",
}
_STATE_OF = {"moi": NEW, "dang-lam": TAKEN, MINE: TAKEN, "da-tra-loi": ANSWERED}


def routes(context: Context, door: Door) -> APIRouter:
    """The list itself."""
    router, letters = APIRouter(), context.desk.letters
    viewer = Depends(door.allows(May.look))
    calendar = PerVersion(context, lambda version: Calendar(version.ward))

    def wanted(visitor: Visitor, tab: str, kind: str, text: str) -> list[Letter]:
        found = letters.all(state=_STATE_OF.get(tab, ""), kind=kind, text=text)
        if tab == OPEN:
            found = [one for one in found if one.state != ANSWERED]
        if tab == MINE:
            found = [one for one in found if one.taken_by == visitor.account.name]
        return in_order(found, calendar(), today())

    def shown(visitor: Visitor, tab: str, kind: str, text: str, number: int, withdrawn: str) -> Response:
        tab, kind = tab if tab in TABS else OPEN, kind if kind in KINDS else ""
        found, counts = wanted(visitor, tab, kind, text), letters.counts()
        names = {account.name: account.shown_as for account in context.desk.accounts.all()}
        number = min(number, 1 + max(0, len(found) - 1) // ON_A_PAGE)
        skip = (number - 1) * ON_A_PAGE

        def address(page: int) -> str:
            return "?" + urlencode({"trang-thai": tab, "loai": kind, "tim": text, "trang": page})

        return page(
            context,
            "inbox.html",
            visitor,
            letters=[_row(one, calendar(), names) for one in found[skip : skip + ON_A_PAGE]],
            total=len(found),
            tallies={tab: counts[state] for tab, state in _STATE_OF.items() if tab != MINE},
            late=len(overdue(found, calendar(), today())),
            withdrawn=as_number(withdrawn) or "",
            tabs=TABS,
            tab=tab,
            kinds=KINDS,
            kind=kind,
            typed=text,
            no_such=as_number(text) or number_in(text),
            before=address(number - 1) if number > 1 else "",
            after=address(number + 1) if skip + ON_A_PAGE < len(found) else "",
        )

    def by_number(text: str) -> str | None:
        """The number of the letter that a search names, if there is one."""
        number = as_number(text) or number_in(text)
        try:
            return letters.get(number).number if number else None
        except KeyError:
            return None

    @router.get("")
    async def show(
        trang_thai: str = Query("", alias="trang-thai"),
        loai: str = "",
        tim: str = "",
        trang: int = 1,
        da_rut: str = Query("", alias="da-rut"),
        visitor: Visitor = viewer,
    ) -> Response:
        number = await run_in_threadpool(by_number, tim)
        if number:
            return RedirectResponse(f"{DESK}/hop-thu/{number}", 303)
        return await run_in_threadpool(shown, visitor, trang_thai, loai, tim.strip(), max(1, trang), da_rut)

    return router


def in_order(letters: list[Letter], calendar: Calendar, day: date) -> list[Letter]:
    """Overdue first, then what waits, the oldest of them first; then what was answered, the newest first."""
    waiting = [letter for letter in letters if letter.state != ANSWERED]
    done = [letter for letter in letters if letter.state == ANSWERED]
    waiting.sort(key=lambda one: (not is_overdue(one, calendar, day), one.sent_at))
    return waiting + sorted(done, key=lambda one: one.answered_at or one.sent_at, reverse=True)


def _row(letter: Letter, calendar: Calendar, names: dict[str, str]) -> dict[str, object]:
    return {
        "letter": letter,
        "kind": KINDS[letter.kind],
        "state": STATES[letter.state],
        "who": names.get(letter.taken_by or "", letter.taken_by or ""),
        "due": due_on(letter, calendar),
        "is_overdue": is_overdue(letter, calendar, today()),
    }
