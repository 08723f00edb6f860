"""What usually follows a procedure, from the record's `related`: after a birth, residence and the insurance card."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.reply import Choice, Reply
from bot.knowledge.listing import Listing
from bot.knowledge.procedure import Neighbour


def following(code: str, listing: Listing) -> list[Neighbour]:
    """The procedures that a record names as related, as far as the ward has them."""
    return [one for one in listing[code].related if one.code in listing] if code in listing else []


def next_steps(code: str, related: Sequence[Neighbour], listing: Listing) -> Reply:
    """Offer what follows a procedure, each with what it is for; say so where the record names nothing."""
    name = listing.names[code]
    if not related:
        text = f"Bản hướng dẫn việc “{name}” không ghi việc nào phải làm tiếp. Bạn cần hỏi thêm việc gì thì cứ nhắn."
        return Reply(text, {"type": "smalltalk", "kind": "next_steps"})
    if len(related) == 1:  # nothing to choose from: a line and a button
        only = listing.names[related[0].code]
        text = f"Cùng với hoặc sau việc “{name}”, bạn có thể cần: {only}. {related[0].tell_apart}"
        return Reply(text, {"type": "smalltalk", "kind": "next_steps"}, (Choice(only, only),))
    names = [listing.names[one.code] for one in related]
    lines = [f"{number}. {name}: {one.tell_apart}" for number, (name, one) in enumerate(zip(names, related), 1)]
    text = "\n".join([f"Cùng với hoặc sau việc “{name}”, bạn có thể cần:", *lines, "Bạn bấm chọn hoặc nhắn số thứ tự."])
    card = {"type": "choose", "candidates": [{"code": one.code, "name": name} for one, name in zip(related, names)]}
    return Reply(text, card, tuple(Choice(name, name) for name in names))
