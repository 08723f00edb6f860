"""Short, friendly words that lead back to what the assistant is for."""

from __future__ import annotations

from bot.answers.reply import Choice, Reply
from bot.knowledge.ward import Ward

_TEXTS = {
    "greet": "Chào bạn. Tôi là máy trả lời tự động của {ward}. Bạn cần làm thủ tục gì? Bạn cứ kể bằng lời thường.",
    "thanks": "Không có gì. Bạn cần hỏi thêm việc gì thì cứ nhắn.",
    "goodbye": "Chào bạn. Khi cần, bạn nhắn lại bất cứ lúc nào.",
    "who_are_you": "Tôi là máy trả lời tự động của {ward}, không phải người. Cần gặp cán bộ thì bạn gọi {hotline}.",
    "insult": "Xin lỗi vì tôi chưa giúp được bạn. Bạn kể lại theo cách khác, hoặc gọi cán bộ: {hotline}.",
    "praise": "Cảm ơn bạn. Bạn cần hỏi thêm việc gì không?",
    "chitchat": "Tôi chỉ rành chuyện giấy tờ của phường thôi. Bạn cần làm thủ tục gì?",
    "start_over": "Vâng, mình bắt đầu lại. Bạn cần làm việc gì?",
}
KINDS = frozenset(_TEXTS)


def smalltalk(kind: str, ward: Ward) -> Reply:
    """Answer small talk. Raises KeyError for a kind without words."""
    text = _TEXTS[kind].format(ward=ward.name, hotline=ward.hotline)
    card = {"type": "smalltalk", "kind": kind}
    choices = tuple(Choice(suggestion, suggestion) for suggestion in ward.suggestions) if kind == "greet" else ()
    return Reply(text, card, choices)
