from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from bot.search.features import Features, Lexicon
from bot.search.index import Index, assemble
from bot.search.passages import FOLLOW_UP, NO_PROCEDURE, OUTSIDE, Kind, Passage
from bot.text.reading import Reader

TEXTS = {
    "9.000001": ["đăng ký khai sinh", "làm giấy khai sinh cho con", "khai sinh trễ hạn", "giấy cho bé mới sinh"],
    "9.000002": ["đăng ký kết hôn", "làm giấy kết hôn", "cưới vợ cần giấy gì", "hai đứa muốn kết hôn"],
    "9.000003": ["đăng ký tạm trú", "khai báo tạm trú cho người thuê", "gia đình ở trọ"],
    OUTSIDE: ["giá vàng hôm nay", "mai trời có mưa không", "đội tuyển đá mấy giờ", "công thức nấu phở"],
    FOLLOW_UP: ["hết bao nhiêu tiền", "tốn bao nhiêu tiền vậy", "cần bao nhiêu tiền"],
}
Describe = Callable[[str], Features]


@pytest.fixture(scope="session")
def small(reader: Reader) -> tuple[Index, Describe]:
    """An index over three procedures and what is outside, and how to describe a question for it.

    Its vectors need no encoder: each text points where its code points, a question where its first code word says.
    """
    passages = [
        Passage(code, Kind.outside if code in NO_PROCEDURE else Kind.question, text, "khac" if code == OUTSIDE else "")
        for code, texts in TEXTS.items()
        for text in texts
    ]
    lexicon = Lexicon()
    words, pieces = lexicon.learn([reader(passage.text) for passage in passages])
    axes = {code: number for number, code in enumerate(TEXTS)}
    vectors = np.eye(len(axes) + 1, dtype=np.float32)[[axes[passage.code] for passage in passages]]
    index = assemble(passages, Features(vectors, words, pieces), lexicon)

    def describe(text: str) -> Features:
        reading = reader(text)
        near = next((code for code, texts in TEXTS.items() if reading.text in texts), None)
        vector = np.eye(len(axes) + 1, dtype=np.float32)[[len(axes) if near is None else axes[near]]]
        return Features(vector, *lexicon([reading]))

    return index, describe
