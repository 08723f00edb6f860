"""A question to the assistant as it would answer with the draft: the real one, with a version nobody has published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool

from bot.knowledge.candidates import Candidates
from bot.store.clock import now
from bot.store.drafts import DRAFT, Draft
from bot.web.behind import BehindUnavailable
from bot.web.context import Context
from bot.web.desk.editing.work import Work
from bot.web.desk.records import Records
from bot.web.pages.cards import Drawn, drawn

_RESTS = "Trợ lý chưa trả lời được lúc này. Bạn đợi một phút rồi hỏi lại. Bản bạn đang sửa vẫn còn đây."
_BROKEN = "Chưa hỏi được, vì bản nháp còn chỗ sai. Bạn sửa các chỗ kể ở trên trước."


@dataclass(frozen=True)
class Heard:
    """What the assistant said, or why it said nothing."""

    replies: Sequence[Drawn] = ()
    fault: str = ""


class Asking:
    """Asks what runs behind the gateway."""

    def __init__(self, context: Context) -> None:
        self._context, self._behind = context, context.behind
        self._records, self._candidates = Records(context), Candidates(context.settings)

    async def ask(self, work: Work) -> Heard:
        """Ask the question of this work, with its text in place of the record in force."""
        listing, version = self._context.listing, self._context.knowledge.now.number
        draft = Draft(work.code, work.file(), version, 0, DRAFT, "", now(), "")
        try:
            edit = await run_in_threadpool(self._records.edit_of, draft)
            folder = await run_in_threadpool(self._candidates.folder, [edit], version)
            tried = await self._behind.answers([work.question], folder)
        except ValueError:
            return Heard(fault=_BROKEN)
        except BehindUnavailable:
            return Heard(fault=_RESTS)
        if tried.faults:
            return Heard(fault=_BROKEN)
        return Heard([drawn({"id": f"hoi-{at}", **reply}, listing) for at, reply in enumerate(tried.replies)])
