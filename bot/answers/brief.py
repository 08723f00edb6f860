"""What is said of a procedure known by its facts alone: those facts, that there is no more, and where to read on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.answers.aspects import ASPECTS, DEFAULT
from bot.answers.reply import Choice, Reply
from bot.answers.section import Item, Section
from bot.answers.sections import CHANNELS, NOT_STATED
from bot.knowledge.briefs import NOT_STATED as NO_VALUE
from bot.knowledge.briefs import Brief
from bot.knowledge.ward import Ward

NO_MORE = "Tôi chỉ biết vài thông tin ngắn về việc này. Giấy tờ và các bước, bạn xem trang gốc hoặc hỏi quầy."
_ESSENTIALS = (DEFAULT, "duration", "fee", "online", "result")


def answer_brief(brief: Brief, aspects: Sequence[str], ward: Ward) -> Reply:
    """Say what is known; of an aspect that is not, say that it is not."""
    asked = list(dict.fromkeys(aspects)) or [DEFAULT]
    said = [*asked, *(aspect for aspect in _ESSENTIALS if aspect not in asked)]
    sections = {aspect: Section(aspect, tuple(_items(brief, aspect))) for aspect in ASPECTS}
    note = f"{NO_MORE} Điện thoại của phường: {ward.hotline}."
    text = "\n\n".join(
        [
            brief.name,
            *(sections[aspect].as_text() for aspect in said),
            f"Lưu ý: {note}",
            f"Nguồn: Quyết định {brief.decision}, kiểm tra ngày {brief.checked_on:%d/%m/%Y}. {brief.url}",
        ]
    )
    card = {
        "type": "answer",
        "code": brief.code,
        "name": brief.name,
        "aspects": asked,
        "sections": [sections[aspect].as_card() for aspect in said],
        "source": {"url": brief.url, "decision": brief.decision, "checked_on": brief.checked_on.isoformat()},
        "notes": [note],
    }
    return Reply(text, card, (Choice("Gặp cán bộ", "Cho tôi gặp cán bộ"),))


def _items(brief: Brief, aspect: str) -> list[Item]:
    return [Item(text) for text in _TEXTS.get(aspect, lambda _: [])(brief)] or [Item(NOT_STATED)]


def _overview(brief: Brief) -> list[str]:
    return [f"Mã thủ tục {brief.code}, lĩnh vực {brief.field}."]


def _duration(brief: Brief) -> list[str]:
    known = {channel: time for channel, time in brief.times.items() if time != NO_VALUE}
    return [f"{CHANNELS[channel]}: {time}." for channel, time in known.items()]


def _fee(brief: Brief) -> list[str]:
    return [] if brief.fee == NO_VALUE else [f"{brief.fee}."]


def _channels(brief: Brief) -> list[str]:
    names = [CHANNELS[channel] for channel in brief.times]
    return [f"Cách nộp: {', '.join([names[0], *map(str.lower, names[1:])])}."] if names else []


def _result(brief: Brief) -> list[str]:
    return [f"{brief.result}."] if brief.result else []


def _source(brief: Brief) -> list[str]:
    return [f"Tôi chưa có mục này. Bạn xem tại {brief.url}"]


_TEXTS: dict[str, Callable[[Brief], list[str]]] = {
    "overview": _overview,
    "duration": _duration,
    "fee": _fee,
    "online": _channels,
    "result": _result,
    "documents": _source,
    "steps": _source,
    "form": _source,
    "conditions": _source,
    "who": _source,
    "legal_basis": _source,
}
