from __future__ import annotations

import random

import pytest

from bot.search.lessons import _otherwise, tune_encoder
from bot.settings import Settings
from bot.text.folding import fold

TEXT = "Làm giấy khai sinh cho con mới đẻ thì cần mang theo những giấy tờ gì hả cán bộ"


def test_other_forms_of_a_text_are_folded_or_have_slips() -> None:
    forms = {_otherwise(TEXT, random.Random(seed)) for seed in range(40)}
    assert fold(TEXT) in forms
    slipped = forms - {fold(TEXT)}
    assert len(slipped) > 5 and TEXT not in slipped
    assert all(len(form.split()) == len(TEXT.split()) for form in slipped)


def test_a_field_that_does_not_exist_is_named(settings: Settings) -> None:
    with pytest.raises(FileNotFoundError, match="no such field: ho_tich_2"):
        tune_encoder(settings, print, ["ho_tich_2"])
