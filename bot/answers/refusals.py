"""Input that cannot be handled, and what to do instead."""

from __future__ import annotations

from bot.answers.reply import Reply

LONGEST_MESSAGE = 500
PRIVACY_NOTE = "Bạn đừng gửi số căn cước, số tài khoản vào đây. Tôi đã che các số đó, không lưu lại."

_TEXTS = {
    "empty": "Tôi chưa thấy câu hỏi. Bạn viết vài chữ về việc cần làm, ví dụ: “đăng ký tạm trú cần giấy gì”.",
    "too_long": f"Tin nhắn dài quá {LONGEST_MESSAGE} ký tự. Bạn viết ngắn lại: cần làm việc gì, cho ai.",
    "personal_data": f"{PRIVACY_NOTE} Bạn chỉ cần kể việc cần làm, không cần ghi tên hay số giấy tờ.",
}


def refused(reason: str) -> Reply:
    """Say why a message was not handled. Raises KeyError for an unknown reason."""
    return Reply(_TEXTS[reason], {"type": "refused", "reason": reason})
