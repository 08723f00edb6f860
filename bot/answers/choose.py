"""Asking back: several procedures fit, the citizen picks. And saying so where none fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.answers.reply import Choice, Reply
from bot.knowledge.clarifications import Clarification
from bot.knowledge.listing import Listing
from bot.knowledge.signposts import Signpost
from bot.knowledge.ward import Ward

NONE_OF_THESE = "Không có việc nào ở trên"
WHICH = "Có vài việc giống điều bạn hỏi. Bạn cần việc nào?"


def choose(codes: Sequence[str], listing: Listing, clarification: Clarification | None = None) -> Reply:
    """Offer procedures, best first, each with a line that tells it from the others.

    A clarification that knows when each is meant asks in its own words.
    """
    names = [listing.names[code] for code in codes]
    when = {option.code: option.when for option in clarification.options} if clarification else {}
    lines = [f"{number}. {_line(code, listing, when)}" for number, code in enumerate(codes, 1)]
    asks = clarification.asks if clarification else WHICH
    text = "\n".join([asks, *lines, "Bạn bấm chọn hoặc nhắn số thứ tự."])
    choices = [Choice(name, name) for name in names]
    return Reply(
        text,
        {"type": "choose", "candidates": [{"code": code, "name": name} for code, name in zip(codes, names)]},
        (*choices, Choice(NONE_OF_THESE, NONE_OF_THESE)),
    )


def unknown(ward: Ward, signpost: Signpost | None = None) -> Reply:
    """Nothing in the listing fits: say so, and where it is done, or where a person can be asked."""
    if signpost is not None and signpost.office:
        return _elsewhere(signpost, ward)
    text = (
        "Tôi chưa tìm thấy việc này trong danh mục thủ tục của phường, nên không dám trả lời bừa.\n"
        "Bạn thử kể lại bằng vài từ khác, ví dụ: “con mới sinh cần giấy gì”.\n"
        f"Hoặc hỏi người thật: gọi {ward.hotline}, hay đến {ward.office}, {ward.address}."
    )
    referral = {"name": ward.office, "office": ward.office, "url": ward.portal}
    choices = (
        Choice("Gặp cán bộ", "Cho tôi gặp cán bộ"),
        Choice("Xem danh mục thủ tục", "Phường làm những thủ tục nào?"),
    )
    return Reply(text, {"type": "unknown", "referral": referral}, choices)


def _elsewhere(signpost: Signpost, ward: Ward) -> Reply:
    url = signpost.url or ward.portal
    text = (
        f"Có vẻ bạn hỏi về việc: {signpost.name}. Việc này không có trong danh mục của phường.\n"
        f"Nơi làm: {signpost.office}. Bạn xem thêm tại {url}.\n"
        f"Chưa chắc thì bạn gọi {ward.hotline} để hỏi cán bộ."
    )
    return Reply(text, {"type": "unknown", "referral": {"name": signpost.name, "office": signpost.office, "url": url}})


def say_again() -> Reply:
    """None of those offered was meant."""
    text = "Vậy bạn kể thêm một chút: bạn cần làm việc gì, cho ai, và giấy tờ nào đang có hay bị mất?"
    return Reply(text, {"type": "smalltalk", "kind": "say_again"})


def which_procedure() -> Reply:
    """A follow-up came before any procedure was named."""
    text = "Bạn đang hỏi về việc gì? Ví dụ: làm giấy khai sinh, đăng ký tạm trú, làm lại căn cước."
    return Reply(text, {"type": "smalltalk", "kind": "which_procedure"})


def _line(code: str, listing: Listing, when: Mapping[str, str]) -> str:
    """The name, and what tells it from its neighbours where more than the name is known."""
    if code in when:
        return f"{listing.names[code]}: {when[code].rstrip('.')}."
    if code not in listing:
        return listing.names[code]
    first_sentence = listing[code].summary.split(". ")[0].rstrip(".") + "."
    return f"{listing[code].name}: {first_sentence}"
