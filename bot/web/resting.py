"""What a citizen reads while the ward has something to say to everybody, or lets the assistant rest."""

from __future__ import annotations

from collections.abc import Iterator

from bot.answers.reply import Reply
from bot.answers.services import hours
from bot.knowledge.ward import Ward
from bot.store.clock import VIETNAM
from bot.store.notices import OFF, Notice, Standing


def resting(off: Notice, ward: Ward, listing: str) -> Reply:
    """The one reply while the assistant rests; `listing` is the address of the list of procedures."""
    lines = [
        "Trợ lý đang tạm nghỉ nên chưa trả lời câu hỏi của bạn.",
        f"Lý do: {_sentence(off.text)}",
        *_back(off),
        f"Cần hỏi ngay, bạn gọi {ward.hotline} hoặc đến {ward.office}, {ward.address}. Giờ làm việc:",
        hours(ward),
        f"Giấy tờ, lệ phí, thời gian của từng thủ tục vẫn xem được ở danh mục thủ tục: {listing}",
        "Nguy hiểm đến tính mạng thì bạn gọi ngay 113 (công an), 114 (cứu hỏa) hoặc 115 (cấp cứu).",
    ]
    return Reply("\n".join(lines), {"type": "refused", "reason": "resting"})


def announced(standing: Standing, ward: Ward) -> Iterator[tuple[str, str]]:
    """Kind and text of what stands above everything else, in order; plain text."""
    if off := standing.off:
        yield OFF, " ".join([_sentence(off.text), *_back(off), f"Cần hỏi ngay, bạn gọi {ward.hotline}."])
    for notice in standing.notices:
        yield notice.kind, notice.text


def _back(off: Notice) -> list[str]:
    if off.until is None:
        return []
    back = off.until.astimezone(VIETNAM)
    return [f"Trợ lý trả lời lại từ {back:%H:%M} ngày {back:%d/%m/%Y}."]


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
