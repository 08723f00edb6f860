from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.answers.aspects import ASPECTS
from bot.encoder.encoder import BATCH, Encoder
from bot.settings import Settings

FEE = "làm giấy khai sinh cho con thì hết bao nhiêu tiền"


@pytest.fixture(scope="module")
def encoder(settings: Settings) -> Encoder:
    return Encoder.of(settings)


def test_a_text_alone_is_what_it_is_among_others(encoder: Encoder) -> None:
    texts = [FEE, "đăng ký tạm trú", "mất thẻ căn cước thì làm lại ở đâu hả các anh chị ơi"] * BATCH
    together = encoder.vectors(texts)
    assert together.shape == (len(texts), encoder.dimension)
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(encoder(FEE).vector, together[0], atol=1e-4)


def test_texts_that_mean_the_same_procedure_are_nearer_than_others(encoder: Encoder) -> None:
    same, other, question = encoder.vectors(
        ["cấp lại thẻ căn cước bị mất", "đăng ký kết hôn", "rớt mất cccd giờ xin cái khác sao ạ"]
    )
    assert question @ same > question @ other + 0.2


def test_what_is_asked_is_told_with_its_place(encoder: Encoder) -> None:
    encoded = encoder(FEE)
    assert set(encoded.aspects) == set(encoded.places) == set(ASPECTS)
    assert max(encoded.aspects, key=encoded.aspects.__getitem__) == "fee"
    both = encoder("xin giấy này mất mấy ngày và hết bao nhiêu tiền")
    assert both.places["duration"] < both.places["fee"]


@pytest.mark.parametrize("text", ["", "?", "a" * 5000, "🙏"])
def test_odd_texts_have_vectors_too(encoder: Encoder, text: str) -> None:
    assert np.isfinite(encoder(text).vector).all()


def test_no_texts_no_vectors(encoder: Encoder) -> None:
    assert encoder.vectors([]).shape == (0, encoder.dimension)


def test_what_was_not_prepared_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="python -m bot prepare"):
        Encoder.of(Settings(var=tmp_path))
