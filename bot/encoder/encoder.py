"""Questions as vectors, and the aspects they ask for: one pass of the tuned network, run by ONNX Runtime.

On one core it takes 0.55 of PyTorch's time for the same numbers, and neither PyTorch nor transformers is loaded.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from bot.settings import Settings

BATCH = 32
PROMPT = "query: "  # the packaged model was trained with it before whatever is asked
NETWORK, TOKENIZER, ABOUT = "network.onnx", "tokenizer.json", "about.json"


@dataclass(frozen=True)
class Encoded:
    """A text's unit vector (dimension,), and by aspect how likely it is asked for and where in the text (a letter)."""

    vector: np.ndarray
    aspects: dict[str, float] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)


def identity(settings: Settings) -> str:
    """Tells the encoder of this installation from others. Raises FileNotFoundError if it was not prepared."""
    return str(json.loads((settings.encoder_folder / ABOUT).read_text(encoding="utf-8"))["identity"])


class Encoder:
    """Turns texts into unit vectors of `dimension` numbers (float32)."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
        self._session = onnxruntime.InferenceSession(str(folder / NETWORK), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        self._tokenizer.enable_truncation(about["max_tokens"])
        self._tokenizer.enable_padding(pad_id=about["pad"])
        self._aspects: list[str] = about["aspects"]
        self.dimension: int = about["dimension"]

    @classmethod
    def of(cls, settings: Settings, *, threads: int = 1) -> Encoder:
        """The encoder of this installation. Raises FileNotFoundError if it was not prepared."""
        if not (settings.encoder_folder / NETWORK).exists():
            raise FileNotFoundError(f"{settings.encoder_folder} is missing: run 'python -m bot prepare'")
        return cls(settings.encoder_folder, threads=threads)

    def __call__(self, text: str) -> Encoded:
        """Encode one text."""
        tokens, outputs = self._run([text])
        if not self._aspects:
            return Encoded(outputs[0][0])
        odds, places = outputs[1][0], outputs[2][0]
        starts = [start for start, _ in tokens[0].offsets]
        return Encoded(
            vector=outputs[0][0],
            aspects=dict(zip(self._aspects, (1 / (1 + np.exp(-odds))).tolist())),
            places={name: starts[place] for name, place in zip(self._aspects, places)},
        )

    def vectors(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of many texts, shape (len(texts), dimension)."""
        parts = [self._run(texts[start : start + BATCH])[1][0] for start in range(0, len(texts), BATCH)]
        return np.concatenate(parts) if parts else np.zeros((0, self.dimension), np.float32)

    def _run(self, texts: Sequence[str]) -> tuple[list, list[np.ndarray]]:
        tokens = self._tokenizer.encode_batch([PROMPT + text for text in texts])
        inputs = {
            "input_ids": np.array([one.ids for one in tokens], np.int64),
            "attention_mask": np.array([one.attention_mask for one in tokens], np.int64),
        }
        return tokens, self._session.run(None, inputs)
