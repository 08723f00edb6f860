from __future__ import annotations

from pathlib import Path

import pytest

from bot.answers.old_names import remarks
from bot.knowledge.words import OldName, load_words
from bot.knowledge.yaml_lines import RecordError
from bot.settings import Settings

OLD = [
    OldName(said=["kt3", "hộ khẩu KT3"], means="đăng ký tạm trú", today="Nay gọi là tạm trú."),
    OldName(said=["sổ hộ khẩu"], means="đăng ký thường trú", today="Nay không còn sổ giấy."),
]


@pytest.mark.parametrize("message", ["làm KT3 ở đâu", "lam kt3 o dau", "KT3?"])
def test_an_old_name_is_remarked_on_however_it_is_typed(message: str) -> None:
    assert remarks(message, OLD) == ["Nay gọi là tạm trú."]


@pytest.mark.parametrize("message", ["làm tạm trú", "kt33", "mất sổ", "sổ hộ", ""])
def test_other_words_are_not(message: str) -> None:
    assert remarks(message, OLD) == []


def test_one_remark_is_enough() -> None:
    assert len(remarks("sổ hộ khẩu với kt3", OLD)) == 1


def test_the_words_that_come_with_the_project_can_be_read(settings: Settings) -> None:
    words = load_words(settings.knowledge / "words.yml")
    said = {name for group in (*words.synonyms, *words.old_names) for name in group.said}
    assert {
        "sổ đỏ",
        "sổ hồng",
        "bìa đỏ",
        "báo tử",
        "giấy độc thân",
        "nhập khẩu",
        "công chứng photo",
        "tiền tuất",
    } <= said
    old = {name.casefold() for group in words.old_names for name in group.said}
    assert {"kt3", "sổ hộ khẩu", "chứng minh nhân dân"} <= old


def test_a_name_with_two_meanings_is_refused(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "words.yml"
    text = (settings.knowledge / "words.yml").read_text("utf-8")
    twice = "synonyms:\n  - said: [sổ đỏ]\n    means: thứ khác\n"
    path.write_text(text.replace("synonyms:\n", twice, 1), encoding="utf-8")
    with pytest.raises(RecordError, match="'sổ đỏ' means both 'thứ khác' and"):
        load_words(path)
