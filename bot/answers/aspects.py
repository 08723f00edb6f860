"""The aspects of a procedure that people ask for, and what a citizen reads above each."""

from __future__ import annotations

TITLES = {
    "overview": "Việc này là gì",
    "documents": "Giấy tờ cần có",
    "fee": "Lệ phí",
    "duration": "Bao lâu có kết quả",
    "place": "Nơi làm",
    "steps": "Các bước",
    "online": "Làm qua mạng, bưu điện",
    "conditions": "Điều kiện",
    "legal_basis": "Căn cứ pháp luật",
    "form": "Mẫu đơn, tờ khai",
    "result": "Kết quả nhận được",
    "deadline_to_apply": "Hạn phải đi làm",
    "who": "Ai được làm, ai làm thay",
}
ASPECTS = tuple(TITLES)
DEFAULT = "overview"
# Asked for nothing in particular, people want these five at once.
ESSENTIALS = ("overview", "documents", "fee", "duration", "place")
# How a person would ask for one aspect: what a button sends.
FOLLOW_UPS = {
    "documents": "Cần giấy tờ gì?",
    "fee": "Lệ phí bao nhiêu?",
    "duration": "Mấy ngày có kết quả?",
    "place": "Nộp ở đâu?",
    "online": "Làm qua mạng được không?",
    "who": "Ai đi làm thay được?",
}
