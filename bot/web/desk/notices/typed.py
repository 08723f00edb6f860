"""What somebody typed into the forms of the notices, read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.store.clock import VIETNAM
from bot.store.notices import LONGEST, BadNotice

FAULTS = {
    "empty": "Bạn chưa viết gì cho người dân đọc.",
    "long": f"Nội dung dài quá {LONGEST} ký tự. Bạn viết ngắn lại: chuyện gì, từ bao giờ, người dân nên làm gì.",
    "numbers": "Có số căn cước, số giấy tờ hoặc mã bí mật của ai đó. Bạn bỏ số đó đi.",
    "why": "Bạn ghi vì sao đăng, để đồng nghiệp sau này xem lại còn hiểu.",
    "moment": "Ngày giờ chưa đúng. Bạn chọn lại, ví dụ 14:30 ngày 05/12/2026.",
    "past": "Lúc kết thúc đã qua rồi. Bạn chọn lúc khác, hoặc để trống.",
    "period": "Lúc kết thúc phải sau lúc bắt đầu.",
}
# Where the fault is mended: the field of the form.
FIELDS = {
    "empty": "noi-dung",
    "long": "noi-dung",
    "numbers": "noi-dung",
    "why": "vi-sao",
    "moment": "den",
    "past": "den",
    "period": "den",
}


@dataclass(frozen=True)
class Typed:
    """A form as it was sent; the moments read as the clock of Vietnam."""

    text: str
    why: str
    begins_at: datetime | None
    until: datetime | None


def read(sent: Mapping[str, str], *, needs_why: bool) -> Typed:
    """Raises BadNotice: why, moment. What else may be amiss, the store says."""
    why = sent.get("vi-sao", "").strip()
    if needs_why and not why:
        raise BadNotice("why")
    return Typed(sent.get("noi-dung", ""), why, _moment(sent.get("tu", "")), _moment(sent.get("den", "")))


def _moment(typed: str) -> datetime | None:
    if not typed.strip():
        return None
    try:
        return datetime.fromisoformat(typed.strip()).replace(tzinfo=VIETNAM)
    except ValueError:
        raise BadNotice("moment") from None
