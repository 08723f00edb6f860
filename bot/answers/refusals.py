"""Input that cannot be handled, or not as it stands, and what to do instead."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.reply import Reply
from bot.text.privacy import CITIZEN, CODE, EMAIL, LONG, NO_EMAIL, NO_PHONE, PAPER, PHONE

LONGEST_MESSAGE = 500

_TEXTS = {
    "empty": "Tôi chưa thấy câu hỏi. Bạn viết vài chữ về việc cần làm, ví dụ: “đăng ký tạm trú cần giấy gì”.",
    "too_long": f"Tin nhắn dài quá {LONGEST_MESSAGE} ký tự. Bạn viết ngắn lại: cần làm việc gì, cho ai.",
    "personal_data": "Bạn chỉ cần kể việc cần làm, không cần ghi tên hay số giấy tờ.",
}
# What was masked, as a citizen calls it, with the word for one of its kind.
_CALLED = {
    CITIZEN: ("số căn cước", "số"),
    PAPER: ("số giấy tờ", "số"),
    LONG: ("dãy số", "dãy số"),
    CODE: ("mã bí mật", "mã"),
    PHONE: ("số điện thoại", "số"),
    NO_PHONE: ("số điện thoại", "số"),
    EMAIL: ("địa chỉ email", "địa chỉ"),
    NO_EMAIL: ("địa chỉ email", "địa chỉ"),
}
_WAYS_TO_ANSWER = {PHONE, NO_PHONE, EMAIL, NO_EMAIL}


def refused(reason: str) -> Reply:
    """Say why a message was not handled. Raises KeyError for an unknown reason."""
    return Reply(_TEXTS[reason], {"type": "refused", "reason": reason})


def masked_note(names: Sequence[str]) -> str:
    """Tell a citizen what was masked in a message, by `bot.text.privacy.NAMES`, and not to send it."""
    called = dict(_CALLED[name] for name in names)
    if len(called) == 1:
        ((what, word),) = called.items()
        masked, this = f"{what} trong tin của bạn, không lưu {word} đó", f"{word} này"
    else:
        *most, last = called
        masked, this = f"{', '.join(most)} và {last} trong tin của bạn, không lưu lại", "các thông tin này"
    return f"Tôi đã che {masked}. {_advice(set(names), this)}"


def _advice(names: set[str], this: str) -> str:
    if names <= _WAYS_TO_ANSWER:
        return "Khi nào cần để cán bộ trả lời bạn, tôi sẽ hỏi."
    secret = " Mã bí mật thì đừng đưa cho ai, kể cả cán bộ." if CODE in names else ""
    return f"Bạn đừng gửi {this} vào đây.{secret}"
