from __future__ import annotations

from pathlib import Path

import pytest
import torch
from transformers import BertConfig, BertModel

from bot.encoder import adapter


@pytest.fixture
def small() -> BertModel:
    """An encoder of BERT's shape, small enough for a test."""
    torch.manual_seed(0)
    config = BertConfig(vocab_size=20, hidden_size=24, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32)
    return BertModel(config, add_pooling_layer=False).eval()


def hidden(encoder: BertModel) -> torch.Tensor:
    with torch.inference_mode():
        return encoder(input_ids=torch.arange(6).reshape(1, 6)).last_hidden_state.clone()


def test_nothing_changes_before_anything_is_learnt(small: BertModel) -> None:
    before = hidden(small)
    learnt = adapter.attach(small)
    torch.testing.assert_close(hidden(small), before)
    assert len(learnt) == 2 * 6 * 2, "two matrices for each of six layers, twice"
    assert {id(p) for p in small.parameters() if p.requires_grad} == {id(p) for p in learnt}


def test_merged_into_the_weights_the_changes_do_the_same(small: BertModel, tmp_path: Path) -> None:
    plain = BertModel(small.config, add_pooling_layer=False).eval()
    plain.load_state_dict(small.state_dict())
    for parameter in adapter.attach(small):
        parameter.data = (torch.randn_like(parameter) / 8).half().float()
    adapter.save(adapter.changes(small), ["fee", "who"], tmp_path / "adapter.safetensors")
    adapter.merge(plain, adapter.load(tmp_path / "adapter.safetensors"))
    torch.testing.assert_close(hidden(plain), hidden(small), atol=1e-4, rtol=1e-4)
    assert adapter.aspects(tmp_path / "adapter.safetensors") == ["fee", "who"]


def test_changes_learnt_for_another_encoder_are_refused(small: BertModel) -> None:
    with pytest.raises(KeyError):
        adapter.merge(small, {})


def test_the_adapter_of_the_repository_is_small() -> None:
    assert adapter.ADAPTER.stat().st_size < 5e6
