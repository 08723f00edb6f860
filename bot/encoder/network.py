"""The encoder as one network: a question's tokens in, its vector and the aspects it asks for out.

One pass gives both: the vector is the mean over all tokens; for the aspects, each looks at the tokens that speak of it.
"""

from __future__ import annotations

import math
import warnings
from pathlib import Path

import torch
from torch import nn

SHARPNESS = 4.0


class AspectHeads(nn.Module):
    """For each aspect an attention over the tokens, and a logistic regression on what it attends to."""

    def __init__(self, aspects: int, dimension: int) -> None:
        super().__init__()
        self.attends = nn.Parameter(torch.randn(aspects, dimension) * 0.02)
        self.weighs = nn.Parameter(torch.randn(aspects, dimension) * 0.02)
        self.bias = nn.Parameter(torch.full((aspects,), -2.0))

    def forward(self, hidden: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """(batch, tokens, dimension) -> log-odds (batch, aspects), and the token each aspect looks at most."""
        scores = hidden @ self.attends.T * (SHARPNESS / math.sqrt(hidden.shape[-1]))
        attention = scores.masked_fill(mask[..., None] == 0, -1e9).softmax(1)
        attended = attention.transpose(1, 2) @ hidden
        return (attended * self.weighs).sum(-1) * SHARPNESS + self.bias, attention.argmax(1)


class Network(nn.Module):
    """An encoder with pooling, and heads if it was tuned with them."""

    def __init__(self, encoder: nn.Module, heads: AspectHeads | None = None) -> None:
        super().__init__()
        self.encoder, self.heads = encoder, heads

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """Token numbers and mask, (batch, tokens) -> unit vectors (batch, dimension); with heads, also theirs."""
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask, return_dict=False)[0]
        mask = attention_mask[..., None].to(hidden.dtype)
        vector = nn.functional.normalize((hidden * mask).sum(1) / mask.sum(1), dim=1)
        return (vector, *self.heads(hidden, attention_mask)) if self.heads is not None else (vector,)


def export(network: Network, path: Path) -> None:
    """Write the network as ONNX, for any number of texts of any length."""
    example = torch.ones(2, 7, dtype=torch.long)
    names = ["vector", *(["aspects", "places"] if network.heads is not None else [])]
    axes = {"input_ids": {0: "batch", 1: "tokens"}, "attention_mask": {0: "batch", 1: "tokens"}}
    with warnings.catch_warnings():
        # Of constants in what is traced, and of indices that are never negative here.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network.eval(),
            (example, example),
            str(path),
            input_names=list(axes),
            output_names=names,
            dynamic_axes={**axes, **{name: {0: "batch"} for name in names}},
            dynamo=False,
            opset_version=17,
        )
