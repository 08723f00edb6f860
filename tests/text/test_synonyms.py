from __future__ import annotations

import pytest

from bot.text.reading import Reader
from bot.text.synonyms import Synonyms

SYNONYMS = Synonyms(
    [
        (["sổ đỏ", "Bìa đỏ"], "giấy chứng nhận quyền sử dụng đất"),
        (["sổ", "KT3"], "sổ sách"),
    ]
)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("làm sổ đỏ", ("giấy chứng nhận quyền sử dụng đất",)),
        ("LÀM BÌA ĐỎ!", ("giấy chứng nhận quyền sử dụng đất",)),
        ("sổ  đỏ, và sổ", ("giấy chứng nhận quyền sử dụng đất", "sổ sách")),
        ("sổ đỏ với bìa đỏ", ("giấy chứng nhận quyền sử dụng đất",)),
        ("hết kt3", ("sổ sách",)),
        ("đỏ sổ", ("sổ sách",)),
        ("sổng chuồng", ()),
        ("giấy chứng nhận quyền sử dụng đất là sổ đỏ", ()),
        ("", ()),
    ],
)
def test_names_are_found_as_whole_words_the_longest_first(text: str, meant: tuple[str, ...]) -> None:
    assert SYNONYMS(text) == meant


def test_no_synonyms_change_nothing() -> None:
    assert Synonyms(())("sổ đỏ") == ()


def test_what_a_name_stands_for_counts_as_said_but_the_text_stays(reader: Reader) -> None:
    reading = reader("làm bìa đỏ")
    assert reading.text == "làm bìa đỏ" and reading.meant
    assert "quyền_sử_dụng" in " ".join(reading.words) or "sử_dụng" in " ".join(reading.words)
