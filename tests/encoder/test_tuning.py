from __future__ import annotations

import random

import pytest
import torch

from bot.encoder.build import load
from bot.encoder.tuning import BATCH, Lesson, _batches, _contrast, _meanings, tune
from bot.settings import Settings


def lesson(text: str, meaning: int | None, aspects: frozenset[str] | None = None, *, spoken: bool = True) -> Lesson:
    return Lesson(text=text, forms=(), meaning=meaning, aspects=aspects, is_spoken=spoken)


def test_texts_without_a_meaning_have_nothing_in_common() -> None:
    numbers = _meanings([lesson("a", 1), lesson("b", None), lesson("c", None), lesson("d", 1)]).tolist()
    assert numbers[0] == numbers[3]
    assert len(set(numbers)) == 3


def test_every_spoken_text_is_learnt_once_a_round() -> None:
    lessons = [lesson("a" * (number % 40), 1, spoken=number % 3 > 0) for number in range(300)]
    batches = list(_batches(lessons, random.Random(0)))
    assert sorted(number for batch in batches for number in batch) == [n for n in range(300) if n % 3]
    assert max(map(len, batches)) <= BATCH


def test_the_contrast_falls_as_texts_of_one_meaning_draw_together() -> None:
    meanings, numbers = torch.tensor([0, 0, 1, 1]), torch.arange(4)
    near = torch.nn.functional.normalize(torch.tensor([[1.0, 0.1], [1.0, 0.0], [0.0, 1.0], [0.1, 1.0]]), dim=1)
    mixed = near[[0, 2, 1, 3]]
    assert _contrast(near, near, meanings, numbers) < _contrast(mixed, mixed, meanings, numbers)


@pytest.mark.slow
def test_learning_gives_changes_for_every_layer_and_heads(settings: Settings) -> None:
    lessons = [
        lesson("mất thẻ căn cước", 0, frozenset({"overview"})),
        lesson("rớt mất cccd", 0),
        lesson("làm giấy khai sinh hết bao nhiêu tiền", 1, frozenset({"fee"})),
        lesson("đẻ con xong đi khai sinh", 1),
        lesson("mai trời mưa không", None),
    ]
    tensors = tune(load(settings.weights), lessons, ["fee", "overview"], lambda line: None)
    assert len([name for name in tensors if name.endswith(".up")]) == 12 * 6
    assert tensors["heads.attends"].shape[0] == 2
    assert all(torch.isfinite(tensor).all() for tensor in tensors.values())
    assert any(tensor.abs().max() > 0 for name, tensor in tensors.items() if name.endswith(".up"))
