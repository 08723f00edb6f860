"""Parts of a record or of a ward's profile in words that an editor reads, one line each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

LABELS = {
    "former_codes": "Mã cũ",
    "later_codes": "Mã mới",
    "name": "Tên thường gọi",
    "official_name": "Tên chính thức",
    "field": "Lĩnh vực",
    "levels": "Cấp giải quyết",
    "aliases": "Tên gọi khác",
    "questions": "Câu ví dụ",
    "summary": "Việc này là gì",
    "who": "Ai được làm",
    "deadline_to_apply": "Hạn phải đi làm",
    "cases": "Trường hợp",
    "documents": "Giấy tờ",
    "steps": "Các bước",
    "place": "Nơi nộp",
    "channels": "Cách nộp, thời gian, lệ phí",
    "fee_notes": "Ghi chú lệ phí",
    "result": "Kết quả nhận được",
    "conditions": "Điều kiện",
    "legal_basis": "Căn cứ pháp luật",
    "forms": "Mẫu đơn, tờ khai",
    "related": "Thủ tục liên quan",
    "confusable": "Thủ tục dễ nhầm",
    "notes": "Lưu ý",
    "source": "Nguồn",
    "differences": "Khác với nguồn",
    "in_force": "Thời gian áp dụng",
    "reviewed": "Người có chuyên môn đã đọc và duyệt nội dung này",
}
WARD_LABELS = {
    "name": "Tên phường, xã",
    "province": "Tỉnh, thành phố",
    "office": "Nơi tiếp dân",
    "address": "Địa chỉ",
    "how_to_get_there": "Đường đến",
    "hours": "Giờ làm việc",
    "hours_note": "Ghi chú giờ làm việc",
    "days_off": "Ngày nghỉ riêng",
    "extra_working_days": "Ngày làm bù",
    "counters": "Quầy",
    "hotline": "Đường dây nóng",
    "email": "Thư điện tử",
    "portal": "Cổng Dịch vụ công",
    "dossier_lookup": "Trang tra cứu hồ sơ",
    "police": "Công an phường, xã",
    "complaint": "Khiếu nại, phản ánh",
    "feedback": "Góp ý, khen",
    "appointment": "Hẹn giờ",
    "fictional": "Phường mẫu",
    "suggestions": "Câu hỏi gợi ý",
    "local": "Riêng của phường",
}
_INNER = {
    "code": "mã",
    "name": "tên",
    "note": "ghi chú",
    "may_apply": "được làm",
    "on_behalf": "làm thay",
    "amount": "số",
    "unit": "đơn vị",
    "counted_from": "tính từ",
    "text": "câu người dân đọc",
    "id": "mã",
    "question": "câu hỏi",
    "choices": "lựa chọn",
    "label": "chữ",
    "action": "việc",
    "originals": "bản chính",
    "copies": "bản sao",
    "copy_kind": "loại bản sao",
    "form": "mẫu",
    "when": "khi",
    "channel": "cách nộp",
    "channels": "cách nộp",
    "how": "nộp thế nào",
    "times": "thời gian",
    "fees": "lệ phí",
    "basis": "mức này do đâu",
    "tell_apart": "phân biệt",
    "url": "đường dẫn",
    "decision": "quyết định",
    "published_on": "ngày công bố",
    "checked_on": "ngày xem lại",
    "listed_papers": "số dòng giấy tờ",
    "fact": "khác ở",
    "why": "vì",
    "since": "từ",
    "until": "đến",
    "days": "ngày",
    "open": "mở",
    "reason": "lý do",
    "fields": "lĩnh vực",
    "phone": "điện thoại",
    "time": "thời gian",
    "fee": "lệ phí",
    "room": "phòng",
}
VALUES = {
    "counter": "tại quầy",
    "online": "qua mạng",
    "post": "qua bưu điện",
    "working_day": "ngày làm việc",
    "day": "ngày",
    "hour": "giờ",
    "same_day": "trong ngày",
    "by_text": "chỉ nói bằng lời",
    "fixed": "mức chung cả nước",
    "province": "Hội đồng nhân dân tỉnh, thành phố quyết định",
    "free": "miễn phí",
    "not_stated": "nguồn không ghi",
    "hand_in": "nộp lại",
    "show": "đưa ra xem rồi mang về",
    "photo": "bản chụp",
    "certified": "bản sao có chứng thực",
    "xa": "phường, xã",
    "tinh": "tỉnh, thành phố",
    "bo": "bộ",
    "nganh_doc": "ngành dọc",
    "khac": "nơi khác",
    "time": "thời gian",
    "fee": "lệ phí",
    "documents": "giấy tờ",
    "legal_basis": "căn cứ pháp luật",
    "channels": "cách nộp",
}
# Only these hold words of the schema; anything else is what somebody wrote.
_CODED = frozenset({"unit", "basis", "action", "copy_kind", "channel", "channels", "levels", "fact"})


def label_of(key: str, *, ward: bool = False) -> str:
    """The name of a part."""
    return (WARD_LABELS if ward else LABELS).get(key, key)


def lines_of(value: Any, key: str = "") -> tuple[str, ...]:
    """A part as lines; what lies deeper is set in."""
    return tuple(_lines(value, key, ""))


def _lines(value: Any, key: str, indent: str) -> Iterator[str]:
    if value in (None, "", [], {}):
        return
    if isinstance(value, Mapping):
        yield from _of_mapping(value, indent)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for item in value:
            yield from _lines(item, key, indent)
    else:
        yield f"{indent}{_plain(value, key)}"


def _of_mapping(value: Mapping[str, Any], indent: str) -> Iterator[str]:
    simple = {key: part for key, part in value.items() if not _is_deep(part)}
    deep = {key: part for key, part in value.items() if _is_deep(part)}
    if simple:
        yield indent + "; ".join(f"{_INNER.get(key, key)}: {_joined(part, key)}" for key, part in simple.items())
    for key, part in deep.items():
        yield f"{indent}  {_INNER.get(key, key)}:"
        yield from _lines(part, key, indent + "    ")


def _is_deep(part: Any) -> bool:
    return isinstance(part, Mapping) or (isinstance(part, list) and any(isinstance(item, Mapping) for item in part))


def _joined(part: Any, key: str) -> str:
    return ", ".join(_plain(item, key) for item in part) if isinstance(part, list) else _plain(part, key)


def _plain(value: Any, key: str) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    if key in _CODED:
        return VALUES.get(str(value), str(value))
    if key == "amount" and isinstance(value, int) and value >= 1000:
        return f"{value:,}".replace(",", ".")
    return str(value)
