"""Drafts: what is being worked on, what waits for a review, and what each would change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from bot.knowledge.overlay import Overlay
from bot.store.drafts import REVIEW, Draft, EditedElsewhere
from bot.web.context import Context
from bot.web.desk.door import Door, Visitor
from bot.web.desk.pages import page
from bot.web.desk.permissions import May
from bot.web.desk.publishing.reading import Compared
from bot.web.desk.publishing.submitting import Submitting
from bot.web.desk.publishing.works import REVIEWING, Works, form_of, history_of, words_of
from bot.web.desk.sent import number_in, sent_by

COMPARED = 25  # drafts whose differences stand on the list itself; of others on their own page
VERSIONS = 15  # on the list
_NO_WHY = "Bạn ghi vì sao rồi gửi lại."
_ELSEWHERE = "Có người vừa sửa bản nháp này. Dưới đây là bản mới nhất, bạn xem lại rồi làm tiếp."
_FAULTY = "Bản nháp còn chỗ sai nên chưa gửi duyệt được: {faults}. Bạn mở biểu mẫu, sửa rồi gửi lại."
_GONE = "Bản nháp này không còn nữa. Có thể nó vừa được xuất bản hoặc bị bỏ."
# What may be done with a draft: the word of the address, the permission, the word of the trail, whether to say why.
_DEEDS = {
    "gui": (May.edit, "draft_submitted", True),
    "rut": (May.edit, "draft_withdrawn", False),
    "tra-lai": (May.publish, "draft_handed_back", True),
    "bo": (May.edit, "draft_discarded", False),
}


@dataclass(frozen=True)
class Shown:
    """A draft as a page shows it."""

    draft: Draft
    name: str
    writer: str
    compared: Compared | None
    is_behind: bool  # another version of the record was published since it was begun
    is_in_force: bool  # nothing would change: published, and cut off before the draft was dropped

    @property
    def is_in_review(self) -> bool:
        """Whether it waits for a review."""
        return self.draft.state == REVIEW


def routes(context: Context, door: Door, works: Works) -> APIRouter:
    """`/duyet` and `/duyet/{subject}`."""
    router, store, submitting = APIRouter(prefix="/duyet"), context.desk.drafts, Submitting(context)
    viewer = Depends(door.allows(May.look))

    def show(draft: Draft, overlay: Callable[[int | None], Overlay], *, compare: bool = True) -> Shown:
        subject, text_in = draft.subject, works.records.text_in
        now = text_in(overlay(None), subject)
        compared = works.reader.compare(subject, now, draft.text) if compare else None
        return Shown(
            draft,
            works.reader.name_of(subject, draft.text or now),
            works.called(store.writer(subject, draft.revision) or draft.by),
            compared,
            is_behind=draft.text != now and text_in(overlay(draft.base), subject) != now,
            is_in_force=draft.text == now,
        )

    def listed(visitor: Visitor, fault: str, status: int) -> Response:
        overlay = cache(works.versions.overlay)  # of each version read once for all drafts
        there = [show(draft, overlay, compare=place < COMPARED) for place, draft in enumerate(store.all())]
        versions = works.versions.all()
        return page(
            context,
            "publishing/drafts.html",
            visitor,
            status=status,
            fault=fault,
            waiting=[one for one in there if one.is_in_review],
            begun=[one for one in there if not one.is_in_review],
            versions=versions[:VERSIONS],
            count=len(versions),
            called=works.called,
            may_edit=visitor.may(May.edit),
            may_publish=visitor.may(May.publish),
        )

    def one(visitor: Visitor, subject: str, *, fault: str = "", status: int = 200, typed: str = "") -> Response:
        draft = store.get(subject)
        if draft is None:
            return listed(visitor, _GONE, 404)
        return page(
            context,
            "publishing/draft.html",
            visitor,
            status=status,
            fault=fault,
            typed=typed,
            one=show(draft, works.versions.overlay),
            form=form_of(subject),
            history=history_of(subject),
            called=works.called,
            may_edit=visitor.may(May.edit),
            may_publish=visitor.may(May.publish),
        )

    def do(visitor: Visitor, subject: str, deed: str, sent: dict[str, str]) -> Response:
        _, noted, says_why = _DEEDS[deed]
        by, why, seen = visitor.account.name, words_of(sent, "vi-sao"), number_in(sent.get("thay", "0"))
        if says_why and not why:
            return one(visitor, subject, fault=_NO_WHY, status=400)
        if deed == "gui" and (faults := submitting.faults(subject)):
            return one(visitor, subject, fault=_FAULTY.format(faults="; ".join(faults)), status=400, typed=why)
        deeds: dict[str, Callable[[], object]] = {
            "gui": lambda: store.submit(subject, by=by, why=why, seen=seen),
            "rut": lambda: store.hand_back(subject, by=by, why="", seen=seen),
            "tra-lai": lambda: store.hand_back(subject, by=by, why=why, seen=seen),
            "bo": lambda: store.discard(subject, seen=seen),
        }
        try:
            deeds[deed]()
        except EditedElsewhere:
            return one(visitor, subject, fault=_ELSEWHERE, status=409, typed=why)
        context.desk.audit.add(by, noted, subject, why)
        return RedirectResponse(REVIEWING if deed == "bo" else f"{REVIEWING}/{subject}", 303)

    @router.get("")
    async def show_all(visitor: Visitor = viewer) -> Response:
        return await run_in_threadpool(listed, visitor, "", 200)

    @router.get("/{subject}")
    async def show_one(subject: str, visitor: Visitor = viewer) -> Response:
        return await run_in_threadpool(one, visitor, subject)

    for deed, (what, _, _) in _DEEDS.items():
        _add(router, deed, Depends(door.allows(what)), do)
    return router


def _add(router: APIRouter, deed: str, allowed: Visitor, do: Callable[..., Response]) -> None:
    @router.post(f"/{{subject}}/{deed}")
    async def done(request: Request, subject: str, visitor: Visitor = allowed) -> Response:
        return await run_in_threadpool(do, visitor, subject, deed, await sent_by(request))
