"""One letter: taken, answered, noted on. Of two officials at once, the second reads who was first."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from bot.knowledge.calendar import Calendar
from bot.knowledge.ward import Ward
from bot.store.letters import NEW, TAKEN, ChangedMeanwhile, Letter, masked_but
from bot.text.privacy import NAMES
from bot.text.request_numbers import as_number
from bot.web.context import Context
from bot.web.desk.door import DESK, Door, Visitor
from bot.web.desk.inbox.due import due_on, is_overdue
from bot.web.desk.inbox.words import KINDS, STATES, STEPS
from bot.web.desk.pages import page
from bot.web.desk.permissions import May
from bot.web.desk.sent import number_in, sent_by
from bot.web.pages.listing.today import today
from bot.web.per_version import PerVersion

LONGEST = 4000  # characters of an answer or a note
_DONE = {
    "nhan": "Bạn đã nhận thư này.",
    "tra-lai": "Thư đã trở lại hộp thư, đồng nghiệp nhận làm được.",
    "tra-loi": "Đã trả lời. Người gửi gõ mã số cho trợ lý là đọc được.",
    "mo-lai": "Đã mở lại. Người gửi thấy là cán bộ đang xử lý.",
    "ghi-chu": "Đã thêm ghi chú.",
    "xoa-lien-he": "Đã xóa cách liên hệ.",
}
_AUDITED = {
    "nhan": "letter_taken",
    "tra-lai": "letter_given_back",
    "tra-loi": "letter_answered",
    "mo-lai": "letter_reopened",
    "ghi-chu": "letter_noted",
    "xoa-lien-he": "letter_contact_erased",
    "rut": "letter_withdrawn",
}
_EMPTY = "Bạn chưa viết gì."
_TOO_LONG = f"Dài quá. Bạn viết trong {LONGEST} ký tự."
_PERSONAL = (
    "Câu trả lời có {found}. Ai có mã số cũng đọc được câu trả lời, nên bạn bỏ phần này ra. "
    "Số và thư điện tử của phường thì để được."
)
_NOT_NOW = "Chưa làm được: {state}. Bạn xem lại thư bên dưới."


class _Fault(Exception):
    """What the official is told instead."""

    def __init__(self, words: str, status: int = 400) -> None:
        super().__init__(words)
        self.words, self.status = words, status


def routes(context: Context, door: Door) -> APIRouter:
    """`/{number}` and what is done with it."""
    router, letters, audit = APIRouter(), context.desk.letters, context.desk.audit
    viewer, staff = Depends(door.allows(May.look)), Depends(door.allows(May.handle))
    calendar = PerVersion(context, lambda version: Calendar(version.ward))

    def names() -> dict[str, str]:
        return {account.name: account.shown_as for account in context.desk.accounts.all()}

    def missing(visitor: Visitor, number: str) -> Response:
        return page(context, "inbox_missing.html", visitor, status=404, number=as_number(number) or number)

    def shown(
        visitor: Visitor,
        number: str,
        *,
        told: str = "",
        fault: _Fault | None = None,
        typed: dict[str, str] | None = None,
    ) -> Response:
        letter, called = letters.get(number), names()
        return page(
            context,
            "inbox_letter.html",
            visitor,
            status=fault.status if fault else 200,
            letter=letter,
            kind=KINDS[letter.kind],
            state=STATES[letter.state],
            who=called.get(letter.taken_by or "", letter.taken_by or ""),
            is_mine=letter.taken_by == visitor.account.name,
            procedure=context.listing.names.get(letter.procedure or "", ""),
            due=due_on(letter, calendar()),
            is_overdue=is_overdue(letter, calendar(), today()),
            days=context.settings.retention_days,
            steps=[(step, called.get(step.by, step.by), STEPS[step.what]) for step in letters.steps(letter.number)],
            may_handle=visitor.may(May.handle),
            told=told,
            fault=fault.words if fault else "",
            typed=typed or {},
            longest=LONGEST,
        )

    def act(visitor: Visitor, letter: Letter, what: str, sent: dict[str, str]) -> None:
        """Raises _Fault, ChangedMeanwhile, ValueError."""
        by, number = visitor.account.name, letter.number
        seen = number_in(sent.get("ban", "0"))
        if what == "nhan":
            letters.take(number, by=by, seen=seen)
        elif what == "tra-lai":
            letters.give_back(number, by=by, seen=seen)
        elif what == "mo-lai":
            letters.reopen(number, by=by, seen=seen)
        elif what == "tra-loi":
            public = public_numbers(context.ward)
            letters.answer(number, _sayable(sent.get("tra-loi", ""), public), by=by, seen=seen, public=public)
        elif what == "ghi-chu":
            letters.note(number, _written(sent.get("ghi-chu", "")), by=by)
        elif "chac" not in sent:
            raise _Fault("Bạn đánh dấu vào ô xác nhận rồi bấm lại.")
        elif what == "xoa-lien-he":
            letters.erase_contact(number, by=by)
        else:
            letters.withdraw(number)

    def done(visitor: Visitor, number: str, what: str, sent: dict[str, str]) -> Response:
        try:
            letter = letters.get(number)
            act(visitor, letter, what, sent)
        except KeyError:
            return missing(visitor, number)
        except ChangedMeanwhile as changed:
            return shown(visitor, number, fault=_Fault(_first(changed.letter, names()), 409), typed=sent)
        except _Fault as fault:
            return shown(visitor, number, fault=fault, typed=sent)
        except ValueError:
            now = _state(letters.get(number), names())
            return shown(visitor, number, fault=_Fault(_NOT_NOW.format(state=now), 409), typed=sent)
        audit.add(visitor.account.name, _AUDITED[what], letter.number)
        if what == "rut":
            return RedirectResponse(f"{DESK}/hop-thu?da-rut={quote(letter.number)}", 303)
        return RedirectResponse(f"{DESK}/hop-thu/{quote(letter.number)}?xong={what}", 303)

    @router.get("/{number}")
    async def show(number: str, xong: str = "", visitor: Visitor = viewer) -> Response:
        try:
            return await run_in_threadpool(shown, visitor, number, told=_DONE.get(xong, ""))
        except KeyError:
            return await run_in_threadpool(missing, visitor, number)

    @router.post("/{number}/{what}")
    async def change(request: Request, number: str, what: str, visitor: Visitor = staff) -> Response:
        sent = await sent_by(request)
        if what not in _AUDITED:
            return await run_in_threadpool(missing, visitor, number)
        return await run_in_threadpool(done, visitor, number, what, sent)

    return router


def public_numbers(ward: Ward) -> tuple[str, ...]:
    """How the ward itself is reached, in the ways that people write a number: no secret of anybody."""
    phones = (ward.hotline, ward.police.phone)
    plain = [("".join(sign for sign in phone if sign.isdigit()), phone) for phone in phones]
    return (ward.email, *(way for digits, phone in plain for way in (phone, phone.replace(" ", "."), digits)))


def _written(text: str) -> str:
    if not text.strip():
        raise _Fault(_EMPTY)
    if len(text) > LONGEST:
        raise _Fault(_TOO_LONG)
    return text


def _sayable(text: str, public: Iterable[str]) -> str:
    """An answer in which nobody's number stands. Raises _Fault."""
    masked = masked_but(_written(text), public)
    found = [name.strip("[]") for name in NAMES if masked.count(name) > text.count(name)]
    if found:
        raise _Fault(_PERSONAL.format(found=", ".join(found)))
    return text


def _state(letter: Letter, names: dict[str, str]) -> str:
    if letter.state == NEW:
        return "thư đã trở lại hộp thư"
    by = letter.taken_by if letter.state == TAKEN else letter.answered_by
    who = names.get(by or "", by or "người khác")
    return f"{who} {'đang làm' if letter.state == TAKEN else 'đã trả lời'} thư này"


def _first(letter: Letter, names: dict[str, str]) -> str:
    return f"Có người làm trước bạn một bước: {_state(letter, names)}. Việc bạn vừa bấm chưa được lưu."
