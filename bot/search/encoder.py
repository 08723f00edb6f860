"""Meaning as vectors: a SentenceTransformer of the e5 family, loaded once."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.settings import Settings

BATCH = 32


class Encoder:
    """Turns texts into unit vectors of `dimension` numbers (float32)."""

    def __init__(self, name_or_folder: str) -> None:
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        logging.getLogger("transformers").setLevel(logging.ERROR)
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()
        transformers_logging.set_verbosity_error()
        self._model = SentenceTransformer(name_or_folder, device="cpu")
        self.dimension = int(self._model.get_embedding_dimension() or 0)

    @classmethod
    def of(cls, settings: Settings) -> Encoder:
        """The encoder of this installation: `ENCODER` (a folder or hub name) or the unpacked weights.

        Raises FileNotFoundError if the weights were not prepared.
        """
        if settings.encoder:
            return cls(settings.encoder)
        if not Path(settings.weights).exists():
            raise FileNotFoundError(f"{settings.weights} is missing: run 'python -m bot prepare'")
        return cls(str(settings.weights))

    def use_one_thread(self) -> None:
        """Encode on one core. One short question gains nothing from a second, and where Rasa and others want the cores
        too, threads that wait for each other made it six times slower (235 against 37 ms measured).
        """
        import torch

        torch.set_num_threads(1)

    def queries(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of what people ask, shape (len(texts), dimension). Questions in records count as asked, too."""
        return self._encode("query: ", texts)

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of what is to be found, shape (len(texts), dimension)."""
        return self._encode("passage: ", texts)

    def _encode(self, prefix: str, texts: Sequence[str]) -> np.ndarray:
        vectors = self._model.encode(
            [prefix + text for text in texts],
            batch_size=BATCH,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, dtype=np.float32)
