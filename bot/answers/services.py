"""What the ward's profile answers: hours, address, hotline, a person, and the other services of the counter."""

from __future__ import annotations

from collections.abc import Callable

from bot.answers.reply import Choice, Reply
from bot.knowledge.listing import Listing
from bot.knowledge.ward import Ward

EXAMPLES = 2


def service(kind: str, ward: Ward, listing: Listing) -> Reply:
    """Answer one service question. Raises KeyError for a kind that is none of the contract's."""
    text = _TEXTS[kind](ward, listing)
    return Reply(text, {"type": "service", "kind": kind}, _CHOICES.get(kind, ()))


def _hours(ward: Ward, listing: Listing) -> str:
    lines = [f"- {hours.days}: {hours.times}" for hours in ward.hours]
    return "\n".join([f"Giờ làm việc của {ward.office}:", *lines, ward.hours_note])


def _address(ward: Ward, listing: Listing) -> str:
    counters = [f"- {counter.name}: {', '.join(counter.fields)}" for counter in ward.counters]
    return "\n".join([f"{ward.office}: {ward.address}.", ward.how_to_get_there, "Các quầy:", *counters])


def _hotline(ward: Ward, listing: Listing) -> str:
    police = ward.police
    note = f" ({police.note})" if police.note else ""
    return (
        f"Đường dây nóng của phường: {ward.hotline} (trong giờ làm việc).\n"
        f"Thư điện tử: {ward.email}\n{police.name}: {police.phone}{note}"
    )


def _human(ward: Ward, listing: Listing) -> str:
    return (
        "Tôi là máy trả lời tự động nên không nối máy trực tiếp được.\n"
        f"Để gặp cán bộ, bạn gọi {ward.hotline} trong giờ làm việc, hoặc đến {ward.office}, {ward.address}."
    )


def _dossier_status(ward: Ward, listing: Listing) -> str:
    return (
        "Tôi không xem được hồ sơ đã nộp. Bạn tra bằng mã hồ sơ trên giấy hẹn tại:\n"
        f"{ward.dossier_lookup}\nHoặc gọi {ward.hotline} và đọc mã hồ sơ cho cán bộ. Bạn đừng gửi số căn cước vào đây."
    )


def _complaint(ward: Ward, listing: Listing) -> str:
    return f"Rất tiếc vì việc không vui này.\n{ward.complaint}\nĐường dây nóng: {ward.hotline}."


def _feedback(ward: Ward, listing: Listing) -> str:
    return f"Cảm ơn bạn đã góp ý cho phường.\n{ward.feedback}\nThư điện tử: {ward.email}"


def _appointment(ward: Ward, listing: Listing) -> str:
    return f"Tôi chưa đặt hẹn thay bạn được.\n{ward.appointment}\nĐường dây nóng: {ward.hotline}."


def _capabilities(ward: Ward, listing: Listing) -> str:
    return (
        f"Tôi hướng dẫn {len(listing)} thủ tục của {ward.name}: cần giấy tờ gì, hết bao nhiêu tiền, mấy ngày xong, "
        "nộp ở đâu, có làm qua mạng được không.\n"
        "Bạn cứ kể bằng lời thường, không dấu cũng được. Ví dụ: “vo moi sinh can giay to gi”."
    )


def _list_procedures(ward: Ward, listing: Listing) -> str:
    groups: dict[str, list[str]] = {}
    for procedure in listing:
        groups.setdefault(procedure.field, []).append(procedure.name)
    lines = [
        f"- {name} ({len(groups[field])} việc): {'; '.join(groups[field][:EXAMPLES])}"
        for field, name in listing.fields.items()
        if field in groups
    ]
    return "\n".join(
        [
            f"Tôi hướng dẫn kỹ {len(listing)} thủ tục, và biết vắn tắt {len(listing.briefs)} thủ tục khác:",
            *lines,
            "Bạn cần việc nào thì cứ kể, tôi tìm giúp.",
        ]
    )


def _emergency(ward: Ward, listing: Listing) -> str:
    return (
        "Việc khẩn cấp, bạn gọi ngay: cháy, nổ, cứu nạn 114; công an 113; cấp cứu 115.\n"
        f"{ward.police.name}: {ward.police.phone}."
    )


_TEXTS: dict[str, Callable[[Ward, Listing], str]] = {
    "hours": _hours,
    "address": _address,
    "hotline": _hotline,
    "human": _human,
    "dossier_status": _dossier_status,
    "complaint": _complaint,
    "feedback": _feedback,
    "appointment": _appointment,
    "capabilities": _capabilities,
    "list_procedures": _list_procedures,
    "emergency": _emergency,
}
KINDS = frozenset(_TEXTS)
_CHOICES = {
    "capabilities": (
        Choice("Xem danh mục thủ tục", "Phường làm những thủ tục nào?"),
        Choice("Giờ làm việc", "Giờ làm việc của phường?"),
    ),
    "hours": (Choice("Địa chỉ", "Phường ở đâu?"), Choice("Điện thoại", "Số điện thoại của phường?")),
}
