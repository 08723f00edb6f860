"""How the inbox names things."""

from __future__ import annotations

from bot.store import letters

KINDS = {"question": "Câu hỏi", "complaint": "Phản ánh", "feedback": "Góp ý"}
STATES = {letters.NEW: "Mới", letters.TAKEN: "Đang làm", letters.ANSWERED: "Đã trả lời"}
STEPS = {
    letters.TAKE: "nhận làm",
    letters.GIVE_BACK: "trả lại hộp thư",
    letters.ANSWER: "trả lời",
    letters.REOPEN: "mở lại",
    letters.NOTE: "thêm ghi chú",
    letters.ERASE: "xóa cách liên hệ",
}
