"""What tuning adds to the packaged weights: low-rank changes of every linear layer, a few MB, kept in the repository.

A layer's weight W becomes W + SCALE * B A, with A of shape (RANK, in) and B of shape (out, RANK), as in Hu et al. 2021,
"LoRA".
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import nn

ADAPTER = Path(__file__).with_name("adapter.safetensors")
RANK, SCALE = 16, 2.0
_CHANGED = (
    *("attention.self.query", "attention.self.key", "attention.self.value"),
    *("attention.output.dense", "intermediate.dense", "output.dense"),
)


class LowRank(nn.Module):
    """A frozen linear layer with a low-rank change that can be learnt."""

    def __init__(self, linear: nn.Linear) -> None:
        super().__init__()
        self.linear = linear
        self.down = nn.Parameter(torch.randn(RANK, linear.in_features) / math.sqrt(linear.in_features))
        self.up = nn.Parameter(torch.zeros(linear.out_features, RANK))

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        """(…, in) -> (…, out)."""
        return self.linear(values) + (values @ self.down.T) @ self.up.T * SCALE


def attach(encoder: nn.Module) -> list[nn.Parameter]:
    """Freeze an encoder (of BERT's shape) and give its linear layers changes to learn; returns what is to be learnt."""
    for parameter in encoder.parameters():
        parameter.requires_grad_(False)
    learnt: list[nn.Parameter] = []
    for _, parent, name in list(_linear_layers(encoder)):
        layer = LowRank(getattr(parent, name))
        setattr(parent, name, layer)
        learnt += [layer.down, layer.up]
    return learnt


def changes(encoder: nn.Module) -> dict[str, torch.Tensor]:
    """What an encoder with changes attached has learnt, by the names of its layers."""
    found = {}
    for name, module in encoder.named_modules():
        if isinstance(module, LowRank):
            found[f"{name}.down"], found[f"{name}.up"] = module.down.data, module.up.data
    return found


def save(tensors: dict[str, torch.Tensor], aspects: Sequence[str], path: Path = ADAPTER) -> None:
    """Write the tensors in half precision, and which aspects the heads judge."""
    halves = {name: tensor.half().contiguous() for name, tensor in tensors.items()}
    save_file(halves, str(path), metadata={"aspects": " ".join(aspects)})


def aspects(path: Path = ADAPTER) -> list[str]:
    """The aspects that the heads judge, in their order."""
    with path.open("rb") as file:  # the format begins with the length of its JSON header, 8 bytes, little-endian
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
    return str(header["__metadata__"]["aspects"]).split()


def load(path: Path = ADAPTER) -> dict[str, torch.Tensor]:
    """Read what `save` wrote."""
    return {name: tensor.float() for name, tensor in load_file(str(path)).items()}


def merge(encoder: nn.Module, tensors: dict[str, torch.Tensor]) -> None:
    """Add the changes to the weights of an encoder. Raises KeyError if they were learnt for another."""
    for name, parent, place in list(_linear_layers(encoder)):
        layer = getattr(parent, place)
        layer.weight.data += SCALE * tensors[f"{name}.up"] @ tensors[f"{name}.down"]


def _linear_layers(encoder: nn.Module) -> Iterator[tuple[str, nn.Module, str]]:
    """(name, parent, attribute) of each layer that is changed."""
    for name, module in encoder.named_modules():
        if isinstance(module, nn.Linear) and name.endswith(_CHANGED):
            parent, _, attribute = name.rpartition(".")
            yield name, encoder.get_submodule(parent), attribute
