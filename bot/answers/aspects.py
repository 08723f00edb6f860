"""The aspects of a procedure that people ask for, and what a citizen reads above each."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import fmean

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
# Asked for nothing in particular, or how it is done, people want these at once.
ESSENTIALS = ("overview", "documents", "fee", "duration", "place")
IN_GENERAL = ("overview", "steps")
# The likeliest aspect is asked for; another beside it if it is at least as likely as this.
ALSO_ASKED = 0.5
# How a person would ask for one aspect: what a button sends.
FOLLOW_UPS = {
    "documents": "Cần giấy tờ gì?",
    "fee": "Lệ phí bao nhiêu?",
    "duration": "Mấy ngày có kết quả?",
    "place": "Thế nộp ở đâu?",
    "online": "Làm qua mạng được không?",
    "who": "Ai đi làm thay được?",
}


def asked_for(by_words: Mapping[str, float], by_meaning: Mapping[str, float], places: Mapping[str, int]) -> list[str]:
    """The aspects that a question asks for, in the order asked.

    `by_words` and `by_meaning` are two independent opinions on how likely each is, either may be empty; `places` says
    where in the text each is asked.
    """
    opinions = [opinion for opinion in (by_words, by_meaning) if opinion]
    if not opinions:
        return [DEFAULT]
    chances = {name: fmean(opinion.get(name, 0.0) for opinion in opinions) for name in ASPECTS}
    best = max(chances, key=chances.__getitem__)
    if best == DEFAULT:
        return [DEFAULT]
    also = [name for name, chance in chances.items() if chance >= ALSO_ASKED and name not in (best, DEFAULT)]
    return sorted([best, *also], key=lambda name: places.get(name, 0))
