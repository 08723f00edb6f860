"""What the national portal says of a made-up procedure: as a line of its export, and as we read it."""

from __future__ import annotations

from typing import Any

from bot.knowledge.official.procedure import Official

LINE: dict[str, Any] = {
    "code": "9.000001",
    "name": "Đăng ký thử",
    "url": "https://example.org/thu",
    "linh_vuc": ["Hộ tịch"],
    "levels": ["xa"],
    "scope": "STANDARD",
    "decision": "12/QĐ-THU",
    "published": "2026-04-26",
    "executing": ["Ủy ban nhân dân cấp xã"],
    "subjects": ["Công dân Việt Nam"],
    "steps": [{"name": "Bước 1", "desc": "Nộp giấy.\nChờ."}],
    "methods": [
        {
            "channel": "DIRECT",
            "time": 3,
            "unit": "WORKING_DAY",
            "desc": "Nộp tại quầy",
            "fees": [{"value": 8000, "currency_id": "", "desc": "Mỗi bản"}],
        },
        {"channel": "ONLINE", "time": "Theo mô tả", "unit": "OTHER", "desc": "", "fees": []},
    ],
    "documents": [
        {"case": "Nếu mất", "items": [{"name": "Đơn", "orig": 1, "copy": 0}]},
        {"case": "", "items": [{"name": "Ảnh", "orig": 0, "copy": 2}]},
    ],
    "results": ["Giấy thử"],
    "conditions": "",
    "legal": [{"code": "1/2026/QH15", "name": "Luật Thử"}],
}


def official(**parts: Any) -> Official:
    """A procedure that no listing has, with other parts in place of its own."""
    return Official.parse_obj(
        {
            "code": "9.000007",
            "name": "THỦ TỤC THỬ MỘT VIỆC.",
            "url": "https://example.org/thu",
            "field": "Hộ tịch",
            "levels": ["xa", "tinh"],
            "decision": "12/QĐ-THU",
            "filings": [
                {"channel": "counter", "amount": 3, "unit": "WORKING_DAY", "fees": [{"amount": 8000}]},
                {"channel": "online", "amount": 1, "unit": "OTHER"},
            ],
            "documents": [{"name": "Tờ khai", "originals": 1}],
            "results": ["- Giấy thử."],
            **parts,
        }
    )
