"""Asking back: several procedures fit, the citizen picks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.answers.reply import Choice, Reply
from bot.knowledge.clarifications import Clarification
from bot.knowledge.listing import Listing

NONE_OF_THESE = "Không có việc nào ở trên"
WHICH = "Có vài việc giống điều bạn hỏi. Bạn cần việc nào?"
STILL_OPEN = "Tôi chưa rõ bạn chọn việc nào. Bạn nhắn một số từ 1 đến {most}, hoặc kể thêm một câu."


def choose(
    codes: Sequence[str], listing: Listing, clarification: Clarification | None = None, *, again: bool = False
) -> Reply:
    """Offer procedures, best first, each with a line that tells it from the others.

    A clarification that knows when each is meant asks in its own words. `again` says that the same was just offered:
    the question is not put twice, only how to choose is said.
    """
    names = [listing.names[code] for code in codes]
    when = {option.code: option.when for option in clarification.options} if clarification else {}
    lines = [f"{number}. {_line(code, listing, when)}" for number, code in enumerate(codes, 1)]
    if again:
        text = "\n".join([STILL_OPEN.format(most=len(codes)), *lines])
    else:
        text = "\n".join([clarification.asks if clarification else WHICH, *lines, "Bạn bấm chọn hoặc nhắn số thứ tự."])
    choices = [Choice(name, name) for name in names]
    return Reply(
        text,
        {"type": "choose", "candidates": [{"code": code, "name": name} for code, name in zip(codes, names)]},
        (*choices, Choice(NONE_OF_THESE, NONE_OF_THESE)),
    )


def _line(code: str, listing: Listing, when: Mapping[str, str]) -> str:
    """The name, and what tells it from its neighbours where more than the name is known."""
    if code in when:
        return f"{listing.names[code]}: {when[code].rstrip('.')}."
    if code not in listing:
        return listing.names[code]
    first_sentence = listing[code].summary.split(". ")[0].rstrip(".") + "."
    return f"{listing[code].name}: {first_sentence}"
