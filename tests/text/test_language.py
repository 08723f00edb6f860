from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.text import language


@pytest.fixture
def small(settings: Settings, tmp_path: Path) -> Settings:
    """A tiny installation: the real words, one file of questions, no records."""
    (tmp_path / "knowledge" / "procedures").mkdir(parents=True)
    shutil.copy(settings.knowledge / "words.yml", tmp_path / "knowledge")
    (tmp_path / "nlu").mkdir()
    (tmp_path / "nlu" / "asked.yml").write_text(
        "nlu:\n- intent: ask_procedure\n  examples: |\n    - rước đèn kéo quân\n    - xin tấm bia gỗ trắc\n", "utf-8"
    )
    return replace(settings, knowledge=tmp_path / "knowledge", nlu=tmp_path / "nlu", var=tmp_path / "var")


def kept(settings: Settings) -> list[Path]:
    return sorted((settings.var / "language").iterdir())


def test_marks_are_learnt_from_the_questions_at_hand(small: Settings) -> None:
    assert language.load(small)("xin tam bia go trac").text == "xin tấm bia gỗ trắc"


def test_what_was_learnt_is_kept_and_used_again(small: Settings) -> None:
    language.load(small)
    first = [(path, path.stat().st_mtime_ns) for path in kept(small)]
    language.load(small)
    assert len(first) == 1
    assert [(path, path.stat().st_mtime_ns) for path in kept(small)] == first


def test_a_changed_question_is_learnt_anew_and_the_stale_counts_go(small: Settings) -> None:
    language.load(small)
    stale = kept(small)
    (small.nlu / "more.yml").write_text("nlu:\n- intent: x\n  examples: |\n    - cỗ xe tăng thiết giáp\n", "utf-8")
    assert language.load(small)("co xe tang thiet giap").text == "cỗ xe tăng thiết giáp"
    assert len(kept(small)) == 1 and kept(small) != stale


def test_the_file_of_words_must_be_there(small: Settings) -> None:
    (small.knowledge / "words.yml").unlink()
    with pytest.raises(FileNotFoundError, match=r"words\.yml"):
        language.load(small)
