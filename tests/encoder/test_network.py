from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch
from transformers import BertConfig, BertModel

from bot.encoder.network import AspectHeads, Network, export

TEXTS, TOKENS, DIMENSION, ASPECTS = 3, 7, 24, 4


@pytest.fixture
def network() -> Network:
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=20,
        hidden_size=DIMENSION,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        attn_implementation="eager",
    )
    return Network(BertModel(config, add_pooling_layer=False), AspectHeads(ASPECTS, DIMENSION)).eval()


@pytest.fixture
def tokens() -> tuple[torch.Tensor, torch.Tensor]:
    """Texts of 3, 5 and 7 tokens, padded to 7."""
    mask = torch.tensor([[1] * length + [0] * (TOKENS - length) for length in (3, 5, 7)])
    return torch.randint(1, 20, (TEXTS, TOKENS)) * mask, mask


def test_one_pass_gives_unit_vectors_and_what_each_aspect_looks_at(network: Network, tokens: tuple) -> None:
    with torch.inference_mode():
        vectors, odds, places = network(*tokens)
    assert vectors.shape == (TEXTS, DIMENSION)
    torch.testing.assert_close(vectors.norm(dim=1), torch.ones(TEXTS))
    assert odds.shape == places.shape == (TEXTS, ASPECTS)
    assert all(place < length for row, length in zip(places.tolist(), (3, 5, 7), strict=True) for place in row)


def test_padding_changes_nothing(network: Network, tokens: tuple) -> None:
    ids, mask = tokens
    with torch.inference_mode():
        together, alone = network(ids, mask), network(ids[:1, :3], mask[:1, :3])
    for all_of_them, one in zip(together[:2], alone[:2], strict=True):
        torch.testing.assert_close(all_of_them[:1], one, atol=1e-5, rtol=1e-4)


@pytest.mark.filterwarnings("ignore")
def test_the_exported_network_says_the_same(network: Network, tokens: tuple, tmp_path: Path) -> None:
    export(network, tmp_path / "network.onnx")
    session = onnxruntime.InferenceSession(str(tmp_path / "network.onnx"), providers=["CPUExecutionProvider"])
    ids, mask = tokens
    got = session.run(None, {"input_ids": ids.numpy(), "attention_mask": mask.numpy()})
    with torch.inference_mode():
        expected = network(ids, mask)
    for ours, theirs in zip(expected, got, strict=True):
        np.testing.assert_allclose(ours.numpy(), theirs, atol=1e-5)


def test_without_heads_there_is_the_vector_alone(network: Network, tokens: tuple) -> None:
    with torch.inference_mode():
        assert len(Network(network.encoder)(*tokens)) == 1
