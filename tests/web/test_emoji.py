from __future__ import annotations

import pytest

from bot.web.emoji import without_emoji


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("đăng ký kết hôn ở đâu 🙏🙏", "đăng ký kết hôn ở đâu"),
        ("❤️ cảm ơn ☀", "cảm ơn"),
        ("👨‍👩‍👧", ""),
        ("15.000 đồng, 85/2019/TT-BTC – “ạ”?", "15.000 đồng, 85/2019/TT-BTC – “ạ”?"),
    ],
)
def test_pictures_go_and_words_stay(typed: str, kept: str) -> None:
    assert without_emoji(typed) == kept
