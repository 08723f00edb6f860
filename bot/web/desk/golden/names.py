"""What the parts of a golden question are called on pages and in spreadsheets."""

from __future__ import annotations

from collections.abc import Mapping

from bot.answers.aspects import TITLES
from bot.answers.verdict import Outcome

OUTCOMES: Mapping[str, str] = {
    Outcome.answer.value: "Trả lời một thủ tục",
    Outcome.choose.value: "Hỏi lại để người dân chọn",
    Outcome.unknown.value: "Nói là không có trong danh mục",
    Outcome.outside.value: "Chỉ sang cơ quan khác",
    Outcome.other.value: "Việc khác: chào hỏi, giờ làm việc, gặp cán bộ",
}
ASPECTS: Mapping[str, str] = TITLES
# What became of a question when it was last asked of the version in force.
FAILED, PASSED, NOT_ASKED = "khong-dat", "dat", "chua-chay"
LAST: Mapping[str, str] = {FAILED: "Không đạt", PASSED: "Đạt", NOT_ASKED: "Chưa hỏi thử"}
