"""The questions in groups, and the marks of those that are done with."""

from __future__ import annotations

from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from bot.store import turn_marks
from bot.web.context import Context
from bot.web.desk.asked.filters import SPANS, Filter
from bot.web.desk.asked.grouping import Group
from bot.web.desk.asked.looking import Looking
from bot.web.desk.asked.turn import golden_address
from bot.web.desk.asked.words import DECISIONS, MARKS, RATED
from bot.web.desk.door import DESK, Door, Visitor
from bot.web.desk.pages import page
from bot.web.desk.permissions import May
from bot.web.pages.listing.today import today

ON_A_PAGE = 20
WORDINGS = 20  # of a group that are shown
MOST_KEYS = 500  # of a group that are marked at once
UNMARK = "bo"
_TOLD = {
    turn_marks.NOT_OURS: "Đã đánh dấu không thuộc việc của phường. Các câu này không hiện nữa.",
    turn_marks.DONE: "Đã đánh dấu đã xong. Có người hỏi lại câu này thì nó lại hiện ra.",
    UNMARK: "Đã bỏ đánh dấu. Các câu này lại hiện ra.",
}


def routes(context: Context, door: Door) -> APIRouter:
    """The list, and `/danh-dau`."""
    router, desk, looking = APIRouter(), context.desk, Looking(context.desk)
    viewer, staff = Depends(door.allows(May.look)), Depends(door.allows(May.handle))

    def row(group: Group, letters: dict[str, str]) -> dict[str, object]:
        conversations = dict.fromkeys(turn.conversation for turn in group.turns)
        return {
            "group": group,
            "decision": DECISIONS[group.turns[0].decision],
            "procedure": context.listing.names.get(group.turns[0].procedure, group.turns[0].procedure),
            "marks": [(MARKS[mark.what], mark) for mark in group.marks],
            "keys": group.keys[:MOST_KEYS],
            "golden": golden_address(group.first),
            "letter": next((letters[one] for one in conversations if one in letters), ""),
        }

    def shown(visitor: Visitor, query: dict[str, str]) -> Response:
        wanted, listing = Filter.of(query), context.listing
        groups = looking.at(wanted, today(), context.knowledge.now)
        number = min(_page(query), 1 + max(0, len(groups) - 1) // ON_A_PAGE)
        on_page = groups[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
        letters = desk.asked.letters()
        return page(
            context,
            "asked.html",
            visitor,
            rows=[row(group, letters) for group in on_page],
            turns=sum(len(group.turns) for group in groups),
            groups=len(groups),
            failed=sum(any(turn.needs_work for turn in group.turns) for group in groups),
            wanted=wanted,
            spans=SPANS,
            decisions=DECISIONS,
            rated=RATED,
            fields=listing.fields,
            procedure=listing.names.get(wanted.thu_tuc, ""),
            most=WORDINGS,
            told=_TOLD.get(query.get("xong", ""), ""),
            here_again=wanted.address(number),
            before=wanted.address(number - 1) if number > 1 else "",
            after=wanted.address(number + 1) if number * ON_A_PAGE < len(groups) else "",
            may_handle=visitor.may(May.handle),
            may_judge=visitor.may(May.judge),
            may_edit=visitor.may(May.edit),
        )

    def mark(visitor: Visitor, keys: list[str], what: str) -> None:
        """Raises ValueError."""
        if what == UNMARK:
            desk.turn_marks.unmark(keys)
        else:
            desk.turn_marks.mark(keys, what, by=visitor.account.name)
        # Not the words: what was asked is deleted in time, the trail is not.
        action = "question_unmarked" if what == UNMARK else f"question_{what}"
        desk.audit.add(visitor.account.name, action, keys[0], f"{len(keys)} cách hỏi")

    @router.get("")
    async def show(request: Request, visitor: Visitor = viewer) -> Response:
        return await run_in_threadpool(shown, visitor, dict(request.query_params))

    @router.post("/danh-dau")
    async def marked(request: Request, visitor: Visitor = staff) -> Response:
        sent = await request.form()
        keys, what = [str(key) for key in sent.getlist("nhom")][:MOST_KEYS], str(sent.get("viec", ""))
        back = dict(parse_qsl(str(sent.get("ve", ""))))
        address = Filter.of(back).address(_page(back))
        try:
            await run_in_threadpool(mark, visitor, keys, what)
        except (ValueError, IndexError):
            return RedirectResponse(f"{DESK}/cau-hoi?{address}", 303)
        return RedirectResponse(f"{DESK}/cau-hoi?{address}&xong={what}", 303)

    return router


def _page(query: dict[str, str]) -> int:
    text = query.get("trang", "")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1
