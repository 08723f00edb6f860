"""How questions of citizens and what became of them are named, here and in the address of the list."""

from __future__ import annotations

from bot.answers.aspects import TITLES
from bot.knowledge.listing import Listing
from bot.store import asked_turns, turn_marks
from bot.store.asked_turns import Asked

DECISIONS = {
    asked_turns.UNKNOWN: "Chưa trả lời được",
    asked_turns.ASKED_BACK: "Hỏi lại",
    asked_turns.OUTSIDE: "Chỉ sang cơ quan khác",
    asked_turns.ANSWERED: "Đã trả lời",
    asked_turns.SERVICE: "Giờ giấc, gửi thư, việc khác",
    asked_turns.SMALL_TALK: "Chào hỏi, trò chuyện",
}
RATED = {"chua-dung": "Bị chê", "dung-y": "Được khen", "chua-noi": "Chưa đánh giá"}
MARKS = {turn_marks.NOT_OURS: "Không thuộc việc của phường", turn_marks.DONE: "Xong"}
# What a golden question of the same decision expects.
OUTCOMES = {
    asked_turns.UNKNOWN: "unknown",
    asked_turns.ASKED_BACK: "choose",
    asked_turns.OUTSIDE: "outside",
    asked_turns.ANSWERED: "answer",
    asked_turns.SERVICE: "other",
    asked_turns.SMALL_TALK: "other",
}


def replied(asked: Asked, listing: Listing) -> str:
    """What was replied, in words: 'Đã trả lời: Đăng ký khai sinh (Lệ phí)'."""
    said = DECISIONS[asked.decision]
    if asked.procedure:
        said += f": {listing.names.get(asked.procedure, asked.procedure)}"
    aspects = ", ".join(TITLES.get(aspect, aspect) for aspect in asked.aspects)
    return f"{said} ({aspects})" if aspects else said
